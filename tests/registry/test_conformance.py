"""The register's own shapes: what they find, and that the fast check and pyshacl say the same of the same graph."""

import pytest
from pages_register import HARBOUR, PREFIXES
from pyoxigraph import Literal, NamedNode, RdfFormat, parse, serialize

from ontologies.namespaces import DCAT, MODELLDCATNO, SKOS, XSD
from ontologies.shapes import PROFILES, constraints, shapes_file
from registry.quality.conformance import faults, level_of
from registry.quality.facts import Picture
from registry.quality.lexical import is_well_formed
from registry.quality.shacl import results

GRAPH = NamedNode("http://localhost:8000/graph/catalogue/x")
MORE = """
@prefix cpsv: <http://purl.org/vocab/cpsv#> .
<https://x.example/a> a dcat:Dataset ; dct:title "Uten språk", <https://x.example/not-text> ; dct:publisher org:1, org:2 ;
  dct:issued "i går"^^xsd:date ; dcat:theme "helse" ; dcat:distribution <https://x.example/b> .
<https://x.example/b> a dcat:Distribution ; dcat:byteSize "-5"^^xsd:nonNegativeInteger ; dct:license <https://x.example/c> .
<https://x.example/c> a foaf:Document .
<https://x.example/k> a skos:Concept ; skos:prefLabel "en"@nb, "to"@nb, "tre"@nn-NO ; dct:publisher "Etaten" ;
  skos:related <https://x.example/b>, <https://elsewhere.example/unknown> .
<https://x.example/r> a skosno:GenericConceptRelation ; dct:description "etter bruk"@nb .
<https://x.example/t> a cpsv:PublicService ; dct:title "Søknad"@nb .
<https://x.example/e> a modelldcatno:CodeElement ; skos:notation "1", "2" .
"""


class FileReader:
    """A graph in memory, where a check asks a store."""

    def __init__(self, turtle: str) -> None:
        self.held = list(parse(turtle.encode(), format=RdfFormat.TURTLE))

    def quads(self, graph):
        return iter(self.held)

    def n_triples(self) -> bytes:
        return serialize((quad.triple for quad in self.held), format=RdfFormat.N_TRIPLES)


def fast(reader: FileReader) -> set[tuple[str, str, str]]:
    picture = Picture(reader, GRAPH)
    things = [thing for thing in picture.said if isinstance(thing, NamedNode)]
    return {
        (fault.thing.value, fault.constraint.level, fault.constraint.messages["en"])
        for fault in faults(picture, things)
    }


def slow(reader: FileReader) -> set[tuple[str, str, str]]:
    return {(each.thing, each.level, each.message["en"]) for each in results(reader.n_triples())}


@pytest.mark.slow
@pytest.mark.parametrize("turtle", [HARBOUR, MORE, HARBOUR + MORE], ids=["harbour", "faulty", "both"])
def test_the_fast_check_and_pyshacl_agree(turtle: str) -> None:
    reader = FileReader(PREFIXES + turtle)
    assert fast(reader) == slow(reader)
    assert fast(reader)


def test_what_is_found_is_said_with_its_level() -> None:
    found = fast(FileReader(PREFIXES + MORE))
    expected = {
        ("https://x.example/a", "acceptable", "dct:description is missing."),
        ("https://x.example/a", "publishable", "dct:publisher has more than 1 value."),
        ("https://x.example/a", "publishable", "dcat:theme points to something by its URI; it is no text."),
        ("https://x.example/a", "conformant", "dct:title does not say which language the text is in."),
        ("https://x.example/a", "conformant", "dct:issued does not have the datatype xsd:date or xsd:dateTime."),
        ("https://x.example/b", "acceptable", "dcat:accessURL is missing."),
        ("https://x.example/b", "conformant", "dcat:byteSize does not have the datatype xsd:nonNegativeInteger."),
        (
            "https://x.example/b",
            "conformant",
            "dct:license points to something of another class than dct:LicenseDocument.",
        ),
        (
            "https://x.example/k",
            "publishable",
            "The concept has several recommended terms in one language (skos:prefLabel).",
        ),
        ("https://x.example/k", "conformant", "skos:related points to something of another class than skos:Concept."),
        ("https://x.example/e", "publishable", "skos:notation has more than 1 value."),
    }
    assert expected <= found
    assert not [each for each in found if "nynorsk" in each[2] or "unknown" in each[0]]


def test_a_thing_reaches_the_level_below_the_first_that_it_misses() -> None:
    concept = """<https://x.example/k> a skos:Concept ; skos:prefLabel "en"@nb{more} ; skos:definition "tallet 1"@nb ;
      dct:identifier "https://x.example/k" ; dcat:contactPoint <https://x.example/p> ; dct:publisher org:1 ."""
    levels = {}
    for name, more in {"one": "", "both": ', "ein"@nn', "two in one": ', "ett"@nb'}.items():
        picture = Picture(FileReader(PREFIXES + concept.replace("{more}", more)), GRAPH)
        levels[name] = level_of(faults(picture, [NamedNode("https://x.example/k")]))
    assert levels == {"one": "publishable", "both": "conformant", "two in one": "acceptable"}
    assert level_of(faults(Picture(FileReader(PREFIXES + MORE), GRAPH), [NamedNode("https://x.example/a")])) is None


def test_every_shape_is_read_whole_and_speaks_three_languages() -> None:
    for profile in PROFILES:
        assert len(list(parse(shapes_file(profile), format=RdfFormat.TURTLE))) > 100
    rules = {rule for found in constraints().values() for rule in found}
    assert all(set(rule.messages) == {"nb", "nn", "en"} and all(rule.messages.values()) for rule in rules)
    for rule in rules:
        asked = (rule.minimum, rule.maximum, rule.literal is not None, rule.datatypes, rule.classes)
        assert any(asked) or rule.unique_languages or rule.language, rule
        assert rule.properties
    assert {SKOS.Concept, DCAT.Dataset, DCAT.DataService, MODELLDCATNO.Attribute} <= constraints().keys()


@pytest.mark.parametrize(
    ("text", "datatype", "holds"),
    [
        ("2026-11-22", XSD.date, True),
        ("2026-11-22Z", XSD.date, True),
        ("22.11.2026", XSD.date, False),
        ("2026-11-22T10:00:00Z", XSD.dateTime, True),
        ("2026-11-22", XSD.dateTime, False),
        ("0", XSD.nonNegativeInteger, True),
        ("-1", XSD.nonNegativeInteger, False),
        ("0", XSD.positiveInteger, False),
        ("1,5", XSD.decimal, False),
        ("P1Y2M", XSD.duration, True),
        ("P", XSD.duration, False),
        ("whatever", XSD.string, True),
    ],
)
def test_lexical_forms(text: str, datatype: NamedNode, holds: bool) -> None:
    assert is_well_formed(Literal(text, datatype=datatype)) is holds
