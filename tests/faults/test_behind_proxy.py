"""Slow clients behind the shipped nginx configuration: others are answered while they dawdle."""

import http.client
import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from fault_server import administrator, serving
from shipped_proxy import nginx, proxied, trusting

_REQUEST = (
    b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: 60000\r\n"
)
_ROWS = " ".join(f"({number})" for number in range(300))
_LONG = f"SELECT * {{ VALUES (?a) {{ {_ROWS} }} VALUES (?b) {{ {_ROWS} }} }}"

pytestmark = [pytest.mark.slow, pytest.mark.faults]


@dataclass(frozen=True, slots=True)
class Proxy:
    port: int
    place: Path

    def connect(self, source: str) -> ssl.SSLSocket:
        """A connection from an address of this machine."""
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=60, source_address=(source, 0))
        return trusting(self.place).wrap_socket(plain, server_hostname="localhost")

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
        with closing(
            http.client.HTTPSConnection("localhost", self.port, timeout=60, context=trusting(self.place))
        ) as connection:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            return answer.status, answer.read()


@pytest.fixture(scope="module")
def token_and_proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Proxy]]:
    nginx()
    directory, place = tmp_path_factory.mktemp("served"), tmp_path_factory.mktemp("proxy")
    token = administrator(directory / "data")
    with (
        serving(directory / "data", directory, SAMSVAR_TRUSTED_PROXIES="127.0.0.1") as server,
        proxied(server.port, place) as (_, secure),
    ):
        yield token, Proxy(secure, place)


@pytest.mark.parametrize(
    ("sent", "sources"),
    [
        (b"", ("127.0.0.2", "127.0.0.3")),
        (_REQUEST + b"X-Slow: ", ("127.0.0.4", "127.0.0.5")),
        (_REQUEST + b"\r\nASK", ("127.0.0.6", "127.0.0.7")),
    ],
    ids=["silent", "in the headers", "in the body"],
)
def test_two_hundred_slow_connections_hold_nobody_up(
    token_and_proxy: tuple[str, Proxy], sent: bytes, sources: tuple[str, ...]
) -> None:
    token, proxy = token_and_proxy
    with ExitStack() as stack:
        for source in sources:
            for _ in range(100):
                stack.enter_context(proxy.connect(source)).sendall(sent)
        for number in range(5):
            assert proxy.ask("/catalogues", Accept="text/html")[0] == 200
            triple = f"<https://e.example/{len(sent)}/{number}> <https://e.example/p> 1"
            update = f"INSERT DATA {{ GRAPH <https://e.example/g> {{ {triple} }} }}".encode()
            head = {"Content_Type": "application/sparql-update", "Authorization": f"Bearer {token}"}
            assert proxy.ask("/sparql", "POST", update, **head)[0] == 204
            query = f"ASK {{ {triple} }}".encode()
            status, body = proxy.ask("/sparql", "POST", query, Content_Type="application/sparql-query")
            assert status == 200
            assert json.loads(body)["boolean"] is True


def test_twenty_clients_that_do_not_read_hold_nobody_up(token_and_proxy: tuple[str, Proxy]) -> None:
    _, proxy = token_and_proxy
    request = _REQUEST.replace(b"60000", str(len(_LONG)).encode()) + b"Accept: text/csv\r\n\r\n" + _LONG.encode()
    with ExitStack() as stack:
        for _ in range(20):
            stack.enter_context(proxy.connect("127.0.0.8")).sendall(request)
        for _ in range(5):
            assert proxy.ask("/catalogues", Accept="text/html")[0] == 200
            assert proxy.ask("/sparql", "POST", b"ASK {}", Content_Type="application/sparql-query")[0] == 200
