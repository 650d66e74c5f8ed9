"""Every repair on an example as real files have it: what is stored, that the report says so, and that strict refuses."""

import io
import re
from dataclasses import replace

import openpyxl
import pytest

from importers import IMPORTERS
from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.reading import SUFFIXES, read_source
from importers.repair import REPAIRS
from importers.texts import mend_text, unpacked

OPTIONS = ImportOptions("http://localhost:8000", publisher="999000009")
HEAD = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix skosno: <https://data.norge.no/vocabulary/skosno#> . @prefix euvoc: <http://publications.europa.eu/ontology/euvoc#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix x: <https://sko.example/begrep/> .
"""
SOLE = 'x:sal a skos:Concept ; skos:prefLabel "såle"@nb '


def turtle(about: str, head: str = HEAD) -> tuple[str, bytes]:
    return "sko.ttl", f"{head}{SOLE}; {about} .\n".encode()


def table(header: str, cell: str) -> tuple[str, bytes]:
    return "sko.csv", f"anbefalt_term:nb;definisjon:nb;{header}\nsåle;underside av sko;{cell}\n".encode()


XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">'
    '<skos:Concept rdf:about="https://sko.example/begrep/sal"><skos:prefLabel {}>såle</skos:prefLabel></skos:Concept></rdf:RDF>'
)
NAV = "ID;Term;Begrepsforklaring;Definisjon\nBEGREP-7;såle;;del av [sko|BEGREP-8]{}\n"


def merged_workbook() -> bytes:
    """Two concepts with one note between them."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["id", "anbefalt_term:nb", "merknad:nb"])
    sheet.append(["https://sko.example/begrep/sal", "såle", "under hælen"])
    sheet.append(["https://sko.example/begrep/hael", "hæl"])
    sheet.merge_cells("C2:C3")
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


