"""Concept tables: what each cell becomes, what is said of a bad one, and that nothing is lost."""

import csv
import io
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from pyoxigraph import Literal, NamedNode, Triple

from importers import importer_for
from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.concept_table import ConceptTable
from importers.reading import read_source
from ontologies.namespaces import (
    AUDIENCE,
    DCAT,
    DCT,
    EUVOC,
    ORGANISATION,
    OWL,
    RDF,
    RDFS,
    RELATIONSHIP_WITH_SOURCE,
    SKOS,
    SKOSNO,
    VCARD,
    XSD,
)

BASE = "https://register.example"
OPTIONS = ImportOptions(BASE, catalogue="hage", publisher="987654325")
NEW_HEADERS = (
    "anbefalt_term:nb;anbefalt_term:nn;tillatt_term:nb;frarådet_term:nb;definisjon:nb;definisjon:nn;"
    "definisjon:forhold_til_kilde;definisjon:kilde;definisjon:kilde;definisjon_for_allmennheten:nb;"
    "merknad:nb;fagområde:nb;verdiområde:uri;verdiområde:tekst;kontaktpunkt:epost;kontaktpunkt:telefon;"
    "gyldig_fom;gyldig_tom;se_også;versjon"
)
NEW_ROW = (
    "frukttre;frukttre;fruktbærende tre | frukt-tre;;tre som dyrkes for fruktens skyld;tre som ein dyrkar for frukta;"
    "basertPaaKilde;Hageboka|https://hage.example/bok;Muntlig;tre med spiselig frukt;gjelder ikke bærbusker;hagebruk|dyrking;"
    "https://hage.example/verdier;tall;hage@example.no;+47 22 33 44 55;2024-01-31;31.12.2025;https://hage.example/tre;1.2.0"
)


def read(text: str | bytes, options: ImportOptions = OPTIONS, name: str = "hage.csv") -> Batch:
    data = text if isinstance(text, bytes) else text.encode()
    [batch] = ConceptTable().read(Source(name, data), options)
    return batch


def subjects(batch: Batch) -> list[NamedNode]:
    return [t.subject for t in batch.triples if t.predicate == RDF.type and t.object == SKOS.Concept]


def values(batch: Batch, subject: NamedNode, predicate: NamedNode) -> list[object]:
    return [t.object for t in batch.triples if t.subject == subject and t.predicate == predicate]


def codes(batch: Batch) -> list[str]:
    return [issue.code for record in batch.report.records for issue in record.issues]


def file_codes(batch: Batch) -> list[str]:
    return [issue.code for issue in batch.report.issues]


def nb(text: str) -> Literal:
    return Literal(text, language="nb")


def test_a_full_row_becomes_a_concept_with_its_parts():
    batch = read(f"\ufeff{NEW_HEADERS}\n{NEW_ROW}\n")
    [concept] = subjects(batch)
    assert values(batch, concept, SKOS.prefLabel) == [nb("frukttre"), Literal("frukttre", language="nn")]
    assert values(batch, concept, SKOS.altLabel) == [nb("fruktbærende tre"), nb("frukt-tre")]
    assert values(batch, concept, DCT.subject) == [nb("hagebruk"), nb("dyrking")]
    assert values(batch, concept, SKOSNO.valueRange) == [nb("tall"), NamedNode("https://hage.example/verdier")]
    assert values(batch, concept, EUVOC.startDate) == [Literal("2024-01-31", datatype=XSD.date)]
    assert values(batch, concept, EUVOC.endDate) == [Literal("2025-12-31", datatype=XSD.date)]
    assert values(batch, concept, RDFS.seeAlso) == [NamedNode("https://hage.example/tre")]
    assert values(batch, concept, OWL.versionInfo) == [Literal("1.2.0")]
    assert values(batch, concept, DCT.publisher) == [ORGANISATION["987654325"]]
    assert values(batch, concept, SKOS.definition) == []
    [contact] = values(batch, concept, DCAT.contactPoint)
    assert values(batch, contact, VCARD.hasEmail) == [NamedNode("mailto:hage@example.no")]
    assert values(batch, contact, VCARD.hasTelephone) == [NamedNode("tel:+4722334455")]
    assert batch.report.counts() == {"stored": 1, "unchanged": 0, "skipped": 0, "rejected": 0, "repaired": 0}
    assert (batch.catalogue, batch.kind, batch.publisher) == ("hage", "catalogue", ORGANISATION["987654325"].value)


