"""OpenDocument spreadsheets as rows of text: what people see in the cells, repeated and covered cells included."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from importers.base import Source, UnreadableSourceError
from importers.report import Where

CONTENT = "content.xml"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
ROW, CELL, COVERED = f"{TABLE}table-row", f"{TABLE}table-cell", f"{TABLE}covered-table-cell"
ROWS_REPEATED = f"{TABLE}number-rows-repeated"
COLUMNS_REPEATED = f"{TABLE}number-columns-repeated"
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_CELLS = 20_000_000
"""Cells that hold something, repeated ones counted each time."""
_SHEETS = f"{OFFICE}spreadsheet"
_SPANNED = f"{TABLE}number-rows-spanned"
_SEEN = frozenset({"percentage", "currency", "boolean", "time"})
"""Values of which people see something else than what is stored; that is taken."""
_MIDNIGHT = "T00:00:00"
_ERROR = re.compile(r"#[A-Z0-9/]+[!?]?|Err:\d+")
_SAVE = "Save it again as .xlsx, or as CSV in UTF-8."

Range = tuple[tuple[int, int], tuple[int, int]]
"""A cell that stands for several: its first row and column and its last ones, from 0."""


@dataclass(slots=True)
class Sheet:
    """A sheet. `rows` have their numbers (from 1); long runs of empty ones are left out.

    `uncounted` are formulas without a value, by row number and column (from 0).
    """

    name: str
    rows: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    spans: list[Range] = field(default_factory=list)
    uncounted: dict[tuple[int, int], str] = field(default_factory=dict)


def is_open_document(data: bytes) -> bool:
    """Whether the bytes are an OpenDocument file."""
    stream = io.BytesIO(data)
    if not zipfile.is_zipfile(stream):
        return False
    with zipfile.ZipFile(stream) as archive:
        return CONTENT in archive.namelist()


def read_sheets(source: Source) -> list[Sheet]:
    """The sheets of a workbook.

    Raises:
        UnreadableSourceError: it is damaged, encrypted, or repeats cells beyond what a sheet may have.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive, archive.open(CONTENT) as content:
            return _Reader(source.name).read(content.read())
    except (etree.XMLSyntaxError, zipfile.BadZipFile, RuntimeError, ValueError, EOFError) as error:
        encrypted = b"encryption-data" in _manifest(source.data)
        why = "it is encrypted" if encrypted else str(error)
        raise UnreadableSourceError(f"The workbook cannot be read: {why}.", Where(source.name), _SAVE) from error


