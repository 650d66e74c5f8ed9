"""What every kind of store promises: the embedded one, the native server and Virtuoso."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import store_kinds
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple
from remote_services import virtuoso_server
from store_kinds import KINDS, Kind, newest

from sparql.changes import GraphChange
from sparql.embedded.generations import GenerationStore
from sparql.embedded.stored_form import as_stored
from sparql.errors import StoreBusyError, StoreError
from sparql.store import TripleStore

XSD = "http://www.w3.org/2001/XMLSchema#"
TERM = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
MANY = 6_000
"""Triples that are too many for one request of any kind, and enough for the embedded store's bulk loader."""
LITERALS = [
    *(Literal(text) for text in ("", " a ", 'linje\n "sitat"\t\\', "æøå 😀", "x" * 4_000, "_:b0 <<( .")),
    Literal("ord", language="nb"),
    Literal("ord", language="nb-NO"),
    *(
        Literal(text, datatype=NamedNode(f"{XSD}{kind}"))
        for kind, texts in {
            "boolean": ("true", "false"),
            "integer": ("1", "-5", "123456789012345678901234567890"),
            "decimal": ("1.5", "100", "0.10"),
            "double": ("1.0E0", "1.5E300", "INF"),
            "date": ("2026-01-01", "2026-01-01Z", "2026-01-01+01:00"),
            "dateTime": ("2026-01-01T10:00:00", "2026-01-01T10:00:00Z", "2026-01-01T10:00:00.5+01:00"),
            "gYear": ("2026",),
            "duration": ("P1Y", "P12M"),
            "anyURI": ("https://a.example/",),
        }.items()
        for text in texts
    ),
    Literal("<p/>", datatype=NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral")),
    Literal("POINT(1 2)", datatype=NamedNode("http://www.opengis.net/ont/geosparql#wktLiteral")),
]
"""Values that engines are known to give back otherwise, among others."""


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict]:
    yield from store_kinds.services(tmp_path_factory.mktemp("services"))


@pytest.fixture(params=[KINDS[0], *(pytest.param(each, marks=pytest.mark.slow) for each in KINDS[1:])])
def kind(request: pytest.FixtureRequest, services: dict, tmp_path: Path) -> Kind:
    return Kind(request.param, tmp_path, services[request.param])


def graph(kind: Kind, name: str = "first") -> NamedNode:
    return NamedNode(f"{kind.base}/graph/catalogue/{name}")


def terms(count: int, word: str = "begrep") -> list[Triple]:
    return [Triple(NamedNode(f"urn:t:{n}"), TERM, Literal(f"{word} {n}", language="nb")) for n in range(count)]


def publish(store: TripleStore, name: NamedNode, triples: list[Triple]) -> None:
    with store.session() as session:
        session.replace_graph(name, triples)


def everything(store: GenerationStore) -> set[Quad]:
    return set(newest(store).reader().quads())


def test_a_new_store_is_empty(kind: Kind) -> None:
    reader = kind.store().reader()
    assert (reader.generation, reader.graphs(), list(reader.quads())) == (0, {}, [])


def test_what_is_published_is_seen_by_every_host(kind: Kind) -> None:
    publish(kind.store(), graph(kind), terms(3))
    other = newest(kind.store("second")).reader()
    assert other.generation == 1
    assert other.graphs() == {graph(kind).value: 3}
    assert {quad.triple for quad in other.quads(graph=graph(kind))} == set(terms(3))


def test_the_revision_rises_by_one_with_each_write_that_changes_something(kind: Kind) -> None:
    store = kind.store()
    for number in (1, 2, 2, 3):
        publish(store, graph(kind), terms(number))
        assert newest(kind.store("second")).reader().generation == number