def test_source_columns_are_sources_and_never_languages_of_the_definition():
    batch = read(f"{NEW_HEADERS}\n{NEW_ROW}\n")
    [concept] = subjects(batch)
    plain, public = values(batch, concept, EUVOC.xlDefinition)
    assert {t.language for t in values(batch, plain, RDF.value)} == {"nb", "nn"}
    assert values(batch, plain, SKOSNO.relationshipWithSource) == [RELATIONSHIP_WITH_SOURCE["derived-from-source"]]
    node, words = values(batch, plain, DCT.source)
    assert words == nb("Muntlig")
    assert values(batch, node, RDFS.label) == [Literal("Hageboka")]
    assert values(batch, node, RDFS.seeAlso) == [NamedNode("https://hage.example/bok")]
    assert values(batch, public, DCT.audience) == [AUDIENCE.public]
    assert values(batch, public, RDF.value) == [nb("tre med spiselig frukt")]


def test_the_older_generation_of_headers_is_understood():
    batch = read(
        "Anbefalt Term : nb,tillattTerm:nb,fraraadetTerm:nb,definisjon:nb,forholdtilkilde,kilde,kilde,bruksområde:nb,"
        "omfang_uri,omfang_tekst,kontaktpunkt_epost,gyldigfom,seogså\n"
        'bed,"rabatt",sang,"avgrenset jord, til planter",sitatFraKilde,A|https://a.example/,https://b.example/,hage,'
        "https://o.example/,omfang,x@y.no,2020-02-12,\n"
    )
    [concept] = subjects(batch)
    [definition] = values(batch, concept, EUVOC.xlDefinition)
    assert values(batch, concept, SKOS.hiddenLabel) == [nb("sang")]
    assert values(batch, definition, RDF.value) == [nb("avgrenset jord, til planter")]
    assert values(batch, definition, SKOSNO.relationshipWithSource) == [RELATIONSHIP_WITH_SOURCE["direct-from-source"]]
    assert NamedNode("https://b.example/") in values(batch, definition, DCT.source)
    assert len(values(batch, definition, DCT.source)) == 2
    assert values(batch, concept, DCT.subject) == [nb("hage")]
    assert not codes(batch) + file_codes(batch)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encodings_and_delimiters_make_no_difference(encoding, delimiter):
    text = (
        delimiter.join(["anbefalt_term:nb", "definisjon:nb"]) + "\r\n" + delimiter.join(["blåbærlyng", "busk på hei"])
    )
    batch = read(text.encode(encoding))
    [concept] = subjects(batch)
    assert values(batch, concept, SKOS.prefLabel) == [nb("blåbærlyng")]
    assert batch.triples == read("anbefalt_term:nb;definisjon:nb\nblåbærlyng;busk på hei\n").triples


@pytest.mark.parametrize("above", ["sep=,\r\n", "\ufeffSEP=,\n\n", "Begreper i hagen\n"])
def test_lines_above_the_headers_are_passed_over(above):
    rows = 'Anbefalt_term:nb,Definisjon:nb,definisjon:kilde\n"eple; pære",frukt,Hageboka\n'
    source = Source("hage.csv", (above + rows).encode())
    assert ConceptTable().recognises(source)
    [batch] = ConceptTable().read(source, OPTIONS)
    [concept] = subjects(batch)
    assert values(batch, concept, SKOS.prefLabel) == [nb("eple; pære")]


