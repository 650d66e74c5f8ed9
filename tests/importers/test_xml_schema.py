"""XSD: what its types, elements, groups and facets become in a model, and what is refused."""

import pytest
from model_triples import codes, kinds, read_one, said

from importers import importer_for
from importers.base import ImportOptions, Source, UnreadableSourceError

MODEL = "https://register.example/information-models/prove/"
SCHEMA = """<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:b="https://bat.example/xsd" xmlns:a="https://annen.example/"
  targetNamespace="https://bat.example/xsd" elementFormDefault="qualified">
 <xs:annotation><xs:documentation>Om båter</xs:documentation></xs:annotation>
{}
</xs:schema>
"""


def parts(body: str) -> set[tuple[str, str, str]]:
    return said(read_one("bat.xsd", SCHEMA.format(body)), MODEL)


def test_schemas_are_told_by_their_root() -> None:
    assert importer_for(Source("x.txt", SCHEMA.encode())).name == "xml-schema"


def test_the_model_is_named_by_the_namespace() -> None:
    batch = read_one(
        "bat.xsd", SCHEMA.format("<xs:complexType name='Båt'/>"), ImportOptions("https://register.example")
    )
    assert batch.catalogue == "bat-example-xsd"
    model = said(batch, "https://register.example/information-models/bat-example-xsd")
    assert ("", "dct:description", "Om båter") in model
    assert ("/Bat", "rdf:type", "modelldcatno:ObjectType") in model


def test_elements_and_attributes_become_properties_with_multiplicity() -> None:
    found = parts(
        """<xs:complexType name="Båt"><xs:annotation><xs:documentation xml:lang="no">Et fartøy</xs:documentation>
        </xs:annotation><xs:sequence><xs:element name="navn" type="xs:string"/>
        <xs:element name="eier" type="b:Person" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
        <xs:attribute name="id" type="xs:token" use="required"/></xs:complexType><xs:complexType name="Person"/>"""
    )
    assert found >= {
        ("Bat", "dct:description", "Et fartøy"),
        ("Bat/navn", "rdf:type", "modelldcatno:Attribute"),
        ("Bat/navn", "modelldcatno:hasSimpleType", "types/string"),
        ("types/string", "modelldcatno:typeDefinitionReference", "xsd:string"),
        ("Bat/navn", "modelldcatno:minOccurs", "1"),
        ("Bat/eier", "rdf:type", "modelldcatno:Role"),
        ("Bat/eier", "modelldcatno:hasObjectType", "Person"),
        ("Bat/eier", "modelldcatno:minOccurs", "0"),
        ("Bat/eier", "modelldcatno:maxOccurs", "*"),
        ("Bat/id", "modelldcatno:minOccurs", "1"),
    }


def test_a_choice_makes_its_elements_optional_and_groups_are_written_out() -> None:
    found = parts(
        """<xs:group name="mål"><xs:sequence><xs:element name="lengde" type="xs:decimal"/></xs:sequence></xs:group>
        <xs:complexType name="Båt"><xs:sequence><xs:choice><xs:element name="seil" type="xs:int"/>
        <xs:element name="motor" type="xs:int"/></xs:choice>
        <xs:group ref="b:mål" maxOccurs="unbounded"/></xs:sequence></xs:complexType>"""
    )
    assert ("Bat/seil", "modelldcatno:minOccurs", "0") in found
    assert ("Bat/lengde", "modelldcatno:maxOccurs", "*") in found


def test_extensions_specialise_and_simple_content_has_a_value() -> None:
    found = parts(
        """<xs:complexType name="Fartøy"/><xs:complexType name="Ferge"><xs:complexContent><xs:extension base="b:Fartøy">
        <xs:sequence><xs:element name="rute" type="xs:string"/></xs:sequence></xs:extension></xs:complexContent>
        </xs:complexType><xs:complexType name="Mål"><xs:simpleContent><xs:extension base="xs:decimal">
        <xs:attribute name="enhet" type="xs:string"/></xs:extension></xs:simpleContent></xs:complexType>"""
    )
    assert found >= {
        ("Ferge/extension", "rdf:type", "modelldcatno:Specialization"),
        ("Ferge/extension", "modelldcatno:hasGeneralConcept", "Fartoy"),
        ("Ferge", "modelldcatno:hasProperty", "Ferge/rute"),
        ("Mal/value", "modelldcatno:hasSimpleType", "types/decimal"),
        ("Mal/enhet", "modelldcatno:minOccurs", "0"),
    }


