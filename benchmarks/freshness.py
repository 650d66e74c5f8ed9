"""How soon a small update is acknowledged and seen, at a million triples, over HTTP on a whole register.

    python benchmarks/freshness.py [--triples 1000000] [--updates 50] [--workers 2] [--data DIR]

Acknowledged means answered with 204: on disk, published, derived, compared, indexed and written down. Seen means that
a query sent afterwards, on a connection of its own and so to any web process, answers with it. One client first; then
eight at once, with INSERT DATA, with DELETE DATA and with DELETE/INSERT WHERE; then three processes that contend for
the lock. Nothing may be lost. `--data` is a register with the URI base of store_load.py that may be written to; without
it one is made up in a temporary directory.
"""

import argparse
import http.client
import json
import multiprocessing
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from zlib import crc32

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.serving import free_port, started
from benchmarks.store_load import BASE, GRAPH, made_up
from registry.access.tokens import TokenStore
from registry.provenance import Deed
from registry.services import build_services
from registry.settings import Settings
from registry.updating import update
from sparql.embedded.generations import GenerationStore
from sparql.protocol import ProtocolUpdate

CLIENTS, PROCESSES = 8, 3
NO_CONTENT = 204
SETTINGS = {"SAMSVAR_URI_BASE": BASE, "SAMSVAR_QUERY_CALM": "0", "SAMSVAR_QUERY_IN_MEMORY": "20000000"}
DATA = """
    <{iri}> a skos:Concept ; skos:prefLabel "{name}"@nb ; euvoc:xlDefinition <{iri}/definition> .
    <{iri}/definition> a euvoc:XlNote ; rdf:value "noe som måles i prøve {number}"@nb .
"""
REPLACED = """
    WITH <{graph}> DELETE {{ <{iri}> skos:prefLabel ?old }} INSERT {{ <{iri}> skos:prefLabel "ny {name}"@nb }}
    WHERE {{ <{iri}> skos:prefLabel ?old }}
"""


def concept(name: str) -> str:
    """The IRI of a concept that is made here."""
    return f"{BASE}/concepts/{name}"


def described(name: str) -> str:
    """Its triples: a term, and a definition that has other words."""
    return DATA.format(iri=concept(name), name=name, number=crc32(name.encode()))


def inserted(name: str) -> str:
    """The update that makes a concept."""
    return f"INSERT DATA {{ GRAPH <{GRAPH.value}> {{ {described(name)} }} }}"


def deleted(name: str) -> str:
    """The update that removes it."""
    return f"DELETE DATA {{ GRAPH <{GRAPH.value}> {{ {described(name)} }} }}"


def replaced(name: str) -> str:
    """The update that gives it another term, after looking for the one that it has."""
    return REPLACED.format(graph=GRAPH.value, iri=concept(name), name=name)


@dataclass(frozen=True, slots=True)
class Client:
    """One connection to the server, and a token."""

    connection: http.client.HTTPConnection
    token: str

    def update(self, text: str) -> float:
        """Seconds until the update is acknowledged."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/sparql-update"}
        began = time.perf_counter()
        self.connection.request("POST", "/sparql", text.encode(), headers)
        answer = self.connection.getresponse()
        content = answer.read()
        assert answer.status == NO_CONTENT, content
        return time.perf_counter() - began


@dataclass(frozen=True, slots=True)
class Register:
    """A server that runs."""

    port: int
    token: str

    @contextmanager
    def client(self) -> Iterator[Client]:
        """A new connection."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        try:
            yield Client(connection, self.token)
        finally:
            connection.close()

    def ask(self, pattern: str) -> tuple[bool, str]:
        """Whether something is there, asked on a new connection; and where the query was answered."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        connection.request("GET", f"/sparql?{urlencode({'query': f'ASK {{ {pattern} }}'})}")
        answer = connection.getresponse()
        found = json.loads(answer.read())["boolean"]
        connection.close()
        return bool(found), answer.headers.get("Samsvar-Used", "")

    def generation(self) -> int:
        """The newest generation."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        connection.request("GET", "/readyz")
        number = int(json.loads(connection.getresponse().read())["generation"])
        connection.close()
        return number

    def warm(self) -> float:
        """Seconds until the generation is in memory."""
        began = time.perf_counter()
        while "store=memory" not in self.ask(f"<urn:x:{time.monotonic_ns()}> ?p ?o")[1]:
            time.sleep(0.2)
        return time.perf_counter() - began


def alone(register: Register, updates: int) -> None:
    """One client, one update after the other; each is looked for by another connection."""
    acknowledged, visible = [], []
    with register.client() as client:
        for number in range(updates):
            acknowledged.append(client.update(inserted(f"alone-{number}")))
            began = time.perf_counter()
            assert register.ask(f"<{concept(f'alone-{number}')}> ?p ?o")[0], "acknowledged, and not there"
            visible.append(time.perf_counter() - began)
        say("one client, INSERT DATA: acknowledged after", acknowledged)
        say("  a query that sees it", visible)
        say("  DELETE/INSERT WHERE", [client.update(replaced(f"alone-{number}")) for number in range(updates)])
        say("  DELETE DATA", [client.update(deleted(f"alone-{number}")) for number in range(updates)])


