"""Formulas of an XLSX workbook that have no value, since no spreadsheet program counted them, or an error for one."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from lxml import etree

from importers.concepts.open_document import forget

Uncounted: TypeAlias = Mapping[tuple[int, int], str]
"""Formulas by row number (from 1) and column (from 0)."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = re.compile(r"\}id$")
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_LETTERS = 26
_FORMULA = b"<f"
_DAMAGED = (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, RuntimeError, EOFError)
"""What a part that cannot be read raises; the reader of the cells says what is wrong with it."""


def uncounted(data: bytes) -> dict[str, Uncounted]:
    """The formulas without a value of each sheet, by its name; none for other workbooks than XLSX."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: dict(_formulas(archive.read(part))) for name, part in _parts(archive)}
    except _DAMAGED:
        return {}


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet, and where it is."""
    targets = {one.get("Id", ""): one.get("Target", "") for one in _parsed(archive.read(_RELATIONS))}
    for sheet in _parsed(archive.read(_WORKBOOK)).iter(f"{_MAIN}sheet", f"{_STRICT}sheet"):
        key = next((str(value) for name, value in sheet.items() if _RELATION.search(str(name))), "")
        part = posixpath.normpath(posixpath.join("/xl", targets.get(key, ""))).removeprefix("/")
        if part in archive.namelist():
            yield sheet.get("name", ""), part


def _parsed(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(no_network=True, resolve_entities=False))


def _formulas(sheet: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    if _FORMULA not in sheet:
        return
    rows = etree.iterparse(io.BytesIO(sheet), tag=(f"{_MAIN}row", f"{_STRICT}row"), no_network=True)
    for _, row in rows:
        yield from _of_row(row)
        forget(row)


def _of_row(row: etree._Element) -> Iterator[tuple[tuple[int, int], str]]:
    for cell in row:
        formula = next((one for one in cell if str(one.tag).endswith("}f")), None)
        place = _CELL.fullmatch(cell.get("r", ""))
        if formula is not None and place is not None and (cell.get("t") == "e" or not _has_value(cell)):
            yield (int(place[2]), _column(place[1])), f"={formula.text or ''}"


def _has_value(cell: etree._Element) -> bool:
    """Whether something counted the formula: a text may be empty."""
    if cell.get("t") == "str":
        return any(str(one.tag).endswith("}v") for one in cell)
    return any(str(one.tag).endswith("}v") and one.text for one in cell)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number - 1
