"""Answers and request bodies in gzip and zstd: the negotiation, and what a real server says over HTTP."""

import gzip
import http.client
import io
import json
import re
import socket
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from urllib.parse import quote

import pytest
from live_server import served
from register_support import BASE

from registry.access.tokens import TokenStore
from registry.content_coding import CODINGS, wish

FINDINGS = f"/graphs?graph={quote(BASE, safe='')}/graph/findings"
ROWS = "SELECT * { ?s ?p ?o }"
PRODUCT = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        (None, "identity"),
        ("", "identity"),
        ("gzip, deflate, br", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("GZIP;Q=0.8", "gzip"),
        ("x-gzip", "gzip"),
        ("gzip;q=0.9, zstd;q=0.1", "gzip"),
        ("*", "zstd"),
        ("*, zstd;q=0", "gzip"),
        ("br, deflate", "identity"),
        ("gzip;q=0, zstd;q=0.0", "identity"),
        ("gzip;q=0.5, identity;q=0.8", "identity"),
        ("gzip;q=nonsense", "identity"),
        ("gzip;q=7", "identity"),
        ("identity;q=0, gzip", "gzip"),
        ("*;q=0, gzip;q=0.1", "gzip"),
        ("identity;q=0", None),
        ("*;q=0", None),
    ],
)
def test_accept_encoding(header, coding):
    assert wish(header).coding == coding


@pytest.mark.parametrize("name", CODINGS)
def test_a_coder_gives_every_piece_at_once_and_its_end_last(name):
    pieces = [b"first ", b"second " * 50_000, b"third"]
    encoder, decoder = CODINGS[name].encoder(), CODINGS[name].decoder()
    for piece in pieces:
        packed, read = encoder.add(piece), b""
        while len(read) < len(piece):
            read += decoder.decode(packed, 1 << 20)
            packed = b""
        assert read == piece
    assert not decoder.eof
    assert decoder.decode(encoder.finish(), 10) == b""
    assert decoder.eof


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    raw: bytes

    @property
    def body(self) -> bytes:
        return unpacked(self.headers.get("Content-Encoding"), self.raw)


def unpacked(coding: str | None, raw: bytes) -> bytes:
    if coding is None:
        return raw
    decoder = CODINGS[coding].decoder()
    content = decoder.decode(raw, 1 << 30)
    assert decoder.eof, "the coding does not end"
    return content


@dataclass(frozen=True)
class Server:
    port: int
    token: str

    def ask(self, path: str, coding: str = "", method: str = "GET", body: bytes | None = None, **headers) -> Answer:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if coding:
            sent["Accept-Encoding"] = coding
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.putrequest(method, path, skip_accept_encoding=True)
            if body is not None:
                sent["Content-Length"] = str(len(body))
            for name, value in sent.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())

    @contextmanager
    def begun(self, path: str, coding: str) -> Iterator[http.client.HTTPResponse]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("GET", path, headers={"Accept-Encoding": coding})
            yield connection.getresponse()


@pytest.fixture(scope="module")
def server(demo_services, tmp_path_factory) -> Iterator[Server]:
    """The sample register; queries end after two seconds."""
    _, token = TokenStore(demo_services.settings.data / "state.db").create("administrator")
    folder = tmp_path_factory.mktemp("compressed")
    with served(demo_services.settings.data, folder, SAMSVAR_QUERY_TIMEOUT="2", SAMSVAR_MAX_UPLOAD="1") as (port, _):
        yield Server(port, token)


def query(text: str, name: str = "json") -> str:
    return f"/sparql?query={quote(text)}&format={name}"


pytestmark = pytest.mark.slow


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize(
    "path",
    [
        "/concepts",
        "/concepts.json",
        "/.well-known/void",
        FINDINGS,
        query(ROWS + " LIMIT 100"),
        query(ROWS + " LIMIT 100", "csv"),
        query(ROWS),
        query("CONSTRUCT WHERE { ?s ?p ?o }", "ttl"),
        "/api/v1/vocabulary",
    ],
)
def test_an_answer_is_smaller_and_the_same(server, coding, path):
    plain, coded = server.ask(path), [server.ask(path, coding) for _ in range(3)]
    assert plain.status == 200
    assert "Content-Encoding" not in plain.headers
    for each in coded:
        assert each.headers["Content-Encoding"] == coding
        assert sorted(each.body.split()) == sorted(plain.body.split())
        assert len(each.raw) < len(plain.raw) * 0.7
        assert each.headers["Content-Type"] == plain.headers["Content-Type"]
    for each in [plain, *coded]:
        assert "accept-encoding" in each.headers["Vary"].lower()


