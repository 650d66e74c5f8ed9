"""A web server that sources are harvested from in tests: real sockets, answers as a test says, what was asked kept."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class SourceServer:
    """`answers` says by path what comes: the first for each request, the last for all further ones."""

    url: str = ""
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    def __call__(self, path: str, *answers: Answer) -> str:
        """The address at which it answers so."""
        self.answers[path] = list(answers)
        return self.url + path

    def headers(self, path: str) -> list[dict[str, str]]:
        """The headers of each request for a path, in small letters."""
        return [headers for asked, headers in self.asked if asked == path]


def gives(content: bytes, media_type: str = "text/turtle", *, length: int | None = None, **headers: str) -> Answer:
    """200 with these bytes; `length` is what it says that they are, where that is not true."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        told = {"Content-Type": media_type, "Content-Length": str(len(content) if length is None else length)}
        for name, value in (told | {each.replace("_", "-"): value for each, value in headers.items()}).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def with_etag(content: bytes, etag: str, modified: str = "Sat, 21 Nov 2026 10:00:00 GMT") -> Answer:
    """As `gives`, and 304 to whoever has it already."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers.get("If-None-Match") == etag and handler.headers.get("If-Modified-Since") == modified:
            says(304)(handler)
        else:
            gives(content, ETag=etag, Last_Modified=modified)(handler)

    return answer


def says(status: int, **headers: str) -> Answer:
    """A status without a body."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


@contextmanager
def source_server() -> Iterator[SourceServer]:
    """A listener on loopback."""
    server = SourceServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            answers = server.answers[self.path]
            (answers.pop(0) if len(answers) > 1 else answers[0])(self)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener.daemon_threads = True
    server.url = f"http://127.0.0.1:{listener.server_address[1]}"
    thread = threading.Thread(target=listener.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        listener.shutdown()
        thread.join()
        listener.server_close()
