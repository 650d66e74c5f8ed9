"""Turtle and JSON-LD about one thing say what they were made of, whatever leads to what."""

import json

import pytest
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, RdfFormat, Triple, parse
from rdflib import Graph
from rdflib.compare import isomorphic

from ontologies.namespaces import DCT, RDF, SKOS, XSD
from sparql.readable.json_ld import json_ld
from sparql.readable.nesting import Node
from sparql.readable.turtle import turtle

A, B, C = (NamedNode(f"https://a.example/{name}") for name in "abc")
N, M = BlankNode("n"), BlankNode("m")
CASES = {
    "a part within a part": [Triple(A, DCT.source, N), Triple(N, DCT.relation, M), Triple(M, RDF.value, Literal("x"))],
    "a part mentioned twice": [
        Triple(A, DCT.source, N),
        Triple(A, DCT.relation, N),
        Triple(N, RDF.value, Literal("x")),
    ],
    "parts in a circle": [Triple(N, DCT.relation, M), Triple(M, DCT.relation, N), Triple(A, RDF.type, SKOS.Concept)],
    "a part that leads to itself": [Triple(N, DCT.relation, N), Triple(A, RDF.type, SKOS.Concept)],
    "a part of a circle, mentioned from outside": [Triple(A, DCT.source, N), Triple(N, DCT.relation, A)],
    "other things": [Triple(B, DCT.relation, C), Triple(A, DCT.relation, B), Triple(C, RDF.value, Literal("c"))],
    "nothing about the thing itself": [Triple(B, DCT.title, Literal("b", language="nb"))],
    "texts": [
        Triple(A, SKOS.prefLabel, Literal('"sitat"\n\\', language="nb")),
        Triple(A, SKOS.prefLabel, Literal("to", language="nb")),
        Triple(A, SKOS.prefLabel, Literal("uten språk")),
        Triple(A, DCT.created, Literal("2026-01-01", datatype=XSD.date)),
        Triple(A, DCT.created, Literal("2026")),
        Triple(A, SKOS.notation, Literal("07", datatype=XSD.integer)),
        Triple(A, DCT.identifier, Literal("sann", datatype=XSD.boolean)),
        Triple(A, DCT.source, Literal("ord der en lenke ventes")),
    ],
    "IRIs that prefixes do not shorten well": [
        Triple(A, DCT.relation, NamedNode(f"{SKOS.iri}a/b")),
        Triple(A, DCT.relation, NamedNode(f"{SKOS.iri}-.")),
        Triple(A, DCT.relation, NamedNode("skos:notOurs")),
        Triple(A, NamedNode(f"{SKOS.iri}%C3%A6"), Literal("x")),
    ],
}


def canonical(triples: list[Triple]) -> set[Quad]:
    dataset = Dataset(Quad(*triple) for triple in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return set(dataset)


def is_blank(node: Node) -> bool:
    return isinstance(node, BlankNode)


@pytest.mark.parametrize("case", CASES)
def test_turtle_says_the_same(case: str) -> None:
    document = turtle(CASES[case], A.value, is_blank)
    assert canonical([quad.triple for quad in parse(document, RdfFormat.TURTLE)]) == canonical(CASES[case])
    assert isomorphic(Graph().parse(data=document, format="turtle"), graph_of(CASES[case]))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("case", CASES)
def test_json_ld_says_the_same(case: str) -> None:
    document = json_ld(CASES[case], A.value)
    assert canonical([quad.triple for quad in parse(document, RdfFormat.JSON_LD)]) == canonical(CASES[case])
    assert isomorphic(Graph().parse(data=document, format="json-ld"), graph_of(CASES[case]))


def graph_of(triples: list[Triple]) -> Graph:
    return Graph().parse(data="".join(f"{triple} .\n" for triple in triples), format="nt")


def test_a_part_mentioned_once_stands_inside_and_one_mentioned_twice_by_itself() -> None:
    assert "[\n" in turtle(CASES["a part within a part"], A.value, is_blank).decode()
    assert "[\n" not in turtle(CASES["a part mentioned twice"], A.value, is_blank).decode()


def test_the_thing_comes_first_and_what_it_does_not_lead_to_is_included() -> None:
    document = json.loads(json_ld([*CASES["other things"], *CASES["nothing about the thing itself"]], A.value))
    assert document["@id"] == A.value
    assert document["dct:relation" if "dct:relation" in document else "relation"]["@id"] == B.value
    assert json.loads(json_ld(CASES["parts in a circle"], A.value))["@included"]
