"""Delimited text with changed rows; all others stay byte for byte."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from importers.base import Source
from importers.concepts.table_columns import MARK
from importers.concepts.table_reader import decode
from importers.concepts.table_rows import Table
from importers.repaired.layouts import Layout
from importers.repaired.tables import Change

_ENDS = re.compile(r"\r\n|\r|\n")


class DelimitedText:
    """A table as delimited text."""

    def __init__(self, source: Source, layout: Layout) -> None:
        self._text, encoding = decode(source.data)
        self._mark = "\ufeff" if encoding == "utf-8-sig" else ""
        self.layout = layout

    def written(self, changes: Mapping[int, Change], headers: Sequence[str]) -> bytes:
        """The text with a last column that says what was done, in UTF-8."""
        table, header = self.layout.table, self.layout.header
        width = len(header.cells)
        out = [self._mark]
        for row, piece in zip(table.rows, _physical(self._text, table), strict=True):
            end = _end_of(piece)
            if row is header:
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
        csv.writer(text, delimiter=self.layout.table.delimiter, lineterminator=end).writerow(cells)
        return text.getvalue()


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
