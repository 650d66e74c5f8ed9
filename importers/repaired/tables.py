"""Concept tables repaired cell by cell; a last column says what was done to a row and how it came.

Rows that need no repair stay as they are. A row is only changed where it says the same afterwards.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pyoxigraph import NamedNode, Triple

from importers.base import Batch
from importers.concepts.table_columns import SEVERAL, Column
from importers.concepts.table_rows import Row
from importers.languages import language_tag
from importers.repaired.known import is_repair
from importers.repaired.layouts import Layout
from importers.report import Issue
from importers.texts import unpacked

_TEXTS = frozenset(
    {"preferred", "admitted", "discouraged", "definition", "public_definition", "specialist_definition", "note"}
    | {"example", "subject", "value_range", "version"}
)
"""Fields whose cells are texts."""
_DONE = frozenset({"broken-quotes", "language-no", "language-normalised", "several-preferred-terms", "merged-cells"})
"""What is mended by the headers, or by writing the row."""
_TERMS = frozenset({"admitted", "discouraged"})


@dataclass(slots=True)
class Change:
    """What a row is to hold, and what is said of it in the last column; `came` has by column how its cells came."""

    cells: list[str]
    said: list[str]
    came: dict[int, str] = field(default_factory=dict)


class TableForm(Protocol):
    """A kind of file that holds a table."""

    layout: Layout

    def written(self, changes: Mapping[int, Change], headers: Sequence[str]) -> bytes:
        """The file with other headers, and with the changes of its rows by their number."""
        ...


class RepairedTable:
    """One table. `read` reads it anew, to see that a change of it changes nothing that is said."""

    def __init__(self, form: TableForm, batch: Batch, read: Callable[[bytes], list[Batch]]) -> None:
        self._form = form
        self._header = form.layout.header
        self._columns = form.layout.columns
        self._issues = {record.where.row: record.issues for record in batch.report.records}
        self._subjects = {record.where.row: record.subject for record in batch.report.records}
        self._said = by_thing([batch])
        self._read = read

    def data(self) -> bytes:
        """The table with every repair marked."""
        rows = self._form.layout.table.rows
        as_they_came = list(self._header.cells)
        for headers in (self._headers(), as_they_came):
            changes = {row.number: change for row in rows if (change := self._change(row))}
            said = by_thing(self._read(self._form.written(changes, headers)))
            for row in rows:
                subject = self._subjects.get(row.number, "")
                if row.number in changes and said.get(subject) != self._said.get(subject):
                    changes[row.number] = self._only_marked(row, changes[row.number])
            written = self._form.written(changes, headers)
            if by_thing(self._read(written)) == self._said:
                break
        return written

    def _only_marked(self, row: Row, change: Change) -> Change:
        """The row as it came, with what is to be done about it."""
        return Change(list(row.cells), [change.said[0], *self._remedies(row.number)])

    def _remedies(self, number: int) -> list[str]:
        return list(dict.fromkeys(one.fix for one in self._repairs(number) if one.code not in _DONE))

    def _headers(self) -> list[str]:
        """The headers with their languages in order; a second recommended term in a language is an admitted one."""
        cells = list(self._header.cells)
        if not self._form.layout.named:
            return cells
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

    def _change(self, row: Row) -> Change | None:
        """What becomes of a row; None for one that stays as it is."""
        found = self._repairs(row.number)
        if not found or len(row.cells) > len(self._header.cells):
            return None
        codes = dict.fromkeys(_told(one) for one in found)
        change = Change(list(row.cells), [", ".join(codes)])
        for column in self._columns:
            written = row.cells[column.index] if column.index < len(row.cells) else ""
            mended = self._mended(written, column)
            if mended != written:
                change.cells[column.index] = mended
                change.said.append(f"{column.header} as it came: {written}")
                change.came[column.index] = written
        if change.cells == list(row.cells):
            change.said += self._remedies(row.number)
        return change

    def _mended(self, text: str, column: Column) -> str:
        """A cell as it is read."""
        if column.field not in _TEXTS or not text:
            return text
        several = column.field in SEVERAL
        parts = [part.strip() for part in text.split(column.separator)] if several else [text]
        terms = [term for part in parts for term in (unpacked(part) if column.field in _TERMS else [part])]
        mended = [self._form.layout.mend(term) for term in terms]
        return text if mended == parts else column.separator.join(mended)


def _told(one: Issue) -> str:
    """The code with the column that it is about, as that came."""
    column = one.where.column if one.where else None
    return f"{one.code} ({column})" if column else one.code


def by_thing(batches: list[Batch]) -> dict[str, set[Triple]]:
    """What is said, by subject."""
    said: dict[str, set[Triple]] = {}
    for batch in batches:
        for triple in batch.triples:
            if isinstance(triple.subject, NamedNode):
                said.setdefault(triple.subject.value, set()).add(triple)
    return said
