"""Concept tables as delimited text, repaired cell by cell; a last column says what was done to a row and how it came.

Rows that need no repair stay byte for byte. A row is only changed where it says the same afterwards.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from importers.base import Batch, Source
from importers.concept_table import find_header
from importers.concepts.table_columns import MARK, SEVERAL, Column, read_columns
from importers.concepts.table_reader import Row, Table, decode, read_tables
from importers.languages import language_tag
from importers.repaired.known import is_repair
from importers.report import Issue
from importers.texts import mend_text, unpacked

_ENDS = re.compile(r"\r\n|\r|\n")
_TEXTS = frozenset(
    {"preferred", "admitted", "discouraged", "definition", "public_definition", "specialist_definition", "note"}
    | {"example", "subject", "value_range", "version"}
)
"""Fields whose cells are texts."""
_DONE = frozenset({"broken-quotes", "language-no", "language-normalised", "several-preferred-terms"})
"""What is mended by the headers, or by writing the row."""
_TERMS = frozenset({"admitted", "discouraged"})


@dataclass(slots=True)
class _Change:
    """What a row is to hold, and what is said of it in the last column."""

    cells: list[str]
    said: list[str]


class RepairedTable:
    """One table. `read` reads it anew, to see that a change of it changes nothing that is said."""

    def __init__(self, source: Source, batch: Batch, read: Callable[[bytes], list[Batch]]) -> None:
        self._text, encoding = decode(source.data)
        self._mark = "\ufeff" if encoding == "utf-8-sig" else ""
        self._table, self._header = find_header(source, read_tables(source))
        self._columns = read_columns(self._header.cells)
        self._issues = {record.where.row: record.issues for record in batch.report.records}
        self._subjects = {record.where.row: record.subject for record in batch.report.records}
        self._said = _by_thing([batch])
        self._read = read

    def data(self) -> bytes:
        """The table with every repair marked."""
        as_they_came = list(self._header.cells)
        for headers in (self._headers(), as_they_came):
            changes = {row.number: change for row in self._table.rows if (change := self._change(row))}
            said = _by_thing(self._read(self._written(changes, headers)))
            for number, change in changes.items():
                subject = self._subjects.get(number, "")
                if said.get(subject) != self._said.get(subject):
                    changes[number] = self._only_marked(number, change)
            written = self._written(changes, headers)
            if _by_thing(self._read(written)) == self._said:
                break
        return written

    def _only_marked(self, number: int, change: _Change) -> _Change:
        """The row as it came, with what is to be done about it."""
        row = next(row for row in self._table.rows if row.number == number)
        return _Change(list(row.cells), [change.said[0], *self._remedies(number)])

    def _remedies(self, number: int) -> list[str]:
        return list(dict.fromkeys(one.fix for one in self._repairs(number) if one.code not in _DONE))

    def _headers(self) -> list[str]:
        """The headers with their languages in order; a second recommended term in a language is an admitted one."""
        cells = list(self._header.cells)
        preferred: Counter[str] = Counter()
        for column in self._columns:
            tag = language_tag(column.language) if column.language else ""
            if tag and tag != column.language and not column.assumed:
                cells[column.index] = f"{column.header.rpartition(':')[0]}:{tag}"
            if column.field == "preferred":
                preferred[tag] += 1
                if preferred[tag] > 1:
                    cells[column.index] = f"tillatt_term:{tag}"
        return cells

    def _repairs(self, number: int) -> list[Issue]:
        return [one for one in self._issues.get(number, ()) if is_repair(one.code)]

    def _change(self, row: Row) -> _Change | None:
        """What becomes of a row; None for one that stays as it is."""
        found = self._repairs(row.number)
        if not found or len(row.cells) > len(self._header.cells):
            return None
        codes = dict.fromkeys(_told(one) for one in found)
        change = _Change(list(row.cells), [", ".join(codes)])
        for column in self._columns:
            written = row.cells[column.index] if column.index < len(row.cells) else ""
            mended = _mended(written, column)
            if mended != written:
                change.cells[column.index] = mended
                change.said.append(f"{column.header} as it came: {written}")
        if change.cells == list(row.cells):
            change.said += self._remedies(row.number)
        return change

    def _written(self, changes: dict[int, _Change], headers: list[str]) -> bytes:
        pieces = list(_physical(self._text, self._table))
        width = len(self._header.cells)
        out = [self._mark]
        for row, piece in zip(self._table.rows, pieces, strict=True):
            end = _end_of(piece)
            if row is self._header:
                out.append(self._line([*headers, MARK], end))
            elif row.number in changes:
                change = changes[row.number]
                cells = change.cells + [""] * (width - len(change.cells))
                out.append(self._line([*cells, " | ".join(change.said)], end))
            else:
                out.append(piece)
        return "".join(out).encode()

    def _line(self, cells: Iterable[str], end: str) -> str:
        text = io.StringIO()
        csv.writer(text, delimiter=self._table.delimiter, lineterminator=end).writerow(cells)
        return text.getvalue()


def _told(one: Issue) -> str:
    """The code with the column that it is about, as that came."""
    column = one.where.column if one.where else None
    return f"{one.code} ({column})" if column else one.code


def _mended(text: str, column: Column) -> str:
    """A cell as it is read."""
    if column.field not in _TEXTS or not text:
        return text
    several = column.field in SEVERAL
    parts = [part.strip() for part in text.split(column.separator)] if several else [text]
    terms = [term for part in parts for term in (unpacked(part) if column.field in _TERMS else [part])]
    mended = [mend_text(term).text.strip() if mend_text(term).codes else term for term in terms]
    return text if mended == parts else column.separator.join(mended)


def _physical(text: str, table: Table) -> Iterator[str]:
    """The text of each row, with its line end."""
    starts = [0, *(found.end() for found in _ENDS.finditer(text)), len(text)]
    lines = [row.line or 1 for row in table.rows]
    ends = [*(starts[line - 1] for line in lines[1:]), len(text)]
    for line, end in zip(lines, ends, strict=True):
        yield text[starts[line - 1] : end]


def _end_of(piece: str) -> str:
    found = list(_ENDS.finditer(piece))
    return found[-1].group() if found and found[-1].end() == len(piece) else ""


def _by_thing(batches: list[Batch]) -> dict[str, set[Triple]]:
    """What is said, by subject."""
    said: dict[str, set[Triple]] = {}
    for batch in batches:
        for triple in batch.triples:
            if isinstance(triple.subject, NamedNode):
                said.setdefault(triple.subject.value, set()).add(triple)
    return said
