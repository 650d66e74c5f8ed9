"""What is derived from the text of new graphs is what the store would derive, also where two describe the same."""

from itertools import product
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from importers.base import Source
from ontologies.namespaces import RDF, SKOS
from registry import derived, pipeline, storing
from registry.services import Services, build_services
from registry.settings import Settings

HEAD = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix euvoc: <http://publications.europa.eu/ontology/euvoc#> . @prefix x: <https://sko.example/begrep/> .
"""
COLLECTION = "a skos:Collection ; dct:publisher <https://data.brreg.no/enhetsregisteret/api/enheter/"
FIRST = f"""{HEAD} x:en {COLLECTION}999000009> ; dct:title "En"@nb ; skos:member x:hael , x:sal .
x:hael a skos:Concept ; skos:prefLabel "hæl"@nb ; skos:altLabel "sto\\tl\\u00F8tt"@nb , "7"^^xsd:integer ;
  euvoc:xlDefinition [ a euvoc:XlNote ; rdf:value "bakre del"@nb , "med \\"tegn\\"\\nog linjer"@en-gb ] , x:delt .
x:sal a skos:Concept ; skos:prefLabel "såle"@nb ; euvoc:xlDefinition x:delt , x:uten .
x:delt a euvoc:XlNote ; rdf:value "under foten"@nb .
"""
OTHER = f"""{HEAD} x:to {COLLECTION}999000017> ; dct:title "To"@nb ; skos:member x:kant .
x:kant a skos:Concept ; skos:prefLabel "kant"@nb ; euvoc:xlDefinition [ rdf:value "ytterst"@nb ] .
"""
SAME_CONCEPT = f'{OTHER} x:sal a skos:Concept ; euvoc:xlDefinition [ rdf:value "nederst"@nb ] .'
SAME_DEFINITION = f'{OTHER} x:kant euvoc:xlDefinition x:delt . x:delt rdf:value "nede"@nn .'
VALUE_ELSEWHERE = f'{OTHER} x:uten rdf:value "av lær"@nb .'


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Services:
    monkeypatch.setattr(storing, "MANY_BYTES", 0)
    return build_services(Settings(data=tmp_path / "data"))


def put(services: Services, *texts: str) -> list[NamedNode]:
    """Imports files and returns the concepts of the catalogues that they became."""
    sources = [Source(f"{number}.ttl", text.encode()) for number, text in enumerate(texts)]
    graphs = pipeline.run(services, pipeline.Request(sources)).graphs
    assert len(graphs) == len(texts)
    reader = services.store.reader()
    found = (quad for graph in graphs for quad in reader.quads(None, RDF.type, SKOS.Concept, NamedNode(graph)))
    return [quad.subject for quad in found if isinstance(quad.subject, NamedNode)]


def definitions(services: Services, concepts: list[NamedNode]) -> set[Quad]:
    reader = services.store.reader()
    return {quad for each in concepts for quad in reader.quads(each, SKOS.definition, None, services.urls.derived)}


def derived_anew(services: Services, concepts: list[NamedNode]) -> set[Quad]:
    """What is derived from all graphs as they are stored now."""
    with services.store.session() as session:
        session.delete(services.urls.derived, [quad.triple for quad in definitions(services, concepts)])
        derived.derive(session, services.urls, [each.value for each in concepts])
    return definitions(services, concepts)


@pytest.mark.parametrize(
    ("other", "together"),
    [*product((OTHER, SAME_CONCEPT, SAME_DEFINITION), (True, False)), (VALUE_ELSEWHERE, True)],
)
def test_definitions_made_from_text_are_those_that_the_store_gives(
    services: Services, other: str, together: bool
) -> None:
    if together:
        concepts = put(services, FIRST, other)
    else:
        put(services, FIRST)
        concepts = put(services, other)
    found = definitions(services, concepts)
    assert len(found) >= len(concepts)
    assert found == derived_anew(services, concepts)


def test_nothing_is_asked_of_the_store_where_the_text_says_it(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[set[str]] = []
    monkeypatch.setattr(derived, "derive", lambda _session, _urls, concepts: asked.append(set(concepts)))
    concepts = put(services, FIRST) + put(services, OTHER)
    assert asked == [set(), set()]
    assert len(definitions(services, concepts)) == 5
