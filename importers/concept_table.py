"""The national registration tool's concept table: CSV of both header generations, and the same as a workbook.

One concept a row. Several values in a cell are divided by ``|``; a source is ``text|uri``. Reads: delimited text in
any of three delimiters and two encodings, XLSX, XLS, ODS. Writes: one catalogue of SKOS-AP-NO 2.
"""

import re

from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.concepts.table_columns import EXPECTED, is_header, read_columns
from importers.concepts.table_reader import (
    decode,
    guess_delimiter,
    is_binary,
    is_workbook,
    left_out_sheets,
    read_tables,
)
from importers.concepts.table_records import TableBody, read_catalogue
from importers.concepts.table_rows import Row, Table
from importers.report import Where

_SAMPLE = 8192
_HIGHEST_HEADER = 10
_SURELY = 2
_OTHER_SYNTAX = re.compile(r"\s*(?:[<{\[@#]|_:|PREFIX\b|BASE\b|GRAPH\b|%PDF)", re.IGNORECASE)


class ConceptTable:
    """The national registration tool's CSV and XLSX."""

    name = "concept-table"
    title = "Concept table (CSV, XLSX) of the national registration tool"

    def recognises(self, source: Source) -> bool:
        """Whether the source is a workbook, or text that looks like rows of a table."""
        if is_workbook(source.data):
            return True
        text, _ = decode(source.head(_SAMPLE))
        if is_binary(text) or _OTHER_SYNTAX.match(text):
            return False
        return _looks_like_rows(text)

    def read(self, source: Source, options: ImportOptions) -> list[Batch]:
        """One catalogue.

        Raises:
            UnreadableSourceError: the workbook is damaged, no row has the headers of a concept table, or none follows.
        """
        tables = read_tables(source)
        table, header = find_header(source, tables)
        columns = read_columns(header.cells)
        batch = read_catalogue(source, options, self.name, TableBody(columns, header, table.rows))
        batch.report.issues += left_out_sheets(source, tables, table)
        return [batch]


def _looks_like_rows(text: str) -> bool:
    """Whether one of the first lines is a header, or the first has as many columns as the second, or three at least."""
    delimiter = guess_delimiter(text)
    lines = [line for line in text.splitlines() if line.strip()][:_HIGHEST_HEADER]
    if not lines:
        return False
    counts = [line.count(delimiter) for line in lines[:2]]
    alike = delimiter != "," and len(set(counts)) == 1 < len(counts)
    headed = any(is_header(tuple(line.split(delimiter))) for line in lines)
    return headed or counts[0] >= _SURELY or (alike and counts[0] > 0)


def find_header(source: Source, tables: list[Table]) -> tuple[Table, Row]:
    """The table and its header: the first row that is one, near the top of the first sheet that has one."""
    for table in tables:
        for row in table.rows[:_HIGHEST_HEADER]:
            if is_header(row.cells):
                return table, row
    first = next((row for table in tables for row in table.rows if not row.empty), None)
    raise UnreadableSourceError(
        "No row of the table has the headers of a concept table.",
        Where(source.name, line=first.line, row=first.number) if first else Where(source.name),
        f"Begin with a row of headers such as {'; '.join(EXPECTED)}, or say with --mapping what your columns hold: "
        "--guess prints a mapping to begin with, and the import page asks where the table is sent alone.",
    )
