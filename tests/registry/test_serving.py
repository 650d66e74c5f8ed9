"""The server as an operator starts it: from an empty directory, with any number of processes, never preloaded."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from live_server import ROOT, environment, free_port, get, served

from registry.services import Services
from registry.serving import SETTINGS


@pytest.mark.slow
def test_it_serves_the_register_from_an_empty_directory(demo_services: Services, tmp_path: Path) -> None:
    with served(demo_services.settings.data, tmp_path) as (port, process):
        status, body = get(port, "/terms/barn", "text/html")
        assert status == 200
        assert "eksempeldata" in body.decode().lower()
        status, body = get(port, "/sparql?query=ASK%20%7B%7D", "application/sparql-results+json")
        assert json.loads(body)["boolean"] is True
        assert not list(tmp_path.iterdir())
    assert process.returncode == 0


@pytest.mark.slow
def test_every_process_sees_a_new_import_at_once(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (tmp_path / "a.ttl").write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . <https://e.example/hus> a skos:Concept ;"
        ' skos:prefLabel "hus"@nb ; skos:definition "bygning som noen bor i"@nb .'
    )
    with served(data, tmp_path) as (port, _):
        assert json.loads(get(port, "/readyz")[1])["generation"] == 0
        command = [sys.executable, "-m", "registry", "import", str(tmp_path / "a.ttl")]
        subprocess.run(command, env=environment(data), check=True, capture_output=True)
        seen = {json.loads(get(port, "/readyz")[1])["generation"] for _ in range(20)}
        assert seen == {1}
        query = "/sparql?query=ASK%20%7B%20%3Fc%20a%20%3Chttp%3A%2F%2Fwww.w3.org%2F2004%2F02%2Fskos%2Fcore%23Concept%3E%20%7D"
        assert json.loads(get(port, query, "application/sparql-results+json")[1])["boolean"] is True


def test_dictionaries_are_loaded_once_before_the_workers() -> None:
    loaded = """
import logging, simplemma, types
from registry.serving import on_starting
on_starting(types.SimpleNamespace(cfg=types.SimpleNamespace(preload_app=False), log=logging.getLogger()))
from simplemma.strategies.dictionaries import dictionary_factory
def refuse(*_): raise AssertionError("a dictionary is read in a worker")
dictionary_factory._load_dictionary_from_disk = refuse
from registry.harmonisation.words import lemma
print(lemma("barna", "no"), lemma("heimar", "no"), lemma("children", "en"))
"""
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.stdout.split() == ["barn", "heime", "child"], done.stderr


def test_preloading_is_refused_with_a_sentence(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gunicorn", "--preload", "-c", str(ROOT / "gunicorn.conf.py"), "wsgi:app"]
    done = subprocess.run(
        command, env=environment(tmp_path), cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode != 0
    assert "--preload is refused" in done.stderr + done.stdout


def test_long_queries_fit_in_the_request_line() -> None:
    assert SETTINGS["limit_request_line"] == 8190
    assert SETTINGS["control_socket_disable"] is True


_BUSY = """
import sys
from pyoxigraph import Literal, NamedNode, Quad, Store
from registry.serving import serve

store = Store()
store.bulk_extend(Quad(NamedNode(f"a:{n}"), NamedNode("a:p"), Literal(n)) for n in range(3_000))

def app(environ, start_response):
    if environ["PATH_INFO"] == "/endless":
        list(store.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"))
    start_response("200 OK", [("Content-Length", "0")])
    return [b""]

if __name__ == "__main__":
    serve("busy:app", bind=f"127.0.0.1:{sys.argv[1]}", workers=2, graceful_timeout=3)
"""


@pytest.mark.slow
def test_workers_end_by_themselves_while_the_engine_works(tmp_path: Path) -> None:
    """On Ctrl-C, which all processes of a terminal get: none has to be killed, and none crashes."""
    (tmp_path / "busy.py").write_text(_BUSY)
    port = free_port()
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "busy.py", str(port)],
            env=environment(tmp_path),
            cwd=tmp_path,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    with ThreadPoolExecutor(6) as pool:
        while not answers(port, "/"):
            assert server.poll() is None, (tmp_path / "log").read_text()
        for _ in range(6):
            pool.submit(answers, port, "/endless")
        time.sleep(1)
        os.killpg(server.pid, signal.SIGINT)
        assert server.wait(60) == 0
    said = (tmp_path / "log").read_text()
    assert "was sent" not in said, said


def answers(port: int, path: str) -> bool:
    try:
        return get(port, path)[0] == 200
    except (OSError, http.client.HTTPException):
        return False
