"""Statements of a graph found in its text are those that the engine reads."""

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from ontologies.namespaces import DCT, ELI, EUVOC, RDF, SAMSVAR, SKOS
from registry import arrivals, closures
from registry.outline import outline_of
from registry.search.entries import entries
from registry.statements import Statements

_ACT = NamedNode("https://samsvar.example/legislation/lov/1999/01/01/1")
_SECTION = NamedNode(f"{_ACT.value}/paragraf-1")
_CONCEPT = NamedNode("https://samsvar.example/concepts/1")
_NOTE = NamedNode("https://samsvar.example/definitions/1")
_TRIPLES = (
    Triple(_ACT, RDF.type, ELI.LegalResource),
    Triple(_SECTION, RDF.type, ELI.LegalResourceSubdivision),
    Triple(_SECTION, RDF.value, Literal('To linjer:\nMed "båt" menes <x> .', language="nb")),
    Triple(_CONCEPT, RDF.type, SAMSVAR.StatutoryConcept),
    Triple(_CONCEPT, SKOS.prefLabel, Literal("båt", language="nb")),
    Triple(_CONCEPT, DCT.isPartOf, _SECTION),
    Triple(_CONCEPT, EUVOC.xlDefinition, _NOTE),
    Triple(_NOTE, RDF.value, Literal("fartøy .\r\nsom flyter", language="nb")),
)
_TEXT = serialize(_TRIPLES, format=RdfFormat.N_TRIPLES) or b""


def test_what_is_said_of_a_thing_is_found_in_the_text() -> None:
    statements = Statements([_TEXT], {RDF.value, SKOS.prefLabel})
    assert statements.of(_NOTE) == [_TRIPLES[7]]
    assert statements.of(_SECTION) == [_TRIPLES[2]]
    assert statements.of(_CONCEPT) == [_TRIPLES[4]]
    assert statements.of(_ACT) == []


def test_what_is_searched_is_found_in_the_text_as_in_the_triples() -> None:
    lines = _TEXT.splitlines(keepends=True)
    outline = outline_of(lines)
    assert outline.iris == closures.concepts(_TRIPLES) == {_CONCEPT.value}
    assert [entry for line in lines for entry in outline.told(line).entries] == list(entries(_TRIPLES))


def test_a_text_comes_in_whole_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrivals, "_PORTION", 100)
    with arrivals.Spool() as spool:
        spool.keep([b"before"])
        kept = spool.keep([_TEXT[:50], _TEXT[50:]])
        spool.keep([b"after"])
        portions = list(kept.portions())
    assert b"".join(portions) == _TEXT
    assert len(portions) > 3
    assert all(portion.endswith(b".\n") for portion in portions)
