"""Processes that write at once, end, are recycled, or are asked to end: what was acknowledged is there."""

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from fault_server import Server, administrator, ask, catalogue, samsvar, serving, until
from live_server import environment

_WRITES = "SELECT ?w { GRAPH <https://e.example/skrevet> { ?w <https://e.example/p> 1 } }"
_MANY_ROWS = "SELECT * { VALUES ?a { 1 2 3 4 5 6 7 8 9 } ?b ?c ?d . ?e ?f ?g . ?h ?i ?j }"

pytestmark = [pytest.mark.slow, pytest.mark.faults]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "hus.ttl").write_bytes(catalogue(50, "hus"))
    assert samsvar(tmp_path / "data", "import", tmp_path / "hus.ttl", "--catalogue", "feil").returncode == 0
    return tmp_path / "data"


def write(server: Server, name: str) -> bool:
    """Whether it was acknowledged."""
    triple = f"<https://e.example/w/{name}> <https://e.example/p> 1"
    return server.update(f"INSERT DATA {{ GRAPH <https://e.example/skrevet> {{ {triple} }} }}").status == 204


def written(server: Server) -> set[str]:
    found = json.loads(server.query(_WRITES).body)["results"]["bindings"]
    return {row["w"]["value"].rpartition("/")[2] for row in found}


def write_many(server: Server, author: str, count: int) -> set[str]:
    """The names of those that were acknowledged."""
    names = [f"{author}-{number}" for number in range(count)]
    return {name for name in names if write(server, name)}


def test_two_servers_and_a_command_that_write_at_once_lose_nothing(data: Path, tmp_path: Path) -> None:
    token = administrator(data)
    with serving(data, tmp_path, token=token) as one, serving(data, tmp_path, token=token) as other:
        with ThreadPoolExecutor(3) as pool:
            first, second = pool.submit(write_many, one, "a", 20), pool.submit(write_many, other, "b", 20)
            third = pool.submit(samsvar, data, "import", tmp_path / "hus.ttl", "--catalogue", "annen")
        assert third.result().returncode == 0, third.result().stderr
        assert len(first.result() | second.result()) == 40
        assert written(one) == written(other) == first.result() | second.result()
        listed = {each.get("/api/v1/concepts?catalogue=annen").status for each in (one, other)}
        assert listed == {200}
    assert samsvar(data, "doctor").returncode == 0


def test_a_server_on_a_port_that_is_taken_ends_and_says_so(data: Path, tmp_path: Path) -> None:
    with serving(data, tmp_path) as server:
        command = [sys.executable, "-m", "registry", "serve", "--bind", f"127.0.0.1:{server.port}"]
        second = subprocess.run(
            command, env=environment(data), cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
        )
        assert second.returncode != 0
        assert "in use" in second.stderr
        assert server.get("/healthz").status == 200


def test_recycled_workers_lose_no_write_and_cut_no_answer(data: Path, tmp_path: Path) -> None:
    options = ["--max-requests", "12", "--max-requests-jitter", "6", "--workers", "2"]
    token = administrator(data)
    with serving(data, tmp_path, options=options, token=token) as server:
        acknowledged: set[str] = set()
        for number in range(60):
            if write(server, str(number)):
                acknowledged.add(str(number))
            page = server.get("/catalogues", Accept="text/html")
            assert page.status in {0, 200}
            assert page.status == 0 or page.text.rstrip().endswith("</html>")
        until(lambda: server.query(_WRITES).status == 200)
        assert acknowledged <= written(server)
        assert len(acknowledged) >= 50
        assert server.said().count("Booting worker") > 4


@pytest.fixture
def streaming(data: Path, tmp_path: Path) -> Iterator[tuple[Server, http.client.HTTPResponse]]:
    """A server in the middle of an answer that is longer than anybody waits for."""
    with serving(data, tmp_path, token=administrator(data)) as server:
        with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:
            head = {"Content-Type": "application/sparql-query", "Accept": "text/csv"}
            connection.request("POST", "/sparql", _MANY_ROWS, head)
            answer = connection.getresponse()
            assert answer.status == 200
            assert answer.read(1000)
            yield server, answer


