"""The endpoint behind two gunicorn workers: what only a real server can show."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from .conftest import QUICK
from .test_host import descendants, until

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ENDLESS_ROWS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
BUDGET = replace(QUICK, timeout=2.0, workers=1)
ROOT = Path(__file__).parent.parent.parent

pytestmark = pytest.mark.slow


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def server(small_register):
    port = free_port()
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT}:{ROOT / 'tests' / 'support'}",
        "SPARQL_DATA": str(small_register),
        "SPARQL_BUDGET": json.dumps(BUDGET.as_dict()),
    }
    options = ["-k", "gthread", "-w", "2", "--threads", "4", "-b", f"127.0.0.1:{port}", "--log-level", "critical"]
    command = [sys.executable, "-m", "gunicorn", *options, "--no-control-socket", "sparql_app:app"]
    running = subprocess.Popen(command, cwd="/", env=environment)
    try:
        until(lambda: answers(port), 20)
        yield port
        name = process(port)["host"]
        assert descendants(name)
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(20)
    until(lambda: not descendants(name))


@contextmanager
def get(port, path):
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", path)
        with connection.getresponse() as answer:
            yield answer


def process(port):
    with get(port, "/process") as answer:
        return json.loads(answer.read())


def answers(port):
    try:
        with get(port, "/process") as answer:
            return answer.status == 200
    except OSError:
        return False


def ask(port):
    with get(port, "/sparql?query=ASK%7B%7D&format=json") as answer:
        return json.loads(answer.read())["boolean"]


def test_a_cut_answer_never_ends_as_if_it_were_whole(server):
    with get(server, "/sparql?query=" + quote(ENDLESS_ROWS)) as answer:
        assert answer.status == 200
        with pytest.raises((http.client.IncompleteRead, ConnectionResetError)):
            answer.read()
    assert ask(server)


def test_a_client_that_goes_frees_the_worker_before_the_first_byte(server):
    request = f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    begun = time.monotonic()
    with closing(socket.create_connection(("127.0.0.1", server))) as connection:
        connection.sendall(request)
        time.sleep(0.3)
    assert ask(server)
    assert time.monotonic() - begun < BUDGET.timeout


def test_a_client_that_goes_in_the_middle_frees_the_worker(server):
    request = f"GET /sparql?query={quote(ENDLESS_ROWS)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    begun = time.monotonic()
    with closing(socket.create_connection(("127.0.0.1", server))) as connection:
        connection.sendall(request)
        assert connection.recv(100).startswith(b"HTTP/1.1 200")
    assert ask(server)
    assert time.monotonic() - begun < BUDGET.timeout


def test_all_web_processes_use_one_host(server):
    processes = {process(server)["pid"] for _ in range(50)}
    assert len(processes) == 2
    assert all(ask(server) for _ in range(20))
    sockets = [line.split() for line in Path("/proc/net/unix").read_text().splitlines() if "query-" in line]
    name = process(server)["host"]
    assert len({line[6] for line in sockets if name in line[-1] and line[3] == "00010000"}) == 1