def test_rows_are_counted_as_a_spreadsheet_shows_them():
    batch = read('anbefalt_term:nb;definisjon:nb;gyldig_fom\nA1;"to\nlinjer";\n;;\nB2;tekst;i går\n;;\n;;\n')
    issue = next(issue for record in batch.report.records for issue in record.issues)
    assert issue.code == "date-left-out"
    assert issue.value == "i går"
    assert "yyyy-mm-dd" in issue.fix
    assert issue.where is not None
    assert issue.where.as_json() == {"file": "hage.csv", "line": 5, "row": 4, "column": "gyldig_fom"}
    assert [record.where.row for record in batch.report.records] == [2, 4]
    [first, _] = subjects(batch)
    [definition] = values(batch, first, EUVOC.xlDefinition)
    assert values(batch, definition, RDF.value) == [nb("to\nlinjer")]


def test_a_concept_keeps_its_uri_when_its_definition_is_edited_or_rows_are_moved():
    one = read("anbefalt_term:nb;definisjon:nb\nple;en\nbed;to\n")
    two = read("anbefalt_term:nb;definisjon:nb\nbed;to, men rettet\nple;en\n")
    assert set(subjects(one)) == set(subjects(two))
    assert one.triples == read("anbefalt_term:nb;definisjon:nb\nple;en\nbed;to\n").triples
    assert subjects(one)[0].value.startswith(f"{BASE}/concepts/")


def test_equal_terms_without_id_are_different_concepts():
    batch = read("anbefalt_term:nb;definisjon:nb\nbed;jord\nbed;seng\n")
    assert len(set(subjects(batch))) == 2


def test_ids_are_kept_and_decide_publisher_and_catalogue():
    text = "id;anbefalt_term:nb;definisjon:nb\nhttps://c.example/collections/910298062/concepts/1;bed;jord\nX 7;ple;gress\n"
    batch = read(text, ImportOptions(BASE))
    first, second = subjects(batch)
    assert first == NamedNode("https://c.example/collections/910298062/concepts/1")
    assert second.value.startswith(f"{BASE}/concepts/")
    assert values(batch, second, DCT.identifier) == [Literal("X 7")]
    assert batch.catalogue == "910298062"
    assert batch.publisher == ORGANISATION["910298062"].value
    assert codes(batch) == ["bad-identifier"]


def test_without_id_and_publisher_the_file_names_the_catalogue_and_the_report_says_so():
    batch = read("anbefalt_term:nb;definisjon:nb\nbed;jord\n", ImportOptions(BASE), "arkiv.zip/Hageord på nett.csv")
    assert batch.catalogue == "hageord-pa-nett"
    assert batch.publisher == ""
    assert file_codes(batch) == ["publisher-missing"]


def test_a_repeated_id_is_rejected_unless_it_says_the_same():
    header = "id;anbefalt_term:nb;definisjon:nb\n"
    batch = read(header + "https://x.example/1;bed;jord\nhttps://x.example/1;bed;jord\nhttps://x.example/1;bed;seng\n")
    assert [record.status for record in batch.report.records] == ["stored", "skipped", "rejected"]
    assert codes(batch) == ["duplicate-record", "duplicate-id"]
    assert len(subjects(batch)) == 1


def test_other_sheets_are_told_and_headers_that_come_again_are_no_concepts():
    workbook = openpyxl.Workbook()
    first = workbook.active
    for row in (["id", "anbefalt_term:nb"], [f"{BASE}/a", "ape"], ["id", "anbefalt_term:nb"], [f"{BASE}/b", "bie"]):
        first.append(row)
    workbook.create_sheet("mer").append(["anbefalt_term:nb"])
    workbook.create_sheet("tom")
    written = io.BytesIO()
    workbook.save(written)
    (batch,) = read_source(Source("dyr.xlsx", written.getvalue()), OPTIONS)
    assert [record.subject for record in batch.report.records] == [f"{BASE}/a", f"{BASE}/b"]
    assert [one.value for one in batch.report.issues if one.code == "sheet-left-out"] == ["mer"]


