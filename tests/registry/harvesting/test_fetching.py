"""What is fetched and what is not: places, redirects, sizes, times, codings, broken bodies."""

import gzip
import socket
import time
from email.utils import formatdate
from ipaddress import ip_network

import pytest
from source_server import SourceServer, gives, says

from registry.fetching import FetchError, Limits, Wanted, get
from registry.paging import fetch_all

HERE = (ip_network("127.0.0.1/32"),)
SMALL = Limits(100_000, 20.0)
TEXT = b"<urn:a> <urn:b> <urn:c> ."


def failure(url: str, limits: Limits = SMALL, **wanted: object) -> FetchError:
    with pytest.raises(FetchError) as caught:
        get(Wanted(url, **{"networks": HERE, **wanted}), limits)
    return caught.value


def test_a_body_comes_with_what_identifies_it(server: SourceServer) -> None:
    url = server("/a/katalog.ttl", gives(TEXT, ETag='"1"', Last_Modified="Sat, 21 Nov 2026 10:00:00 GMT"))
    found = get(Wanted(url, HERE), SMALL)
    assert (found.content, found.etag, found.last_modified) == (TEXT, '"1"', "Sat, 21 Nov 2026 10:00:00 GMT")
    assert found.source.name == "katalog.ttl"


def test_loopback_is_refused_before_anything_is_sent(server: SourceServer) -> None:
    error = failure(server("/a", gives(TEXT)), networks=())
    assert "127.0.0.1" in str(error)
    assert "SAMSVAR_HARVEST_ALLOW" in error.fix
    assert not error.passing
    assert server.asked == []


@pytest.mark.parametrize(
    "host", ["localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "10.0.0.1", "169.254.169.254"]
)
def test_no_spelling_of_a_private_address_is_fetched(host: str) -> None:
    assert "not allowed" in str(failure(f"http://{host}:9/", networks=()))


def test_redirects_are_followed_and_named(server: SourceServer) -> None:
    server("/end/c.ttl", gives(TEXT))
    server("/middle", says(301, Location="/end/c.ttl"))
    assert get(Wanted(server("/start", says(307, Location=server.url + "/middle")), HERE), SMALL).source.name == "c.ttl"


def test_a_redirect_to_where_nothing_may_lie_is_refused(server: SourceServer) -> None:
    for target in ("http://127.0.0.2:9/", "http://[::1]:9/", "http://169.254.169.254/latest/"):
        error = failure(server("/start", says(302, Location=target)))
        assert "not allowed" in str(error), target
    assert "Only http and https" in str(failure(server("/start", says(302, Location="file:///etc/passwd"))))
    assert {path for path, _ in server.asked} == {"/start"}


def test_what_a_person_named_may_lie_here_but_not_redirect_to_another_host_here(server: SourceServer) -> None:
    assert fetch_all(server("/a.ttl", gives(TEXT)), 1000)[0].data == TEXT
    with pytest.raises(FetchError, match=r"127\.0\.0\.2"):
        fetch_all(server("/b.ttl", says(302, Location="http://127.0.0.2:9/")), 1000)


@pytest.mark.parametrize("target", ["http://[", "//[::1/a", "http://a]/"])
def test_a_redirect_to_what_is_no_address_is_refused(server: SourceServer, target: str) -> None:
    assert "no address" in str(failure(server("/start", says(302, Location=target))))


def test_redirects_in_a_circle_end(server: SourceServer) -> None:
    assert "redirects" in str(failure(server("/round", says(302, Location="/round"))))


def test_credentials_go_to_the_named_host_only(server: SourceServer) -> None:
    server("/end", gives(TEXT))
    other = server.url.replace("127.0.0.1", "localhost")
    networks = (*HERE, ip_network("::1/128"))
    start = server("/start", says(302, Location=f"{other}/end"))
    get(Wanted(start, networks, authorization="Bearer hemmelig"), SMALL)
    assert server.headers("/start")[0]["authorization"] == "Bearer hemmelig"
    assert "authorization" not in server.headers("/end")[0]


def test_a_body_that_is_shorter_than_it_said_is_no_body(server: SourceServer) -> None:
    error = failure(server("/a", gives(TEXT, length=len(TEXT) + 100)))
    assert "broke off with 100 bytes to go" in str(error)
    assert error.passing


def test_a_body_in_chunks_that_ends_too_soon_is_no_body(server: SourceServer) -> None:
    def answer(handler: object) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n" + TEXT)

    assert failure(server("/a", answer)).passing


def test_gzip_is_unpacked_and_held_to_the_limit(server: SourceServer) -> None:
    packed = gzip.compress(TEXT)
    found = get(Wanted(server("/a", gives(packed, Content_Encoding="gzip")), HERE), SMALL)
    assert found.content == TEXT
    bomb = gzip.compress(b"x" * 5_000_000)
    assert len(bomb) < SMALL.size
    assert "Larger than" in str(failure(server("/b", gives(bomb, Content_Encoding="gzip"))))
    assert failure(server("/c", gives(packed[:-4], Content_Encoding="gzip"))).passing
    assert "not asked for" in str(failure(server("/d", gives(packed, Content_Encoding="br"))))


def test_too_large_is_said_from_the_header_and_from_the_body(server: SourceServer) -> None:
    assert "Larger than" in str(failure(server("/a", gives(b"", length=10**12))))

    def answer(handler: object) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n" + b"x" * 200_000)

    error = failure(server("/b", answer))
    assert "Larger than" in str(error)
    assert not error.passing


@pytest.mark.parametrize("first", [b"", b"HTTP/1.0 200 OK\r\n\r\n"], ids=["headers", "body"])
def test_who_drips_is_cut_off_when_time_is_up(server: SourceServer, first: bytes) -> None:
    def answer(handler: object) -> None:
        try:
            handler.wfile.write(first)
            while not server.released.wait(0.05):
                handler.wfile.write(b"H")
        except OSError:
            pass

    error = failure(server("/a", answer), Limits(100_000, 0.5))
    assert "in time" in str(error)
    assert error.passing


def test_who_takes_no_connection_is_given_up() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        began = time.monotonic()
        assert failure(f"http://127.0.0.1:{listener.getsockname()[1]}/").passing
        assert time.monotonic() - began < 15


@pytest.mark.parametrize(("status", "passing"), [(404, False), (401, False), (500, True), (503, True), (429, True)])
def test_statuses_say_whether_to_ask_again(server: SourceServer, status: int, passing: bool) -> None:
    error = failure(server("/a", says(status, Retry_After="7")))
    assert (str(status) in str(error), error.passing, error.wait) == (True, passing, 7.0)


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "file:///etc/passwd", "http://", "http://u:p@a.example/", "http://a.example:99999/"]
)
def test_what_is_no_address_is_said_to_be_none(url: str) -> None:
    assert failure(url).fix


