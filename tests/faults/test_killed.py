"""kill -9: what was acknowledged is there after the next start, what was not is there whole or not at all."""

import json
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from fault_server import CATALOGUE, Server, administrator, catalogue, samsvar, serving, until
from live_server import environment

TRIPLES = 100
"""Of each acknowledged write."""
LARGE = 3_000
"""Concepts of the large edition: its import takes some ten seconds."""
SMALL_EDITION, LARGE_EDITION = (5, 5, {"hus"}), (LARGE, LARGE, {"båt"})
_CONCEPTS = f"SELECT (COUNT(?c) AS ?n) {{ GRAPH <{CATALOGUE}> {{ ?c a skos:Concept }} }}"
_WRITES = "SELECT ?w (COUNT(*) AS ?n) { GRAPH <https://e.example/skrevet> { ?w ?p ?o } } GROUP BY ?w"

pytestmark = [pytest.mark.slow, pytest.mark.faults]


def written(number: int) -> str:
    triples = " ".join(f"<https://e.example/w/{number}> <https://e.example/p> {n} ." for n in range(TRIPLES))
    return f"INSERT DATA {{ GRAPH <https://e.example/skrevet> {{ {triples} }} }}"


def rows(server: Server, query: str) -> list[dict[str, str]]:
    answer = server.query(query)
    assert answer.status == 200, answer.text
    found = json.loads(answer.body)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found]


def write_until_killed(server: Server, first: int, acknowledged: set[int]) -> int:
    """One write after the other; returns how many were begun in all."""
    number = first
    while server.update(written(number)).status == 204:
        acknowledged.add(number)
        number += 1
    return number + 1


def test_every_acknowledged_write_is_there_after_twenty_kills(tmp_path: Path) -> None:
    data, chance = tmp_path / "data", random.Random(9)
    token, acknowledged, begun = administrator(data), set[int](), 0
    for _ in range(20):
        with serving(data, tmp_path, token=token) as server:
            threading.Timer(0.2 + chance.random(), server.kill).start()
            begun = write_until_killed(server, begun, acknowledged)
            server.process.wait()
    with serving(data, tmp_path) as server:
        found = {int(row["w"].rpartition("/")[2]): int(row["n"]) for row in rows(server, _WRITES)}
    assert len(acknowledged) > 20
    assert acknowledged <= set(found) <= set(range(begun))
    assert set(found.values()) == {TRIPLES}
    doctor = samsvar(data, "doctor")
    assert doctor.returncode == 0, doctor.stdout


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, float]:
    """A small and a large edition of a catalogue, and the seconds in which the large one is imported undisturbed."""
    place = tmp_path_factory.mktemp("editions")
    small, large = place / "small.ttl", place / "large.ttl"
    small.write_bytes(catalogue(5, "hus"))
    large.write_bytes(catalogue(LARGE, "båt"))
    began = time.monotonic()
    assert samsvar(place / "data", "import", large, "--catalogue", "feil").returncode == 0
    return small, large, time.monotonic() - began


@pytest.mark.parametrize("percent", [25, 50, 75, 95])
def test_an_import_that_is_killed_leaves_the_old_edition_whole_and_goes_in_the_next_time(
    tmp_path: Path, files: tuple[Path, Path, float], percent: int
) -> None:
    small, large, usual = files
    data = tmp_path / "data"
    assert samsvar(data, "import", small, "--catalogue", "feil").returncode == 0
    with serving(data, tmp_path) as server:
        command = [sys.executable, "-m", "registry", "import", str(large), "--catalogue", "feil"]
        child = subprocess.Popen(command, env=environment(data), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(usual * percent / 100)
        child.kill()
        child.wait()
        assert edition(server) in (SMALL_EDITION, LARGE_EDITION)
        assert samsvar(data, "import", large, "--catalogue", "feil").returncode == 0
        until(lambda: edition(server) == LARGE_EDITION, "every process sees the new edition")
    doctor = samsvar(data, "doctor")
    assert doctor.returncode == 0, doctor.stdout


def edition(server: Server) -> tuple[int, int, set[str]]:
    """What readers see: how many concepts by SPARQL and in the list, and the words that the search finds."""
    asked = int(rows(server, _CONCEPTS)[0]["n"])
    listed = json.loads(server.get("/api/v1/concepts?catalogue=feil&size=1").body)["total"]
    hits = json.loads(server.get("/api/v1/search?q=ting&kind=concept&size=100").body)["hits"]
    return asked, listed, {hit["text"].split()[-1] for hit in hits}
