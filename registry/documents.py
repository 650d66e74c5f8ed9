"""Documents with lists that are too long for memory: such a list is `Rows`, read or made while it is written.

Writes: JSON in pieces; a file with all rows of a document, which comes back with them still on disk.
"""

import json
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import IO, Any, Final, TypeAlias

from registry.catalogue.paging import Page
from registry.errors import NotFoundError

Row: TypeAlias = Mapping[str, Any]
_MARK: Final = "$rows"
"""The member that stands, in a document that is kept, where rows were."""
_GONE: Final = "It is no longer here: it was accepted, discarded or is too old. Upload the file again."
_FILE: Final = "rows.jsonl"
_PLACE: Final = array("Q").itemsize
"""Bytes of a place in a file."""
_PIECE: Final = 1 << 16
"""Characters that are sent at a time."""


class Rows:
    """A list of JSON objects that is made anew each time it is gone through."""

    def __init__(self, make: Callable[[], Iterable[Row]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[Row]:
        return iter(self._make())

    def texts(self) -> Iterator[str]:
        """The same as JSON, one by one."""
        return (json.dumps(row, ensure_ascii=False) for row in self)

    def map(self, change: Callable[[Row], Row]) -> "Rows":
        """The same with a change in each."""
        return Rows(lambda: map(change, self))


@dataclass(frozen=True, slots=True)
class KeptRows:
    """Rows in a file, a line each, from row `first` of the file on.

    `sections` says how many in a row have the same member ``change``, "" for none.
    """

    path: Path
    first: int
    sections: tuple[tuple[str, int], ...]

    def __len__(self) -> int:
        return sum(number for _, number in self.sections)

    def __iter__(self) -> Iterator[Row]:
        return map(json.loads, self.texts())

    def texts(self) -> Iterator[str]:
        """The rows as JSON, one by one."""
        if len(self):
            with _opened(self.path) as (file, index):
                file.seek(_place(index, self.first))
                yield from (line.rstrip(b"\n").decode() for line in islice(file, len(self)))

    def map(self, change: Callable[[Row], Row]) -> Rows:
        """The same with a change in each."""
        return Rows(lambda: map(change, self))

    def page(self, number: int, size: int, change: str = "") -> Page[Row]:
        """The page with this number, of all rows or of those with one change; beyond the last page is the last."""
        return page_of_all([self], number, size, change).map(lambda found: found[1])

    def chosen(self, change: str) -> Iterator[int]:
        """The places in the file of all rows, or of those with one change."""
        start = self.first
        for name, number in self.sections:
            if change in ("", name):
                yield from range(start, start + number)
            start += number

    def count(self, change: str) -> int:
        """How many those are."""
        return sum(number for name, number in self.sections if change in ("", name))

    def read(self, wanted: Iterable[int]) -> Iterator[Row]:
        """The rows at some places in the file."""
        with _opened(self.path) as (file, index):
            for row in wanted:
                file.seek(_place(index, row))
                yield json.loads(file.readline())


def page_of_all(lists: Sequence[KeptRows], number: int, size: int, change: str = "") -> Page[tuple[int, Row]]:
    """A page of several lists behind each other: each row with the number of its list, from 0."""
    total = sum(each.count(change) for each in lists)
    number = min(max(number, 1), max(1, -(-total // size)))
    skipped = (number - 1) * size
    found: list[tuple[int, Row]] = []
    for which, rows in enumerate(lists):
        count = rows.count(change)
        if skipped < count and len(found) < size:
            wanted = islice(rows.chosen(change), skipped, skipped + size - len(found))
            found += ((which, row) for row in rows.read(wanted))
        skipped = max(0, skipped - count)
    return Page(tuple(found), number, size, total)


def as_json(document: Any) -> Iterator[str]:
    """The document as JSON in pieces that are worth sending; `Rows` anywhere in it are lists."""
    yield from gathered(_pieces(document))


def gathered(pieces: Iterable[str]) -> Iterator[str]:
    """The same text in pieces of some size."""
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield "".join(waiting)
            waiting, size = [], 0
    yield "".join(waiting)


def _pieces(document: Any) -> Iterator[str]:
    if isinstance(document, Rows | KeptRows):
        yield "["
        for number, text in enumerate(document.texts()):
            yield f"{',' if number else ''}{text}"
        yield "]"
    elif isinstance(document, Mapping):
        yield "{"
        for number, (name, value) in enumerate(document.items()):
            yield f"{',' if number else ''}{json.dumps(name, ensure_ascii=False)}:"
            yield from _pieces(value)
        yield "}"
    elif isinstance(document, list | tuple):
        yield "["
        for number, value in enumerate(document):
            yield "," if number else ""
            yield from _pieces(value)
        yield "]"
    else:
        yield json.dumps(document, ensure_ascii=False)


def kept(folder: Path, document: Any) -> Any:
    """The document with marks in the place of its rows, which are in a file of the folder when this returns."""
    if isinstance(document, Rows | KeptRows):
        return {_MARK: _written(folder / _FILE, document)}
    if isinstance(document, Mapping):
        return {name: kept(folder, value) for name, value in document.items()}
    if isinstance(document, list | tuple):
        return [kept(folder, value) for value in document]
    return document


def restored(folder: Path, document: Any) -> Any:
    """The document of which `kept` made this, with rows that are read when they are gone through."""
    if isinstance(document, dict):
        if _MARK in document:
            first, sections = document[_MARK]
            return KeptRows(folder / _FILE, first, tuple((name, number) for name, number in sections))
        return {name: restored(folder, value) for name, value in document.items()}
    if isinstance(document, list):
        return [restored(folder, value) for value in document]
    return document


def _written(path: Path, rows: Rows | KeptRows) -> tuple[int, list[tuple[str, int]]]:
    """Writes rows behind those that are there; returns the number of the first, and their sections."""
    sections: list[tuple[str, int]] = []
    with path.open("ab") as file, _places(path).open("ab") as index:
        first = index.tell() // _PLACE
        for change, some in groupby(rows, lambda row: str(row.get("change", ""))):
            places = array("Q")
            for row in some:
                places.append(file.tell())
                file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
            index.write(places.tobytes())
            sections.append((change, len(places)))
    return first, sections


@contextmanager
def _opened(path: Path) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """The file with rows, and that with their places."""
    try:
        file, index = path.open("rb"), _places(path).open("rb")
    except FileNotFoundError as error:
        raise NotFoundError(_GONE) from error
    with file, index:
        yield file, index


def _places(path: Path) -> Path:
    """The file that says where each row of a file begins."""
    return path.with_suffix(".places")


def _place(index: IO[bytes], row: int) -> int:
    index.seek(row * _PLACE)
    return int.from_bytes(index.read(_PLACE), sys.byteorder)
