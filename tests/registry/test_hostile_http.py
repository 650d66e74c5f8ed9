"""Requests that are no HTTP, or unusual HTTP, byte by byte against the real server."""

import http.client
import json
import re
import socket
from collections.abc import Iterator
from contextlib import closing
from email.message import Message
from urllib.parse import quote

import pytest
from live_server import served

pytestmark = pytest.mark.slow

POST = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
SMUGGLED = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
CLOSE = b"\r\nConnection: close\r\n\r\n"
NO_HTTP = {
    "two lengths": (POST + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nASK{}", 400),
    "a length and chunks": (
        POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nASK{}\r\n0\r\n\r\n" + SMUGGLED,
        400,
    ),
    "chunks twice": (POST + b"Transfer-Encoding: chunked, chunked\r\n\r\n5\r\nASK{}\r\n0\r\n\r\n", 400),
    "another coding": (POST + b"Transfer-Encoding: xchunked\r\n\r\n5\r\nASK{}\r\n0\r\n\r\n", 501),
    "a packed transfer": (POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n5\r\nASK{}\r\n0\r\n\r\n" + SMUGGLED, 501),
    "a chunk of no size": (CHUNKED + b"zz\r\nASK{}\r\n0\r\n\r\n" + SMUGGLED, 400),
    "a chunk of negative size": (CHUNKED + b"-5\r\nASK{}\r\n0\r\n\r\n" + SMUGGLED, 400),
    "a chunk of another size": (CHUNKED + b"3\r\nASK{}\r\n0\r\n\r\n" + SMUGGLED, 400),
    "a size without end": (CHUNKED + b"5;" + b"a" * 100_000 + b"\r\nASK{}\r\n0\r\n\r\n", 400),
    "no host": (b"GET /healthz HTTP/1.1\r\n\r\n", 400),
    "two hosts": (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", 400),
    "a host that is none": (b'GET / HTTP/1.1\r\nHost: "><script>alert(1)</script>\r\n\r\n', 400),
    "a folded header": (b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: 1\r\n 2\r\n\r\n", 400),
    "line feeds alone": (b"GET / HTTP/1.1\nHost: localhost\n\n", 400),
    "a null character": (b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: a\0b\r\n\r\n", 400),
    "a method that is none": (b"get / HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
    "another protocol": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    "headers without end": (b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: " + b"a" * 100_000 + b"\r\n\r\n", 431),
    "a path without end": (b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
    "other expectations": (POST + b"Content-Length: 5\r\nExpect: 200-maybe\r\n\r\nASK{}", 417),
}


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    directory = tmp_path_factory.mktemp("hostile")
    (directory / "data").mkdir()
    with served(directory / "data", directory) as (port, _):
        yield port


def answers(port: int, sent: bytes) -> list[int]:
    """The statuses of all answers on one connection, until the server ends it."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        received = b""
        try:
            connection.sendall(sent)
            while more := connection.recv(1 << 16):
                received += more
        except ConnectionError:  # what the server had no wish to read came when it had ended
            pass
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3})", received)]


def ask(port: int, path: str, **headers: str) -> tuple[int, Message, bytes]:
    """Status, headers and body."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()


@pytest.mark.parametrize(("sent", "status"), NO_HTTP.values(), ids=NO_HTTP)
def test_what_is_no_http_gets_one_answer_and_the_end_of_the_connection(port: int, sent: bytes, status: int) -> None:
    got = answers(port, sent)
    assert got == [status] or (len(sent) > 50_000 and not got)  # a reset may overtake it where much was left unread
    assert ask(port, "/healthz")[0] == 200


def test_chunks_and_their_extensions_are_read(port: int) -> None:
    body = b"3;name=value\r\nASK\r\n2\r\n{}\r\n0\r\nX-Trailer: 1\r\n\r\n"
    assert answers(port, CHUNKED.replace(b"chunked", b"Chunked") + body + SMUGGLED.replace(b"\r\n\r\n", CLOSE)) == [
        200,
        200,
    ]


def test_requests_that_follow_at_once_are_answered_in_their_order(port: int) -> None:
    query = POST + b"Content-Length: 5\r\n\r\nASK{}"
    lost = b"GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n"
    assert answers(port, query + lost + query + SMUGGLED.replace(b"\r\n\r\n", CLOSE)) == [200, 404, 200, 200]


def test_a_body_that_nobody_asked_for_is_no_request(port: int) -> None:
    body = SMUGGLED + b" " * 9
    sent = b"POST /concepts HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    assert answers(port, sent + SMUGGLED.replace(b"\r\n\r\n", CLOSE)) == [405, 200]


def test_who_waits_for_a_hundred_gets_it(port: int) -> None:
    sent = POST + b"Content-Length: 5\r\nExpect: 100-continue\r\nConnection: close\r\n\r\nASK{}"
    assert answers(port, sent) == [100, 200]


def test_other_hosts_stand_nowhere_in_an_answer(port: int) -> None:
    told = {
        "Host": "evil.example",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Prefix": "/evil.example",
        "Forwarded": "host=evil.example;proto=https",
        "X-Original-URL": "/about",
        "X-HTTP-Method-Override": "DELETE",
    }
    for path in ("/", "/concepts", "/sparql", "/sitemap.xml", "/.well-known/void", "/search?q=barn"):
        status, headers, body = ask(port, path, **told)
        assert status in (200, 303)
        assert b"evil.example" not in body
        assert "evil.example" not in str(headers)


def test_what_is_unchanged_varies_as_what_is_given(port: int) -> None:
    path = f"/sparql?query={quote('ASK {}')}"
    _, given, _ = ask(port, path, Cookie="samsvar-lang=nb")
    status, unchanged, _ = ask(port, path, **{"If-None-Match": given["ETag"], "Cookie": "samsvar-lang=nb"})
    assert status == 304
    assert unchanged["Vary"] == given["Vary"]


def test_chunks_that_cannot_be_read_are_a_problem_of_the_client(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(CHUNKED + b"zz\r\n")
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        problem = json.loads(answer.read())
    assert problem["type"] == "/problems/bad-request"
    assert "chunk" in problem["detail"]
