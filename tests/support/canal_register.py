"""A small register of one invented act about canals, and a catalogue whose concepts name it and other law as sources."""

from importers.base import Source
from registry import pipeline
from registry.services import Services

BASE = "http://localhost:8000"
ACT = f"{BASE}/legislation/lov/2098/05/06/7"
LAW = """---
tittel: "Lov om kanaler (kanalloven)"
korttittel: "Kanalloven – kanl"
refid: "lov/2098-05-06-7"
ikrafttredelse: "2020-01-01"
---

# Lov om kanaler (kanalloven)

#### § 1. Formål

Loven skal gi ro på vannet.

#### § 2. Kanalbåt

Med kanalbåt menes båt som brukes på kanal.

#### § 3. (Opphevet)

#### § 4. Sluser

Slusene er åpne om dagen.
"""
_PREFIXES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix euvoc: <http://publications.europa.eu/ontology/euvoc#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
<https://kanal.example/samling> a skos:Collection ; dct:title "Kanalbegreper"@nb ; dct:identifier "kanal" ;
  dct:publisher <https://organization-catalog.fellesdatakatalog.digdir.no/organizations/999100001> .
"""


def concept(name: str) -> str:
    """The IRI of a concept of the catalogue."""
    return f"https://kanal.example/begrep/{name}"


def catalogue(sources: dict[str, str]) -> bytes:
    """A catalogue in Turtle: term to the source of its definition."""
    concepts = [
        f"""<https://kanal.example/samling> skos:member <{concept(term)}> .
<{concept(term)}> a skos:Concept ; skos:prefLabel "{term}"@nb ; dct:identifier "{concept(term)}" ;
  dct:publisher <https://organization-catalog.fellesdatakatalog.digdir.no/organizations/999100001> ;
  euvoc:xlDefinition [ a euvoc:XlNote ; rdf:value "det som sees fra land"@nb ; dct:source "{source}"@nb ] ."""
        for term, source in sources.items()
    ]
    return (_PREFIXES + "\n".join(concepts)).encode()


def bring(services: Services, *sources: Source) -> None:
    """Imports the sources together; all of them must be stored."""
    outcome = pipeline.run(services, pipeline.Request(sources))
    assert not outcome.unreadable
    assert not outcome.counts["rejected"]


def law(text: str = LAW) -> Source:
    """The act."""
    return Source("kanalloven.md", text.encode())


def terms(sources: dict[str, str]) -> Source:
    """The catalogue."""
    return Source("kanal.ttl", catalogue(sources))
