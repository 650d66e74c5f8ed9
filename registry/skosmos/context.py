"""The JSON-LD context of answers, which makes them RDF for those who read them so."""

from typing import Any

from ontologies.namespaces import SKOS
from registry.catalogue.texts import Language

CONCEPT = SKOS.Concept.value

_CONTEXT: dict[str, Any] = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "onki": "http://schema.onki.fi/onki#",
    "uri": "@id",
    "type": "@type",
    "title": {"@id": "http://www.w3.org/2000/01/rdf-schema#label"},
    "prefLabel": "skos:prefLabel",
    "altLabel": "skos:altLabel",
    "hiddenLabel": "skos:hiddenLabel",
    "label": "skos:prefLabel",
    "broader": {"@id": "skos:broader", "@type": "@id"},
    "narrower": {"@id": "skos:narrower", "@type": "@id"},
    "related": {"@id": "skos:related", "@type": "@id"},
    "broaderTransitive": {"@id": "skos:broaderTransitive", "@container": "@index"},
    "narrowerTransitive": {"@id": "skos:narrowerTransitive", "@container": "@index"},
    "results": {"@id": "onki:results", "@container": "@list"},
    "vocabularies": "onki:hasVocabulary",
    "topConceptOf": {"@id": "skos:topConceptOf", "@type": "@id"},
    "hasChildren": "onki:hasChildren",
    "vocab": "onki:vocabularyIdentifier",
    "lang": "onki:language",
}


def document(members: dict[str, Any], language: Language) -> dict[str, Any]:
    """An answer: the members behind the context with the language of plain texts."""
    return {"@context": {**_CONTEXT, "@language": language}, **members}
