"""What a person is shown of a table whose columns nobody knows."""

import io

import openpyxl
import pytest

from importers.base import Source, UnreadableSourceError
from importers.child import sketch_isolated
from importers.table_sketch import MOST_COLUMNS, TableSketch, sketch_table

TABLE = """Ordliste for havner;;;
Nr;Ord;Hva det er;Eier
1;kai;sted der et fartøy legger til;Kari
2;molo;byggverk som demper bølger;
3;los;person som viser fartøy vei;Ola
"""


def sketch(text: str | bytes = TABLE, sheet: str = "", header_row: int | None = None) -> TableSketch:
    return sketch_table(Source("ord.csv", text.encode() if isinstance(text, str) else text), sheet, header_row)


def held(found: TableSketch) -> dict[str, str]:
    return {column.header: column.field for column in found.columns}


def test_headers_rows_and_guesses_are_there() -> None:
    found = sketch()
    assert (found.header_row, found.headers, found.total) == (2, ("Nr", "Ord", "Hva det er", "Eier"), 3)
    assert found.rows[1] == ("2", "molo", "byggverk som demper bølger", "")
    assert held(found) == {
        "Nr": "originalt_begrep",
        "Ord": "anbefalt_term:nb",
        "Hva det er": "definisjon:nb",
        "Eier": "-",
    }
    assert found.samples("Eier") == ["Kari", "Ola"]


def test_a_table_in_which_nothing_looks_like_terms_is_shown_all_the_same() -> None:
    assert held(sketch("A;B\n1;2\n3;4\n")) == {"A": "-", "B": "-"}


def test_another_row_may_be_the_headers_or_none() -> None:
    assert sketch(header_row=3).headers == ("1", "kai", "sted der et fartøy legger til", "Kari")
    without = sketch(header_row=0)
    assert (without.headers, without.header_row, without.total) == (("A", "B", "C", "D"), 0, 5)


def test_the_sheet_with_the_terms_is_taken_unless_another_is_named() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Tall"
    for row in (["År", "Antall"], [2024, 3], [2025, 4]):
        book.active.append(row)
    book.create_sheet("Ord").append(["Begrep", "Forklaring"])
    book["Ord"].append(["kai", "sted der et fartøy legger til"])
    data = io.BytesIO()
    book.save(data)
    found = sketch(data.getvalue())
    assert (found.sheet, found.sheets, held(found)["Begrep"]) == ("Ord", ("Tall", "Ord"), "anbefalt_term:nb")
    assert sketch(data.getvalue(), "Tall").headers == ("År", "Antall")
    with pytest.raises(UnreadableSourceError, match="No row"):
        sketch(data.getvalue(), "Borte")


def test_long_cells_are_cut() -> None:
    assert len(sketch(f"Ord;Tekst\nkai;{'x' * 5000}\n").rows[0][1]) == 201


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"bare tekst uten kolonner\n", "No row"),
        (b"Ord;Tekst\n", "No row"),
        (b"", "No row"),
        (b"\x00\x01\x02\x03" * 50, "no table"),
        (";".join(f"k{number}" for number in range(MOST_COLUMNS + 1)).encode() + b"\n1;2\n", "201 columns"),
    ],
)
def test_what_cannot_be_shown_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableSourceError, match=said):
        sketch(data)


def test_it_is_made_in_the_readers_process() -> None:
    assert sketch_isolated(Source("ord.csv", TABLE.encode())) == sketch()
    with pytest.raises(UnreadableSourceError, match=r"ord\.csv: No row"):
        sketch_isolated(Source("ord.csv", b""))
