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


AMENDING = """<!DOCTYPE html><html lang="nb"><head><title>t</title></head><body><header class="documentHeader"><dl
class="data-document-key-info"><dd class="dateInForce">{in_force}</dd><dd class="title">Lov om endringer i kanalloven</dd>
<dd class="refid">lov/{refid}</dd><dd class="changesToDocuments"><ul><li>lov/2098-05-06-7</li></ul></dd></dl></header>
<main class="documentBody" id="dokument"><h1>Lov om endringer i kanalloven</h1><section class="section"><h2>I</h2>
<article class="document-change" data-document="lov/2098-05-06-7">{changes}</article></section></main></body></html>"""
CHANGE = """<article class="change"><article class="defaultP">{instruction}</article>
<article class="futureLegalArticle"><span class="legalArticleValue">{number}</span>
<span class="legalArticleTitle">{title}</span><article class="legalP">{text}</article></article></article>"""
BOAT = CHANGE.format(
    instruction="§ 2 skal lyde:",
    number="§ 2",
    title="Kanalbåt og pram",
    text="Med kanalbåt menes båt på inntil 20 meter. Med pram menes flat båt.",
)
LOCK = CHANGE.format(instruction="Ny § 5 skal lyde:", number="§ 5", title="Sluse", text="Med sluse menes kammer.")
UNSURE = '<article class="change"><article class="defaultP">§ 4 niende ledd oppheves.</article></article>'


def amending(*changes: str, refid: str = "2099-01-01-1", in_force: str = "2099-06-01") -> Source:
    text = AMENDING.format(refid=refid, in_force=in_force, changes="".join(changes))
    return Source(f"{refid}.xml", text.encode())


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