EXAMPLES: dict[str, tuple[tuple[str, bytes], str]] = {
    "byte-order-mark": (("sko.ttl", b"\xef\xbb\xbf" + turtle('skos:altLabel "sole"@nb')[1]), '"sole"@nb'),
    "dialect-normalised": (turtle('skosno:definisjon [ rdfs:label "underside"@nb ]'), '"underside"@nb'),
    "prefix-undeclared": (turtle("foaf:page <https://sko.example/sal>"), "<http://xmlns.com/foaf/0.1/page>"),
    "statement-mended": (("sko.ttl", (HEAD + SOLE + 'skos:altLabel "sole"@nb .').encode()), '"sole"@nb'),
    "iri-repaired": (turtle("skos:related <tel:+47 22 00 00 00>"), "<tel:+47%2022%2000%2000%2000>"),
    "empty-iri": (turtle("rdfs:seeAlso <>"), "!seeAlso"),
    "relative-iri": (turtle("skos:related <hael>"), "<http://localhost:8000/files/sko/hael>"),
    "wrong-namespace": (turtle('skos:valueRange "tall"@nb'), "<https://data.norge.no/vocabulary/skosno#valueRange>"),
    "merged-cells": (("sko.xlsx", merged_workbook()), 'hael> <http://www.w3.org/2004/02/skos/core#scopeNote> "under hælen"@nb'),
    "hijacked-prefix": (
        turtle('dct:title "såle"@nb', HEAD.replace("purl.org/dc/terms/", "purl.org/dc/")),
        "<http://purl.org/dc/terms/title>",
    ),
    "control-character": (turtle('skos:altLabel "so\\u0008le"@nb'), '"sole"@nb'),
    "edge-blanks": (turtle('skos:altLabel " sole "@nb'), '"sole"@nb'),
    "empty-value": (turtle('dct:modified ""^^xsd:date'), "!modified"),
    "missing-language": (turtle('skos:altLabel "sole"'), '"sole"@nb'),
    "language-normalised": (turtle('skos:altLabel "sole"@no'), '"sole"@nb'),
    "language-empty": (("sko.rdf", XML.format('xml:lang=""').encode()), '"såle"@nb'),
    "type-added": (
        ("sko.ttl", (HEAD + 'x:sal skos:prefLabel "såle"@nb ; euvoc:xlDefinition [ rdf:value "underside"@nb ] .').encode()),
        "<http://www.w3.org/2004/02/skos/core#Concept>",
    ),
    "source-is-code": (
        turtle('skosno:definisjon [ rdfs:label "underside"@nb ; dct:source [ rdfs:label "Egendefinert" ] ]'),
        "#self-composed>",
    ),
    "publisher-normalised": (
        turtle("dct:publisher <https://data.brreg.no/enhetsregisteret/api/enheter/999000009>"),
        "<http://www.w3.org/2002/07/owl#sameAs> <https://data.brreg.no/enhetsregisteret/api/enheter/999000009>",
    ),
    "bad-identifier": (table("id", "S-17"), "<http://localhost:8000/concepts/"),
    "language-no": (table("merknad:no", "under hælen"), '"under hælen"@nb'),
    "broken-quotes": (table("merknad:nb", '"under hælen'), '"under hælen"@nb'),
    "wiki-link": (("nav.csv", NAV.format("").encode()), "<https://nav.no/begrep/BEGREP-8>"),
    "several-preferred-terms": (table("anbefalt_term:nb", "sole"), 'altLabel> "sole"@nb'),
    "several-definitions": (table("definisjon:nb", "det en går på"), '"det en går på"@nb'),
    "subject-code": (
        (
            "sko.json",
            '[{"anbefaltTerm": {"navn": {"nb": "såle"}}, "fagområdeKoder": ["3c1f0b5e-0000-4000-8000-00000000000a"]}]'.encode(),
        ),
        "<urn:uuid:3c1f0b5e-0000-4000-8000-00000000000a>",
    ),
    "wrong-suffix": (("sko.rdf", turtle('skos:altLabel "sole"@nb')[1]), '"sole"@nb'),
    "encoding-assumed": (("sko.ttl", (HEAD + SOLE + ".").encode("cp1252")), '"såle"@nb'),
    "encoding-mixed": (
        ("sko.ttl", (HEAD + SOLE + ";\n").encode() + 'skos:altLabel "sóle"@nb .'.encode("cp1252")),
        '"sóle"@nb',
    ),
    "wrong-letters": (turtle('skos:scopeNote "nÃ¸dvendig pÃ¥ glatt fÃ¸re"@nb'), '"nødvendig på glatt føre"@nb'),
    "line-ends": (turtle('skos:scopeNote "ytre\\r\\nog indre"@nb'), '"ytre\\nog indre"@nb'),
    "odd-blanks": (turtle('skos:scopeNote "ytre\\u00A0og indre"@nb'), '"ytre og indre"@nb'),
    "html-markup": (
        turtle('skos:scopeNote "<p>Se <a href=\\"https://sko.example/om\\">sidene</a> &amp; <b>mer</b></p>"@nb'),
        '"Se sidene (https://sko.example/om) & mer"@nb',
    ),
    "wiki-markup": (
        turtle('skos:scopeNote "under en sko|http://jira.sko.example/browse/SKO-3]"@nb'),
        '"under en sko"@nb',
    ),
    "wiki-emphasis": (turtle('skos:scopeNote "bare den _ytre_ delen"@nb'), '"bare den ytre delen"@nb'),
    "terms-unpacked": (turtle('skos:altLabel "sole, skosåle"@nb'), 'altLabel> "skosåle"@nb'),
    "uri-as-text": (turtle('rdfs:seeAlso "https://sko.example/om"^^xsd:anyURI'), "<https://sko.example/om>"),
    "local-file-iri": (turtle("rdfs:seeAlso <file:///C:/min/katalog.ttl>"), "!file:"),
    "section-sign-encoded": (
        turtle("dct:source <https://lovdata.no/lov/2005-05-20-28/§12>"),
        "<https://lovdata.no/lov/2005-05-20-28/%C2%A712>",
    ),
    "lexical-form-kept": (turtle('skos:notation "0301"^^xsd:integer'), 'notation> "0301" .'),
    "date-mended": (turtle('dct:modified "24.12.2019"^^xsd:date'), '"2019-12-24"^^'),
    "code-mended": (
        turtle("dct:accessRights <http://publications.europa.eu/resource/authority/access-right/NON-PUBLIC>"),
        "access-right/NON_PUBLIC>",
    ),
}  # fmt: skip


def read(example: tuple[str, bytes]) -> list[Batch]:
    return read_source(Source(*example), OPTIONS)


def lines(batches: list[Batch]) -> str:
    return "\n".join(f"{triple} ." for batch in batches for triple in batch.triples)


