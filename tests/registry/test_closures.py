"""What belongs to a thing: a change far down in its parts is a change of the thing."""

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from ontologies.namespaces import DCT, EUVOC, RDF, RDFS, SKOS
from registry.closures import affected, concepts

BASE = "http://localhost:8000"
CONCEPT, OTHER = NamedNode("https://e.example/barn"), NamedNode("https://e.example/hund")
DEFINITION = NamedNode("https://e.example/begrep/7/definisjon")
SOURCE = NamedNode(f"{BASE}/sources/5f0c7d2e-7b8a-5c7e-9d2f-0a1b2c3d4e5f")
GRAPH = {
    Triple(CONCEPT, RDF.type, SKOS.Concept),
    Triple(CONCEPT, EUVOC.xlDefinition, DEFINITION),
    Triple(DEFINITION, DCT.source, SOURCE),
    Triple(SOURCE, RDFS.label, Literal("barnelova")),
    Triple(OTHER, RDF.type, SKOS.Concept),
    Triple(OTHER, SKOS.related, CONCEPT),
}


def test_a_change_of_a_source_is_a_change_of_the_concept_and_of_no_other() -> None:
    changed = GRAPH - {Triple(SOURCE, RDFS.label, Literal("barnelova"))} | {Triple(SOURCE, RDFS.label, Literal("ny"))}
    assert affected(GRAPH, changed) == {CONCEPT.value}


def test_nothing_is_affected_where_nothing_differs() -> None:
    assert affected(GRAPH, set(GRAPH)) == frozenset()


def test_a_concept_that_comes_or_goes_is_affected() -> None:
    without = {triple for triple in GRAPH if triple.subject != OTHER}
    assert affected(GRAPH, without) == affected(without, GRAPH) == {OTHER.value}
    assert concepts(GRAPH) == {CONCEPT.value, OTHER.value}


def test_parts_that_point_at_each_other_end() -> None:
    circle = GRAPH | {Triple(SOURCE, RDFS.seeAlso, DEFINITION)}
    assert CONCEPT.value in affected(GRAPH, circle)


@pytest.mark.parametrize("path", ["definitions", "sources", "nodes"])
def test_a_concept_is_a_thing_whatever_its_address_looks_like(path: str) -> None:
    for name in ("barn", "5f0c7d2e-7b8a-5c7e-9d2f-0a1b2c3d4e5f"):
        concept = NamedNode(f"https://e.example/{path}/{name}")
        graph = {Triple(concept, RDF.type, SKOS.Concept), Triple(OTHER, SKOS.related, concept)}
        assert affected(graph, {*graph, Triple(concept, SKOS.prefLabel, Literal("barn"))}) == {concept.value}


def test_what_is_published_under_such_an_address_is_no_part() -> None:
    publisher = NamedNode("https://e.example/sources/etaten")
    graph = GRAPH | {Triple(CONCEPT, DCT.publisher, publisher), Triple(publisher, RDF.type, SKOS.Collection)}
    assert affected(graph, {*graph, Triple(publisher, RDFS.label, Literal("Etaten"))}) == {publisher.value}


def test_nodes_that_belong_to_nothing_are_things_themselves() -> None:
    one, two = (NamedNode(f"{BASE}/nodes/{letter * 32}") for letter in "ab")
    ring = {Triple(one, RDFS.seeAlso, two), Triple(two, RDFS.seeAlso, one)}
    assert affected(ring, {*ring, Triple(one, RDFS.label, Literal("en"))}) == {one.value}
