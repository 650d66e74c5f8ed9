"""What a client uploads to import: files and wishes, read within the limits of the register, and taken one at a time.

Reads: the request. Writes: nothing.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Final

from flask import Request
from werkzeug.datastructures import FileStorage

from importers.base import Source
from registry.errors import BadRequestError
from sparql.errors import StoreBusyError

AT_ONCE: Final = 2
"""Uploads that one web process reads at the same time; each may take a child process much memory."""
_ROOM = threading.BoundedSemaphore(AT_ONCE)
_FORM = "multipart/form-data"
_SUFFIXES = {
    "text/turtle": "ttl",
    "application/trig": "trig",
    "application/n-triples": "nt",
    "application/n-quads": "nq",
    "application/rdf+xml": "rdf",
    "application/ld+json": "jsonld",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/zip": "zip",
    "application/gzip": "gz",
    "text/html": "html",
}
_YES, _NO = frozenset({"true", "1", "yes", "on"}), frozenset({"", "false", "0", "no"})


@dataclass(frozen=True, slots=True)
class Upload:
    """Files to import, and how: as the options of `samsvar import`."""

    sources: tuple[Source, ...]
    catalogue: str | None = None
    format: str | None = None
    publisher: str | None = None
    dry_run: bool = False
    partial: bool = False
    strict: bool = False


def read_upload(request: Request, *, dry_run: bool = False) -> Upload:
    """The files of a form, or the body as one file; wishes stand in the address or in the form.

    `dry_run` does not wait to be asked for one.

    Raises:
        BadRequestError: there is no file, or a wish that cannot be read.
        RequestEntityTooLarge: longer than SAMSVAR_MAX_UPLOAD, told before the whole is read.
    """
    sources = _files(request) if request.mimetype == _FORM else _body(request)
    wishes = {**request.form.to_dict(), **request.args.to_dict()}
    return Upload(
        sources,
        catalogue=wishes.get("catalogue", "").strip() or None,
        format=wishes.get("format", "").strip() or None,
        publisher=_organisation_number(wishes.get("publisher", "")),
        dry_run=dry_run or _flag(wishes, "dryRun"),
        partial=_flag(wishes, "partial"),
        strict=_flag(wishes, "strict"),
    )


@contextmanager
def taking_turns() -> Iterator[None]:
    """One of the places for reading uploads.

    Raises:
        StoreBusyError: all are taken.
    """
    if not _ROOM.acquire(blocking=False):
        raise StoreBusyError(f"{AT_ONCE} uploads are being read already: send yours again in a moment.")
    try:
        yield
    finally:
        _ROOM.release()


def _files(request: Request) -> tuple[Source, ...]:
    parts = [part for name in request.files for part in request.files.getlist(name) if part.filename]
    if not parts:
        raise BadRequestError("The form holds no file: give the part a filename.")
    return tuple(map(_file, parts))


def _file(part: FileStorage) -> Source:
    with closing(part):
        return Source(_base_name(part.filename or ""), part.read())


def _body(request: Request) -> tuple[Source, ...]:
    data = request.get_data(cache=False)
    if not data:
        raise BadRequestError("There is no file: send it as the body, or as a part of multipart/form-data.")
    suffix = _SUFFIXES.get(request.mimetype, "")
    name = _base_name(request.args.get("name", "")) or f"upload{suffix and '.'}{suffix}"
    return (Source(name, data),)


def _base_name(name: str) -> str:
    """What a file is called, without the folders where its sender has it and without control characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[:200]


def _flag(wishes: Mapping[str, str], name: str) -> bool:
    said = wishes.get(name, "").strip().lower()
    if said not in _YES | _NO:
        raise BadRequestError(f"The parameter {name} is true or false.")
    return said in _YES


def _organisation_number(said: str) -> str | None:
    number = "".join(said.split())
    if number and not (number.isdecimal() and len(number) == 9):  # noqa: PLR2004 - what the sentence says
        raise BadRequestError("An organisation number has nine digits.")
    return number or None
