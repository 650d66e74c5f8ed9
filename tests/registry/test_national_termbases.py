"""TBX-AP-NO out: the shape that the profile asks for, and that everything it has a place for comes home."""

from collections.abc import Iterable

from flask.testing import FlaskClient
from lxml import etree
from pages_register import BASE, QUAY
from pyoxigraph import Triple

from importers.base import ImportOptions, Source
from importers.reading import read_source
from ontologies.namespaces import DCT, SKOS
from registry.catalogue.national_termbases import tbx_ap_no
from registry.catalogue.termbases import TermbaseHead

NS = {
    "t": "urn:iso:std:iso:30042:ed-2",
    "basic": "http://www.tbxinfo.net/ns/basic",
    "dct": "http://purl.org/dc/terms/",
    "skosno": "https://data.norge.no/vocabulary/skosno#",
    "xkos": "http://rdf-vocabulary.ddialliance.org/xkos#",
}
OPTIONS = ImportOptions("http://localhost:8000", catalogue="bok")
HEAD = TermbaseHead("Bokord", ["https://bok.example/"])
BOOKS = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix euvoc: <http://publications.europa.eu/ontology/euvoc#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skosno: <https://data.norge.no/vocabulary/skosno#> .
@prefix xkos: <http://rdf-vocabulary.ddialliance.org/xkos#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix x: <https://bok.example/begrep/> .
x:bok a skos:Concept ; dct:identifier "https://bok.example/begrep/bok" ; skos:prefLabel "bok"@nb , "book"@en ;
  skos:altLabel "volum"@nb ; skos:hiddenLabel "blekke"@nb ; skosno:dataStructureLabel "bok"@nb ;
  dct:subject "litteratur"@nb , <https://bok.example/fag/1> ; skos:scopeNote "ikkje hefte"@nn ; skos:example "en roman"@nb ;
  skosno:valueRange "fra 49 sider"@nb , <https://bok.example/liste> ; owl:versionInfo "1.0" ;
  dct:created "2024-01-02"^^xsd:date ; euvoc:startDate "2024-02-01"^^xsd:date ; euvoc:endDate "2030-01-01"^^xsd:date ;
  euvoc:status <http://publications.europa.eu/resource/authority/concept-status/CURRENT> ;
  dct:publisher <https://organization-catalog.fellesdatakatalog.digdir.no/organizations/999000009> ;
  dcat:contactPoint [ a vcard:Organization ; vcard:hasEmail <mailto:bok@bok.example> ; vcard:hasTelephone <tel:+4722000000> ] ;
  rdfs:seeAlso x:hefte ; dct:replaces x:rull ; xkos:hasPart x:hefte ;
  skosno:hasGenericConceptRelation [ a skosno:GenericConceptRelation ; skosno:hasGenericConcept x:trykk ; dct:description "bruk"@nb ] ;
  skosno:isFromConceptIn [ a skosno:AssociativeConceptRelation ; skosno:hasToConcept x:leser ; skosno:relationRole "blir lest av"@nb ] ;
  euvoc:xlDefinition [ a euvoc:XlNote ; rdf:value "ark & permer"@nb , "sheets and covers"@en ;
    dct:audience <https://data.norge.no/vocabulary/audience-type#public> ;
    skosno:relationshipWithSource <https://data.norge.no/vocabulary/relationship-with-source-type#derived-from-source> ;
    dct:source "Ordboka"@nb , [ rdfs:label "Boka" ; rdfs:seeAlso <https://bok.example/boka> ] ] .
x:hefte a skos:Concept ; dct:identifier "https://bok.example/begrep/hefte" ; skos:prefLabel "hefte"@nb .
x:uten a skos:Concept ; euvoc:xlDefinition [ a euvoc:XlNote ; rdf:value "noe uten navn"@nb ] .
"""


def told(triples: Iterable[Triple]) -> dict[str, set[str]]:
    """What is said of each concept that has a term, parts without a name of their own by what is said of them."""
    said: dict[str, list[Triple]] = {}
    for triple in triples:
        said.setdefault(str(triple.subject), []).append(triple)

    def about(subject: str) -> set[str]:
        return {f"{one.predicate} {value(str(one.object))}" for one in said[subject]}

    def value(name: str) -> str:
        return f"[{'; '.join(sorted(about(name)))}]" if name.startswith("<http://localhost:8000/") else name

    named = {str(one.subject) for one in triples if one.predicate == SKOS.prefLabel}
    return {name: {one for one in about(name) if not one.startswith(str(DCT.publisher))} for name in named}


def test_what_goes_out_comes_home() -> None:
    [out] = read_source(Source("bok.ttl", BOOKS.encode()), OPTIONS)
    document = tbx_ap_no(out.triples, HEAD)
    [back] = read_source(Source("bok.tbx", document), OPTIONS)
    assert told(out.triples) == told(back.triples)
    assert back.publisher.endswith("999000009")
    assert [one.code for one in back.report.issues] == []


def test_it_is_laid_out_as_the_profile_asks() -> None:
    [out] = read_source(Source("bok.ttl", BOOKS.encode()), OPTIONS)
    root = etree.fromstring(tbx_ap_no(out.triples, HEAD))
    assert (root.get("type"), root.get("style")) == ("TBX-AP-NO-v2", "dct")
    assert root.findtext(".//t:titleStmt/dct:title", namespaces=NS) == "Bokord"
    entry = root.find(".//t:conceptEntry", NS)
    assert entry is not None
    assert entry.findtext("dct:identifier", namespaces=NS) == "https://bok.example/begrep/bok"
    assert entry.findtext("t:adminGrp/dct:publisher", namespaces=NS, default="").endswith("999000009")
    statuses = {
        one.findtext("t:term", namespaces=NS): one.findtext("basic:administrativeStatus", namespaces=NS)
        for one in entry.iterfind(".//t:termSec", NS)
    }
    assert statuses["blekke"] == "basic:deprecatedTermAdmnSts"
    assert statuses["book"] == "basic:preferredTermAdmnSts"
    assert len(entry.findall("t:langSec", NS)) == 2
    assert all(section.find("t:termSec", NS) is not None for section in root.iterfind(".//t:langSec", NS))
    group = next(one for one in entry.iterfind(".//t:descripGrp", NS) if one.find("xkos:specializes", NS) is not None)
    assert group.findtext("dct:description", namespaces=NS) == "bruk"
    assert b"1 concepts have no term and are left out" in etree.tostring(root)


def test_it_is_given_where_it_is_asked_for(pages: FlaskClient) -> None:
    address = f"{QUAY.removeprefix(BASE)}.tbx"
    national = pages.get(f"{address}?dialect=tbx-ap-no")
    assert (national.status_code, national.mimetype) == (200, "application/x-tbx")
    assert b'type="TBX-AP-NO-v2"' in national.data
    assert b'type="TBX-Basic"' in pages.get(address).data
    assert pages.get(f"{address}?dialect=ukjent").status_code == 400