def test_built_files_are_served_as_they_were_packed(server):
    page = server.ask("/").body.decode()
    path = next(each for each in page.split('"') if each.startswith("/static/build/site-") and each.endswith(".css"))
    for asked, said in (("gzip, zstd", "gzip"), ("zstd", "zstd"), ("gzip;q=0", None)):
        answer = server.ask(path, asked)
        assert answer.headers["Content-Encoding"] == said
        assert answer.body == server.ask(path).body
    tag = server.ask(path, "gzip").headers["ETag"]
    assert tag != server.ask(path).headers["ETag"]
    assert server.ask(path, "gzip", If_None_Match=tag).status == 304


def test_what_is_small_or_packed_already_stays_as_it_is(server):
    assert "Content-Encoding" not in server.ask("/healthz", "gzip").headers
    style = next(each for each in server.ask("/").body.decode().split('"') if each.endswith(".css"))
    name = re.search(r"[\w-]+\.woff2", server.ask(style).body.decode())[0]
    font = server.ask(f"/static/build/{name}", "gzip, zstd")
    assert font.status == 200
    assert "Content-Encoding" not in font.headers


def test_who_refuses_plain_answers_gets_none(server):
    tiny = server.ask("/healthz", "gzip, identity;q=0")
    assert tiny.headers["Content-Encoding"] == "gzip"
    assert json.loads(tiny.body) == {"status": "ok"}
    refused = server.ask("/concepts.json", "identity;q=0, br")
    assert refused.status == 406
    assert "gzip" in json.loads(refused.raw)["detail"]


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("path", ["/concepts", "/concepts.json", FINDINGS, query(ROWS + " LIMIT 50")])
def test_etags(server, coding, path):
    """A strong tag is that of one coding, a weak one of all; each is known again, also ahead of Flask."""
    plain, coded = server.ask(path), server.ask(path, coding)
    strong = not plain.headers["ETag"].startswith("W/")
    assert (plain.headers["ETag"] != coded.headers["ETag"]) is strong
    for _ in range(2):
        again = server.ask(path, coding, If_None_Match=f'"other", {coded.headers["ETag"]}')
        assert (again.status, again.raw) == (304, b"")
        assert again.headers["ETag"] == coded.headers["ETag"]
        assert "accept-encoding" in again.headers["Vary"].lower()
    assert server.ask(path, If_None_Match=plain.headers["ETag"]).status == 304
    assert server.ask(path, coding, If_None_Match='"other"').body == coded.body


@pytest.mark.parametrize("path", ["/concepts", query(ROWS), query(ROWS + " LIMIT 50"), FINDINGS])
def test_head_says_what_get_says(server, path):
    got, headed = (server.ask(path, "gzip", method) for method in ("GET", "HEAD"))
    assert (headed.status, headed.raw) == (200, b"")
    for name in ("Content-Encoding", "Content-Type", "ETag"):
        assert headed.headers[name] == got.headers[name]
    assert headed.headers["Content-Length"] in (None, got.headers["Content-Length"])


def read_to_the_end(answer, decoder) -> None:
    while piece := answer.read(1 << 16):
        decoder.decode(piece, 1 << 26)


@pytest.mark.parametrize("coding", CODINGS)
def test_a_stream_is_read_before_it_ends_and_a_cut_one_has_no_end(server, coding):
    decoder = CODINGS[coding].decoder()
    with server.begun(query(PRODUCT), coding) as answer:
        assert answer.getheader("Content-Encoding") == coding
        first = decoder.decode(answer.read1(1 << 16), 1 << 20)
        assert first.startswith(b'{"head":{"vars":["a",')
        with pytest.raises((http.client.IncompleteRead, ConnectionResetError)):
            read_to_the_end(answer, decoder)
    assert not decoder.eof


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_a_part_of_a_file_is_a_part_of_the_plain_one(server, coding):
    whole = server.ask("/static/logo.svg")
    part = server.ask("/static/logo.svg", coding, Range="bytes=0-9")
    assert (part.status, part.raw) == (206, whole.raw[:10])
    assert "Content-Encoding" not in part.headers


def test_a_part_of_what_may_have_changed_is_all_of_it(server):
    whole = server.ask("/static/logo.svg")
    told = server.ask("/static/logo.svg", **{"Range": "bytes=0-9", "If-Range": '"another"'})
    assert (told.status, told.raw) == (200, whole.raw)


def pack(name: str, content: bytes) -> bytes:
    encoder = CODINGS[name].encoder()
    return encoder.add(content) + encoder.finish()


