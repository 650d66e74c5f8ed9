"""Rows of a table whose columns are known to concept records, and the catalogue that they make.

Several values in a cell are divided by the column's separator; a source is ``text|uri``.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from importers.base import Batch, ImportOptions, Source
from importers.concepts.catalogue import close_catalogue, older_versions, open_catalogue, owner_of
from importers.concepts.record import Audience, ConceptRecord, DefinitionEntry, Entry, SourceEntry
from importers.concepts.table_columns import DEFAULT_LANGUAGE, SEVERAL, Column
from importers.concepts.table_reader import cut_rows
from importers.concepts.table_rows import Row, letters
from importers.concepts.values import is_absolute_iri
from importers.issues import issue
from importers.report import ImportReport, Issue, Where
from importers.unreadable import explain_no_rows

_NOT_STORED = {"revision_of", "assigned_user", "passed_over"}
_AUDIENCES: tuple[tuple[str, Audience], ...] = (
    ("definition", ""),
    ("public_definition", "public"),
    ("specialist_definition", "specialist"),
)


@dataclass(frozen=True, slots=True)
class TableBody:
    """A table with what its columns hold: all rows, the header and what stands above it included."""

    columns: tuple[Column, ...]
    header: Row
    rows: Sequence[Row]

    @property
    def below(self) -> list[Row]:
        """The rows below the header that hold anything else than the header again."""
        below = (row for row in self.rows if row.number > self.header.number and not row.empty)
        return [row for row in below if not self._is_header_again(row)]

    def _is_header_again(self, row: Row) -> bool:
        return any(row.cells) and all(
            not cell or cell == name for cell, name in zip_longest(row.cells, self.header.cells)
        )


def read_catalogue(source: Source, options: ImportOptions, form: str, body: TableBody) -> Batch:
    """The catalogue that a table holds, a concept a row.

    Raises:
        UnreadableSourceError: no row below the header holds anything.
    """
    if not body.below:
        raise explain_no_rows(source.name, body.header.line, body.header.number)
    rows = [row for row in body.below if not row.cut]
    records = [(_record(source, row, body.columns), _complaints(source, row, body.header)) for row in rows]
    owner = owner_of(source, options, [record.identifier.text for record, _ in records if record.identifier])
    builder = open_catalogue(source, options, form, owner)
    _report_columns(builder.report, body, rows)
    older = older_versions(record for record, _ in records)
    for record, complaints in records:
        if record.where.row in older:
            builder.skip(record, "older-version")
        else:
            builder.add(record, complaints)
    cut_rows(builder.report, body.below)
    return close_catalogue(builder, owner)


def _complaints(source: Source, row: Row, header: Row) -> list[Issue]:
    where = Where(source.name, line=row.line, row=row.number)
    found = []
    if row.broken:
        found.append(issue("broken-quotes", "", where))
    if row.merged:
        found.append(issue("merged-cells", "", where))
    for at, formula in row.uncounted:
        named = header.cells[at] if at < len(header.cells) else ""
        found.append(issue("formula-without-value", formula, replace(where, column=named or letters(at))))
    surplus = [cell for cell in row.cells[len(header.cells) :] if cell]
    if surplus:
        found.append(issue("surplus-cells", " | ".join(surplus), where))
    return found


def _report_columns(report: ImportReport, body: TableBody, rows: list[Row]) -> None:
    """Notes once what is odd about a column; the values of one that is not stored are counted."""
    for column in body.columns:
        where = Where(report.source, line=body.header.line, row=body.header.number, column=column.header)
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
            fields[column.field] += _entries(text, column)
    return ConceptRecord(
        where=where,
        identifier=_single(fields, "identifier"),
        key="".join(entry.text for entry in fields["original"]),
        preferred=tuple(fields["preferred"]),
        admitted=tuple(fields["admitted"]),
        discouraged=tuple(fields["discouraged"]),
        definitions=_definitions(fields),
        notes=tuple(fields["note"]),
        examples=tuple(fields["example"]),
        subjects=tuple(fields["subject"]),
        value_range=tuple(Entry(entry.text, entry.column, DEFAULT_LANGUAGE) for entry in fields["value_range"]),
        value_range_uris=tuple(fields["value_range_uri"]),
        email=_single(fields, "email"),
        telephone=_single(fields, "telephone"),
        valid_from=_single(fields, "valid_from"),
        valid_to=_single(fields, "valid_to"),
        see_also=tuple(fields["see_also"]),
        version=_single(fields, "version"),
        status=_single(fields, "status"),
    )


def _single(fields: Mapping[str, list[Entry]], name: str) -> Entry | None:
    return next(iter(fields.get(name, ())), None)


def _entries(text: str, column: Column) -> list[Entry]:
    """What a cell says: one value, or several where the field may have them and the separator stands between them."""
    parts = text.split(column.separator) if column.field in SEVERAL else [text]
    return [Entry(column.prefix + part.strip(), column.header, column.language) for part in parts if part.strip()]


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
