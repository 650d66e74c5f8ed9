"""Queries to /sparql and to its peers, on the same triples in one run: eleven kinds, 100,000 rows, point lookups.

    python benchmarks/sparql.py [--concepts 100000] [--rounds 3] [--only samsvar,native,virtuoso,rdflib-endpoint]

``first`` is the first time after the start, ``again`` the median of the rounds after it with samsvar's cache of answers
switched off, ``kept`` with it on. Ratios are another server's time over ours:
above one we are faster.
Peers that are not installed are left out.
"""

import argparse
import http.client
import json
import math
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parents[1]))

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from benchmarks import sparql_peers as peers
from benchmarks.serving import rate
from ontologies.namespaces import DCT, EUVOC, PREFIXES, RDF, SKOS
from sparql.embedded.generations import GenerationStore

BASE = "https://register.example"
JSON = "application/sparql-results+json"
_DECLARED = "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in ("skos", "dct", "euvoc", "rdf"))
QUERIES = {
    "A1 four patterns and CONTAINS": (
        "SELECT ?c ?t ?d { ?c a skos:Concept ; skos:prefLabel ?t ; euvoc:xlDefinition ?x . ?x rdf:value ?d "
        'FILTER(CONTAINS(?t, "skatt 77")) }'
    ),
    "A2 count by publisher": "SELECT ?p (COUNT(?c) AS ?n) { ?c a skos:Concept ; dct:publisher ?p } GROUP BY ?p",
    "A3 all broader of one": "SELECT ?b { :1999 skos:broader* ?b }",
    "A4 all narrower of one": "SELECT ?n { ?n skos:broader+ :3 }",
    "A5 regular expression": 'SELECT ?c ?t { ?c skos:prefLabel ?t FILTER(REGEX(?t, "^avgift .*9$", "i")) }',
    "A6 same term, other publisher": (
        "SELECT ?t (COUNT(*) AS ?n) { ?a skos:prefLabel ?t ; dct:publisher ?p . "
        "?b skos:prefLabel ?t ; dct:publisher ?q FILTER(?p != ?q) } GROUP BY ?t"
    ),
    "A7 ORDER BY, the first 20": "SELECT ?c ?t { ?c a skos:Concept ; skos:prefLabel ?t } ORDER BY ?t ?c LIMIT 20",
    "A8 COUNT DISTINCT": "SELECT (COUNT(DISTINCT ?t) AS ?n) { ?c skos:prefLabel ?t }",
    "A9 100,000 rows of three": "SELECT ?c ?t ?p { ?c skos:prefLabel ?t ; dct:publisher ?p }",
    "A10 NOT EXISTS and OPTIONAL": (
        "SELECT ?c ?a { ?c a skos:Concept OPTIONAL { ?c skos:altLabel ?a } "
        "FILTER NOT EXISTS { ?n skos:broader ?c } FILTER(!BOUND(?a)) }"
    ),
    "A11 COUNT of everything": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
}
_WORDS = ("avgift", "skatt", "bolig", "barn", "tilskudd", "vedtak", "melding", "eiendom", "arbeid", "inntekt", "gebyr")
_PATIENCE = 60.0
"""Seconds that a peer may take for a query."""


def made_up(concepts: int) -> Iterator[Triple]:
    """Ten triples a concept, after SKOS-AP-NO: terms that others use too, a tree of seven, definitions with texts."""
    for number in range(concepts):
        concept, definition = NamedNode(f"{BASE}/c/{number}"), NamedNode(f"{BASE}/d/{number}")
        term = f"{_WORDS[number % 11]} {number % (concepts * 9 // 10)}"
        yield Triple(concept, RDF.type, SKOS.Concept)
        yield Triple(concept, SKOS.prefLabel, Literal(term, language="nb"))
        if number % 3:
            yield Triple(concept, SKOS.altLabel, Literal(f"{term} ({number})", language="nb"))
        else:
            yield Triple(concept, SKOS.hiddenLabel, Literal(f"{term}{number}", language="nb"))
        yield Triple(concept, DCT.publisher, NamedNode(f"{BASE}/org/{number % 97}"))
        yield Triple(concept, DCT.identifier, Literal(str(number)))
        yield Triple(concept, DCT.subject, Literal(f"fagfelt {number % 40}", language="nb"))
        yield Triple(concept, SKOS.broader, NamedNode(f"{BASE}/c/{number // 7}"))
        yield Triple(concept, EUVOC.xlDefinition, definition)
        yield Triple(definition, RDF.type, EUVOC.XlNote)
        text = f"det som etter loven regnes som {term} når vilkår {number % 13} er oppfylt, fra år {number % 30}"
        yield Triple(definition, RDF.value, Literal(text, language="nb"))


