"""What belongs to a thing: a change far down in its parts is a change of the thing."""

from pyoxigraph import Literal, NamedNode, Triple

from ontologies.namespaces import DCT, EUVOC, RDF, RDFS, SKOS
from registry.closures import affected, concepts

BASE = "http://localhost:8000"
CONCEPT, OTHER = NamedNode("https://e.example/barn"), NamedNode("https://e.example/hund")
DEFINITION, SOURCE = NamedNode(f"{BASE}/definitions/1"), NamedNode(f"{BASE}/sources/1")
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
    assert affected(GRAPH, changed) == {CONCEPT.value, DEFINITION.value, SOURCE.value}


def test_nothing_is_affected_where_nothing_differs() -> None:
    assert affected(GRAPH, set(GRAPH)) == frozenset()


def test_a_concept_that_comes_or_goes_is_affected() -> None:
    without = {triple for triple in GRAPH if triple.subject != OTHER}
    assert affected(GRAPH, without) == affected(without, GRAPH) == {OTHER.value}
    assert concepts(GRAPH) == {CONCEPT.value, OTHER.value}


def test_parts_that_point_at_each_other_end() -> None:
    circle = GRAPH | {Triple(SOURCE, RDFS.seeAlso, DEFINITION)}
    assert CONCEPT.value in affected(GRAPH, circle)
