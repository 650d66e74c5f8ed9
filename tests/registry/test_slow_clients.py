"""Clients that send or read slowly, against the real server: they get 408 or nothing, and everybody else an answer."""

import http.client
import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from live_server import get, served

QUICK = {"SAMSVAR_REQUEST_TIMEOUT": "1", "SAMSVAR_QUERY_SLOW_READER": "1"}
MORE_THAN_THREADS = 20
MANY = 100
"""The server of these tests has two processes with eight threads each."""
HEADERS = (
    b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: 60000\r\n"
)
LONG = (
    b"GET /sparql?format=json&query=SELECT%20*%20%7BVALUES%20?a%20%7B"
    + b"1%20" * 400
    + b"%7D%20VALUES%20?b%20%7B"
    + b"2%20" * 400
    + b"%7D%20VALUES%20?c%20%7B"
    + b"3%20" * 10
    + b"%7D%7D HTTP/1.1\r\nHost: localhost\r\n\r\n"
)
"""1,600,000 rows, some hundred MB: more than all buffers on the way hold."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    directory = tmp_path_factory.mktemp("slow")
    (directory / "data").mkdir()
    with served(directory / "data", directory, **QUICK) as (port, _):
        yield port


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=20)


def answer_on(connection: socket.socket) -> tuple[int, bytes]:
    """Status and body of the next answer."""
    answer = http.client.HTTPResponse(connection)
    answer.begin()
    return answer.status, answer.read()


def dribble(connection: socket.socket) -> bytes:
    """Sends a byte now and then until there is an answer; returns all of it."""
    connection.settimeout(0.05)
    while True:
        try:
            answer = connection.recv(1 << 16)
            break
        except TimeoutError:
            connection.send(b"x")
    connection.settimeout(20)
    try:
        while more := connection.recv(1 << 16):
            answer += more
    except ConnectionResetError:  # bytes of ours came when the connection was closed already
        pass
    return answer


def test_a_body_that_dribbles_in_is_answered_408(port: int) -> None:
    with connect(port) as connection:
        connection.sendall(HEADERS + b"\r\n")
        head, _, body = dribble(connection).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 408")
    assert b"application/problem+json" in head
    assert json.loads(body)["type"] == "/problems/request-timeout"


def test_headers_that_dribble_in_are_answered_408(port: int) -> None:
    with connect(port) as connection:
        connection.sendall(HEADERS + b"X-Slow: ")
        assert dribble(connection).startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize(
    "framing", [b"Content-Length: 60000", b"Transfer-Encoding: chunked"], ids=["length", "chunked"]
)
def test_a_body_that_stops_short_is_not_taken_for_a_shorter_one(port: int, framing: bytes) -> None:
    with connect(port) as connection:
        body = b"ASK {}" if b"Length" in framing else b"6\r\nASK {}\r\n"
        connection.sendall(HEADERS.replace(b"Content-Length: 60000", framing) + b"\r\n" + body)
        connection.shutdown(socket.SHUT_WR)
        status, body = answer_on(connection)
    assert status == 400
    assert "ends before its body does" in json.loads(body)["detail"]


def test_a_long_body_has_more_time_than_a_short_one(port: int) -> None:
    """Half a second's worth of bytes comes with every piece; the whole takes longer than the second."""
    query = b"ASK { #" + b"x" * 50_000 + b"\n}"
    with connect(port) as connection:
        connection.sendall(HEADERS.replace(b"60000", str(len(query)).encode()) + b"\r\n")
        for start in range(0, len(query), 8 << 10):
            time.sleep(0.3)
            connection.sendall(query[start : start + (8 << 10)])
        assert answer_on(connection)[0] == 200


def test_a_second_request_may_come_in_pieces(port: int) -> None:
    request = HEADERS.replace(b"60000", b"6") + b"\r\nASK {}"
    with connect(port) as connection:
        for start in range(0, len(request), 20):
            connection.sendall(request[start : start + 20])
            time.sleep(0.02)
        assert answer_on(connection)[0] == 200
        connection.sendall(request + request[:50])
        assert answer_on(connection)[0] == 200
        connection.sendall(request[50:])
        assert answer_on(connection)[0] == 200


def test_a_connection_serves_one_request_after_the_other(port: int) -> None:
    with connect(port) as connection:
        for _ in range(3):
            time.sleep(0.5)
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert answer_on(connection)[0] == 200


@pytest.mark.parametrize(
    ("sent", "clients"),
    [(b"", MANY), (HEADERS, MANY), (HEADERS + b"\r\nASK", MANY), (LONG, MORE_THAN_THREADS)],
    ids=["idle", "headers", "body", "reading"],
)
def test_more_slow_clients_than_threads_hold_nobody_up_for_long(port: int, sent: bytes, clients: int) -> None:
    with ExitStack() as stack:
        for _ in range(clients):
            stack.enter_context(connect(port)).sendall(sent)
        assert get(port, "/healthz")[0] == 200
