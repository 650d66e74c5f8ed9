import json

import pytest
from lxml import etree
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse
from pyoxigraph import serialize as engine_serialize
from rdflib import Graph
from rdflib.compare import isomorphic

from ontologies.namespaces import DCT, RDF, SKOS, XSD
from sparql.formats import (
    JSON_LD,
    N_TRIPLES,
    RDF_BY_MEDIA_TYPE,
    RDF_BY_NAME,
    RDF_FORMATS,
    RDF_XML,
    RESULTS_BY_MEDIA_TYPE,
    TURTLE,
    serialise,
)

CONCEPT = NamedNode("https://example.org/concepts/1")
TRIPLES = [
    Triple(CONCEPT, SKOS.prefLabel, Literal("avgift «på» blåbær", language="nb")),
    Triple(CONCEPT, SKOS.prefLabel, Literal("avgift", language="nn")),
    Triple(CONCEPT, RDF.type, SKOS.Concept),
    Triple(CONCEPT, DCT.created, Literal("2026-11-21", datatype=XSD.date)),
    Triple(CONCEPT, DCT.identifier, Literal("0301")),
    Triple(CONCEPT, SKOS.related, NamedNode("urn:uuid:5")),
    Triple(CONCEPT, NamedNode("https://example.org/other#p"), BlankNode("b")),
]


@pytest.mark.parametrize("syntax", RDF_FORMATS, ids=lambda each: each.suffix)
def test_a_document_says_what_the_triples_say(syntax):
    document = serialise(TRIPLES, syntax)
    read = [each.triple for each in parse(document, format=syntax.engine)]
    ours, theirs = (
        Graph().parse(data=engine_serialize(each, format=RdfFormat.N_TRIPLES), format="nt") for each in (TRIPLES, read)
    )
    assert isomorphic(ours, theirs)


@pytest.mark.parametrize("syntax", RDF_FORMATS, ids=lambda each: each.suffix)
def test_the_same_triples_give_the_same_bytes(syntax):
    assert serialise(TRIPLES, syntax) == serialise([*reversed(TRIPLES), TRIPLES[0]], syntax)


def test_turtle_declares_the_prefixes_that_occur_and_begins_with_the_type():
    document = serialise(TRIPLES, TURTLE).decode()
    assert "@prefix skos:" in document
    assert "@prefix dcat:" not in document
    assert "<https://example.org/concepts/1> a skos:Concept ;" in document


def test_json_ld_is_compact_with_a_local_context():
    document = json.loads(serialise(TRIPLES, JSON_LD))
    assert document["@context"]["skos"] == SKOS.iri
    node = document["@graph"][0]
    assert node["@type"] == "skos:Concept"
    assert node["dct:identifier"] == "0301"
    assert node["dct:created"] == {"@value": "2026-11-21", "@type": "xsd:date"}
    assert {each["@language"] for each in node["skos:prefLabel"]} == {"nb", "nn"}
    assert RDF.type.value not in document["@context"]


def test_a_prefix_that_is_also_a_scheme_is_not_used():
    triple = Triple(NamedNode("schema:x"), NamedNode("http://schema.org/name"), Literal("x"))
    assert [each.triple for each in parse(serialise([triple], JSON_LD), format=RdfFormat.JSON_LD)] == [triple]


def test_characters_that_xml_cannot_carry_do_not_break_rdf_xml():
    document = serialise([Triple(CONCEPT, DCT.title, Literal("a\x01b\ufffec", language="nb"))], RDF_XML)
    etree.fromstring(document)
    assert "a\ufffdb\ufffdc".encode() in document


def test_no_triples_make_a_document_too():
    assert json.loads(serialise([], JSON_LD))["@graph"] == []
    assert serialise([], N_TRIPLES) == b""


def test_xml_is_a_result_format_and_not_rdf_xml():
    assert "application/xml" not in RDF_BY_MEDIA_TYPE
    assert RESULTS_BY_MEDIA_TYPE["application/xml"].suffix == "xml"
    assert RDF_BY_NAME["ttl"] is TURTLE
    assert all(";" not in each for each in (*RDF_BY_MEDIA_TYPE, *RESULTS_BY_MEDIA_TYPE))
