"""Counts are kept by difference: after any run of changes they and the content are those of a plain dictionary."""

import random

import pytest
from pyoxigraph import Literal, NamedNode, Triple
from store_support import BASE, TERM, store_in

from sparql.embedded import session as session_module

XSD = "http://www.w3.org/2001/XMLSchema#"
GRAPHS = [NamedNode(f"{BASE}/graph/catalogue/{name}") for name in "abc"]


def some_triples(chance, at_most):
    values = [
        Literal("tekst", language="nb"),
        Literal("tekst"),
        Literal("7", datatype=NamedNode(XSD + "integer")),
        Literal("007", datatype=NamedNode(XSD + "integer")),
        Literal("2026-11-21T00:00:00+00:00", datatype=NamedNode(XSD + "dateTime")),
        NamedNode(f"{BASE}/x"),
        Triple(NamedNode(f"{BASE}/x"), TERM, Literal("08", datatype=NamedNode(XSD + "integer"))),
    ]
    return [
        Triple(NamedNode(f"{BASE}/concepts/{chance.randrange(40)}"), TERM, chance.choice(values))
        for _ in range(chance.randrange(at_most))
    ]


def stored_form(triples):
    """The numbers above as the store gives them back."""
    text = "\n".join(f"{triple} ." for triple in triples)
    text = text.replace('"007"', '"7"').replace('"08"', '"8"').replace("+00:00", "Z")
    return set(text.splitlines())


@pytest.mark.parametrize("bulk", [session_module.BULK, 10])
@pytest.mark.parametrize("seed", range(3))
def test_any_run_of_changes_gives_what_a_dictionary_would(tmp_path, monkeypatch, bulk, seed):
    monkeypatch.setattr(session_module, "BULK", bulk)
    chance = random.Random(seed)
    store = store_in(tmp_path)
    expected = {graph: set() for graph in GRAPHS}
    for _ in range(4):
        before = {graph: set(lines) for graph, lines in expected.items()}
        generation = store.reader().generation
        with store.session() as session:
            for _ in range(chance.randrange(6)):
                graph, triples = chance.choice(GRAPHS), some_triples(chance, 60)
                kind = chance.choice(["replace_graph", "insert", "delete"])
                getattr(session, kind)(graph, iter(triples))
                lines = stored_form(triples)
                expected[graph] = {
                    "replace_graph": lines,
                    "insert": expected[graph] | lines,
                    "delete": expected[graph] - lines,
                }[kind]
        reader = store.reader()
        assert reader.graphs() == {graph.value: len(lines) for graph, lines in expected.items() if lines}
        for graph, lines in expected.items():
            assert {f"{quad.triple} ." for quad in reader.quads(graph=graph)} == lines
        assert reader.generation > generation or before == expected


def test_a_big_graph_is_loaded_and_then_changed_by_difference(tmp_path):
    store = store_in(tmp_path)
    count = session_module.BULK + 500
    triples = [Triple(NamedNode(f"{BASE}/concepts/{n}"), TERM, Literal(str(n))) for n in range(count)]
    with store.session() as session:
        session.replace_graph(GRAPHS[0], [*triples, triples[0]])
        assert session.graphs() == {GRAPHS[0].value: count}
    with store.session() as session:
        session.replace_graph(GRAPHS[0], triples[1:])
    assert store.reader().graphs() == {GRAPHS[0].value: count - 1}
    assert len(list(store.reader().quads(graph=GRAPHS[0]))) == count - 1
