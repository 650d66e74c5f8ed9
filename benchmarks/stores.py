"""What a register costs in each kind of store: the data directory alone, the native server, Virtuoso.

    python benchmarks/stores.py [--only embedded,native,virtuoso] [--concepts 5000] [--writes 20]

In each, on one machine and in one run: importing the bundled samples; one graph of so many concepts (two triples each);
small writes one after the other; a second host, whose data directory is empty, filled from the store; how long it takes
that host to have a small write; and a query over all concepts on that host. With the embedded kind the second host is
another process's view of the same directory.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from pyoxigraph import Literal, NamedNode, Triple
from remote_services import native_server, virtuoso_server

from ontologies.namespaces import RDF, SKOS
from registry.cli_import import load_samples
from registry.services import Services, build_services
from registry.settings import Settings
from sparql.remote.service import RemoteService
from sparql.remote.store import RemoteStore

BASE = "https://register.example"
QUERY = "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?t) AS ?m) WHERE { ?c a ?t ; ?p ?o }"


@contextmanager
def no_service(_: Path) -> Iterator[None]:
    """The data directory is the store."""
    yield None


KINDS = {"embedded": no_service, "native": native_server, "virtuoso": virtuoso_server}


def host(service: RemoteService | None, data: Path) -> Services:
    """A register as one host has it."""
    if service is None:
        return build_services(Settings(data=data, uri_base=BASE))
    dialect = "virtuoso" if service.user else "oxigraph"
    others = {"store_user": service.user, "store_password": service.password}
    return build_services(Settings(data=data, uri_base=BASE, store=service.host, store_dialect=dialect, **others))


def concepts(count: int, word: str = "begrep") -> list[Triple]:
    """So many concepts with a term each."""
    named = [NamedNode(f"{BASE}/c/{number}") for number in range(count)]
    terms = [Triple(each, SKOS.prefLabel, Literal(f"{word} {n}", language="nb")) for n, each in enumerate(named)]
    return [*terms, *(Triple(each, RDF.type, SKOS.Concept) for each in named)]


def publish(services: Services, name: str, triples: list[Triple]) -> None:
    """One session that replaces one graph."""
    with services.store.session() as session:
        session.replace_graph(NamedNode(f"{BASE}/graph/catalogue/{name}"), triples)


def follow(services: Services) -> None:
    """Until the host has the newest revision."""
    if isinstance(services.store, RemoteStore):
        services.store.follow()
    services.store.reader()


def timed(call: Callable[[], object]) -> float:
    """Seconds that it takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def measured(service: RemoteService | None, place: Path, many: int, writes: int) -> Iterator[tuple[str, float]]:
    """What each thing takes, in seconds."""
    first = host(service, place / "first")
    second = host(service, place / ("second" if service else "first"))
    yield "the samples imported", timed(lambda: list(load_samples(first)))
    yield f"{many} concepts", timed(lambda: publish(first, "many", concepts(many)))
    yield "the same, all terms changed", timed(lambda: publish(first, "many", concepts(many, "ord")))
    yield "a second host filled", timed(lambda: follow(second))
    small, seen = [], []
    for number in range(writes):
        small.append(timed(lambda n=number: publish(first, "small", concepts(n + 1))))
        seen.append(timed(lambda: follow(second)))
    yield "a small write, median", statistics.median(small)
    yield "seen by the second host, median", statistics.median(seen)
    reader = second.store.reader()
    yield "a query over everything, median", statistics.median(timed(lambda: reader.select(QUERY)) for _ in range(9))


def main() -> None:
    """Prints a line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(KINDS))
    parser.add_argument("--concepts", type=int, default=5_000)
    parser.add_argument("--writes", type=int, default=20)
    options = parser.parse_args()
    for name in options.only.split(","):
        with tempfile.TemporaryDirectory() as place, KINDS[name](Path(place) / "service") as service:
            for what, seconds in measured(service, Path(place), options.concepts, options.writes):
                print(f"{name:9} {what:32} {seconds:9.3f} s", flush=True)


if __name__ == "__main__":
    main()
