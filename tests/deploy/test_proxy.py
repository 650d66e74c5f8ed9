"""The register behind the shipped nginx configuration, with a real nginx."""

import http.client
import json
import threading
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from live_server import served
from shipped_proxy import nginx, proxied, trusting

from registry.services import Services

pytestmark = pytest.mark.slow


class Proxy:
    """What a client reaches."""

    def __init__(self, plain: int, secure: int, place: Path) -> None:
        self.plain, self.secure, self._place = plain, secure, place

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str):
        connection = http.client.HTTPSConnection("localhost", self.secure, timeout=30, context=trusting(self._place))
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer, content


@pytest.fixture(scope="module")
def proxy(demo_services: Services, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    nginx()
    place = tmp_path_factory.mktemp("proxy")
    settings = {"SAMSVAR_TRUSTED_PROXIES": "127.0.0.1", "SAMSVAR_METRICS_ALLOW": "0.0.0.0/0"}
    directory = tmp_path_factory.mktemp("served")
    with served(demo_services.settings.data, directory, **settings) as (port, _), proxied(port, place) as ports:
        yield Proxy(*ports, place)


def test_plain_http_is_sent_to_https_with_its_method(proxy: Proxy) -> None:
    connection = http.client.HTTPConnection("localhost", proxy.plain, timeout=30)
    connection.request("POST", "/sparql?x=1", b"query=ASK {}")
    answer = connection.getresponse()
    assert answer.status == 308
    assert answer.headers["Location"] == "https://localhost/sparql?x=1"
    connection.close()


def test_things_documents_and_queries_come_through(proxy: Proxy) -> None:
    answer, body = proxy.ask("/terms/barn", Accept="text/html")
    assert answer.status == 200
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    query = urllib.parse.quote("SELECT ?c { ?c a <http://www.w3.org/2004/02/skos/core#Concept> } LIMIT 1")
    answer, body = proxy.ask(f"/sparql?query={query}", Accept="application/sparql-results+json")
    thing = urllib.parse.urlsplit(json.loads(body)["results"]["bindings"][0]["c"]["value"])
    answer, _ = proxy.ask(f"/resource?uri={urllib.parse.quote(thing.geturl(), safe='')}", Accept="text/turtle")
    assert answer.status in (200, 303)
    assert answer.headers["ETag"] or answer.headers["Location"].startswith("/")


def test_what_has_not_changed_is_told_so_and_nothing_old_is_kept(proxy: Proxy) -> None:
    first, body = proxy.ask("/concepts.json")
    again, nothing = proxy.ask("/concepts.json", If_None_Match=first.headers["ETag"])
    assert (first.status, again.status, nothing) == (200, 304, b"")
    assert "X-Cache" not in first.headers
    assert json.loads(body)


def test_the_request_has_one_id_on_both_sides(proxy: Proxy) -> None:
    answer, _ = proxy.ask("/healthz", X_Request_ID="chosen-by-a-stranger")
    assert len(answer.headers["X-Request-ID"]) == 32


def test_figures_stay_inside(proxy: Proxy) -> None:
    assert proxy.ask("/metrics")[0].status == 404


def test_a_body_that_is_too_long_does_not_reach_the_register(proxy: Proxy) -> None:
    connection = http.client.HTTPSConnection("localhost", proxy.secure, timeout=30, context=trusting(proxy._place))
    connection.putrequest("POST", "/api/v1/imports")
    connection.putheader("Content-Length", str(200 << 20))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


def test_one_address_cannot_ask_without_end(proxy: Proxy) -> None:
    connection = http.client.HTTPSConnection("localhost", proxy.secure, timeout=30, context=trusting(proxy._place))
    seen = set()
    for _ in range(2000):
        connection.request("GET", "/static/no-such")
        answer = connection.getresponse()
        answer.read()
        seen.add(answer.status)
        if 429 in seen:
            break
    connection.close()
    assert 429 in seen


@contextmanager
def host(name: str) -> Iterator[int]:
    """A server that answers with its name; its port."""

    class Named(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(200)
            self.send_header("Content-Length", str(len(name)))
            self.end_headers()
            self.wfile.write(name.encode())

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Named)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def test_of_several_hosts_one_gets_what_it_alone_has(tmp_path: Path) -> None:
    nginx()
    with host("writer") as writer, host("reader") as reader, proxied(writer, tmp_path, reader) as ports:
        proxy = Proxy(*ports, tmp_path)

        def who(path: str, method: str = "GET", **headers: str) -> str:
            return proxy.ask(path, method, b"x" if method == "POST" else None, **headers)[1].decode()

        assert who("/concepts") == "reader"
        assert who("/sparql?query=x") == "reader"
        assert who("/concepts", Cookie="samsvar-lang=nn") == "reader"
        assert who("/casesthatarenone") == "reader"
        assert who("/sparql", "POST") == "writer"
        assert who("/cases/2026-0001") == "writer"
        assert who("/api/v1/imports") == "writer"
        assert who("/concepts", Authorization="Bearer a") == "writer"
        assert who("/concepts", Cookie="samsvar-token=a") == "writer"
