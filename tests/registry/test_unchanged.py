"""Importing again what is there: told line by line, without making triples; what only looks different is compared."""

import pytest

from importers.base import Source
from ontologies.namespaces import SKOS
from registry import pipeline, storing
from registry.services import Services, build_services

_HEAD = b"""@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix e: <https://eksempel.example/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
e:k a skos:Collection ; dct:title "K"@nb ; skos:member e:a, e:b .
"""
PLAIN = (
    _HEAD
    + 'e:a a skos:Concept ; skos:prefLabel "på\\n\\"ås\\""@nb . e:b a skos:Concept ; skos:prefLabel "b"@nb .'.encode()
)
NUMBERS = PLAIN + b' e:a e:n "1.50"^^xsd:decimal .'


def counts(services: Services, data: bytes) -> dict[str, int]:
    outcome = pipeline.run(services, pipeline.Request([Source("k.ttl", data)], "k"))
    return {name: number for name, number in outcome.counts.items() if number}


def test_what_is_there_is_told_without_a_triple_of_it(services: Services, monkeypatch):
    assert counts(services, PLAIN) == {"stored": 2}
    monkeypatch.setattr(storing, "triples_of", None)
    assert counts(services, PLAIN) == {"unchanged": 2}
    assert services.store.reader().generation == 1


def test_what_the_store_writes_otherwise_is_unchanged_too(services: Services):
    assert counts(services, NUMBERS)["stored"] == 2
    assert counts(services, NUMBERS) == {"unchanged": 2}
    assert services.store.reader().generation == 1


@pytest.mark.parametrize("data", [PLAIN.replace(b'"b"', b'"c"'), PLAIN + b' e:b skos:altLabel "c"@nb .'])
def test_a_line_more_or_another_line_is_a_change(services: Services, data):
    counts(services, PLAIN)
    assert counts(services, data) == {"stored": 1, "unchanged": 1}


def test_a_line_less_is_a_change(services: Services):
    counts(services, PLAIN + b' e:b skos:altLabel "c"@nb .')
    assert counts(services, PLAIN) == {"stored": 1, "unchanged": 1}


def test_many_concepts_at_once_are_derived_as_each_by_itself(services: Services, tmp_path, monkeypatch):
    text = (
        _HEAD
        + b"""@prefix euvoc: <http://publications.europa.eu/ontology/euvoc#> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    e:a a skos:Concept ; skos:prefLabel "a"@nb ; euvoc:xlDefinition [ a euvoc:XlNote ; rdf:value "det ene"@nb, "that"@en ;
      dct:source "aksjeloven \xc2\xa7 99-99" ] .
    e:b a skos:Concept ; skos:prefLabel "b"@nb ; euvoc:xlDefinition [ a euvoc:XlNote ; rdf:value "det andre"@nb ] ."""
    )
    together = build_services(services.settings.model_copy(update={"data": tmp_path / "together"}))
    counts(services, text)
    monkeypatch.setattr("registry.derived.MANY", 0)
    monkeypatch.setattr("registry.references.following.MANY", 0)
    for data in (PLAIN, text):
        counts(together, data)
    for graph in (services.urls.derived, services.urls.findings):
        one, other = (set(each.store.reader().quads(graph=graph)) for each in (services, together))
        assert one == other
    assert len(list(services.store.reader().quads(predicate=SKOS.definition))) == 3
