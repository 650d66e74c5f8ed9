"""What a query meets on a live server: every limit as a problem document, answers that are cut, processes that die."""

import json
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from live_server import served

from registry.access.tokens import TokenStore
from registry.content_coding import CODINGS

pytestmark = pytest.mark.slow

LIMITS = {
    "SAMSVAR_QUERY_TIMEOUT": "8",
    "SAMSVAR_QUERY_MEMORY": "100",
    "SAMSVAR_QUERY_ROWS": "200",
    "SAMSVAR_QUERY_ANSWER": "1",
    "SAMSVAR_QUERY_SIZE": "10",
}
TEXT, FORM = "application/sparql-query", "application/x-www-form-urlencoded"
NUMBERS = " ".join(map(str, range(60)))


def product(*names: str, numbers: str = NUMBERS) -> str:
    return " ".join(f"VALUES ?{name} {{ {numbers} }}" for name in names)


ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {product(*'abcdefgh')} }}"
HUNGRY = f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?a ?b ?c ?d ?e {{ {product(*'abcde')} }} }}"
LONG = f"SELECT * {{ {product(*'ab')} BIND(CONCAT('{'x' * 8000}', STR(?a)) AS ?text) }} LIMIT 180"
"""Its answer has 1.4 MB, more than it may have; and fewer rows than it may have."""
WHOLE = LONG.replace("LIMIT 180", "LIMIT 100")


class Server:
    """A live server, its data and its port."""

    def __init__(self, port: int, data: Path, pid: int, client: str = "127.0.0.1") -> None:
        self.port = port
        self.data = data
        self.pid = pid
        self.client = client

    def seen_by(self, client: str) -> "Server":
        """The same for a client with this address."""
        return Server(self.port, self.data, self.pid, client)

    def ask(self, query: str = "ASK {}", **headers: str) -> tuple[int, dict[str, str], bytes]:
        return self.send(
            "POST", "/sparql", query.encode(), {"Content-Type": TEXT, "Accept": "application/json"} | headers
        )

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        with closing(HTTPConnection("127.0.0.1", self.port, 60, (self.client, 0))) as connection:
            connection.putrequest(method, path)
            for name, value in ({"Content-Length": str(len(body or b""))} | (headers or {})).items():
                connection.putheader(name, value)
            connection.endheaders()
            with suppress(BrokenPipeError, ConnectionResetError):  # refused before all was sent: there is an answer
                connection.send(body or b"")
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()

    def raw(self, request: str, body: str = "", room: int = 0) -> socket.socket:
        """A connection on which this request was sent; `room` are the bytes that may wait to be read, 0 for the usual."""
        connection = socket.socket()
        connection.settimeout(60)
        if room:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        connection.bind((self.client, 0))
        connection.connect(("127.0.0.1", self.port))
        head = f"{request}\r\nHost: localhost\r\nContent-Length: {len(body.encode())}\r\nContent-Type: {TEXT}\r\n\r\n"
        connection.sendall((head + body).encode())
        return connection

    def processes(self, word: str) -> list[int]:
        """The processes of its query host whose command line has this word and its data directory, oldest first."""
        found = []
        for each in Path("/proc").iterdir():
            with suppress(OSError):
                command = (each / "cmdline").read_bytes() if each.name.isdecimal() else b""
                if word.encode() in command and str(self.data).encode() in command:
                    found.append(int(each.name))
        return sorted(found)

    def children(self) -> list[int]:
        """Its gunicorn workers."""
        listed = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(pid) for pid in listed.split()]

    def is_well(self) -> bool:
        with suppress(OSError, HTTPException):
            return self.ask()[2].find(b"true") > 0
        return False