def _manifest(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.read("META-INF/manifest.xml")
    except (KeyError, zipfile.BadZipFile, RuntimeError, ValueError, EOFError):
        return b""


class _Reader:
    """Reads one document; `cells` counts those that hold something."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._cells = 0

    def read(self, content: bytes) -> list[Sheet]:
        sheets: list[Sheet] = []
        number = 1
        tags = (f"{TABLE}table", ROW)
        stream = io.BytesIO(content)
        events = etree.iterparse(stream, events=("start", "end"), tag=tags, no_network=True, resolve_entities=False)
        for event, element in events:
            parent = element.getparent()
            if element.tag != ROW:
                if event == "start" and parent is not None and parent.tag == _SHEETS:
                    sheets.append(Sheet(element.get(f"{TABLE}name", "")))
                    number = 1
            elif event == "end" and sheets and not any(one.tag == ROW for one in element.iterancestors()):
                number = self._row(sheets[-1], element, number)
                forget(element)
        return sheets

    def _row(self, sheet: Sheet, row: etree._Element, number: int) -> int:
        """Adds a row, as often as it stands; returns the number of the next."""
        times = self._times(row, ROWS_REPEATED, number)
        cells: list[str] = []
        for cell in _up_to_the_last_that_holds_anything(row):
            again = self._times(cell, COLUMNS_REPEATED, number)
            if len(cells) + again > MOST_COLUMNS:
                raise self._endless(number)
            text = "" if cell.tag == COVERED else _text(cell)
            if formula := _uncounted(cell, text):
                sheet.uncounted[number, len(cells)] = formula
                text = ""
            spanned = int(cell.get(_SPANNED, "1"))
            if spanned > 1 and text:
                sheet.spans.append(((number - 1, len(cells)), (number + spanned - 2, len(cells))))
            cells += [text] * again
        while cells and not cells[-1]:
            cells.pop()
        self._count(sum(map(bool, cells)) * times, number + times - 1, number)
        made = tuple(cells)
        sheet.rows += [(number + at, made) for at in range(times if cells else 0)]
        return number + times

    def _count(self, cells: int, last: int, number: int) -> None:
        self._cells += cells
        if self._cells > MOST_CELLS or (cells and last > MOST_ROWS):
            raise self._endless(number)

    def _endless(self, number: int) -> UnreadableSourceError:
        return UnreadableSourceError(
            f"The workbook repeats rows or cells beyond {MOST_ROWS} rows, {MOST_COLUMNS} columns or "
            f"{MOST_CELLS} cells.",
            Where(self._file, row=number),
            "Delete the cells that are filled without end, and save it again.",
        )

    def _times(self, element: etree._Element, name: str, number: int) -> int:
        written = element.get(name, "1")
        if not written.isdecimal() or not int(written):
            raise UnreadableSourceError(
                f"The workbook cannot be read: a cell or row is repeated “{written}” times.",
                Where(self._file, row=number),
                _SAVE,
            )
        return min(int(written), MOST_CELLS + 1)


def forget(element: etree._Element) -> None:
    """Gives back the memory of an element that was read, and of what stands before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)


def _up_to_the_last_that_holds_anything(row: etree._Element) -> list[etree._Element]:
    """The cells of a row without those at its end that are empty, as spreadsheets fill rows up."""
    cells = [one for one in row if one.tag in {CELL, COVERED}]
    while cells and not _holds(cells[-1]):
        cells.pop()
    return cells


def _holds(cell: etree._Element) -> bool:
    return len(cell) > 0 or any(cell.get(name) is not None for name in (f"{OFFICE}value-type", f"{TABLE}formula"))


def _uncounted(cell: etree._Element, text: str) -> str:
    """The formula of a cell that has no value, or an error for one; "" for any other cell."""
    formula = cell.get(f"{TABLE}formula", "")
    counted = cell.get(f"{OFFICE}value-type") is not None and not _ERROR.fullmatch(text)
    return "" if counted else formula


def _text(cell: etree._Element) -> str:
    """What a cell says: dates as yyyy-mm-dd, numbers as they are, and else what people see."""
    kind = cell.get(f"{OFFICE}value-type", "")
    seen = "\n".join("".join(_words(one)) for one in cell if one.tag == f"{TEXT}p").strip()
    if kind == "date":
        return cell.get(f"{OFFICE}date-value", seen).removesuffix(_MIDNIGHT)
    if kind == "float":
        number = float(cell.get(f"{OFFICE}value", "nan"))
        return str(int(number)) if number.is_integer() else str(number)
    if kind in _SEEN:
        return seen or cell.get(f"{OFFICE}value", "") or cell.get(f"{OFFICE}{kind}-value", "")
    return seen or cell.get(f"{OFFICE}string-value", "").strip()


def _words(element: etree._Element) -> Iterator[str]:
    """The text of a paragraph with its blanks; notes in it are none of it."""
    yield element.text or ""
    for child in element:
        if child.tag == f"{TEXT}s":
            yield " " * min(int(child.get(f"{TEXT}c", "1")), 1000)
        elif child.tag == f"{TEXT}tab":
            yield "\t"
        elif child.tag == f"{TEXT}line-break":
            yield "\n"
        elif child.tag not in {f"{OFFICE}annotation", f"{TEXT}note", f"{TEXT}ruby-text"} and isinstance(child.tag, str):
            yield from _words(child)
        yield child.tail or ""
