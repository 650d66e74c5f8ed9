"""Workbooks (XLSX, XLS, ODS) as tables, one for each sheet; formulas that nothing has counted are noted."""

import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook

from importers.base import Source, UnreadableSourceError
from importers.concepts.formulas import Uncounted, uncounted
from importers.concepts.open_document import is_open_document, read_sheets
from importers.concepts.table_rows import Row, Table
from importers.report import Where

MAX_UNPACKED = 256 * 1024 * 1024
"""Bytes that a workbook may unpack to."""
_ZIP = b"PK\x03\x04"


def read_workbook(source: Source) -> list[Table]:
    """The sheets of a workbook.

    Raises:
        UnreadableSourceError: it is damaged or unpacks to more than MAX_UNPACKED bytes.
    """
    _refuse_bomb(source)
    if is_open_document(source.data):
        return [_table(sheet.name, sheet.rows, sheet.spans, sheet.uncounted) for sheet in read_sheets(source)]
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(source.data))
        formulas = uncounted(source.data)
        return [_sheet(workbook, name, formulas.get(name, {})) for name in workbook.sheet_names]
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableSourceError(
            f"The workbook cannot be read: {error}.", Where(source.name), "Save it again as .xlsx, or as CSV in UTF-8."
        ) from error


def _refuse_bomb(source: Source) -> None:
    if not source.data.startswith(_ZIP):
        return
    with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
        size = sum(member.file_size for member in archive.infolist())
    if size > MAX_UNPACKED:
        raise UnreadableSourceError(
            f"The workbook unpacks to {size} bytes; {MAX_UNPACKED} are allowed.",
            Where(source.name),
            "Split it, or save the sheet as CSV.",
        )


def _sheet(workbook: CalamineWorkbook, name: str, formulas: Uncounted) -> Table:
    sheet = workbook.get_sheet_by_name(name)
    rows = [
        (number, tuple("" if (number, at) in formulas else _text(value) for at, value in enumerate(cells)))
        for number, cells in enumerate(sheet.to_python(skip_empty_area=False), 1)
    ]
    return _table(name, rows, sheet.merged_cell_ranges or (), formulas)


def _table(
    name: str,
    rows: Iterable[tuple[int, tuple[str, ...]]],
    spans: Iterable[tuple[tuple[int, int], tuple[int, int]]],
    formulas: Uncounted,
) -> Table:
    """A table of rows by their numbers; `spans` are cells that stand for several, from 0."""
    cells = {number: list(texts) for number, texts in rows}
    merged = _fill_down(cells, spans)
    of_row: dict[int, list[tuple[int, str]]] = {}
    for (number, at), formula in formulas.items():
        of_row.setdefault(number, []).append((at, formula))
    numbers = sorted(cells.keys() | of_row.keys())
    return Table(
        tuple(
            Row(
                number,
                tuple(cells.get(number, ())),
                merged=number in merged,
                uncounted=tuple(of_row.get(number, ())),
            )
            for number in numbers
        ),
        name=name,
    )


def _fill_down(rows: dict[int, list[str]], spans: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> set[int]:
    """Gives every row what a cell says that stands for several; returns the numbers of those that got something."""
    filled: set[int] = set()
    for (top, left), (bottom, _) in spans:
        above = rows.get(top + 1, [])
        value = above[left] if left < len(above) else ""
        for number in range(top + 2, min(bottom + 1, max(rows, default=0)) + 1) if value else ():
            if (row := rows.get(number)) is not None:
                row += [""] * (left + 1 - len(row))
                row[left] = value
                filled.add(number)
    return filled


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