def is_cut(answer: http.client.HTTPResponse) -> bool:
    try:
        while answer.read(1 << 20):
            pass
    except (http.client.IncompleteRead, ConnectionError):
        return True
    return False


def test_a_killed_worker_cuts_its_answer_visibly_and_others_go_on(
    streaming: tuple[Server, http.client.HTTPResponse],
) -> None:
    server, answer = streaming
    assert write(server, "before")
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    workers = [int(pid) for pid in children if b"serve" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    assert len(workers) == 2
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
    assert is_cut(answer)
    until(lambda: server.get("/healthz").status == 200, "gunicorn starts other workers")
    until(lambda: write(server, "after"), "they write")
    assert written(server) == {"before", "after"}


def test_a_server_that_is_told_to_end_cuts_visibly_and_ends_well(
    streaming: tuple[Server, http.client.HTTPResponse],
) -> None:
    server, answer = streaming
    server.process.send_signal(signal.SIGTERM)
    assert is_cut(answer)
    assert server.process.wait(60) == 0


def test_a_server_that_is_told_to_end_in_an_import_leaves_all_or_nothing(data: Path, tmp_path: Path) -> None:
    token = administrator(data)
    with serving(data, tmp_path, token=token) as server, ThreadPoolExecutor(1) as pool:
        answer = pool.submit(server.upload, "b.ttl", catalogue(700, "båt"))
        until(lambda: any((data / "master").iterdir()) or answer.done(), "the import writes")
        server.process.send_signal(signal.SIGTERM)
        status = answer.result().status
        assert server.process.wait(120) == 0
    with serving(data, tmp_path, token=token) as server:
        total = json.loads(server.get("/api/v1/concepts?catalogue=feil&size=1").body)["total"]
        assert total == 700 if status == 200 else total in {50, 700}
        assert server.upload("b.ttl", catalogue(60, "kai")).status == 200
    assert samsvar(data, "doctor").returncode == 0


def test_a_killed_query_host_is_started_by_who_asks_next(data: Path, tmp_path: Path) -> None:
    with serving(data, tmp_path) as server:
        assert server.query("ASK {}").status == 200
        hosts = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal() and _is_host(path, data)]
        assert hosts
        for pid in hosts:
            os.kill(pid, signal.SIGKILL)
        assert server.get("/catalogues", Accept="text/html").status == 200
        until(lambda: json.loads(server.query("ASK {}").body).get("boolean") is True, "a query is answered")


def _is_host(process: Path, data: Path) -> bool:
    try:
        said = (process / "cmdline").read_bytes()
    except OSError:
        return False
    return b"sparql.workers" in said and str(data).encode() in said


def test_a_storm_of_queries_leaves_another_client_answered(data: Path, tmp_path: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    settings = {"SAMSVAR_TRUSTED_PROXIES": "127.0.0.1", "SAMSVAR_QUERY_TIMEOUT": "2", "SAMSVAR_QUERY_PER_CLIENT": "1"}
    with serving(data, tmp_path, **settings) as server, ThreadPoolExecutor(30) as pool:

        def asked(text: str, client: str) -> int:
            return ask(
                server.port,
                "/sparql",
                method="POST",
                body=text.encode(),
                Content_Type="application/sparql-query",
                X_Forwarded_For=client,
            ).status

        storm = [pool.submit(asked, endless, "192.0.2.1") for _ in range(30)]
        calm = [asked(f"ASK {{ <https://e.example/feil/{n}> ?p ?o }}", "192.0.2.2") for n in range(10)]
        pages = [server.get("/catalogues", Accept="text/html").status for _ in range(5)]
        assert calm == [200] * 10
        assert pages == [200] * 5
        assert {each.result() for each in storm} <= {429, 503}


def test_too_few_descriptors_are_said(data: Path, tmp_path: Path) -> None:
    """The engine needs 96: health is red and says what to run, and no process ends."""
    limited = ["sh", "-c", 'ulimit -n 64; exec "$@"', "sh"]
    with serving(data, tmp_path, command=limited) as server:
        ready = server.get("/readyz")
        assert ready.status == 500
        assert "ulimit -n" in ready.text
        assert server.get("/healthz").status == 200
        assert server.process.poll() is None
