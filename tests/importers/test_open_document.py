"""OpenDocument spreadsheets as hostile and honest programs write them, and formulas that nobody counted."""

import io

import openpyxl
import pytest
from open_documents import COVERED, EMPTY, cell, open_document, row, sheet

from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.concepts.table_reader import read_tables
from importers.reading import read_source
from importers.repaired.repaired import repaired

OPTIONS = ImportOptions("http://localhost:8000", catalogue="sko")
HEADERS = row("id", "anbefalt_term:nb", "merknad:nb")
IRI = "https://sko.example/sal"


def rows(*inner: str) -> list[tuple[str, ...]]:
    [table] = read_tables(Source("sko.ods", open_document(sheet(*inner))))
    return [each.cells for each in table.rows]


def read(data: bytes, name: str = "sko.ods") -> Batch:
    [batch] = read_source(Source(name, data), OPTIONS)
    return batch


def value(kind: str, stored: str, seen: str, more: str = "") -> str:
    name = "value" if kind in {"float", "percentage", "currency"} else f"{kind}-value"
    return (
        f'<table:table-cell office:value-type="{kind}" office:{name}="{stored}" {more}>'
        f"<text:p>{seen}</text:p></table:table-cell>"
    )


def test_cells_say_what_people_see() -> None:
    assert rows(
        row(
            value("date", "2026-01-31", "31.01.26"),
            value("date", "2026-01-31T00:00:00", "31.01.26"),
            value("percentage", "0.25", "25 %"),
            value("currency", "1200", "kr 1200,00", 'office:currency="NOK"'),
            value("boolean", "true", "SANN"),
            value("time", "PT10H30M00S", "10:30"),
            value("float", "7.0", "7,00"),
            value("float", "0.5", "0,5"),
        )
    ) == [("2026-01-31", "2026-01-31", "25 %", "kr 1200,00", "SANN", "10:30", "7", "0.5")]


def test_blanks_lines_and_links_stay_and_notes_are_no_text() -> None:
    marked = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>hemmelig</text:p></office:annotation>'
        '<text:p>en<text:s text:c="2"/>to<text:tab/>tre<text:line-break/>fire <text:span>fem</text:span>'
        "<text:a>seks</text:a></text:p><text:p>sju</text:p></table:table-cell>"
    )
    assert rows(row(marked)) == [("en  to\ttre\nfire femseks\nsju",)]


def test_repeated_rows_and_cells_keep_their_numbers() -> None:
    data = open_document(
        sheet(
            HEADERS,
            row(EMPTY, attributes='table:number-rows-repeated="1000000"'),
            row(f"{IRI}", "såle", '<table:table-cell table:number-columns-repeated="16381"/>'),
            '<table:table-row table:number-rows-repeated="48574"><table:table-cell/></table:table-row>',
        )
    )
    [record] = read(data).report.records
    assert (record.subject, record.where.row) == (IRI, 1_000_002)


def test_rows_filled_up_with_empty_cells_cost_little() -> None:
    wide = row("a", *[EMPTY] * 16_000, EMPTY, attributes='table:number-rows-repeated="3"')
    assert rows(*[wide] * 30) == [("a",)] * 90
    far = row("a", '<table:table-cell table:number-columns-repeated="16000"/>', "b")
    assert [len(each) for each in rows(far)] == [16_002]


@pytest.mark.parametrize("times", ["99999999999", "1048576"])
def test_a_table_filled_without_end_is_refused(times: str) -> None:
    wide = cell("x", 'table:number-columns-repeated="16384"')
    data = open_document(sheet(HEADERS, row(wide, attributes=f'table:number-rows-repeated="{times}"')))
    with pytest.raises(UnreadableSourceError, match="repeats rows or cells beyond"):
        read(data)


@pytest.mark.parametrize("times", ["-4", "abc", "0", ""])
def test_a_number_of_times_that_is_none_is_refused(times: str) -> None:
    with pytest.raises(UnreadableSourceError, match="is repeated") as refused:
        read(open_document(sheet(HEADERS, row("a", cell("x", f'table:number-columns-repeated="{times}"')))))
    assert refused.value.where.row == 2


def test_covered_cells_say_what_covers_them_and_are_repaired() -> None:
    both = cell("under hælen", 'table:number-rows-spanned="2" table:number-columns-spanned="1"')
    data = open_document(sheet(HEADERS, row(IRI, "såle", both), row(f"{IRI}2", "hæl", COVERED)))
    batch = read(data)
    assert [[one.code for one in record.issues] for record in batch.report.records][1][0] == "merged-cells"
    made = repaired(Source("sko.ods", data), OPTIONS)
    assert (made.codes, made.left) == (("merged-cells",), ())
    assert set(read(made.data).triples) == set(batch.triples)


def test_every_sheet_is_a_table_and_one_is_read() -> None:
    about = sheet(row("om"), name="Om")
    batch = read(open_document(about, sheet(HEADERS, row(IRI, "såle", "a")), sheet(row("b"), name="Mer")))
    left_out = [one.value for one in batch.report.issues if one.code == "sheet-left-out"]
    assert left_out == ["Om", "Mer"]


def test_formulas_without_a_value_are_told_with_cell_and_remedy() -> None:
    data = open_document(
        sheet(
            HEADERS,
            row(IRI, '<table:table-cell table:formula="of:=[.Z1]"/>', value("string", "", "", 'table:formula="of:=1"')),
            row(f"{IRI}2", value("string", "", "#REF!", 'table:formula="of:=[.#REF!]"'), EMPTY),
            row(f"{IRI}3", value("string", "", "Err:502", ""), EMPTY),
        )
    )
    records = read(data).report.records
    told = [
        (one.value, one.where.column)
        for r in records
        for one in r.issues
        if one.code == "formula-without-value" and one.where
    ]
    assert told == [("of:=[.Z1]", "anbefalt_term:nb"), ("of:=[.#REF!]", "anbefalt_term:nb")]
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for each in (["id", "anbefalt_term:nb", "merknad:nb"], [IRI, "såle", '="a"&"b"'], ["=A1", "=B1", None]):
        page.append(each)
    out = io.BytesIO()
    book.save(out)
    records = read(out.getvalue(), "sko.xlsx").report.records
    told = [
        (one.where.row, one.where.column, one.value)
        for r in records
        for one in r.issues
        if one.code == "formula-without-value" and one.where
    ]
    assert told == [(2, "merknad:nb", '="a"&"b"'), (3, "id", "=A1"), (3, "anbefalt_term:nb", "=B1")]
    assert [record.status for record in records] == ["stored", "rejected"]


@pytest.mark.parametrize("inner", ["<table:table-row>", "&lol;", "<a>" * 5000])
def test_broken_content_is_refused_with_a_sentence(inner: str) -> None:
    with pytest.raises(UnreadableSourceError, match="The workbook cannot be read"):
        read(open_document(sheet(HEADERS, inner)))
