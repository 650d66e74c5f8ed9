"""A table as a person needs to see it who says what its columns hold: headers, the first rows, and a guess at each.

Reads: any table. Writes: nothing; unlike a guess, a sketch is there also where no column looks like terms.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Self

from importers.base import Source, UnreadableSourceError
from importers.concepts.table_reader import is_binary, is_workbook, read_tables
from importers.concepts.table_rows import Row, Table
from importers.mapped_table import lettered
from importers.report import Where
from importers.table_guessing import SAMPLE, find_header, guess_columns, rows_below
from importers.table_mapping import MappedColumn

MOST_COLUMNS = 200
"""Columns beyond which nobody can go through them one by one."""
_SHOWN = 5
_LONGEST_CELL = 200


@dataclass(frozen=True, slots=True)
class TableSketch:
    """One table of a source. `header_row` counts from 1; 0 where the table has no headers and columns are A, B, C.

    `sheet` is "" for delimited text; `sheets` are those of the workbook. `rows` are the first ones below the headers,
    `total` is how many there are. `columns` guess what each column with a header holds, `reasons` by header say why.
    """

    file: str
    sheet: str
    sheets: tuple[str, ...]
    header_row: int
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int
    columns: tuple[MappedColumn, ...]
    reasons: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        """Its members."""
        return asdict(self)

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Self:
        """The sketch that `as_json` wrote."""
        return cls(
            document["file"],
            document["sheet"],
            tuple(document["sheets"]),
            document["header_row"],
            tuple(document["headers"]),
            tuple(map(tuple, document["rows"])),
            document["total"],
            tuple(MappedColumn(**column) for column in document["columns"]),
            document["reasons"],
        )

    def samples(self, header: str) -> list[str]:
        """What stands under a header in the rows that are shown."""
        at = self.headers.index(header)
        return [row[at] for row in self.rows if row[at]]


def sketch_table(source: Source, sheet: str = "", header_row: int | None = None) -> TableSketch:
    """A sketch of the sheet, with its headers in that row; without these, of what seems to be the table.

    Raises:
        UnreadableSourceError: it is no table, has no such sheet or row, nothing stands below the headers, or there
            are more than MOST_COLUMNS columns.
    """
    if not is_workbook(source.data) and is_binary(source.head(SAMPLE).decode("utf-8", "replace")):
        raise UnreadableSourceError("The file is no table.", Where(source.name), "Send CSV or a workbook.")
    tables = read_tables(source)
    found = [
        (table, header)
        for table in tables
        if sheet in {"", table.name} and (header := _header(table, header_row)) and rows_below(table, header)
    ]
    if not found:
        message = "No row of the table names columns, with rows below it."
        raise UnreadableSourceError(message, Where(source.name), "Give the table a row of headers, or choose the row.")
    sketches = [_sketch(source, tables, *each) for each in found]
    return next((each for each in sketches if _has_terms(each.columns)), sketches[0])


def _header(table: Table, number: int | None) -> Row | None:
    if number is None:
        return find_header(table)
    return lettered(table) if number == 0 else next((row for row in table.rows if row.number == number), None)


def _has_terms(columns: Iterable[MappedColumn]) -> bool:
    return any(column.field.startswith("anbefalt_term") for column in columns)


def _sketch(source: Source, tables: list[Table], table: Table, header: Row) -> TableSketch:
    if len(header.cells) > MOST_COLUMNS:
        message = f"The table has {len(header.cells)} columns; at most {MOST_COLUMNS} can be gone through."
        raise UnreadableSourceError(
            message, Where(source.name, row=header.number), "Take columns out, or write a mapping."
        )
    below = rows_below(table, header)
    columns, reasons = guess_columns(header.cells, [row.cells for row in below[:SAMPLE]])
    return TableSketch(
        source.name,
        table.name,
        tuple(each.name for each in tables if each.name),
        header.number,
        header.cells,
        tuple(_cut(row, len(header.cells)) for row in below[:_SHOWN]),
        len(below),
        columns,
        reasons,
    )


def _cut(row: Row, width: int) -> tuple[str, ...]:
    """The cells under the headers, long ones cut."""
    cells = [cell if len(cell) <= _LONGEST_CELL else f"{cell[:_LONGEST_CELL]}…" for cell in row.cells[:width]]
    return tuple(cells + [""] * (width - len(cells)))
