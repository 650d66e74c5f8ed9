"""A small register, and query hosts on it that end with the tests."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from sparql.budget import MIB, Budget
from sparql.embedded.generations import GenerationStore
from sparql.query_host.host import QueryHost

BASE = "http://localhost:8000"
GRAPHS = {
    "catalogue/a": 100,
    "catalogue/b": 100,
    "vocabulary/los": 50,
    "provenance": 10,
    "findings": 5,
}
"""Graph to its number of triples; all but vocabularies and provenance are public."""
PUBLIC = 205
QUICK = Budget(timeout=1.0, memory=150 * MIB, workers=2, patience=3.0)


def fill(directory: Path) -> GenerationStore:
    store = GenerationStore(directory, uri_base=BASE)
    with store.session() as session:
        for graph, size in GRAPHS.items():
            session.replace_graph(
                NamedNode(f"{BASE}/graph/{graph}"),
                [
                    Triple(
                        NamedNode(f"{BASE}/{graph}/{n}"), NamedNode("http://example.org/p"), Literal(f"verdi {n} æøå")
                    )
                    for n in range(size)
                ],
            )
    return store


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    return fill(tmp_path / "data")


@pytest.fixture
def make_host() -> Iterator[Callable[..., QueryHost]]:
    made: list[QueryHost] = []

    def make(directory: Path, budget: Budget = QUICK, **options: str) -> QueryHost:
        host = QueryHost(directory, BASE, budget, **options)
        made.append(host)
        return host

    yield make
    for host in made:
        host.stop()


@pytest.fixture(scope="session")
def small_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory that tests only read."""
    directory = tmp_path_factory.mktemp("register") / "data"
    fill(directory)
    return directory


@pytest.fixture(scope="session")
def host(small_register: Path) -> Iterator[QueryHost]:
    """A query host that many tests share; it survives whatever they ask."""
    host = QueryHost(small_register, BASE, QUICK)
    yield host
    host.stop()
