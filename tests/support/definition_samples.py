"""Made-up definitions for the tests of harmonisation: sentences of all shapes, records, Turtle, a corpus of any size."""

import random
from typing import Any

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from registry.harmonisation.records import DefinitionRecord
from registry.urls import Urls

BASE = "http://register.example"
PREFIXES = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix euvoc: <http://publications.europa.eu/ontology/euvoc#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix skosno: <https://data.norge.no/vocabulary/skosno#> .
@prefix samsvar: <https://w3id.org/samsvar/ontology#> .
"""
SENTENCES = (
    "plass ved sjøen der båter legger til",
    "plass ved sjøen der båter på inntil 15 meter legger til",
    "plass ved sjøen der båter under 12 meter legger til",
    "byggverk i sjø, unntatt flytebrygger",
    "byggverk i sjø, herunder flytebrygger og moloer",
    "byggverk i sjø. Flytebrygger regnes ikke som kai",
    "flytebrygge, molo, bro og landgang",
    "kai der det losses minst 10 tonn i året og høyst 30 tonn i uken",
    "kai der det losses over 20 tonn i året og under 30 tonn i uken",
    "kai som definert i havneloven § 4",
    "med kai menes i denne forskriften anlegg for fortøyning",
    "areal for fortøyning av skip eller båter, men ikke ferjer",
    "eit anlegg for fortøying av skip",
    "avtale om leie av plass i havn i minst to år",
    "avtale om leie av plass i havn i mer enn 18 måneder",
    "",
    "…",
    "12",
)
TERMS = ("kai", "brygge", "havn", "molo", "losseplass", "havneavgift", "los", "fortøyning", "småbåt", "kaiplass")


def make(term: str, text: str, number: int = 0, publisher: str = "havn", **facts: Any) -> DefinitionRecord:
    concept = f"http://{publisher}.example/c{number}"
    defaults: dict[str, Any] = {
        "concept": concept,
        "definition": f"{concept}/d",
        "catalogue": f"{BASE}/graph/catalogue/{publisher}",
        "publisher": f"http://{publisher}.example/",
    }
    return DefinitionRecord(term, text, **{**defaults, **facts})


def corpus(size: int, seed: int = 1) -> list[DefinitionRecord]:
    """Records of four publishers, of few terms, so that many meet."""
    chance = random.Random(seed)
    texts = [text for text in SENTENCES if text]
    return [
        make(
            chance.choice(TERMS), chance.choice(texts), number, publisher=chance.choice(("havn", "kyst", "by", "fisk"))
        )
        for number in range(size)
    ]


def turtle(iri: str, term: str, text: str, language: str = "nb", publisher: str = "http://havn.example/") -> str:
    """One concept with one definition."""
    return (
        f'<{iri}> a skos:Concept ; skos:prefLabel "{term}"@{language} ; dct:publisher <{publisher}> ; '
        f'euvoc:xlDefinition <{iri}/d> . <{iri}/d> rdf:value "{text}"@{language} .\n'
    )


def triples(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(PREFIXES + text, format=RdfFormat.TURTLE)]


def graph(identifier: str, kind: str = "catalogue") -> NamedNode:
    return Urls(BASE).graph(kind, identifier)
