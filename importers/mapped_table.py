"""Any other table, through a mapping that says what its columns hold: CSV, TSV, XLSX, XLS, ODS.

One concept a row. Read only where a mapping is given (`ImportOptions.mapping`). Writes: one catalogue of SKOS-AP-NO 2.
"""

from dataclasses import replace

from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.concepts.table_columns import MARK, Column
from importers.concepts.table_reader import is_binary, is_workbook, read_tables
from importers.concepts.table_records import TableBody, read_catalogue
from importers.concepts.table_rows import Row, Table, letters
from importers.report import Where
from importers.table_mapping import TableMapping

_HIGHEST_HEADER = 10
_SHOWN = 4096
_HOW = "Give a mapping with --mapping; --guess prints one to begin with."


class MappedTable:
    """Tables with columns of their owner's own."""

    name = "mapped-table"
    title = "Any table, through a mapping of its columns"

    def recognises(self, source: Source) -> bool:  # noqa: ARG002 - it is used where a mapping is given, by its name
        """Never by content alone: a mapping must say what the columns hold."""
        return False

    def read(self, source: Source, options: ImportOptions) -> list[Batch]:
        """One catalogue.

        Raises:
            UnreadableSourceError: no mapping is given, it is no table, or it lacks columns that the mapping names.
        """
        mapping = options.mapping
        if mapping is None:
            raise UnreadableSourceError("No mapping says what the columns of the table hold.", Where(source.name), _HOW)
        if not is_workbook(source.data) and is_binary(source.head(_SHOWN).decode("utf-8", "replace")):
            raise UnreadableSourceError("The file is no table.", Where(source.name), "Send CSV or a workbook.")
        _, body = find_table(source, mapping)
        own = replace(options, publisher=options.publisher or mapping.publisher or None)
        batch = read_catalogue(source, own, self.name, body)
        return [replace(batch, title=mapping.title)]


def find_table(source: Source, mapping: TableMapping) -> tuple[Table, TableBody]:
    """The first table of which a row has all the headers that the mapping names.

    Raises:
        UnreadableSourceError: none has.
    """
    tables = read_tables(source)
    if mapping.sheet:
        tables = [table for table in tables if table.name.casefold() == mapping.sheet.casefold()]
        if not tables:
            message = f"The workbook has no sheet “{mapping.sheet}”."
            raise UnreadableSourceError(message, Where(source.name), "Name one of its sheets in the mapping.")
    nearest: tuple[list[str], Row | None] = ([one.header for one in mapping.columns], None)
    for table in tables:
        for header in _headers(table, mapping):
            missing = _missing(mapping, header)
            if not missing:
                return table, TableBody(_columns(mapping, header), header, table.rows)
            if len(missing) < len(nearest[0]) or nearest[1] is None:
                nearest = (missing, header)
    missing, seen = nearest
    where = Where(source.name, line=seen.line, row=seen.number) if seen else Where(source.name)
    names = "”, “".join(missing)
    has = "; ".join(cell for cell in seen.cells if cell) if seen else "nothing"
    raise UnreadableSourceError(
        f"The table has no column “{names}”, which the mapping names.", where, f"It has: {has}."
    )


def _headers(table: Table, mapping: TableMapping) -> list[Row]:
    """The rows that may be the header; letters stand for one where the mapping says that there is none."""
    if mapping.header_row == 0:
        return [lettered(table)]
    if mapping.header_row is not None:
        return [row for row in table.rows if row.number == mapping.header_row]
    return [row for row in table.rows[:_HIGHEST_HEADER] if not row.empty]


def lettered(table: Table) -> Row:
    """The header of a table that has none: its columns are A, B, C."""
    width = max((len(row.cells) for row in table.rows), default=0)
    return Row(0, tuple(letters(index) for index in range(width)))


def _missing(mapping: TableMapping, header: Row) -> list[str]:
    have = {cell.strip().casefold() for cell in header.cells}
    return [one.header for one in mapping.columns if one.header.strip().casefold() not in have]


def _columns(mapping: TableMapping, header: Row) -> tuple[Column, ...]:
    """What each column holds; those that the mapping does not name hold nothing that is known."""
    return tuple(
        mapping.column(index, name) or Column(index, name, "mark" if name == MARK else "")
        for index, name in enumerate(header.cells)
        if name.strip()
    )