def test_a_session_that_fails_leaves_nothing(kind: Kind) -> None:
    store = kind.store()
    publish(store, graph(kind), terms(2))
    with pytest.raises(ZeroDivisionError), store.session() as session:
        session.replace_graph(graph(kind), (1 // 0 if n == MANY else each for n, each in enumerate(terms(MANY + 1))))
    assert everything(store) == everything(kind.store("second")) == {Quad(*each, graph(kind)) for each in terms(2)}


@pytest.mark.parametrize("count", [4, MANY])
def test_a_graph_is_replaced_whole(kind: Kind, count: int) -> None:
    store = kind.store()
    publish(store, graph(kind), terms(count))
    publish(store, graph(kind, "second"), terms(1))
    publish(store, graph(kind), terms(count, "annet"))
    wanted = {Quad(*each, graph(kind)) for each in terms(count, "annet")}
    wanted |= {Quad(*each, graph(kind, "second")) for each in terms(1)}
    assert everything(kind.store("second")) == everything(store) == wanted


@pytest.mark.parametrize("count", [4, MANY])
def test_an_empty_graph_is_gone_unless_it_was_made(kind: Kind, count: int) -> None:
    store = kind.store()
    publish(store, graph(kind), terms(count))
    publish(store, graph(kind), [])
    with store.session() as session:
        session.change(graph(kind, "kept").value, GraphChange(keep=True))
    assert newest(kind.store("second")).reader().graphs() == store.reader().graphs() == {graph(kind, "kept").value: 0}


def test_a_reader_keeps_its_generation_and_a_session_sees_its_own_writes(kind: Kind) -> None:
    store = kind.store()
    publish(store, graph(kind), terms(2))
    before = store.reader()
    with store.session() as session:
        session.insert(graph(kind), terms(3))
        assert session.graphs() == {graph(kind).value: 3}
        assert before.graphs() == {graph(kind).value: 2}
        assert session.next_generation == before.generation + 1
    assert (len(list(before.quads())), len(list(store.reader().quads()))) == (2, 3)


def test_every_value_comes_back_as_it_was_written(kind: Kind) -> None:
    triples = [Triple(NamedNode(f"urn:t:{n}"), TERM, value) for n, value in enumerate(LITERALS)]
    triples += [
        Triple(BlankNode("en"), TERM, BlankNode("to")),
        Triple(NamedNode("urn:t:x"), TERM, triples[0]),
        Triple(NamedNode("https://a.example/æ?b=c&d=%20#e'f(g)"), TERM, NamedNode("mailto:a@b.example")),
    ]
    store = kind.store()
    publish(store, graph(kind), triples)
    assert everything(kind.store("second")) == {Quad(*each, graph(kind)) for each in as_stored(triples)}
    with store.session() as session:
        session.delete(graph(kind), triples[::2])
        session.insert(graph(kind), [Triple(NamedNode("urn:t:y"), TERM, value) for value in LITERALS[::3]])
    assert everything(kind.store("third")) == everything(kind.store("second")) == everything(store)


def test_the_default_graph_is_a_graph_like_others(kind: Kind) -> None:
    store = kind.store()
    with store.session() as session:
        session.change("", GraphChange(added=set(terms(3))))
    with store.session() as session:
        session.change("", GraphChange(removed=set(terms(1))))
    reader = newest(kind.store("second")).reader()
    assert {quad.triple for quad in reader.quads(graph=DefaultGraph())} == set(terms(3)) - set(terms(1))
    assert reader.graphs() == {}


def test_nothing_acknowledged_is_lost_when_two_hosts_write_at_the_same_time(kind: Kind) -> None:
    hosts, written = [kind.store("first"), kind.store("second")], []

    def write(store: GenerationStore, word: str) -> None:
        for number in range(4):
            triple = Triple(NamedNode(f"urn:{word}:{number}"), TERM, Literal(word))
            while True:
                try:
                    with store.session() as session:
                        session.insert(graph(kind), [triple])
                except StoreBusyError:
                    continue
                written.append(triple)
                break

    threads = [threading.Thread(target=write, args=each) for each in zip(hosts, ("a", "b"), strict=True)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(written) == 8
    assert everything(kind.store("third")) == {Quad(*each, graph(kind)) for each in written}
    assert newest(hosts[0]).reader().generation == 8


def test_small_updates_share_a_session(kind: Kind) -> None:
    store = kind.store()
    done = [store.submit(lambda session, n=n: session.insert(graph(kind), terms(n))) for n in range(1, 6)]
    for each in done:
        each.result(60)
    assert everything(kind.store("second")) == {Quad(*each, graph(kind)) for each in terms(5)}


def test_changes_between_generations_can_be_followed(kind: Kind) -> None:
    store, other = kind.store(), kind.store("second")
    publish(store, graph(kind), terms(3))
    before = newest(other).reader().identity
    publish(store, graph(kind), terms(2))
    publish(store, graph(kind), terms(1))
    assert {quad.triple for quad in newest(other).reader().changes_since(before) or ()} == {*terms(3)} - {*terms(1)}


@pytest.mark.slow
def test_virtuosos_limit_of_rows_is_an_error_and_not_a_smaller_register(tmp_path: Path) -> None:
    with virtuoso_server(tmp_path / "service", rows=1_000) as service:
        kind = Kind("virtuoso", tmp_path, service)
        store = kind.store()
        publish(store, graph(kind), terms(900))
        with pytest.raises(StoreError, match="limit of rows"):
            publish(store, graph(kind, "second"), terms(MANY))
        assert (
            everything(kind.store("second")) == everything(store) == {Quad(*each, graph(kind)) for each in terms(900)}
        )
        with store.session() as session:
            session.insert(graph(kind), terms(200, "flere"))
        with pytest.raises(StoreError, match=r"of the 1100 triples.*limit of rows"):
            kind.store("third").reader()