def test_a_row_that_nothing_names_is_rejected_and_the_others_are_stored():
    batch = read("anbefalt_term:nb;definisjon:nb\n;en definisjon uten term\nbed;\n")
    assert [record.status for record in batch.report.records] == ["rejected", "stored"]
    assert codes(batch) == ["concept-without-name", "concept-without-definition"]
    assert batch.report.records[0].where.row == 2


def test_a_row_without_term_is_stored_under_its_id():
    batch = read("id;anbefalt_term:nb;tillatt_term:nb;definisjon:nb\nhttps://x.example/1;;åker;dyrket jord\n")
    assert [record.status for record in batch.report.records] == ["stored"]
    assert codes(batch) == ["concept-without-term"]
    assert values(batch, NamedNode("https://x.example/1"), SKOS.altLabel) == [Literal("åker", language="nb")]


@pytest.mark.parametrize("below", ["", ";;\n\n"])
def test_a_table_of_headers_alone_is_refused(below):
    with pytest.raises(UnreadableSourceError, match="headers, but no row") as refused:
        read(f"Hagen;;\nanbefalt_term:nb;definisjon:nb;merknad:nb\n{below}")
    assert refused.value.where.row == 2


def test_a_null_character_costs_no_more_than_itself():
    text = "anbefalt_term:nb;definisjon:nb;merknad:nb\nbed;jo\0rd;\nple\0n;gress;\nurt;plante;\x07fin\n"
    source = Source("hage.csv", text.encode())
    assert importer_for(source).name == "concept-table"
    batch = read(text)
    assert [record.repaired for record in batch.report.records] == [True, True, True]
    assert codes(batch) == ["control-character"] * 3
    terms = {t.object.value for t in batch.triples if t.predicate == SKOS.prefLabel}
    assert terms == {"bed", "plen", "urt"}


def test_text_in_two_bytes_a_letter_is_no_table_of_null_characters():
    source = Source("hage.csv", "anbefalt_term:nb;definisjon:nb\nbed;jord\n".encode("utf-16-le"))
    assert not ConceptTable().recognises(source)


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("gyldig_fom", "2023-02-30", "date-left-out"),
        ("se_også", "hage", "bad-uri"),
        ("se_også", "https://a b.example/", "bad-uri"),
        ("verdiområde:uri", "snl.no", "bad-uri"),
        ("definisjon:forhold_til_kilde", "kanskje", "bad-relationship"),
        ("definisjon:kilde", "Leksikon|www.snl.no", "bad-uri"),
        ("kontaktpunkt:epost", "ikke en adresse", "bad-email"),
        ("kontaktpunkt:telefon", "ring meg", "bad-telephone"),
        ("tillatt_term:nb", "rabatt, bed", "terms-unpacked"),
        ("tillatt_term:nb", "rabatt, bed og hekk", "packed-terms"),
        ("anbefalt_term:nb", "åker", "several-preferred-terms"),
        ("definisjon:nb", "en annen", "several-definitions"),
        ("definisjon_for_allmennheten:kilde", "A|https://a.example/", "source-without-definition"),
    ],
)
def test_a_bad_value_is_reported_with_its_column_and_the_row_is_stored(column, value, code):
    batch = read(f"anbefalt_term:nb;definisjon:nb;{column}\nbed;jord;{value}\n")
    [issue] = batch.report.records[0].issues
    assert issue.code == code
    assert value.rpartition("|")[2] in issue.value or value in issue.value
    assert issue.where is not None
    assert (issue.where.row, issue.where.column) == (2, column)
    assert issue.fix
    assert batch.report.records[0].status == "stored"


def test_a_source_with_a_bad_uri_keeps_its_words():
    batch = read("anbefalt_term:nb;definisjon:nb;definisjon:kilde\nbed;jord;Leksikon|www.snl.no\n")
    assert nb("Leksikon|www.snl.no") in {t.object for t in batch.triples if t.predicate == DCT.source}


