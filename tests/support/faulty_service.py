"""A small SPARQL 1.1 service in this process, in memory, that answers badly when it is told to."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, RdfFormat, Store

from sparql.remote.service import RemoteService

Fault = Callable[["_Handler", bytes], None]
"""Gives a whole answer's body badly."""


@dataclass(slots=True)
class FaultyService:
    """`faults` are used up one by one by requests whose kind (query, update, put, get) they are for."""

    store: Store = field(default_factory=Store)
    faults: list[tuple[str, Fault]] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    service: RemoteService | None = None

    def next_is(self, kind: str, fault: Fault, times: int = 1) -> None:
        """The next requests of this kind are answered like this."""
        self.faults += [(kind, fault)] * times

    def take(self, kind: str) -> Fault | None:
        """The fault of the next request of this kind."""
        for number, (wanted, fault) in enumerate(self.faults):
            if wanted == kind:
                del self.faults[number]
                return fault
        return None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    faulty: ClassVar[FaultyService]

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def do_GET(self) -> None:
        graph = NamedNode(parse_qs(urlsplit(self.path).query)["graph"][0])
        self._give("get", self.faulty.store.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) or b"")

    def do_PUT(self) -> None:
        content = self._body()
        if self._is_refused("put"):
            return
        graph = NamedNode(parse_qs(urlsplit(self.path).query)["graph"][0])
        self.faulty.store.remove_graph(graph)
        self.faulty.store.load(content, RdfFormat.N_TRIPLES, to_graph=graph)
        self._give("put", b"")

    def do_POST(self) -> None:
        content = self._body()
        if self.path == "/update":
            if self._is_refused("update"):
                return
            self.faulty.store.update(content.decode())
            self._give("update", b"")
            return
        found = self.faulty.store.query(parse_qs(content.decode())["query"][0])
        assert isinstance(found, QuerySolutions)
        self._give("query", found.serialize(format=QueryResultsFormat.JSON) or b"")

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers["Content-Length"]))

    def _is_refused(self, kind: str) -> bool:
        """Whether the connection is dropped before anything is done."""
        self.faulty.seen.append(kind)
        if self.faulty.faults and self.faulty.faults[0] == (kind, drop_before):
            self.faulty.take(kind)
            self.close_connection = True
            return True
        return False

    def _give(self, kind: str, body: bytes) -> None:
        if kind in ("query", "get"):
            self.faulty.seen.append(kind)
        (self.faulty.take(kind) or whole)(self, body)

    def head(self, length: int | None, status: int = 200, **headers: str) -> None:
        """Status and headers; without a length the body ends with the connection."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if length is not None:
            self.send_header("Content-Length", str(length))
        else:
            self.close_connection = True
        self.end_headers()


def whole(handler: _Handler, body: bytes) -> None:
    """As it should be."""
    handler.head(len(body))
    handler.wfile.write(body)


def drop_before(handler: _Handler, body: bytes) -> None:
    """The connection is closed before anything was done."""
    handler.close_connection = True


def drop_after(handler: _Handler, body: bytes) -> None:
    """It is done, and then the connection is closed without an answer."""
    handler.close_connection = True


def half(handler: _Handler, body: bytes) -> None:
    """200, the whole length, and half of the body."""
    handler.head(len(body))
    handler.wfile.write(body[: len(body) // 2])
    handler.close_connection = True


def half_without_length(handler: _Handler, body: bytes) -> None:
    """200 and half of the body, whose end is the end of the connection."""
    handler.head(None)
    handler.wfile.write(body[: len(body) // 2])


def half_its_lines(handler: _Handler, body: bytes) -> None:
    """200, and only half of the lines, with the length that they have."""
    lines = body.splitlines(keepends=True)
    whole(handler, b"".join(lines[: len(lines) // 2]))


def chunks_without_end(handler: _Handler, body: bytes) -> None:
    """Chunks that hold everything, but not the last one that says so."""
    handler.head(None, Transfer_Encoding="chunked")
    handler.wfile.write(f"{len(body):x}\r\n".encode() + body + b"\r\n")


def partial_by_its_header(handler: _Handler, body: bytes) -> None:
    """What Virtuoso says when it stopped at its limit of rows."""
    handler.head(len(body), X_SPARQL_MaxRows="10000")
    handler.wfile.write(body)


def drip(handler: _Handler, body: bytes) -> None:
    """A byte at a time, for longer than anybody waits."""
    handler.head(len(body) + 1_000)
    for _ in range(400):
        try:
            handler.wfile.write(b" ")
            handler.wfile.flush()
        except OSError:
            return
        time.sleep(0.05)


def elsewhere(handler: _Handler, body: bytes) -> None:
    """A redirection."""
    handler.head(0, 307, Location="http://127.0.0.1:9/")


def busy(handler: _Handler, body: bytes) -> None:
    """503."""
    handler.head(0, 503)


def endless(handler: _Handler, body: bytes) -> None:
    """More than was asked for."""
    handler.head(None)
    try:
        for _ in range(100):
            handler.wfile.write(b"<urn:a> <urn:b> <urn:c> .\n" * 10_000)
    except OSError:
        return


@contextmanager
def faulty_service(patience: float = 20.0) -> Iterator[FaultyService]:
    """The service, on a free port."""
    faulty = FaultyService()
    handler = type("Handler", (_Handler,), {"faulty": faulty})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    faulty.service = RemoteService.at(address, user="u", password="very-secret", patience=patience)
    try:
        yield faulty
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
