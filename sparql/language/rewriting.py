"""Changing a query in places; what is said of a place in the new text can be said of the text that was asked."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

Edit: TypeAlias = tuple[int, int, str]
"""Start, end and the text that stands there instead."""


def rewrite(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made; they do not overlap."""
    pieces = []
    at = 0
    for start, end, instead in sorted(edits):
        pieces += [text[at:start], instead]
        at = end
    return "".join([*pieces, text[at:]])


def original_place(text: str, edits: Sequence[Edit], line: int, column: int) -> tuple[int, int]:
    """Where line and column (from 1) of the rewritten text stand in `text`; inside an edit: where it begins."""
    new = rewrite(text, edits)
    offset = _offset(new, line, column)
    shift = 0
    for start, end, instead in sorted(edits):
        begins = start + shift
        if offset < begins:
            break
        if offset < begins + len(instead):
            return _line_and_column(text, start)
        shift += len(instead) - (end - start)
    return _line_and_column(text, min(max(offset - shift, 0), len(text)))


def _offset(text: str, line: int, column: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
        if not start:
            return len(text)
    return start + column - 1


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