def test_terms_in_one_cell_divided_by_commas_are_several_unless_they_may_be_one():
    batch = read("anbefalt_term:nb;definisjon:nb;tillatt_term:nb\nbed;jord;rabatt, bed\nhekk;busk;lav, høy og bred\n")
    admitted = {t.object for t in batch.triples if t.predicate == SKOS.altLabel}
    assert admitted == {nb("rabatt"), nb("bed"), nb("lav, høy og bred")}


def test_both_spellings_of_based_on_source_are_known():
    for spelling in ("basertPaaKilde", "basertPåKilde", "BasertPåKilde"):
        batch = read(f"anbefalt_term:nb;definisjon:nb;definisjon:forhold_til_kilde\nbed;jord;{spelling}\n")
        assert not codes(batch)


def test_an_unknown_column_is_reported_once_with_its_values():
    batch = read("anbefalt_term:nb;definisjon:nb;farge\nbed;jord;brun\nple;gress;grønn\n")
    [issue] = batch.report.issues
    assert issue.code == "unknown-column"
    assert issue.severity == "warning"
    assert "brun; grønn" in issue.message
    assert issue.where is not None
    assert (issue.where.row, issue.where.column) == (1, "farge")


def test_a_header_without_language_is_read_as_bokmal():
    batch = read("Anbefalt term;Definisjon\nbed;jord\n")
    assert file_codes(batch) == ["language-assumed", "language-assumed"]
    assert nb("bed") in {t.object for t in batch.triples}


def test_unmatched_quotes_cost_no_other_row():
    batch = read('anbefalt_term:nb;definisjon:nb\nbed;"jord\nple;gress\nhekk;"en ""rad"" busker"\n')
    assert len(subjects(batch)) == 3
    assert codes(batch) == ["broken-quotes"]
    assert nb('en "rad" busker') in {t.object for t in batch.triples}


def test_cells_beyond_the_headers_are_reported():
    batch = read("anbefalt_term:nb;definisjon:nb\nbed;jord;til planter;og mer\n")
    [issue] = batch.report.records[0].issues
    assert (issue.code, issue.value) == ("surplus-cells", "til planter | og mer")


def test_a_table_without_headers_says_which_are_expected():
    with pytest.raises(UnreadableSourceError) as caught:
        read("bed;jord til planter\nple;klippet gress\n")
    assert "anbefalt_term:nb" in caught.value.fix
    assert caught.value.where.row == 1


@pytest.mark.parametrize("data", [b"", b"\n\n", b"PK\x03\x04 no zip at all"])
def test_an_empty_or_damaged_source_is_refused(data):
    with pytest.raises(UnreadableSourceError):
        read(data)


def test_headers_may_stand_below_a_heading():
    batch = read("Begreper fra hagen;;\n;;\nanbefalt_term:nb;definisjon:nb;farge\nbed;jord;\n")
    assert [record.where.row for record in batch.report.records] == [4]
    assert file_codes(batch) == ["unknown-column"]


def test_the_original_concept_names_a_row_that_is_renamed_and_the_newest_version_counts():
    header = "originalt_begrep;versjon;anbefalt_term:nb;definisjon:nb\n"
    batch = read(header + "a0;1.9.0;hage;jord\na0;1.10.0;park;jord\n")
    assert [record.status for record in batch.report.records] == ["skipped", "stored"]
    assert subjects(batch) == subjects(read(header + "a0;1.9.0;hage;jord\n"))


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch):
    book = openpyxl.Workbook()
    book.active.append(["anbefalt_term:nb", "definisjon:nb"])
    stream = io.BytesIO()
    book.save(stream)
    monkeypatch.setattr("importers.concepts.workbooks.MAX_UNPACKED", 100)
    with pytest.raises(UnreadableSourceError, match="unpacks to"):
        read(stream.getvalue(), name="hage.xlsx")


def test_many_unmatched_quotes_take_no_longer_than_few():
    rows = "".join(f'ord {number};"definisjon\n' for number in range(5_000))
    batch = read("anbefalt_term:nb;definisjon:nb\n" + rows)
    assert batch.report.counts()["stored"] == 5_000


