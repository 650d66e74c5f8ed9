"""Rows as CSV (RFC 4180) that a spreadsheet can open without being made to compute anything."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet would compute."""


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """The rows under their heading; an apostrophe before what a spreadsheet would compute."""
    return "".join(csv_lines(columns, rows))


def csv_lines(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """The same, a row at a time."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    for row in rows:
        yield text.getvalue()
        text.seek(0)
        text.truncate()
        writer.writerow({name: harmless(value) for name, value in row.items()})
    yield text.getvalue()


def harmless(value: str) -> str:
    """A cell, with an apostrophe before what a spreadsheet would compute."""
    return f"'{value}" if value.startswith(_FORMULA) else value
