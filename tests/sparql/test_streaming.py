"""Graphs of any size as documents: the same triples in every syntax, made while they are read."""

import json
from collections.abc import Iterator

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple, parse

from ontologies.namespaces import RDF, SKOS
from sparql.formats import JSON_LD, RDF_FORMATS, RDF_XML, TURTLE, serialise
from sparql.streaming import PIECE, document

MANY = 3 * PIECE


def concepts(count: int) -> Iterator[Triple]:
    """Three triples a concept."""
    for number in range(count):
        concept = NamedNode(f"http://c.example/{number}")
        yield Triple(concept, RDF.type, SKOS.Concept)
        yield Triple(concept, SKOS.prefLabel, Literal(f'begrep "{number}" <æ>\n', language="nb"))
        yield Triple(concept, NamedNode(f"http://p.example/{number % 7}#p"), Literal(number))


@pytest.mark.parametrize("syntax", RDF_FORMATS, ids=lambda each: each.suffix)
def test_a_long_document_says_what_the_graph_says(syntax) -> None:
    found = document(concepts(MANY), syntax)
    assert not isinstance(found, bytes)
    pieces = list(found)
    assert len(pieces) > 3
    read = {quad.triple for quad in parse(b"".join(pieces), format=syntax.engine)}
    assert read == set(concepts(MANY))


@pytest.mark.parametrize("syntax", RDF_FORMATS, ids=lambda each: each.suffix)
def test_a_short_document_is_the_usual_one(syntax) -> None:
    assert document(concepts(10), syntax) == serialise(concepts(10), syntax)
    assert document(iter(()), syntax) == serialise((), syntax)


def test_a_long_document_begins_before_the_graph_is_read() -> None:
    read = 0

    def counted() -> Iterator[Triple]:
        nonlocal read
        for triple in concepts(100 * PIECE):
            read += 1
            yield triple

    found = document(counted(), TURTLE)
    assert not isinstance(found, bytes)
    assert next(found).startswith(b"@prefix ")
    next(found)
    assert read < 4 * PIECE
    found.close()
    assert read < 4 * PIECE


def test_prefixes_stand_once() -> None:
    text = b"".join(document(concepts(MANY), TURTLE)).decode()
    assert text.count("@prefix skos:") == 1
    assert text.count("a skos:Concept") == MANY


def test_one_thing_of_any_size_stays_together() -> None:
    hub = NamedNode("http://c.example/hub")
    triples = [Triple(hub, SKOS.narrower, NamedNode(f"http://c.example/{number}")) for number in range(MANY)]
    rest = [Triple(NamedNode("http://c.example/rest"), SKOS.broader, hub)]
    nodes = json.loads(b"".join(document([*triples, *rest], JSON_LD)))["@graph"]
    assert [len(node) for node in nodes] == [2, 2]
    assert len(nodes[0][SKOS.narrower.value]) == MANY


def test_what_xml_cannot_carry_and_nodes_without_names() -> None:
    odd = [Triple(BlankNode("x"), SKOS.note, Literal("a\u0001b")), *concepts(MANY)]
    read = [quad.triple for quad in parse(b"".join(document(odd, RDF_XML)), format=RDF_XML.engine)]
    assert [each.object.value for each in read if each.predicate == SKOS.note] == ["a\ufffdb"]