def test_a_workbook_reads_like_the_same_csv():
    book = openpyxl.Workbook()
    book.active.title = "Om"
    book.active.append(["Denne boken har begreper"])
    sheet = book.create_sheet("Begreper")
    sheet.append(["anbefalt_term:nb", "definisjon:nb", "gyldig_fom", "kontaktpunkt:telefon", "versjon"])
    sheet.append(["bed", "jord", date(2024, 5, 17), 22334455, "1.0.0"])
    sheet.append([])
    sheet.append(["ple", "gress", "17.05.2024", None, "1.0.0"])
    stream = io.BytesIO()
    book.save(stream)
    batch = read(stream.getvalue(), name="hage.xlsx")
    csv_text = (
        "anbefalt_term:nb;definisjon:nb;gyldig_fom;kontaktpunkt:telefon;versjon\n"
        "bed;jord;2024-05-17;22334455;1.0.0\nple;gress;2024-05-17;;1.0.0\n"
    )
    assert set(batch.triples) == set(read(csv_text).triples)
    assert [record.where.row for record in batch.report.records] == [2, 4]


@pytest.mark.parametrize(
    ("data", "recognised"),
    [
        (b"anbefalt_term:nb;definisjon:nb\nx;y\n", True),
        (b"a;b;c\n1;2;3\n", True),
        (b"bed;jord til planter\nple;klippet gress\n", True),
        (b"Han kom, og hun gikk.\nDet regnet, og det ble kveld.\n", False),
        (b"<html><body>a;b;c</body></html>", False),
        (b"@prefix skos: <http://x/> ; , , ,\n", False),
        (b'[{"a": 1, "b": 2, "c": 3, "d": 4}]', False),
        (b"bare tekst uten kolonner\n", False),
        (b"", False),
        (b"PK\x03\x04", False),
    ],
)
def test_recognises_tables_by_their_content(data, recognised):
    assert ConceptTable().recognises(Source("x", data)) is recognised


def test_no_blank_nodes_and_members_are_the_stored_concepts():
    batch = read(f"{NEW_HEADERS}\n{NEW_ROW}\n;;;;;;\n")
    assert all(isinstance(t, Triple) and isinstance(t.subject, NamedNode) for t in batch.triples)
    assert [t.object for t in batch.triples if t.predicate == SKOS.member] == subjects(batch)


REAL = ("begrep-skos2-testdata-import-CSV-500.csv", "concept_sample.csv", "e2e_concepts.csv", "concept_sample.xlsx")


def _independent_rows(path: Path) -> list[list[str]]:
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True).active
        return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))


@pytest.mark.real_data
@pytest.mark.parametrize("name", REAL)
def test_real_tables_lose_no_term_definition_or_source(shared, name):
    path = shared / "data/catalogues/fdk_registration_app" / name
    header, *rows = _independent_rows(path)
    rows = [row for row in rows if any(row)]
    batch = read(path.read_bytes(), ImportOptions(BASE), name)
    expected: Counter[str] = Counter()
    for row in rows:
        for column, cell in zip(header, row, strict=True):
            start = column.replace("_", "").lower().split(":")
            if not cell:
                continue
            if (
                column.lower().endswith("kilde")
                and not column.lower().endswith("til_kilde")
                and "forhold" not in column
            ):
                expected["source"] += 1
            elif start[0].startswith("definisjon") and len(start) == 2 and len(start[1]) == 2:
                expected["value"] += 1
            elif start[0] in {"anbefaltterm", "tillattterm", "frarådetterm"}:
                expected[{"a": "prefLabel", "t": "altLabel", "f": "hiddenLabel"}[start[0][0]]] += 1
    found = Counter(t.predicate.value.rsplit("/", 1)[-1].rsplit("#", 1)[-1] for t in batch.triples)
    assert {key: found[key] for key in expected} == dict(expected)
    assert batch.report.counts()["stored"] == len(rows) == len(subjects(batch))
    assert batch.triples == read(path.read_bytes(), ImportOptions(BASE), name).triples