def codes(batches: list[Batch]) -> set[str]:
    reports = [batch.report for batch in batches]
    found = [one for report in reports for one in report.issues]
    return {one.code for one in found} | {
        one.code for report in reports for record in report.records for one in record.issues
    }


def test_every_repair_has_an_example() -> None:
    assert set(EXAMPLES) == set(REPAIRS)


@pytest.mark.parametrize("code", sorted(REPAIRS))
def test_what_is_mended_is_stored_as_it_is_meant_and_reported(code: str) -> None:
    example, stored = EXAMPLES[code]
    batches = read(example)
    assert code in codes(batches)
    if stored.startswith("!"):
        assert stored[1:] not in lines(batches)
    else:
        assert stored in lines(batches)
    assert all(record.status == "stored" for batch in batches for record in batch.report.records)


@pytest.mark.parametrize("code", sorted(REPAIRS))
def test_strict_refuses_instead_and_says_what_and_where(code: str) -> None:
    example, _ = EXAMPLES[code]
    with pytest.raises(UnreadableSourceError, match="not in order") as refused:
        read_source(Source(*example), replace(OPTIONS, strict=True))
    assert refused.value.where.file == example[0]
    assert code in refused.value.message
    assert refused.value.fix


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        turtle('skos:altLabel "sole"@nb'),
        ("sko.rdf", ('<?xml version="1.0" encoding="UTF-16"?>\n' + XML.format("xml:lang='nb'")).encode()),
        ("sko.json", '[{"anbefaltTerm": {"navn": {"nb": "såle"}}}]'.encode()),
        table("merknad:nb", "under"),
    ],
    ids=["turtle", "xml", "json", "table"],
)
def test_text_in_two_or_four_bytes_a_letter_is_read_in_every_form(name: str, text: bytes, encoding: str) -> None:
    batches = read((name, text.decode().encode(encoding)))
    assert '"såle"@nb' in lines(batches)
    assert ("encoding-assumed" in codes(batches)) == (name != "sko.csv" or encoding != "utf-16")


@pytest.mark.parametrize(
    ("namespace", "code"),
    [
        ("https://www.w3.org/2004/02/skos/core#", "wrong-namespace"),
        ("http://www.w3.org/2004/02/skos/core/", "wrong-namespace"),
        ("http://w3.org/2004/02/skos/core#", "wrong-namespace"),
        ("skos:", "prefix-undeclared"),
    ],
)
def test_concepts_of_a_namespace_that_is_nearly_right_are_concepts(namespace: str, code: str) -> None:
    batches = read(turtle('dct:subject "fottøy"@nb', HEAD.replace("http://www.w3.org/2004/02/skos/core#", namespace)))
    assert [record.subject for record in batches[0].report.records] == ["https://sko.example/begrep/sal"]
    assert '<http://www.w3.org/2004/02/skos/core#prefLabel> "såle"@nb' in lines(batches)
    assert code in codes(batches)


def test_terms_that_other_namespaces_have_are_left_as_they_are() -> None:
    kept = (
        "http://www.w3.org/ns/dcat",
        "https://www.w3.org/TR/skos",
        "https://schema.org/name",
        "geo:kart",
        "http://a.no/x",
    )
    stored = lines(read(turtle(" ; ".join(f"rdfs:seeAlso <{iri}>" for iri in kept))))
    assert all(f"<{iri}>" in stored for iri in kept)


def test_xml_with_a_late_declaration_control_characters_and_loose_text_loses_the_loose_text_alone() -> None:
    text = "\n <?xml version='1.0'?>\n" + XML.format("xml:lang='nb'").replace("såle", "så\x0ble&#2;")
    batches = read(("sko.rdf", text.replace("</skos:Concept>", "løst</skos:Concept>").encode()))
    assert '"såle"@nb' in lines(batches)
    noted = [(one.code, one.where.line if one.where else None) for one in batches[0].report.issues]
    assert [one for one in noted if one[0] != "read-in-part"] == [
        ("statement-mended", 1),
        ("control-character", 3),
        ("control-character", 3),
    ]
    [record] = batches[0].report.records
    assert [one.value for one in record.issues if one.code == "statement-unreadable"] == ["løst"]


def test_strict_takes_a_source_that_is_in_order() -> None:
    example = turtle('skos:altLabel "sole"@nb')
    assert read_source(Source(*example), replace(OPTIONS, strict=True))


