"""The national registration tool's concept table: CSV of both header generations, and the same as a workbook.

One concept a row. Several values in a cell are divided by ``|``; a source is ``text|uri``. Reads: delimited text in
any of three delimiters and two encodings, XLSX, XLS, ODS. Writes: one catalogue of SKOS-AP-NO 2.
"""

import re
from collections import defaultdict
from collections.abc import Mapping

from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.concepts.catalogue import close_catalogue, older_versions, open_catalogue, owner_of
from importers.concepts.record import Audience, ConceptRecord, DefinitionEntry, Entry, SourceEntry
from importers.concepts.table_columns import DEFAULT_LANGUAGE, EXPECTED, Column, is_header, read_columns
from importers.concepts.table_reader import (
    Row,
    Table,
    cut_rows,
    decode,
    guess_delimiter,
    is_binary,
    is_workbook,
    read_tables,
)
from importers.concepts.values import is_absolute_iri
from importers.issues import issue
from importers.report import ImportReport, Issue, Where
from importers.unreadable import explain_no_rows

_SAMPLE = 8192
_HIGHEST_HEADER = 10
_SURELY = 2
_OTHER_SYNTAX = re.compile(r"\s*(?:[<{\[@#]|_:|PREFIX\b|BASE\b|GRAPH\b|%PDF)", re.IGNORECASE)
_NOT_STORED = {"revision_of", "assigned_user"}
_AUDIENCES: tuple[tuple[str, Audience], ...] = (
    ("definition", ""),
    ("public_definition", "public"),
    ("specialist_definition", "specialist"),
)


class ConceptTable:
    """The national registration tool's CSV and XLSX."""

    name = "concept-table"
    title = "Concept table (CSV, XLSX) of the national registration tool"

    def recognises(self, source: Source) -> bool:
        """Whether the source is a workbook, or text that looks like rows of a table."""
        if is_workbook(source.data):
            return True
        text, _ = decode(source.data[:_SAMPLE])
        if is_binary(text) or _OTHER_SYNTAX.match(text):
            return False
        return _looks_like_rows(text)

    def read(self, source: Source, options: ImportOptions) -> list[Batch]:
        """One catalogue.

        Raises:
            UnreadableSourceError: the workbook is damaged, no row has the headers of a concept table, or none follows.
        """
        table, header = _find_header(source)
        columns = read_columns(header.cells)
        below = [row for row in table.rows if row.number > header.number and not row.empty]
        if not below:
            raise explain_no_rows(source.name, header.line, header.number)
        rows = [row for row in below if not row.cut]
        records = [(_record(source, row, columns), _complaints(source, row, header)) for row in rows]
        owner = owner_of(source, options, [record.identifier.text for record, _ in records if record.identifier])
        builder = open_catalogue(source, options, self.name, owner)
        _report_columns(builder.report, columns, header, rows)
        older = older_versions(record for record, _ in records)
        for record, complaints in records:
            if record.where.row in older:
                builder.skip(record, "older-version")
            else:
                builder.add(record, complaints)
        cut_rows(builder.report, below)
        return [close_catalogue(builder, owner)]


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


def _find_header(source: Source) -> tuple[Table, Row]:
    """The table and its header: the first row that is one, near the top of the first sheet that has one."""
    tables = read_tables(source)
    for table in tables:
        for row in table.rows[:_HIGHEST_HEADER]:
            if is_header(row.cells):
                return table, row
    first = next((row for table in tables for row in table.rows if not row.empty), None)
    raise UnreadableSourceError(
        "No row of the table has the headers of a concept table.",
        Where(source.name, line=first.line, row=first.number) if first else Where(source.name),
        f"Begin with a row of headers such as {'; '.join(EXPECTED)}.",
    )


def _complaints(source: Source, row: Row, header: Row) -> list[Issue]:
    where = Where(source.name, line=row.line, row=row.number)
    found = []
    if row.broken:
        found.append(issue("broken-quotes", "", where))
    surplus = [cell for cell in row.cells[len(header.cells) :] if cell]
    if surplus:
        found.append(issue("surplus-cells", " | ".join(surplus), where))
    return found


def _report_columns(report: ImportReport, columns: tuple[Column, ...], header: Row, rows: list[Row]) -> None:
    """Notes once what is odd about a column; the values of one that is not stored are counted."""
    for column in columns:
        where = Where(report.source, line=header.line, row=header.number, column=column.header)
        used = [row.cells[column.index] for row in rows if column.index < len(row.cells) and row.cells[column.index]]
        if not column.field:
            report.issues.append(issue("unknown-column", column.header, where, message=_unknown(column, used)))
        elif column.field in _NOT_STORED and used:
            report.issues.append(issue("unmapped-field", column.header, where))
        elif column.assumed and used:
            report.issues.append(issue("language-assumed", column.header, where))


def _unknown(column: Column, used: list[str]) -> str:
    kept = "; ".join(used)
    return f"The column “{column.header}” is not known; not stored: {kept}"


def _record(source: Source, row: Row, columns: tuple[Column, ...]) -> ConceptRecord:
    where = Where(source.name, line=row.line, row=row.number)
    fields: dict[str, list[Entry]] = defaultdict(list)
    for column in columns:
        text = row.cells[column.index] if column.index < len(row.cells) else ""
        if text and column.field:
            fields[column.field].append(Entry(text, column.header, column.language))
    return ConceptRecord(
        where=where,
        identifier=_single(fields, "identifier"),
        key="".join(entry.text for entry in fields["original"]),
        preferred=tuple(fields["preferred"]),
        admitted=_several(fields, "admitted"),
        discouraged=_several(fields, "discouraged"),
        definitions=_definitions(fields),
        notes=tuple(fields["note"]),
        examples=tuple(fields["example"]),
        subjects=_several(fields, "subject"),
        value_range=tuple(Entry(entry.text, entry.column, DEFAULT_LANGUAGE) for entry in fields["value_range"]),
        value_range_uris=_several(fields, "value_range_uri"),
        email=_single(fields, "email"),
        telephone=_single(fields, "telephone"),
        valid_from=_single(fields, "valid_from"),
        valid_to=_single(fields, "valid_to"),
        see_also=_several(fields, "see_also"),
        version=_single(fields, "version"),
    )


def _single(fields: Mapping[str, list[Entry]], name: str) -> Entry | None:
    return next(iter(fields.get(name, ())), None)


def _several(fields: Mapping[str, list[Entry]], name: str) -> tuple[Entry, ...]:
    """The values of all columns of the field, divided at ``|``."""
    return tuple(
        Entry(part.strip(), entry.column, entry.language)
        for entry in fields.get(name, ())
        for part in entry.text.split("|")
        if part.strip()
    )


def _definitions(fields: Mapping[str, list[Entry]]) -> tuple[DefinitionEntry, ...]:
    found = []
    for field, audience in _AUDIENCES:
        sources = tuple(_source(entry) for entry in fields.get(f"{field}.source", ()))
        texts = tuple(fields.get(field, ()))
        if texts or sources:
            found.append(DefinitionEntry(texts, audience, _single(fields, f"{field}.relationship"), sources))
    return tuple(found)


def _source(entry: Entry) -> SourceEntry:
    """A source as ``text|uri``; either may be missing."""
    text, bar, uri = (part.strip() for part in entry.text.rpartition("|"))
    if bar:
        return SourceEntry(text, uri, entry.column)
    if is_absolute_iri(entry.text):
        return SourceEntry("", entry.text, entry.column)
    return SourceEntry(entry.text, "", entry.column)
