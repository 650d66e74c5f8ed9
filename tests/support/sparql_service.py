"""Services that SERVICE asks in tests: one that answers as it is told, and the SPARQL endpoint itself."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from flask import Flask, jsonify
from werkzeug.serving import make_server

from sparql.endpoint import STATUS, sparql_blueprint
from sparql.errors import SparqlError
from sparql.query_host.host import QueryHost

RESULTS = "application/sparql-results+json"


@dataclass
class Heard:
    """A request that came: its path, its headers in small letters, and the query in its form."""

    path: str
    headers: dict[str, str]
    form: dict[str, list[str]]

    @property
    def query(self) -> str:
        return self.form["query"][0]


Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Service:
    """A listener on loopback; `answers` says by path what it does, and `heard` what it was asked."""

    url: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    heard: list[Heard] = field(default_factory=list)
    arrived: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)

    def __call__(self, path: str, answer: Answer) -> str:
        """The address at which it answers so."""
        self.answers[path] = answer
        return self.url + path


def solutions(*rows: dict[str, object], columns: tuple[str, ...] = ()) -> bytes:
    names = columns or tuple(dict.fromkeys(name for row in rows for name in row))
    return json.dumps({"head": {"vars": names}, "results": {"bindings": rows}}).encode()


def says(content: bytes, media_type: str = RESULTS, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        told = {"Content-Type": media_type, "Content-Length": str(len(content))}
        for name, value in (told | {each.replace("_", "-"): value for each, value in headers.items()}).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


@contextmanager
def listening(context: ssl.SSLContext | None = None) -> Iterator[Service]:
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            headers = {name.lower(): value for name, value in self.headers.items()}
            service.heard.append(Heard(self.path, headers, parse_qs(body)))
            service.arrived.set()
            try:
                service.answers.get(self.path, says(b"", status=404))(self)
            except OSError:
                self.close_connection = True

        do_GET = do_HEAD = do_POST

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    service.url = f"{'https' if context else 'http'}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield service
    finally:
        service.released.set()
        server.shutdown()
        thread.join()
        server.server_close()


def app_of(host: QueryHost, base: str) -> Flask:
    """The endpoint of a query host, its errors told in JSON."""
    app = Flask("service")
    app.register_blueprint(sparql_blueprint(host, uri_base=base))

    @app.errorhandler(SparqlError)
    def problem(error: SparqlError) -> tuple[object, int]:
        status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
        return jsonify(detail=str(error)), status

    return app


@contextmanager
def serving(host: QueryHost, base: str) -> Iterator[str]:
    """The address of the SPARQL endpoint of a query host, over HTTP."""
    server = make_server("127.0.0.1", 0, app_of(host, base), threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
