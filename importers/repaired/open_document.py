"""ODS workbooks with changed rows: a note on every cell that was changed, all else as it came."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy

from lxml import etree

from importers.base import Source
from importers.concepts.open_document import (
    CELL,
    COLUMNS_REPEATED,
    CONTENT,
    COVERED,
    OFFICE,
    ROW,
    ROWS_REPEATED,
    TABLE,
    TEXT,
)
from importers.concepts.table_columns import MARK
from importers.rdf.xml_salvage import parsed_xml
from importers.repaired.layouts import Layout
from importers.repaired.tables import Change
from importers.texts import CONTROL

_DC = "http://purl.org/dc/elements/1.1/"
_ANNOTATION = f"{OFFICE}annotation"
_KEPT = (f"{TABLE}style-name", f"{TABLE}number-columns-spanned", f"{TABLE}content-validation-name")
"""Attributes of a cell that do not say what it holds."""
_ROWS_SPANNED = f"{TABLE}number-rows-spanned"
_MERGED = "merged-cells"
_AUTHOR = "samsvar"
_SEVERAL_BLANKS = re.compile(r"(\t|  +|^ | $)")
_TAB = "\t"


class OpenDocument:
    """A table as a sheet of an OpenDocument spreadsheet."""

    def __init__(self, source: Source, layout: Layout) -> None:
        self._source = source
        self.layout = layout
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            self._content = archive.read(CONTENT).decode()

    def written(self, changes: Mapping[int, Change], headers: Sequence[str]) -> bytes:
        """The workbook with a last column that says what was done."""
        root = parsed_xml(self._content, self._source.name)
        sheets = root.iter(f"{TABLE}table")
        sheet = next(one for one in sheets if one.get(f"{TABLE}name", "") == self.layout.table.name)
        if any(change.said[0].startswith(_MERGED) for change in changes.values()):
            _part(sheet)
        top, mark = self.layout.header.number, len(self.layout.header.cells)
        for number, row in _rows(sheet, {*changes, top}):
            cells = _cells(row, mark + 1)
            if number == top:
                self._name(cells, headers)
            else:
                _change(cells, changes[number])
        return self._packed(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))

    def _name(self, cells: Sequence[etree._Element], headers: Sequence[str]) -> None:
        """Writes the headers that are others now, and that of the last column."""
        for cell, came, now in zip(cells, self.layout.header.cells, headers, strict=False):
            if came != now:
                _set(cell, now, f"as it came: {came}")
        _set(cells[-1], MARK)

    def _packed(self, content: bytes) -> bytes:
        """The archive with another content, its other parts as they came and in their order."""
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self._source.data)) as came, zipfile.ZipFile(out, "w") as made:
            for part in came.infolist():
                made.writestr(part, content if part.filename == CONTENT else came.read(part))
        return out.getvalue()


def _part(sheet: etree._Element) -> None:
    """Lets no cell stand for several rows."""
    for cell in sheet.iter(CELL):
        if cell.get(_ROWS_SPANNED) is not None:
            del cell.attrib[_ROWS_SPANNED]


def _change(cells: Sequence[etree._Element], change: Change) -> None:
    """Writes what a row is to hold, and in its last cell what was done."""
    for at, text in enumerate(change.cells):
        if at in change.came:
            _set(cells[at], text, f"{change.said[0]}\nas it came: {change.came[at]}")
        elif cells[at].tag == COVERED and text:
            _set(cells[at], text, _MERGED)
    _set(cells[-1], " | ".join(change.said))


def _rows(sheet: etree._Element, wanted: set[int]) -> Iterator[tuple[int, etree._Element]]:
    """The rows of some numbers, counted from 1, each an element of its own."""
    number = 1
    for row in list(sheet.iter(ROW)):
        times = int(row.get(ROWS_REPEATED, "1"))
        at, end = number, number + times
        for each in sorted(each for each in wanted if number <= each < end):
            _insert(row, ROWS_REPEATED, each - at)
            yield each, _insert(row, ROWS_REPEATED, 1)
            at = each + 1
        if at > number:
            _shorten(row, ROWS_REPEATED, end - at)
        number = end


def _cells(row: etree._Element, width: int) -> list[etree._Element]:
    """The first so many cells of a row, each an element of its own."""
    cells: list[etree._Element] = []
    for cell in [one for one in row if one.tag in (CELL, COVERED)]:
        times = int(cell.get(COLUMNS_REPEATED, "1"))
        taken = min(times, width - len(cells))
        cells += [_insert(cell, COLUMNS_REPEATED, 1) for _ in range(taken)]
        if taken:
            _shorten(cell, COLUMNS_REPEATED, times - taken)
    cells += [etree.SubElement(row, CELL) for _ in range(width - len(cells))]
    return cells


def _insert(element: etree._Element, repeated: str, times: int) -> etree._Element:
    """A copy of a row or cell that stands so many times before it; none for no times."""
    copy = deepcopy(element)
    copy.tail = None
    if times:
        _shorten(copy, repeated, times)
        element.addprevious(copy)
    return copy


def _shorten(element: etree._Element, repeated: str, times: int) -> None:
    """Lets a row or cell stand so many times."""
    if not times and (parent := element.getparent()) is not None:
        parent.remove(element)
    elif times > 1:
        element.set(repeated, str(times))
    elif element.get(repeated) is not None:
        del element.attrib[repeated]


def _set(cell: etree._Element, text: str, note: str = "") -> None:
    """Writes a cell as text, with a note beside those that it has."""
    notes = [one for one in cell if one.tag == _ANNOTATION]
    style = {name: value for name, value in cell.attrib.items() if str(name) in _KEPT}
    for child in list(cell):
        cell.remove(child)
    cell.attrib.clear()
    cell.attrib.update(style)
    cell.tag = CELL
    cell.set(f"{OFFICE}value-type", "string")
    if note:
        annotation = etree.SubElement(cell, _ANNOTATION)
        etree.SubElement(annotation, f"{{{_DC}}}creator").text = _AUTHOR
        _paragraphs(annotation, f"samsvar: {note}")
        if notes:
            _paragraphs(annotation, "\n".join("".join(map(str, one.itertext(f"{TEXT}p"))) for one in notes))
    else:
        cell.extend(notes)
    _paragraphs(cell, text)


def _paragraphs(parent: etree._Element, text: str) -> None:
    """The lines of a text; blanks that XML would join are elements."""
    for line in CONTROL.sub("\ufffd", text).split("\n"):
        paragraph = etree.SubElement(parent, f"{TEXT}p")
        first, *others = _SEVERAL_BLANKS.split(line)
        paragraph.text = first
        for blanks, words in zip(others[::2], others[1::2], strict=True):
            blank = etree.SubElement(paragraph, f"{TEXT}{'tab' if blanks == _TAB else 's'}")
            if blanks != _TAB:
                blank.set(f"{TEXT}c", str(len(blanks)))
            blank.tail = words
