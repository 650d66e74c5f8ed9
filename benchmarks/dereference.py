"""Documents about things in four syntaxes, against DESCRIBE of the peers on the same triples, in one run.

    python benchmarks/dereference.py [--concepts 20000] [--seconds 5] [--clients 8] [--only samsvar,native,...]
    python benchmarks/dereference.py --generations 10000

``cold`` asks for each concept once, ``warm`` for the same 200 over and over; ``mixed`` takes the syntaxes in turn.
Ratios are our rate over another server's: above one we are faster. The second form fetches so many documents in
all formats while imports publish new generations, and counts those that failed or that mix two of them.
Peers that are not installed are left out.
"""

import argparse
import http.client
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parents[1]))

from pyoxigraph import NamedNode, RdfFormat, serialize

from benchmarks import sparql_peers as peers
from benchmarks.fetched_meanwhile import fetch_meanwhile
from benchmarks.sparql import BASE, made_up
from sparql.embedded.generations import GenerationStore

SYNTAXES = {
    "Turtle": ("ttl", "text/turtle"),
    "JSON-LD": ("jsonld", "application/ld+json"),
    "RDF/XML": ("rdf", "application/rdf+xml"),
    "N-Triples": ("nt", "application/n-triples"),
}
HOT = 200
_GRAPH = NamedNode(f"{BASE}/graph/catalogue/benchmark")

Ask: TypeAlias = Callable[[int, str, str], tuple[str, str]]
"""The path and the Accept header for a concept's number, a suffix and a media type."""
Figures: TypeAlias = tuple[float, float, float]
"""Documents a second, median and 99th percentile in milliseconds."""


def our_way(number: int, suffix: str, media_type: str) -> tuple[str, str]:
    """The document's own address."""
    return f"/c/{number}.{suffix}", media_type


def describe(path: str) -> Ask:
    """DESCRIBE at a SPARQL endpoint."""

    def ask(number: int, _: str, media_type: str) -> tuple[str, str]:
        return f"{path}?{urlencode({'query': f'DESCRIBE <{BASE}/c/{number}>'})}", media_type

    return ask


def rate(server: peers.Server, requests: Iterator[tuple[str, str]], seconds: float, clients: int) -> Figures:
    """What the clients get together until the time is over or there is nothing more to ask."""
    times: list[float] = []
    lock = threading.Lock()
    began = time.perf_counter()

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        while time.perf_counter() < began + seconds:
            with lock:
                path, accept = next(requests, ("", ""))
            if not path:
                break
            start = time.perf_counter()
            connection.request("GET", path, headers={"Accept": accept})
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != http.client.OK or not body:
                raise SystemExit(f"{server.name} answered {answer.status} to {path} as {accept}")
            times.append(time.perf_counter() - start)
        connection.close()

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - began
    ordered = sorted(times) or [float("inf")]
    return len(times) / taken, statistics.median(ordered) * 1e3, ordered[int(len(ordered) * 0.99)] * 1e3


def measured(server: peers.Server, ask: Ask, arguments: argparse.Namespace) -> dict[str, Figures]:
    """Mix to figures. Each cold mix has concepts of its own, which nobody has asked for before."""
    found = {}
    mixes = {name: [syntax] for name, syntax in SYNTAXES.items()} | {"mixed": list(SYNTAXES.values())}
    share = arguments.concepts // len(mixes)
    for place, (name, syntaxes) in enumerate(mixes.items()):
        own = range(place * share, (place + 1) * share)
        cold = (ask(number, *syntaxes[number % len(syntaxes)]) for number in own)
        found[f"{name}, cold"] = rate(server, cold, arguments.seconds, arguments.clients)
        warm = (ask(own[turn % HOT], *syntaxes[turn % len(syntaxes)]) for turn in count())
        found[f"{name}, warm"] = rate(server, warm, arguments.seconds, arguments.clients)
    return found


def show(results: dict[str, dict[str, Figures]]) -> None:
    """A table for each mix, with ratios to each way in which we run."""
    ours = [name for name in results if name.startswith("samsvar")]
    for mix in next(iter(results.values())):
        print(mix)
        for name, figures in results.items():
            each, median, last = figures[mix]
            ratios = ", ".join(f"{results[own][mix][0] / each:.2f}" for own in ours) if name not in ours else ""
            print(f"  {name:20}{each:9.0f} /s   median {median:7.2f} ms   p99 {last:8.2f} ms   {ratios}")


def compare(arguments: argparse.Namespace, place: Path) -> None:
    """Every server in turn on the same triples."""
    (place / "dump").mkdir()
    dump, data = place / "dump" / "dump.nt", place / "data"
    triples = list(made_up(arguments.concepts))
    dump.write_bytes(serialize(triples, format=RdfFormat.N_TRIPLES) or b"")
    with GenerationStore(data, uri_base=BASE).session() as session:
        session.replace_graph(_GRAPH, triples)
    print(f"{len(triples)} triples, {arguments.concepts} concepts, {arguments.clients} clients")
    ways: dict[str, Callable[[], AbstractContextManager[peers.Server]]] = {
        "samsvar, 2 workers": lambda: peers.ours(data, BASE, {}, 2),
        "samsvar, 1 worker": lambda: peers.ours(data, BASE, {}, 1),
        "native": lambda: peers.native(dump, place),
        "virtuoso": lambda: peers.virtuoso(dump, place),
        "rdflib-endpoint": lambda: peers.rdflib_endpoint(dump, place),
    }
    results = {}
    for name, way in ways.items():
        if name.partition(",")[0] not in arguments.only.split(","):
            continue
        if reason := peers.missing(name):
            print(reason)
            continue
        with way() as server:
            ask = our_way if name.startswith("samsvar") else describe(server.path)
            results[name] = measured(server, ask, arguments)
        print(f"{name}: measured", flush=True)
    show(results)


def main() -> None:
    """One of the two measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--concepts", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--only", default="samsvar,native,virtuoso,rdflib-endpoint")
    parser.add_argument("--generations", type=int, default=0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if not arguments.generations:
            compare(arguments, Path(folder))
            return
        told = fetch_meanwhile(Path(folder), arguments.generations, arguments.clients)
        print(f"{told.fetches} documents of {len(told.seen)} generations: {len(told.failed)} failed, ", end="")
        print(f"{len(told.mixed)} mix two of them")
        print("\n".join((*told.failed, *told.mixed)[:10]))


if __name__ == "__main__":
    main()
