"""Repaired XLSX: read again it says the same; comments on the cells that changed, all else as it came."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet
from repair_examples import EXAMPLES

from importers.base import ImportOptions, Source, UnreadableSourceError
from importers.reading import read_source
from importers.repaired.repaired import Repaired, repaired

OPTIONS = ImportOptions("http://localhost:8000")
HEADERS = ["id", "anbefalt_term:nb", "tillatt_term:nb", "merknad:no", "versjon"]
SOLE = ["https://sko.example/sal", "såle", "sole, skosåle", "<b>under</b> hælen", "1.0.0"]
HEEL = ["https://sko.example/hael", "hæl", None, None, "1.0.0"]


def workbook(*rows: list[Any]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = sheet_of(book)
    sheet.title = "Begreper"
    for row in rows:
        sheet.append(row)
    return book


def sheet_of(book: openpyxl.Workbook) -> Worksheet:
    sheet = book.worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def opened(made: Repaired) -> Worksheet:
    return sheet_of(openpyxl.load_workbook(io.BytesIO(made.data)))


def mended(data: bytes) -> Repaired:
    source = Source("sko.xlsx", data)
    made = repaired(source, OPTIONS)
    assert made.name == "sko.xlsx"
    said, again = (
        {t for b in read_source(one, OPTIONS) for t in b.triples} for one in (source, Source("sko.xlsx", made.data))
    )
    assert again == said
    return made


def comment(sheet: Worksheet, cell: str) -> str:
    found = sheet[cell].comment
    return found.text if found else ""


def test_changed_cells_have_comments_and_rows_a_last_column() -> None:
    made = mended(saved(workbook(HEADERS, SOLE, HEEL)))
    assert made.left == ()
    sheet = opened(made)
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == ["id", "anbefalt_term:nb", "tillatt_term:nb", "merknad:nb", "versjon", "samsvar:repair"]
    assert rows[1][:5] == ["https://sko.example/sal", "såle", "sole|skosåle", "under hælen", "1.0.0"]
    assert str(rows[1][5]).startswith("terms-unpacked (tillatt_term:nb), html-markup (merknad:no)")
    assert rows[2] == [*HEEL, None]
    assert comment(sheet, "C2").endswith("as it came: sole, skosåle")
    assert comment(sheet, "C2").startswith("samsvar: terms-unpacked (tillatt_term:nb)")
    assert comment(sheet, "D1") == "samsvar: as it came: merknad:no"
    assert comment(sheet, "B2") == ""


def test_merged_cells_are_written_in_each_row() -> None:
    made = mended(EXAMPLES["merged-cells"][0][1])
    assert (made.codes, made.left) == (("merged-cells",), ())
    sheet = opened(made)
    assert [sheet["C2"].value, sheet["C3"].value] == ["under hælen", "under hælen"]
    assert comment(sheet, "C3") == "samsvar: merged-cells"
    assert sheet["D3"].value == "merged-cells"


def test_what_else_the_workbook_has_is_kept() -> None:
    book = workbook(["Begreper om sko"], [], HEADERS, SOLE, [*HEEL[:4], 2])
    sheet = sheet_of(book)
    sheet.merge_cells("A1:D1")
    sheet["B5"].font = openpyxl.styles.Font(bold=True)
    sheet["C4"].comment = Comment("se boka", "Kari")
    sheet.column_dimensions["B"].width = 41
    book.create_sheet("Om")["A1"] = "=1+1"
    made = mended(saved(book))
    sheet = opened(made)
    assert sheet["A1"].value == "Begreper om sko"
    assert "A1:D1" in sheet.merged_cells
    assert sheet["B5"].font.bold
    assert sheet["E5"].value == 2
    assert sheet.column_dimensions["B"].width == 41
    assert comment(sheet, "C4").startswith("se boka\nsamsvar: terms-unpacked")
    assert openpyxl.load_workbook(io.BytesIO(made.data))["Om"]["A1"].value == "=1+1"
    assert "sheet-left-out" not in made.codes


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    row = ["https://sko.example/sal", "såle", None, "<b>=1+1</b>", None]
    sheet = opened(mended(saved(workbook(HEADERS, row))))
    assert (sheet["D2"].value, sheet["D2"].data_type) == ("=1+1", "s")


def test_formulas_among_the_concepts_become_their_values() -> None:
    data = saved(workbook(HEADERS, [*SOLE[:4], "=1+1"]))
    counted = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as came, zipfile.ZipFile(counted, "w") as out:
        for name in came.namelist():
            out.writestr(name, came.read(name).replace(b"<v></v>", b"<v>2</v>"))
    sheet = opened(mended(counted.getvalue()))
    assert sheet["E2"].value == 2
    assert comment(sheet, "E2") == "samsvar: formula\nas it came: =1+1"
    assert opened(mended(data))["E2"].value == "=1+1"


def test_characters_that_no_workbook_can_hold_do_not_stop_it() -> None:
    book = workbook(HEADERS, SOLE)
    data = saved(book)
    odd = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as came, zipfile.ZipFile(odd, "w") as out:
        for name in came.namelist():
            out.writestr(name, came.read(name).replace("hælen".encode(), "hæ_x0008_len".encode()))
    assert "under hælen" in str(opened(mended(odd.getvalue()))["D2"].value)


def test_a_workbook_that_needs_nothing_comes_back_byte_for_byte() -> None:
    data = saved(workbook([*HEADERS[:3]], SOLE[:2]))
    assert mended(data).data == data
    made = mended(saved(workbook(HEADERS, SOLE)))
    assert mended(made.data).data == made.data


def test_other_workbooks_are_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importers.repaired.repaired.is_xlsx", lambda _: False)
    with pytest.raises(UnreadableSourceError, match="cannot be written"):
        mended(saved(workbook(HEADERS, SOLE)))