def test_strict_refuses_what_would_lose_something() -> None:
    name, data = turtle('skos:altLabel "so')
    with pytest.raises(UnreadableSourceError, match="not in order"):
        read_source(Source(name, data[:-4]), replace(OPTIONS, strict=True))


@pytest.mark.parametrize(
    "written",
    ['"01.110"^^xsd:decimal', '"+5"^^xsd:integer', '"007"^^xsd:int', '"2.10"^^xsd:decimal'],
)
def test_codes_that_a_store_would_normalise_survive_as_text(written: str) -> None:
    code = re.sub(r"\^\^.*", "", written)
    assert f"notation> {code} ." in lines(read(turtle(f"skos:notation {written}")))


@pytest.mark.parametrize("written", ['"12"^^xsd:integer', '"-3"^^xsd:int', '"59.91"^^xsd:decimal', '"0"^^xsd:integer'])
def test_plain_numbers_stay_numbers(written: str) -> None:
    assert "lexical-form-kept" not in codes(read(turtle(f"skos:notation {written}")))


@pytest.mark.parametrize(
    "plain",
    ["a < b og c > d", "AT&T", "snake_case_navn", "[se note 3]", "inn- og utland", "80 % | 20 %", "Størrelse Â"],
)
def test_plain_text_is_left_as_it_is(plain: str) -> None:
    assert mend_text(plain).text == plain
    assert mend_text(plain).codes == ()


@pytest.mark.parametrize(
    ("term", "terms"),
    [
        ("rettighetshaver, kreditor", ["rettighetshaver", "kreditor"]),
        ("lov, forskrift og vedtak", ["lov, forskrift og vedtak"]),
        ("avtale (muntlig, skriftlig)", ["avtale (muntlig, skriftlig)"]),
        ("formues-, inntektsskatt", ["formues-, inntektsskatt"]),
        ("person som, uten å være medlem, er tilstede", ["person som, uten å være medlem, er tilstede"]),
    ],
)
def test_terms_are_unpacked_only_where_they_must_be_several(term: str, terms: list[str]) -> None:
    assert unpacked(term) == terms


def test_an_identifier_that_is_not_the_subject_is_kept_as_it_is() -> None:
    batches = read(turtle('dct:identifier "https://jira.sko.example/rest/api/2/issue/17"'))
    assert "<https://sko.example/begrep/sal>" in lines(batches)
    assert 'identifier> "https://jira.sko.example/rest/api/2/issue/17"' in lines(batches)
    assert "identifier-differs" in codes(batches)


def test_a_qualifier_stays_in_the_term_and_is_told() -> None:
    name, data = turtle('skos:altLabel "sole"@nb')
    batches = read((name, data.replace('"såle"'.encode(), '"såle (sko)"'.encode())))
    assert '"såle (sko)"@nb' in lines(batches)
    assert "qualifier-in-term" in codes(batches)


def test_an_impossible_date_is_kept_as_written() -> None:
    batches = read(turtle('dct:modified "366.12.2016"^^xsd:dateTime'))
    assert '"366.12.2016"' in lines(batches)
    assert "invalid-date" in codes(batches)


@pytest.mark.parametrize(
    "written",
    [
        "http://data.brreg.no/enhetsregisteret/enhet/999000009",
        "http://data.brreg.no/enhetsregisteret/enhet/999000009.json",
        "https://data.brreg.no/enhetsregisteret/api/enheter/999000009",
        "https://data.brreg.no/enhetsregisteret/oppslag/enheter/999000009",
        "https://organization-catalogue.fellesdatakatalog.brreg.no/organizations/999000009",
        "https://organization-catalog.staging.fellesdatakatalog.digdir.no/organizations/999000009",
        "urn:orgnr:999000009",
    ],
)
def test_a_publisher_in_seven_forms_is_one_with_its_alias(written: str) -> None:
    one = "<https://organization-catalog.fellesdatakatalog.digdir.no/organizations/999000009>"
    found = lines(read(turtle(f"dct:publisher <{written}>")))
    assert f"publisher> {one} ." in found
    assert f"{one} <http://www.w3.org/2002/07/owl#sameAs> <{written}> ." in found


def test_every_form_that_a_suffix_promises_has_an_importer() -> None:
    promised = {form.partition(" (")[0] for forms in SUFFIXES.values() for form in forms}
    assert promised <= {importer.name for importer in IMPORTERS}
    batches = read(("sko.tbx", table("merknad:nb", "lær")[1]))
    assert "wrong-suffix" in codes(batches)
