"""TBX out: where it is offered, the rules of TBX-Basic, and that it comes home as the same concepts."""

from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from lxml import etree
from pages_register import ACT, BASE, OLD_SHIP, QUAY, VESSEL
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from importers.base import ImportOptions, Source
from importers.reading import read_source
from ontologies.namespaces import DCT, EUVOC, RDF, RDFS, SKOS
from registry.catalogue.termbases import TermbaseHead, tbx

HEAD = TermbaseHead("Prøve", ["https://prove.example/"])
NS = "{urn:iso:std:iso:30042:ed-2}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ALLOWED = {
    "tbx": ["tbxHeader", "text"],
    "tbxHeader": ["fileDesc"],
    "fileDesc": ["titleStmt", "sourceDesc"],
    "titleStmt": ["title"],
    "sourceDesc": ["p"],
    "text": ["body"],
    "body": ["conceptEntry"],
    "conceptEntry": ["descrip", "descripGrp", "transacGrp", "note", "ref", "xref", "langSec"],
    "langSec": ["descrip", "descripGrp", "note", "termSec"],
    "termSec": ["term", "termNote", "descrip"],
    "descripGrp": ["descrip", "admin", "xref"],
    "transacGrp": ["transac", "date"],
}
LEVELS = {
    "subjectField": {"conceptEntry"},
    "definition": {"conceptEntry", "langSec", "descripGrp"},
    "context": {"termSec"},
    "source": {"descripGrp"},
    "administrativeStatus": {"termSec"},
    "crossReference": {"conceptEntry"},
    "externalCrossReference": {"conceptEntry", "descripGrp"},
    "transactionType": {"transacGrp"},
}
LAST = {"conceptEntry": "langSec", "langSec": "termSec"}
FOREIGN = f"/resource?uri={quote(VESSEL, safe='')}"
TURTLE = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix euvoc: <http://publications.europa.eu/ontology/euvoc#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix x: <https://bok.example/begrep/> .
"""
BOOK = """x:bok a skos:Concept ; skos:prefLabel "bok"@nb , "book"@en ; skos:altLabel "volum"@nb ; skos:hiddenLabel "blekke"@nb ;
  dct:subject "litteratur"@nb ; skos:scopeNote "ikke\\nhefter"@nb , "ikkje hefte"@nn ; skos:example "en roman"@nb ;
  dct:created "2024-01-02"^^<http://www.w3.org/2001/XMLSchema#date> ; rdfs:seeAlso x:hefte , <https://bok.example/om> ;
  euvoc:xlDefinition [ a euvoc:XlNote ; rdf:value "ark & permer"@nb , "ark med permar"@nn ;
    dct:source "Ordboka"@nb , [ rdfs:label "Boka" ; rdfs:seeAlso <https://bok.example/boka> ] ] .
x:hefte a skos:Concept ; skos:prefLabel "hefte"@nb .
x:uten a skos:Concept ; euvoc:xlDefinition [ a euvoc:XlNote ; rdf:value "noe uten navn"@nb ] .
"""


def name(element: etree._Element) -> str:
    return etree.QName(element).localname


def faults(document: bytes) -> list[str]:
    """What a document breaks of the core structure of TBX 3 and of the rules of TBX-Basic in style DCA."""
    root = etree.fromstring(document)
    identifiers = [one.get("id") for one in root.iter(f"{NS}conceptEntry")]
    found = [] if len(set(identifiers)) == len(identifiers) else ["an id stands twice"]
    found += [] if (root.get("style"), root.get("type")) == ("dca", "TBX-Basic") and root.get(LANG) else ["root"]
    for element in root.iter(etree.Element):
        kind, inside = element.get("type"), [name(child) for child in element]
        found += [f"{name(element)} holds {one}" for one in inside if one not in ALLOWED.get(name(element), ())]
        if (last := LAST.get(name(element))) and inside != sorted(inside, key=lambda one, last=last: one == last):
            found.append(f"{last} is not last")
        if last and last not in inside:
            found.append(f"{name(element)} has no {last}")
        parent = element.getparent()
        if kind in LEVELS and parent is not None and name(parent) not in LEVELS[kind]:
            found.append(f"{kind} in {name(parent)}")
        if name(element) == "xref" and not (element.get("target") or "").startswith(("http://", "https://")):
            found.append("xref without an address")
        if name(element) == "ref" and element.get("target") not in identifiers:
            found.append("ref to nothing")
        if name(element) == "langSec" and not element.get(LANG):
            found.append("langSec without language")
    return found


def graph(text: str) -> list[Triple]:
    [batch] = read_source(Source("bok.ttl", (TURTLE + text).encode()), ImportOptions(BASE, catalogue="bok"))
    return list(batch.triples)


def said(triples: list[Triple]) -> set[tuple[str, str, str]]:
    """Everything said of the concepts and their definitions, but for what is administration."""
    kept = {
        SKOS.prefLabel,
        SKOS.altLabel,
        SKOS.hiddenLabel,
        SKOS.scopeNote,
        SKOS.example,
        DCT.subject,
        DCT.created,
        RDFS.seeAlso,
    }
    owners = {t.object: t.subject for t in triples if t.predicate in {EUVOC.xlDefinition, DCT.source}}
    found = set()
    for triple in triples:
        owner = triple.subject
        while owner in owners:
            owner = owners[owner]
        if triple.predicate in kept | {RDF.value, RDFS.label} or (
            triple.predicate == DCT.source and not isinstance(triple.object, NamedNode)
        ):
            found.add((str(owner), str(triple.predicate), str(triple.object)))
    return found


def test_what_goes_out_keeps_the_rules_of_tbx_basic() -> None:
    document = tbx(graph(BOOK), HEAD)
    assert faults(document) == []
    assert "1 concepts have no term" in document.decode()


def test_what_goes_out_comes_home_as_the_same_concepts() -> None:
    triples = graph(BOOK)
    source = Source("bok.tbx", tbx(triples, HEAD))
    [batch] = read_source(source, ImportOptions(BASE, catalogue="bok"))
    assert said(list(batch.triples)) == {one for one in said(triples) if "begrep/uten>" not in one[0]}
    assert [issue.code for issue in batch.report.issues] == ["publisher-missing"]


def test_characters_that_xml_cannot_carry_are_left_out() -> None:
    concept = NamedNode("https://bok.example/a")
    triples = [Triple(concept, RDF.type, SKOS.Concept)]
    triples += [quad.triple for quad in parse('<https://bok.example/a> <http://www.w3.org/2004/02/skos/core#prefLabel> "bo\\u0008k" .', RdfFormat.N_TRIPLES)]  # fmt: skip
    assert b">bok<" in tbx(triples, HEAD)


@pytest.mark.parametrize("path", [QUAY.removeprefix(BASE), FOREIGN, "/catalogues/prove-havn"])
def test_concepts_and_catalogues_are_offered_as_tbx(pages: FlaskClient, path: str) -> None:
    answer = pages.get(path, headers={"Accept": "application/x-tbx"}, follow_redirects=True)
    assert answer.status_code == 200
    assert answer.mimetype == "application/x-tbx"
    assert faults(answer.data) == []
    assert 'type="application/x-tbx"' in pages.get(path, follow_redirects=True).headers["Link"]


def test_a_catalogue_has_all_its_concepts(pages: FlaskClient) -> None:
    text = pages.get("/catalogues/prove-havn.tbx").text
    for said_of in ("fartøy", "open kai", "skip", VESSEL, OLD_SHIP, "Havnebegreper"):
        assert said_of in text


def test_what_is_no_concept_is_not_offered_as_tbx(pages: FlaskClient) -> None:
    act = ACT.removeprefix(BASE)
    assert pages.get(f"{act}.tbx").status_code == 406
    refused = pages.get(act, headers={"Accept": "application/x-tbx"})
    assert refused.status_code == 406
    assert all(one["type"] != "application/x-tbx" for one in refused.json["alternatives"])
    assert "x-tbx" not in pages.get(act, follow_redirects=True).headers["Link"]


@pytest.mark.real_data
@pytest.mark.parametrize(
    "file",
    ["catalogues/standardnorge_tbx.xml", "catalogues/arkivverket_fdk.ttl", "intl/nl_netbeheer_begrippenkader.ttl"],
)
def test_real_catalogues_go_out_by_the_rules(file: str, shared: Path) -> None:
    source = Source(file, (shared / "data" / file).read_bytes())
    for batch in read_source(source, ImportOptions(BASE)):
        assert faults(tbx(batch.triples, HEAD)) == []