def test_enumerations_are_code_lists_and_facets_are_kept() -> None:
    found = parts(
        """<xs:simpleType name="Drift"><xs:restriction base="xs:string"><xs:enumeration value="seil"><xs:annotation>
        <xs:documentation>Med vind</xs:documentation></xs:annotation></xs:enumeration></xs:restriction></xs:simpleType>
        <xs:simpleType name="Kjenning"><xs:restriction base="xs:string"><xs:pattern value="[A-Z]{2}"/>
        <xs:maxLength value="08"/></xs:restriction></xs:simpleType>
        <xs:element name="Melding"><xs:complexType><xs:sequence><xs:element name="drift" type="b:Drift"/>
        </xs:sequence></xs:complexType></xs:element>"""
    )
    assert found >= {
        ("Drift", "rdf:type", "modelldcatno:CodeList"),
        ("Drift/enumeration/seil", "skos:inScheme", "Drift"),
        ("Drift/enumeration/seil", "skos:definition", "Med vind"),
        ("Kjenning", "xsd:pattern", "[A-Z]{2}"),
        ("Kjenning", "xsd:maxLength", "8"),
        ("element/Melding", "rdf:type", "modelldcatno:RootObjectType"),
        ("element/Melding/drift", "modelldcatno:hasValueFrom", "Drift"),
    }


def test_types_that_contain_themselves_come_to_an_end() -> None:
    batch = read_one(
        "bat.xsd",
        SCHEMA.format(
            """<xs:complexType name="Del"><xs:sequence><xs:element name="del" type="b:Del"/><xs:group ref="b:g"/>
            </xs:sequence></xs:complexType><xs:group name="g"><xs:sequence><xs:group ref="b:g"/></xs:sequence></xs:group>"""
        ),
    )
    assert kinds(batch)["modelldcatno:ObjectType"] == 1


def test_what_is_elsewhere_is_told_and_not_fetched() -> None:
    batch = read_one(
        "bat.xsd",
        SCHEMA.format(
            """<xs:import namespace="https://annen.example/" schemaLocation="http://127.0.0.1:1/annen.xsd"/>
            <xs:include schemaLocation="file:///etc/passwd"/>
            <xs:complexType name="Båt"><xs:sequence><xs:element name="x" type="a:X"/><xs:any/></xs:sequence></xs:complexType>"""
        ),
    )
    (record,) = batch.report.records
    told = {(one.code, one.value) for one in record.issues}
    assert told >= {
        ("reference-not-followed", "http://127.0.0.1:1/annen.xsd"),
        ("reference-not-followed", "file:///etc/passwd"),
        ("reference-not-followed", "a:X"),
        ("unmapped-field", "xs:any"),
    }
    assert "publisher-missing" not in codes(batch)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (SCHEMA.format("<xs:complexType name='Båt'>"), "markup cannot be parsed"),
        (
            (
                '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>'
                '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="&c;"/></xs:schema>'
            ),
            "declares entities",
        ),
        (
            (
                '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
                '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>'
            ),
            "declares entities",
        ),
        (SCHEMA.format("<xs:sequence>" * 400 + "</xs:sequence>" * 400), "markup cannot be parsed"),
    ],
    ids=["not well-formed", "entities", "external entity", "deep"],
)
def test_what_cannot_be_read_is_refused(text: str, message: str) -> None:
    with pytest.raises(UnreadableSourceError, match=message):
        read_one("bat.xsd", text.removeprefix('<?xml version="1.0" encoding="UTF-8"?>\n'))