def until(condition: Callable[[], bool], seconds: float = 30.0) -> float:
    """Waits for it; returns how many seconds it took."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < seconds, "it did not happen in time"
        time.sleep(0.02)
    return time.monotonic() - begun


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("limits") / "data"
    with served(data, data.parent, **LIMITS) as (port, process):
        yield Server(port, data, process.pid)


@pytest.fixture
def patient(tmp_path: Path) -> Iterator[Server]:
    """One query at a time, a minute for each: who is served sooner was not left to wait for the deadline."""
    settings = {"SAMSVAR_QUERY_WORKERS": "1", "SAMSVAR_QUERY_TIMEOUT": "60", "SAMSVAR_QUERY_PATIENCE": "60"}
    with served(tmp_path / "data", tmp_path, **settings) as (port, process):
        yield Server(port, tmp_path / "data", process.pid)


PATTERNS = "?s ?p ?o . " * 150
MET = {
    "timeout": (ENDLESS, 503, "query-timeout"),
    "memory": (HUNGRY, 503, "query-memory"),
    "rows": (f"SELECT * {{ {product('a', 'b')} }}", 413, "query-too-large"),
    "query": ("ASK {} # " + "x" * 11000, 413, "query-too-large"),
    "depth": ("ASK " + "{" * 150 + "}" * 150, 400, "query-syntax"),
    "patterns": (f"ASK {{ {PATTERNS} }}", 413, "query-too-large"),
    "path_steps": ("ASK { ?s " + "/".join(["<a:b>"] * 90) + " ?o }", 413, "query-too-large"),
}


@pytest.mark.parametrize("limit", MET)
def test_a_problem_says_which_limit_what_was_used_and_what_to_do(server: Server, limit: str) -> None:
    query, status, slug = MET[limit]
    told = server.ask(query)
    problem = checked(told, status, slug, limit)
    assert problem["used"] is None or problem["used"] >= problem["allowed"]
    assert f"{limit}=" in told[1]["samsvar-limits"]
    assert server.is_well()


def checked(told: tuple[int, dict[str, str], bytes], status: int, slug: str, limit: str) -> dict[str, Any]:
    got, headers, content = told
    problem: dict[str, Any] = json.loads(content)
    assert (got, headers["content-type"]) == (status, "application/problem+json"), problem
    assert (problem["type"], problem["limit"]) == (f"/problems/{slug}", limit)
    assert problem["fix"] in problem["detail"]
    assert problem["unit"]
    assert problem["setting"].startswith("SAMSVAR_QUERY_")
    return problem


def packed(coding: str, content: bytes) -> bytes:
    coder = CODINGS[coding].encoder()
    return coder.add(content) + coder.finish()


BOMBS = {coding: packed(coding, b"ASK {} # " + b"x" * (64 << 20)) for coding in ("gzip", "zstd")}


@pytest.mark.parametrize("coding", BOMBS)
@pytest.mark.parametrize("media_type", [TEXT, FORM])
def test_a_bomb_in_the_body_is_not_unpacked(server: Server, coding: str, media_type: str) -> None:
    headers = {"Content-Type": media_type, "Content-Encoding": coding}
    checked(server.send("POST", "/sparql", BOMBS[coding], headers), 413, "query-too-large", "query")


@pytest.mark.parametrize("media_type", [TEXT, FORM])
def test_a_long_body_is_refused_whole(server: Server, media_type: str) -> None:
    body = b"query=ASK+{}+%23" + b"x" * (16 << 20)
    problem = checked(
        server.send("POST", "/sparql", body, {"Content-Type": media_type}), 413, "query-too-large", "query"
    )
    assert problem["used"] == len(body)


def test_a_long_document_to_rest_is_refused(server: Server) -> None:
    _, token = TokenStore(server.data / "state.db").create("administrator")
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    body = json.dumps({"query": "x" * (16 << 20)}).encode()
    status, told, content = server.send("PUT", "/api/v1/queries/long", body, headers)
    assert (status, told["content-type"]) == (413, "application/problem+json"), content
    assert server.is_well()


@pytest.mark.parametrize("version", ["1.1", "1.0"])
@pytest.mark.parametrize("coding", ["identity", "gzip", "zstd"])
@pytest.mark.parametrize("query", [LONG, WHOLE], ids=["cut", "whole"])
def test_an_answer_that_is_cut_does_not_look_whole(server: Server, version: str, coding: str, query: str) -> None:
    """Chunks without a last one, or a connection that is reset; a whole answer ends as it should."""
    request = f"POST /sparql HTTP/{version}\r\nAccept: text/csv\r\nConnection: close\r\nAccept-Encoding: {coding}"
    with server.raw(request, query) as connection:
        content, reset = everything(connection)
    head, _, body = content.partition(b"\r\n\r\n")
    assert head.startswith(f"HTTP/{version} 200".encode())
    is_whole = body.endswith(b"\r\n0\r\n\r\n") if b"Transfer-Encoding: chunked" in head else not reset
    assert is_whole is (query is WHOLE)


def everything(connection: socket.socket) -> tuple[bytes, bool]:
    """What comes, and whether it ended with a reset."""
    content = b""
    try:
        while piece := connection.recv(1 << 16):
            content += piece
    except ConnectionResetError:
        return content, True
    return content, False


SLOW = f"# param: n integer 0\nSELECT (COUNT(*) AS ?c) {{ {product(*'abcdefgh')} FILTER(?a < $n && ?b < $n) }}"


@pytest.mark.parametrize("how", ["endpoint", "form", "library"])
def test_who_hangs_up_frees_the_worker(patient: Server, how: str) -> None:
    _, token = TokenStore(patient.data / "state.db").create("administrator")
    headers = {"Content-Type": TEXT, "Authorization": f"Bearer {token}"}
    if how == "library":
        assert patient.send("PUT", "/api/v1/queries/slow", SLOW.encode(), headers)[0] == 201
    paths = {
        "endpoint": f"/sparql?query={quote(ENDLESS)}",
        "form": "/sparql?" + urlencode({"query": SLOW, "$n": 99, "format": "json"}),
        "library": "/api/v1/queries/slow?n=99",
    }
    assert patient.is_well()
    host, *_ = patient.processes("sparql.workers")
    with patient.raw(f"GET {paths[how]} HTTP/1.1"):
        until(lambda: bool(busy(patient, host)))
    begun = time.monotonic()
    assert patient.is_well()
    assert time.monotonic() - begun < 30


def test_clients_are_told_apart_when_all_ask_at_once(tmp_path: Path) -> None:
    """One client has one query at work and no second one; the other worker is for others, until all are taken."""
    settings = {"SAMSVAR_QUERY_PER_CLIENT": "1", "SAMSVAR_QUERY_TIMEOUT": "120", "SAMSVAR_QUERY_PATIENCE": "2"}
    with served(tmp_path / "data", tmp_path, **settings) as (port, process):
        greedy = Server(port, tmp_path / "data", process.pid)
        modest, third = greedy.seen_by("127.0.0.2"), greedy.seen_by("127.0.0.3")
        until(greedy.is_well)
        host, *_ = greedy.processes("sparql.workers")
        with greedy.raw(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1"):
            until(lambda: len(busy(greedy, host)) == 1)
            refused = greedy.ask("ASK { BIND(1 AS ?again) }")
            checked(refused, 429, "client-busy", "per_client")
            assert int(refused[1]["retry-after"]) > 0
            assert modest.ask("ASK { BIND(1 AS ?now) }")[0] == 200
            with third.raw(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1"):
                until(lambda: len(busy(greedy, host)) == 2)
                refused = modest.ask("ASK { BIND(1 AS ?later) }")
                checked(refused, 503, "query-busy", "patience")
                assert int(refused[1]["retry-after"]) > 0
        until(greedy.is_well)


def test_a_killed_query_host_is_back(server: Server) -> None:
    assert server.is_well()
    for pid in server.processes("sparql.workers"):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    print(f"the query host was back after {until(server.is_well):.2f} s")


def test_others_notice_nothing_of_a_worker_that_is_killed(server: Server) -> None:
    """One client's query is ended with its process while another client asks a hundred."""
    got: list[int] = []
    victim = Thread(target=lambda: got.append(server.ask(ENDLESS)[0]))
    assert server.is_well()
    host, *_ = server.processes("sparql.workers")
    victim.start()
    until(lambda: bool(busy(server, host)))
    for number in range(100):
        assert server.ask(f"ASK {{ BIND({number} AS ?n) }}")[0] == 200
        if number == 20:
            for pid in busy(server, host):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
    victim.join()
    assert got == [503]


def busy(server: Server, host: int) -> list[int]:
    """Workers of the query host that have worked for half a second."""
    found = []
    for pid in server.processes("sparql.workers"):
        with suppress(OSError, IndexError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            spent = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            if pid != host and int(fields[1]) != host and spent > 0.5:
                found.append(pid)
    return found


@pytest.mark.parametrize("version", ["1.1", "1.0"])
def test_a_web_process_that_is_killed_in_the_middle_cuts_its_answers(server: Server, version: str) -> None:
    """The other one goes on, and a new one is started."""
    before = server.children()
    with server.raw(f"POST /sparql HTTP/{version}\r\nAccept: text/csv", WHOLE, room=4096) as connection:
        assert connection.recv(100).startswith(f"HTTP/{version} 200".encode())
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        content, reset = everything(connection)
    assert reset or (version == "1.1" and not content.endswith(b"\r\n0\r\n\r\n"))
    print(f"the web processes were back after {until(server.is_well):.2f} s")
    assert not set(before) & set(server.children())
