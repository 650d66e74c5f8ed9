"""Tables as bytes: delimited text of any delimiter and encoding, and workbooks, to rows of text with their place.

Row numbers are those that a spreadsheet program shows (the first row is 1, empty rows count); lines are lines of the
file, which differ where a cell holds a line break.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace

from importers.base import Source
from importers.concepts.table_rows import Row, Table
from importers.concepts.workbooks import read_workbook
from importers.issues import issue
from importers.report import READ_IN_PART, ImportReport, Issue, RecordReport, Where
from importers.texts import CONTROL

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DELIMITERS = ";\t,"
_HIGHEST_HEADER = 10
_MOST_CONTROL = 3
_SHOWN = 200
_SEPARATOR_LINE = re.compile(r"\s*sep=([;\t,])", re.IGNORECASE)


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a spreadsheet (XLSX, XLS or ODS) rather than another archive or text."""
    if data.startswith(_OLE):
        return True
    if not data.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return False
    return bool(names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"})


def read_tables(source: Source) -> list[Table]:
    """The source as tables: one for delimited text, one for each sheet of a workbook.

    Raises:
        UnreadableSourceError: the workbook is damaged or unpacks to more than MAX_UNPACKED bytes.
    """
    if is_workbook(source.data):
        return read_workbook(source)
    text, encoding = decode(source.data)
    delimiter = guess_delimiter(text)
    return [Table(tuple(delimited_rows(text, delimiter)), encoding, delimiter)]


def is_binary(text: str) -> bool:
    """Whether more control characters stand in a text than slip into one by mistake."""
    return len(CONTROL.findall(text)) > max(_MOST_CONTROL, len(text) // 100)


def decode(data: bytes) -> tuple[str, str]:
    """The text and its encoding: a byte order mark decides, then utf-8, then windows-1252."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("windows-1252", "replace"), "windows-1252"


def guess_delimiter(text: str) -> str:
    """The delimiter that a spreadsheet's line ``sep=;`` names, else the most frequent outside quotes in the first line.

    Lines without any delimiter, such as a title above the headers, are passed over.
    """
    lines = [line for line in text.splitlines() if line.strip()][:_HIGHEST_HEADER]
    if lines and (said := _SEPARATOR_LINE.match(lines[0])):
        return said.group(1)
    plain = [re.sub(r'"[^"]*"', "", line) for line in lines]
    first = next((line for line in plain if any(one in line for one in _DELIMITERS)), "")
    return max(_DELIMITERS, key=first.count)


def delimited_rows(text: str, delimiter: str) -> Iterator[Row]:
    """The records of delimited text. A record whose quotes do not match is read plainly and marked, none is lost."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    unended = bool(lines[-1])
    if not unended:
        lines.pop()
    rows = list(_records(lines, delimiter))
    widths = {len(row.cells) for row in rows[:-1]}
    if unended and len(widths) == 1 and len(rows) > 1 and len(rows[-1].cells) < widths.pop():
        rows[-1] = replace(rows[-1], cut=True)
    yield from rows


def _records(lines: list[str], delimiter: str) -> Iterator[Row]:
    start, number, width = 0, 0, 0
    while start < len(lines):
        reader = csv.reader((lines[at] + "\n" for at in range(start, len(lines))), delimiter=delimiter, strict=True)
        done = 0
        try:
            for cells in reader:
                number += 1
                width = width or (len(cells) if len(cells) > 1 else 0)
                yield Row(number, _clean(cells), start + done + 1)
                done = reader.line_num
            start = len(lines)
        except csv.Error:
            number += 1
            at = start + done
            cells = _plain_cells(lines[at], delimiter)
            start = at + 1
            while len(cells) < width and start < len(lines) and len(_plain_cells(lines[start], delimiter)) < width:
                cells[-1] += "\n" + lines[start]
                start += 1
            yield Row(number, _clean(cells), at + 1, broken=True, cut=len(cells) < width)


def left_out_sheets(source: Source, tables: Iterable[Table], used: Table) -> list[Issue]:
    """What to say of a workbook's other sheets that hold anything: one sheet makes a catalogue."""
    others = [table for table in tables if table is not used and not all(row.empty for row in table.rows)]
    return [issue("sheet-left-out", table.name, Where(source.name)) for table in others]


def cut_rows(report: ImportReport, rows: Iterable[Row]) -> None:
    """Rejects, in a report, the rows that are not whole; the source is then one in part."""
    cut = [row for row in rows if row.cut]
    for row in cut:
        where = Where(report.source, line=row.line, row=row.number)
        found = issue("entry-unreadable", " | ".join(filter(None, row.cells))[:_SHOWN], where)
        report.records.append(RecordReport(f"{report.source}, row {row.number}", "rejected", where, [found]))
    if cut:
        report.issues.append(issue(READ_IN_PART, f"{len(cut)} unreadable", Where(report.source)))


def _plain_cells(line: str, delimiter: str) -> list[str]:
    return [cell.strip().strip('"').replace('""', '"') for cell in line.split(delimiter)]


def _clean(cells: list[str]) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in cells)