@pytest.mark.parametrize("coding", [*CODINGS, "x-gzip", "identity"])
@pytest.mark.parametrize("form", [True, False])
def test_a_query_may_come_packed(server, coding, form):
    text = "ASK { ?s ?p ?o }"
    content = f"query={quote(text)}".encode() if form else text.encode()
    kind = "application/x-www-form-urlencoded" if form else "application/sparql-query"
    body = content if coding == "identity" else pack(coding.removeprefix("x-"), content)
    answer = server.ask("/sparql", "", "POST", body, Content_Type=kind, Content_Encoding=coding)
    assert json.loads(answer.raw)["boolean"] is True


BOMB = b" " * (512 << 20)


@pytest.mark.parametrize(
    ("coding", "body", "status", "said"),
    [
        ("gzip", b"no gzip at all", 400, "it is not gzip"),
        ("zstd", b"no zstd at all", 400, "it is not zstd"),
        ("gzip", gzip.compress(b"ASK {}")[:-6], 400, "ends before its coding"),
        ("gzip", gzip.compress(b"ASK {}") + b"more", 400, "goes on behind the end"),
        ("br", b"ASK {}", 415, "plain or in zstd or gzip"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"ASK {}")), 415, "plain or in zstd or gzip"),
        ("gzip", "bomb", 413, "longer than any query"),
        ("zstd", "bomb", 413, "longer than any query"),
    ],
)
def test_a_body_that_cannot_be_unpacked_is_refused(server, coding, body, status, said):
    """Among them half a gigabyte of nothing, which is never unpacked as a whole."""
    sent = pack(coding, BOMB) if body == "bomb" else body
    answer = server.ask("/sparql", "", "POST", sent, Content_Type="application/sparql-query", Content_Encoding=coding)
    assert answer.status == status
    assert said in json.loads(answer.raw)["detail"]
    assert (answer.headers["Accept-Encoding"] == "zstd, gzip") is (status == 415)


def test_a_zstd_body_cannot_ask_for_much_memory(server):
    from registry.content_coding import zstd

    wide = zstd.compress(b"ASK {}" * 10, options={zstd.CompressionParameter.window_log: 27})
    streamed = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: 27})
    body = streamed.compress(b"ASK {}") + streamed.flush()
    answer = server.ask("/sparql", "", "POST", body, Content_Type="application/sparql-query", Content_Encoding="zstd")
    assert wide
    assert answer.status == 400


def test_a_graph_is_written_packed_and_on_condition(server):
    """The tag that a packed answer carried is good for If-Match."""
    turtle = b'<a:s> <a:p> "' + b"x" * 5000 + b'" .'
    told = {"Authorization": f"Bearer {server.token}", "Content_Type": "text/turtle", "Content_Encoding": "gzip"}
    path = f"/graphs?graph={quote('https://example.org/graph/packed', safe='')}"
    made = server.ask(path, "", "PUT", gzip.compress(turtle), **told)
    assert made.status == 201
    read = server.ask(path, "gzip", Accept="application/n-triples")
    assert b"xxxx" in read.body
    tag = read.headers["ETag"]
    assert tag.endswith('-gzip"')
    assert server.ask(path, "", "PUT", gzip.compress(turtle), If_Match='"other"', **told).status == 412
    assert server.ask(path, "", "PUT", gzip.compress(turtle), If_Match=tag, **told).status == 204
    assert server.ask(path, "", "DELETE", Authorization=told["Authorization"]).status == 204


PROMISED = "PUT {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/n-triples\r\n"


@pytest.mark.parametrize(
    ("head", "body", "status"),
    [
        ("Content-Length: 100\r\n\r\n", b"<a:s> <a:p> <a:o> .\n", b"400"),
        ("Transfer-Encoding: chunked\r\n\r\n", b"14\r\n<a:s> <a:p> <a:o> .\n\r\n", b"400"),
        ("Transfer-Encoding: chunked\r\n\r\n", b"200000\r\n" + b"<a:s> <a:p> <a:o> .\n#" * 99865 + b"#" * 7, b"413"),
    ],
)
def test_half_a_body_is_never_taken_for_the_whole(server, head, body, status):
    """It ends before what was promised, or goes on where the limit is."""
    path = f"/graphs?graph={quote('https://example.org/graph/half', safe='')}"
    sent = (PROMISED.format(path=path, token=server.token) + head).encode() + body
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=60)) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        said = connection.recv(1 << 16)
    assert said.partition(b" ")[2][:3] == status
    assert server.ask(path).status == 404


def test_gzip_is_what_every_tool_reads(server):
    packed = server.ask(query(ROWS, "nt").replace("SELECT", "CONSTRUCT%20WHERE").replace("%2A%20", ""), "gzip")
    assert packed.status == 200
    with gzip.open(io.BytesIO(packed.raw)) as file:
        assert len(file.read().splitlines()) > 1000
    assert zlib.decompress(packed.raw, 31) == packed.body
