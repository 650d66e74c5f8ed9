"""Every repair on an example as real files have it: what is stored, that the report says so, and that strict refuses."""

import re
from dataclasses import replace

import pytest
from repair_examples import EXAMPLES, HEAD, XML, table, turtle

from importers import IMPORTERS
from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.reading import SUFFIXES, read_source
from importers.repair import REPAIRS
from importers.texts import mend_text, unpacked

OPTIONS = ImportOptions("http://localhost:8000", publisher="999000009")


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
