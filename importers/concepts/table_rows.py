"""Rows of a table with their place, whatever kind of file they stood in."""

from dataclasses import dataclass

_LETTERS = 26


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `line` is None in a workbook. `broken` says that its quotes did not match and it was read plainly.

    `cut` says that the row is not whole, since the file ends in it or its quotes swallowed what follows; `merged` that
    a cell of a row above it stands for this one too. `uncounted` are formulas without a value, by column (from 0).
    """

    number: int
    cells: tuple[str, ...]
    line: int | None = None
    broken: bool = False
    cut: bool = False
    merged: bool = False
    uncounted: tuple[tuple[int, str], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether no cell holds anything, nor a formula."""
        return not any(self.cells) and not self.uncounted


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a source in order, and how it was read: `encoding` and `delimiter` are "" for a workbook.

    `name` is that of the sheet, "" for delimited text.
    """

    rows: tuple[Row, ...]
    encoding: str = ""
    delimiter: str = ""
    name: str = ""


def letters(index: int) -> str:
    """The name of a column (from 0) as a spreadsheet shows it: A to Z, AA, AB."""
    higher, last = divmod(index, _LETTERS)
    return (letters(higher - 1) if higher else "") + chr(ord("A") + last)