def test_letters_and_blanks_in_addresses_are_written_in_ascii(server: SourceServer) -> None:
    server("/begrep%C3%B8%20x?q=%C3%A5", gives(TEXT))
    assert get(Wanted(f"{server.url}/begrepø x?q=å#del", HERE), SMALL).content == TEXT


@pytest.mark.parametrize("coding", ["br", "deflate", "gzip, br"])
def test_a_coding_that_was_not_asked_for_is_told(server: SourceServer, coding: str) -> None:
    assert "not asked for" in str(failure(server("/a", gives(TEXT, Content_Encoding=coding))))


def test_a_packed_body_that_breaks_off_is_no_body(server: SourceServer) -> None:
    packed = gzip.compress(TEXT * 1000)
    assert failure(server("/a", gives(packed[:-12], Content_Encoding="gzip"))).passing
    assert failure(server("/b", gives(b"not gzip at all", Content_Encoding="gzip"))).passing


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("120", 120, 120),
        ("Fri, 31 Dec 1999 23:59:59 GMT", 0, 0),
        ("soon", 0, 0),
        ("-5", 0, 0),
        ("", 0, 0),
    ],
)
def test_how_long_to_wait_is_a_number_or_a_date(server: SourceServer, said: str, least: float, most: float) -> None:
    error = failure(server("/a", says(429, Retry_After=said)))
    assert error.passing
    assert least <= error.wait <= most


def test_a_date_to_wait_for_counts_from_now(server: SourceServer) -> None:
    date = formatdate(time.time() + 3600, usegmt=True)
    assert 3000 <= failure(server("/a", says(429, Retry_After=date))).wait <= 3700


def test_304_that_nobody_asked_for_is_no_answer(server: SourceServer) -> None:
    assert "304" in str(failure(server("/a", says(304))))
    found = get(Wanted(server("/b", says(304)), HERE, etag='"1"'), SMALL)
    assert (found.content, found.etag) == (None, '"1"')