def ask(server: peers.Server, query: str) -> tuple[float, float, int]:
    """Seconds to the whole answer, to its first bytes, and its number of rows; infinite where there is none in time."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=_PATIENCE)
    began = time.perf_counter()
    try:
        connection.request(
            "GET",
            f"{server.path}?{urlencode({'query': f'{_DECLARED}PREFIX : <{BASE}/c/> {query}'})}",
            headers={"Accept": JSON},
        )
        answer = connection.getresponse()
        first = answer.read(1)
        at_first = time.perf_counter() - began
        content = first + answer.read()
        seconds = time.perf_counter() - began
        if answer.status != http.client.OK:
            return math.inf, math.inf, -answer.status
        return seconds, at_first, len(json.loads(content)["results"]["bindings"])
    except (OSError, ValueError, http.client.HTTPException):
        return math.inf, math.inf, 0
    finally:
        connection.close()


def until_in_memory(server: peers.Server) -> float:
    """Seconds until samsvar answers from memory."""
    began = time.perf_counter()
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=_PATIENCE)
        number = int((time.perf_counter() - began) * 1e6)
        connection.request(
            "GET", f"/sparql?{urlencode({'query': f'ASK {{ <urn:x:{number}> ?p ?o }}'})}", headers={"Accept": JSON}
        )
        told = connection.getresponse().headers.get("Samsvar-Used", "")
        connection.close()
        if "store=memory" in told:
            return time.perf_counter() - began
        time.sleep(0.2)


def measured(server: peers.Server, rounds: int) -> dict[str, tuple[float, float, int, float]]:
    """Query to seconds the first time, median of the others, rows, median seconds to the first bytes."""
    found = {}
    for name, query in QUERIES.items():
        first, _, rows = ask(server, query)
        others = [ask(server, query) for _ in range(rounds)] if first < math.inf else [(math.inf, math.inf, 0)]
        found[name] = (
            first,
            statistics.median(each[0] for each in others),
            rows,
            statistics.median(each[1] for each in others),
        )
    return found


def lookups(server: peers.Server, concepts: int, seconds: float) -> tuple[float, float]:
    """Point queries a second with eight clients: each of another concept, and over and over of 200."""
    paths = [
        f"{server.path}?{urlencode({'query': f'SELECT ?p ?o {{ <{BASE}/c/{number}> ?p ?o }}'})}"
        for number in range(0, concepts, max(1, concepts // 50_000))
    ]
    return rate(server.port, paths, JSON, seconds, 8)[0], rate(server.port, paths[:200], JSON, seconds, 8)[0]


def geometric(values: list[float]) -> float:
    """The geometric mean."""
    return math.exp(statistics.fmean(math.log(value) for value in values)) if math.inf not in values else math.inf


Results = dict[str, dict[str, tuple[float, float, int, float]]]


def show(results: Results, rates: dict[str, tuple[float, float]]) -> None:
    """The tables and the ratios."""
    names = list(results)
    print(f"\n{'milliseconds':32}" + "".join(f"{name:>24}" for name in names))
    for query in QUERIES:
        cells = [results[name][query] for name in names]
        print(f"{query:32}" + "".join(f"{each[0] * 1e3:12.1f}{each[1] * 1e3:12.1f}" for each in cells))
        if len({each[2] for each in cells if each[1] < math.inf}) > 1:
            print(f"  rows differ: {dict(zip(names, (each[2] for each in cells), strict=True))}")
    for column, title in ((0, "first"), (1, "again")):
        means = {name: geometric([results[name][query][column] for query in QUERIES]) for name in names}
        print(f"geometric mean, {title}: " + ", ".join(f"{name} {mean * 1e3:.1f} ms" for name, mean in means.items()))
        for own in [name for name in names if name.startswith("samsvar")]:
            others = [name for name in names if not name.startswith("samsvar")]
            print(f"  over {own}: " + ", ".join(f"{name} {means[name] / means[own]:.2f}" for name in others))
    rows = "A9 100,000 rows of three"
    print(
        "first bytes of 100,000 rows: " + ", ".join(f"{name} {results[name][rows][3] * 1e3:.0f} ms" for name in names)
    )
    for name, (each, hot) in rates.items():
        print(f"point lookups, {name}: {each:.0f} /s each of another concept, {hot:.0f} /s of the same 200")


def run(
    name: str,
    server: AbstractContextManager[peers.Server],
    arguments: argparse.Namespace,
    results: Results,
    rates: dict[str, tuple[float, float]],
) -> None:
    """One server, from its start to its end."""
    began = time.perf_counter()
    with server as running:
        if name.startswith("samsvar"):
            until_in_memory(running)
        print(f"{name}: ready after {time.perf_counter() - began:.1f} s", flush=True)
        results[name] = measured(running, 1 if name == "rdflib-endpoint" else arguments.rounds)
        if name != "rdflib-endpoint" or results[name]["A3 all broader of one"][1] < 1:
            rates[name] = lookups(running, arguments.concepts, arguments.seconds)
        print(f"  memory of all its processes {running.memory():.0f} MiB (proportional)", flush=True)


def main() -> None:
    """Makes the triples, then one server after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--concepts", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--only", default="samsvar,native,virtuoso,rdflib-endpoint")
    arguments = parser.parse_args()
    results: Results = {}
    rates: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "dump").mkdir()
        dump, data = place / "dump" / "dump.nt", place / "data"
        triples = list(made_up(arguments.concepts))
        dump.write_bytes(serialize(triples, format=RdfFormat.N_TRIPLES) or b"")
        with GenerationStore(data, uri_base=BASE).session() as session:
            session.replace_graph(NamedNode(f"{BASE}/graph/catalogue/benchmark"), triples)
        print(f"{len(triples)} triples, {arguments.concepts} concepts")
        del triples
        limits = {"SAMSVAR_QUERY_CALM": "0", "SAMSVAR_QUERY_TIMEOUT": "120", "SAMSVAR_QUERY_IN_MEMORY": "40000000"}
        ways = {
            "samsvar": lambda: peers.ours(data, BASE, limits | {"SAMSVAR_QUERY_CACHE": "0"}),
            "samsvar, kept": lambda: peers.ours(data, BASE, limits | {"SAMSVAR_QUERY_CACHE": "512"}),
            "native": lambda: peers.native(dump, place),
            "virtuoso": lambda: peers.virtuoso(dump, place),
            "rdflib-endpoint": lambda: peers.rdflib_endpoint(dump, place),
        }
        for name, way in ways.items():
            if name.partition(",")[0] not in arguments.only.split(","):
                continue
            if reason := peers.missing(name):
                print(reason)
                continue
            run(name, way(), arguments, results, rates)
        show(results, rates)


if __name__ == "__main__":
    main()
