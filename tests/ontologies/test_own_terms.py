"""The register's own vocabulary: every term has its name in three languages, and findings use no others."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ontologies.namespaces import OWL, RDF, RDFS, SAMSVAR
from registry.harmonisation import rdf
from registry.harmonisation.findings import find
from registry.harmonisation.records import DefinitionRecord, Relation
from registry.urls import Urls

ONTOLOGY = tuple(parse(path=str(Path(__file__).parents[2] / "ontologies" / "samsvar.ttl"), format=RdfFormat.TURTLE))
TERMS = sorted({quad.subject.value for quad in ONTOLOGY if quad.subject.value in SAMSVAR})
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty}
URLS = Urls("http://localhost:8000")


def _said(term: str, predicate: NamedNode) -> list[object]:
    return [quad.object for quad in ONTOLOGY if quad.subject.value == term and quad.predicate == predicate]


@pytest.mark.parametrize("term", [term for term in TERMS if term != SAMSVAR.iri])
def test_every_term_has_a_kind_and_a_name_in_each_language(term: str) -> None:
    assert set(_said(term, RDF.type)) & KINDS
    names = [name for name in _said(term, RDFS.label) if isinstance(name, Literal)]
    assert sorted(name.language or "" for name in names) == ["en", "nb", "nn"]
    assert all(name.value.strip() for name in names)


def test_every_relation_is_a_term() -> None:
    relations = {SAMSVAR[relation].value for relation in Relation.__args__}
    assert relations <= {
        quad.subject.value
        for quad in ONTOLOGY
        if (quad.predicate, quad.object) == (RDFS.subPropertyOf, SAMSVAR.suggestedRelation)
    }


def test_findings_use_no_term_that_is_not_defined() -> None:
    limits = [
        DefinitionRecord(
            "brygge",
            f"brygge på minst {metres} meter",
            concept=f"http://havn.example/{metres}",
            definition=f"http://havn.example/{metres}/d",
            catalogue="http://havn.example/graph",
            publisher="http://havn.example/",
        )
        for metres in (10, 20)
    ]
    triples = {triple for finding in find(limits) for triple in rdf.to_triples(finding, URLS)}
    used = {
        term.value for triple in triples for term in (triple.predicate, triple.object) if isinstance(term, NamedNode)
    }
    assert SAMSVAR.firstSpan.value in used
    assert {iri for iri in used if iri in SAMSVAR} <= set(TERMS)
