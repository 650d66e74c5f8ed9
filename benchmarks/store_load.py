"""How much a session costs: the same triples through a write session and through a bare `Store.bulk_load`.

    python benchmarks/store_load.py [--triples 1000000] [--rounds 3] [--file some.nt]

Both begin with the triples as objects in memory, as an importer hands them over, and end with them on disk. A round
does every way once, so that noise meets all alike; the medians and their ratio are printed, and after them the price
of a small update and of looking for a newer generation in the store that is then there.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

sys.path.insert(0, str(Path(__file__).parents[1]))

from sparql.embedded.generations import GenerationStore

BASE = "https://register.example"
GRAPH = NamedNode(f"{BASE}/graph/catalogue/benchmark")
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
SKOS = "http://www.w3.org/2004/02/skos/core#"


def made_up(count: int) -> list[Triple]:
    """About ten triples a concept, with words, dates and links."""
    triples = []
    for number in range(count // 10):
        concept = NamedNode(f"{BASE}/concepts/{number:08d}-0000-5000-8000-000000000000")
        text = f"begrep nummer {number} som beskriver noe med ganske vanlige ord og en lengde som i virkeligheten"
        triples += [
            Triple(concept, RDF_TYPE, NamedNode(SKOS + "Concept")),
            *(
                Triple(concept, NamedNode(f"{SKOS}label{part}"), Literal(f"{text} {part}", language="nb"))
                for part in range(5)
            ),
            *(
                Triple(concept, NamedNode(f"{SKOS}link{part}"), NamedNode(f"{BASE}/concepts/{number // 7 + part}"))
                for part in range(3)
            ),
            Triple(concept, NamedNode(f"{SKOS}id"), Literal(str(number))),
        ]
    return triples


def by_session(triples: list[Triple], place: Path) -> None:
    with GenerationStore(place, uri_base=BASE).session() as session:
        session.replace_graph(GRAPH, triples)


def by_bulk_load(triples: list[Triple], place: Path) -> None:
    content = serialize(triples, format=RdfFormat.N_TRIPLES)
    store = Store(str(place))
    store.bulk_load(content, format=RdfFormat.N_TRIPLES, to_graph=GRAPH)
    store.flush()


def by_bulk_extend(triples: list[Triple], place: Path) -> None:
    store = Store(str(place))
    store.bulk_extend(Quad(triple.subject, triple.predicate, triple.object, GRAPH) for triple in triples)
    store.flush()


def seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


WAYS = {"session": by_session, "bulk_load": by_bulk_load, "bulk_extend": by_bulk_extend}


def load(triples: list[Triple], rounds: int, scratch: Path) -> None:
    times: dict[str, list[float]] = {name: [] for name in WAYS}
    for turn in range(rounds):
        for name, way in WAYS.items():
            place = scratch / f"{name}-{turn}"
            times[name].append(seconds(lambda way=way, place=place: way(triples, place)))
            if name != "session" or turn < rounds - 1:
                shutil.rmtree(place)
    medians = {name: statistics.median(each) for name, each in times.items()}
    for name, median in medians.items():
        rate = len(triples) / median
        print(f"{name:12} {median:7.2f} s  {rate:10,.0f} triples/s  {medians['bulk_load'] / median:5.2f} x bulk_load")


def afterwards(triples: list[Triple], place: Path) -> None:
    store = GenerationStore(place, uri_base=BASE)
    print(f"open the newest generation   {seconds(store.reader) * 1000:8.1f} ms")
    print(f"look for a newer one         {seconds(lambda: [store.reader() for _ in range(1000)]) * 1000:8.1f} us")
    small = []
    for number in range(30):
        with store.session() as session:
            start = time.perf_counter()
            session.insert(GRAPH, [Triple(triples[0].subject, RDF_TYPE, Literal(f"new {number}"))])
            wrote = time.perf_counter() - start
        small.append((time.perf_counter() - start, wrote))
    print(f"publish a small update       {statistics.median(each for each, _ in small) * 1000:8.1f} ms")
    whole = [seconds(lambda n=number: replace(store, triples[n:])) for number in range(3)]
    print(f"replace the graph, one fewer {statistics.median(whole):8.2f} s")


def replace(store: GenerationStore, triples: list[Triple]) -> None:
    with store.session() as session:
        session.replace_graph(GRAPH, triples)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--triples", type=int, default=1_000_000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--file", type=Path, help="RDF to load instead of made-up triples")
    options = arguments.parse_args()
    triples = [quad.triple for quad in parse(path=options.file)] if options.file else made_up(options.triples)
    print(f"{len(triples):,} triples, {options.rounds} rounds")
    with tempfile.TemporaryDirectory() as scratch:
        load(triples, options.rounds, Path(scratch))
        afterwards(triples, Path(scratch) / f"session-{options.rounds - 1}")


if __name__ == "__main__":
    main()
