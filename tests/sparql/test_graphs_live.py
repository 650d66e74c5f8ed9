"""Large graphs over HTTP from `samsvar serve`: they come as they are read, and nobody works for who has gone."""

import http.client
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from live_server import served
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from sparql.embedded.generations import GenerationStore

GRAPH = "http://g.example/large"
TRIPLES = 200_000
MIB = 1 << 20

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """Port and process id of a server with one large graph."""
    place = tmp_path_factory.mktemp("live")
    with GenerationStore(place / "data", uri_base="http://localhost:8000").session() as session:
        predicate = NamedNode("http://g.example/p")
        triples = (Triple(NamedNode(f"http://g.example/{n}"), predicate, Literal("æ" * 60)) for n in range(TRIPLES))
        session.replace_graph(NamedNode(GRAPH), triples)
    with served(place / "data", place) as (port, process):
        yield port, process.pid


def asked(port: int, method: str = "GET") -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, f"/graphs?graph={GRAPH}", headers={"Accept": "application/n-triples"})
    return connection


def workers(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def own_memory(pid: int) -> int:
    """Bytes that the web processes have for themselves, files left out."""
    lines = [line for each in workers(pid) for line in Path(f"/proc/{each}/status").read_text().splitlines()]
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith("RssAnon:"))


def worked(pid: int) -> int:
    """Ticks of the processor that all web processes have used."""
    fields = [Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split() for each in workers(pid)]
    return sum(int(each[11]) + int(each[12]) for each in fields)


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def fetched(port: int) -> bytes:
    with closing(asked(port)) as connection:
        answer = connection.getresponse()
        assert answer.headers["Content-Length"] is None
        return answer.read()


def test_a_large_graph_comes_whole_and_memory_stays_flat(server: tuple[int, int]) -> None:
    port, pid = server
    content = fetched(port)
    assert len(content) > 25 * MIB
    assert sum(1 for _ in parse(content, format=RdfFormat.N_TRIPLES)) == TRIPLES
    measured = [own_memory(pid)]

    def flat() -> bool:
        """Whether four more answers, a hundred MiB, took less than sixteen: the caches of each process are full."""
        for _ in range(4):
            fetched(port)
        measured.append(own_memory(pid))
        return measured[-1] - measured[-2] < 16 * MIB

    assert any(flat() for _ in range(6)), measured


def test_nobody_works_for_who_has_gone(server: tuple[int, int]) -> None:
    port, pid = server
    for _ in range(20):  # more than there are threads
        with closing(asked(port)) as connection:
            assert connection.getresponse().read(1000)

    def idle() -> bool:
        before = worked(pid)
        time.sleep(0.5)
        return worked(pid) - before <= 5

    until(idle)
    with closing(asked(port, "HEAD")) as connection:
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (200, b"")
