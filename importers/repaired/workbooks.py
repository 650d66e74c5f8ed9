"""XLSX workbooks with changed rows: a comment on every cell that was changed, other cells and sheets as they came."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from importers.base import Source, UnreadableSourceError
from importers.concepts.table_columns import MARK
from importers.repaired.layouts import Layout
from importers.repaired.tables import Change
from importers.report import Where
from importers.texts import CONTROL

if TYPE_CHECKING:
    from openpyxl.cell import _CellOrMergedCell, _CellSetValue

_MACROS = "xl/vbaProject.bin"
_AUTHOR = "samsvar"
_FORMULA = "f"
_UNWRITABLE = (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError)
"""What the library raises at workbooks that it does not understand."""


def is_xlsx(data: bytes) -> bool:
    """Whether a workbook is one of XML parts that can be written again."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return False
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "xl/workbook.xml" in archive.namelist()


class Workbook:
    """A table as a sheet of a workbook."""

    def __init__(self, source: Source, layout: Layout) -> None:
        self._source = source
        self.layout = layout
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            self._macros = _MACROS in archive.namelist()

    def written(self, changes: Mapping[int, Change], headers: Sequence[str]) -> bytes:
        """The workbook with a last column that says what was done.

        Raises:
            UnreadableSourceError: it holds something that cannot be written again.
        """
        data = io.BytesIO(self._source.data)
        try:
            workbook = load_workbook(data, keep_vba=self._macros, rich_text=True)
            sheet = workbook[self.layout.table.name]
            self._without_formulas(sheet)
            self._mended(sheet, changes, headers)
            out = io.BytesIO()
            workbook.save(out)
        except _UNWRITABLE as error:
            raise UnreadableSourceError(
                f"The workbook cannot be written again: {error}.",
                Where(self._source.name),
                "Save it again as .xlsx, or as CSV in UTF-8.",
            ) from error
        return out.getvalue()

    def _without_formulas(self, sheet: Worksheet) -> None:
        """Writes the values of formulas in their place, since a file that no spreadsheet program saved has none."""
        cells = (cell for row in sheet.iter_rows() for cell in row)
        formulas = [cell for cell in cells if isinstance(cell, Cell) and cell.data_type == _FORMULA]
        if not formulas:
            return
        values = load_workbook(io.BytesIO(self._source.data), data_only=True)[sheet.title]
        for cell in formulas:
            came = getattr(cell.value, "text", cell.value)
            value = values[cell.coordinate].value
            if value is not None:
                cell.value = value
                _comment(cell, f"formula\nas it came: {came}")

    def _mended(self, sheet: Worksheet, changes: Mapping[int, Change], headers: Sequence[str]) -> None:
        top, mark = self.layout.header.number, len(self.layout.header.cells) + 1
        for at, (came, header) in enumerate(zip(self.layout.header.cells, headers, strict=True), 1):
            if came != header:
                cell = _set(sheet, top, at, header)
                _comment(cell, f"as it came: {came}")
        if top:
            _set(sheet, top, mark, MARK)
        for number, change in changes.items():
            _split(sheet, number)
            for at, came in change.came.items():
                cell = _set(sheet, number, at + 1, change.cells[at])
                _comment(cell, f"{change.said[0]}\nas it came: {came}")
            _set(sheet, number, mark, " | ".join(change.said))


def _split(sheet: Worksheet, row: int) -> None:
    """Gives each row its own cell where one stands for this row and rows above it."""
    for merged in [one for one in sheet.merged_cells.ranges if one.min_row < row <= one.max_row]:
        _unmerge(sheet, merged)


def _unmerge(sheet: Worksheet, merged: CellRange) -> None:
    top, left, bottom = merged.min_row, merged.min_col, merged.max_row
    sheet.unmerge_cells(merged.coord)
    value = sheet.cell(top, left).value
    for row in range(top + 1, bottom + 1):
        _comment(_set(sheet, row, left, value), "merged-cells")


def _set(sheet: Worksheet, row: int, column: int, value: "_CellSetValue") -> Cell:
    """Writes a cell; text that looks like a formula stays text."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        _unmerge(sheet, next(one for one in sheet.merged_cells.ranges if cell.coordinate in one))
        return _set(sheet, row, column, value)
    cell.value = _plain(value) if isinstance(value, str) else value
    if cell.data_type == _FORMULA:
        cell.data_type = "s"
    return cell


def _comment(cell: "_CellOrMergedCell", text: str) -> None:
    before = f"{cell.comment.text}\n" if cell.comment else ""
    cell.comment = Comment(f"{before}samsvar: {_plain(text)}", _AUTHOR)


def _plain(text: str) -> str:
    """A text without the characters that no workbook can hold."""
    return CONTROL.sub("\ufffd", text)