def together(register: Register, updates: int, name: str, made: Callable[[str], str]) -> None:
    """Eight clients at once, each one update after the other."""
    first = register.generation()
    times: list[float] = []

    def run(number: int) -> None:
        with register.client() as client:
            times.extend(client.update(made(f"client-{number}-{turn}")) for turn in range(updates))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(CLIENTS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    assert len(times) == CLIENTS * updates, "an update failed"
    grouped = len(times) / max(1, register.generation() - first)
    print(f"{CLIENTS} clients, {name}: {len(times) / seconds:.0f} updates/s, {grouped:.1f} a generation")
    say("  acknowledged after", times)


def contend(place: str, number: int, updates: int, ready: Callable[[], object]) -> list[float]:
    """One of several processes that write to the same register at the same time."""
    services = build_services(Settings(data=Path(place), uri_base=BASE))
    times = []
    warm = inserted(f"warm-{number}")  # the first update of a process reads its word lists and opens the store
    update(services, ProtocolUpdate(warm), Deed("benchmark", "", warm))
    ready()
    for turn in range(updates):
        text = inserted(f"process-{number}-{turn}")
        began = time.perf_counter()
        update(services, ProtocolUpdate(text), Deed("benchmark", "", text))
        times.append(time.perf_counter() - began)
    return times


def in_process(
    place: str, number: int, updates: int, ready: Callable[[], object], told: "multiprocessing.Queue[list[float]]"
) -> None:
    """Tells what `contend` measured."""
    told.put(contend(place, number, updates, ready))


def contending(place: Path, updates: int) -> None:
    """Three processes that write all the time; every update of each is there afterwards."""
    context = multiprocessing.get_context("spawn")
    told: multiprocessing.Queue[list[float]] = context.Queue()
    barrier = context.Barrier(PROCESSES + 1)
    processes = [
        context.Process(target=in_process, args=(str(place), number, updates, barrier.wait, told))
        for number in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    barrier.wait()
    began = time.perf_counter()
    times = [seconds for _ in processes for seconds in told.get()]
    seconds = time.perf_counter() - began
    for process in processes:
        process.join()
    reader = GenerationStore(place, uri_base=BASE).reader()
    for number in range(PROCESSES):
        for turn in range(updates):
            rows = reader.select(f"SELECT ?o {{ <{concept(f'process-{number}-{turn}')}> ?p ?o }} LIMIT 1")
            assert rows, "an acknowledged update is lost"
    print(f"{PROCESSES} processes: {len(times) / seconds:.0f} updates/s, none lost")
    say("  acknowledged after", times)


def say(name: str, seconds: list[float]) -> None:
    """Median, 99th percentile and worst, in milliseconds."""
    ordered = sorted(seconds)
    figures = statistics.median(ordered), ordered[int(len(ordered) * 0.99)], ordered[-1]
    median, late, worst = (f"{each * 1e3:7.1f} ms" for each in figures)
    print(f"{name:44} median {median}   p99 {late}   worst {worst}", flush=True)


def measure(place: Path, updates: int, workers: int) -> None:
    """Serves the register and writes to it; then three processes without a server."""
    _, token = TokenStore(place / "state.db").create("administrator", owner="benchmark", days=1)
    port = free_port()
    command = [sys.executable, "-m", "registry", "serve", "--bind", f"127.0.0.1:{port}", "--workers", str(workers)]
    environment = os.environ | SETTINGS | {"SAMSVAR_DATA": str(place.absolute())}
    with started(command, port, "/readyz", environment):
        register = Register(port, token)
        print(f"in memory after {register.warm():.1f} s", flush=True)
        for number in range(8):  # on connections of their own, so that each web process has written once
            with register.client() as client:
                client.update(inserted(f"first-{number}"))
        alone(register, updates)
        for name, made in (("INSERT DATA", inserted), ("DELETE/INSERT WHERE", replaced), ("DELETE DATA", deleted)):
            together(register, updates, name, made)
    contending(place, updates)


def main() -> None:
    """Fills a register, then measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--updates", type=int, default=50)
    parser.add_argument("--workers", type=int, default=2, help="web processes")
    parser.add_argument("--data", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = arguments.data or Path(folder, "data")
        if arguments.data is None:
            with GenerationStore(place, uri_base=BASE).session() as session:
                session.replace_graph(GRAPH, made_up(arguments.triples))
            print(f"{arguments.triples} triples")
        measure(place, arguments.updates, arguments.workers)


if __name__ == "__main__":
    main()
