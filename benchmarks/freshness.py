"""How soon a small update is acknowledged and seen, at a million triples.

    python benchmarks/freshness.py [--triples 1000000] [--updates 40]

Acknowledged means on disk and published. Seen means that a query sent afterwards, to the query host that all web
processes share, answers with it. Then eight clients at once, whose updates share generations, and three processes that
contend for the lock. The register is made up and lies in a temporary directory.
"""

import argparse
import json
import multiprocessing
import os
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.store_load import BASE, GRAPH, made_up
from sparql.budget import Budget
from sparql.embedded.generations import GenerationStore
from sparql.query_host.host import QueryHost
from sparql.store import WriteSession

LABEL = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
BUDGET = replace(Budget(), calm=0.0, in_memory=20_000_000)
CLIENTS, PROCESSES = 8, 3


def triple(name: str) -> Triple:
    """One more label."""
    return Triple(NamedNode(f"{BASE}/concepts/{name}"), LABEL, Literal(name, language="nb"))


def write(store: GenerationStore, name: str) -> float:
    """Seconds until a small update is acknowledged."""

    def update(session: WriteSession) -> None:
        session.insert(GRAPH, [triple(name)])

    began = time.perf_counter()
    store.submit(update).result()
    return time.perf_counter() - began


def seen(host: QueryHost, name: str) -> float:
    """Seconds until a query has answered with the update; refuses to go on where it does not see it."""
    began = time.perf_counter()
    answer = json.loads(host.run(f"ASK {{ <{BASE}/concepts/{name}> ?p ?o }}").read())
    assert answer["boolean"], f"{name} was acknowledged and is not there"
    return time.perf_counter() - began


def warm(host: QueryHost) -> float:
    """Seconds until the generation is in memory."""
    began = time.perf_counter()
    turn = 0
    while True:
        turn += 1
        answer = host.run(f"ASK {{ <urn:x:{turn}> ?p ?o }}")
        answer.read()
        if answer.head["place"] == "memory":
            return time.perf_counter() - began
        time.sleep(0.2)


def alone(store: GenerationStore, host: QueryHost, updates: int) -> None:
    """One client, one update after the other."""
    acknowledged, visible = [], []
    for number in range(updates):
        acknowledged.append(write(store, f"alone-{number}"))
        visible.append(seen(host, f"alone-{number}"))
    say("one client: acknowledged after", acknowledged)
    say("            a query that sees it", visible)


def grouped(store: GenerationStore, updates: int) -> None:
    """Eight clients of one process."""
    first = store.reader().generation
    began = time.perf_counter()
    times = in_threads(store, updates)
    seconds = time.perf_counter() - began
    generations = store.reader().generation - first
    print(f"{CLIENTS} clients: {len(times) / seconds:.0f} updates/s, {len(times) / generations:.1f} a generation")
    say("            acknowledged after", times)


def in_threads(store: GenerationStore, updates: int) -> list[float]:
    """Seconds that each update of each client took."""
    times: list[float] = []

    def client(number: int) -> None:
        times.extend(write(store, f"client-{number}-{turn}-{os.getpid()}") for turn in range(updates))

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def contend(place: str, number: int, updates: int, told: "multiprocessing.Queue[list[float]]") -> None:
    """One of several processes that write at the same time."""
    store = GenerationStore(Path(place), uri_base=BASE)
    told.put([write(store, f"process-{number}-{turn}") for turn in range(updates)])


def contending(place: Path, host: QueryHost, updates: int) -> None:
    """Three processes; every update of each is there afterwards."""
    context = multiprocessing.get_context("spawn")
    told: multiprocessing.Queue[list[float]] = context.Queue()
    processes = [
        context.Process(target=contend, args=(str(place), number, updates, told)) for number in range(PROCESSES)
    ]
    began = time.perf_counter()
    for process in processes:
        process.start()
    times = [seconds for _ in processes for seconds in told.get()]
    seconds = time.perf_counter() - began
    for process in processes:
        process.join()
    for number in range(PROCESSES):
        for turn in range(updates):
            seen(host, f"process-{number}-{turn}")
    print(f"{PROCESSES} processes: {len(times) / seconds:.0f} updates/s with their start, none lost")
    say("            acknowledged after", times)


def say(name: str, seconds: list[float]) -> None:
    """Median, 95th percentile and worst, in milliseconds."""
    ordered = sorted(seconds)
    figures = statistics.median(ordered), ordered[int(len(ordered) * 0.95)], ordered[-1]
    median, late, worst = (f"{seconds * 1e3:7.1f} ms" for seconds in figures)
    print(f"{name:34} median {median}   p95 {late}   worst {worst}")


def main() -> None:
    """Fills a register, then measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--updates", type=int, default=40)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "data")
        store = GenerationStore(place, uri_base=BASE)
        with store.session() as session:
            session.replace_graph(GRAPH, made_up(arguments.triples))
        host = QueryHost(place, BASE, BUDGET)
        try:
            print(f"{arguments.triples} triples, in memory after {warm(host):.1f} s")
            alone(store, host, arguments.updates)
            grouped(store, arguments.updates)
            contending(place, host, arguments.updates)
        finally:
            host.stop()


if __name__ == "__main__":
    main()
