"""What a client uploads to import: files and wishes, read within the limits of the register, and taken one at a time.

Whoever waits for a turn has his files on disk; they are in memory one by one, while they are read.

Reads: the request. Writes: temporary files.
"""

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from itertools import chain
from pathlib import Path
from tempfile import NamedTemporaryFile, gettempdir
from typing import IO, Final, cast

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge

from importers.base import FileOnDisk, Source
from importers.table_mapping import MappingError, TableMapping, mapping_from_toml
from registry.errors import BadRequestError
from sparql.embedded.files import storage_errors
from sparql.errors import StoreBusyError

AT_ONCE: Final = 2
"""Uploads that one web process reads at the same time; each may take a child process much memory."""
_ROOM = threading.BoundedSemaphore(AT_ONCE)
_MOMENT: Final = 1.0
"""Seconds that an upload waits for a place, since one that is done gives its own back a little later."""
_IN_MEMORY = 1 << 18
"""Bytes of a body beyond which it lies on disk."""
_PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
"""What zip, gzip, bzip2 and xz begin with, the longest last."""
_SHORT_ARCHIVE = 1 << 15
"""Bytes of an archive that holds nothing large, however it is packed."""
_FORM = "multipart/form-data"
_MAPPING = "mapping"
"""The part of a form that is no file to import."""
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
class SentFile:
    """A file as it was sent, not yet in memory; `path` is where it lies if it is long."""

    name: str
    content: IO[bytes]
    path: Path | None = None

    def is_packed(self) -> bool:
        """Whether it is a file that may be much larger than it seems."""
        self.content.seek(0)
        packed = self.content.read(len(_PACKED[-1])).startswith(_PACKED)
        return packed and self.content.seek(0, os.SEEK_END) > _SHORT_ARCHIVE

    def source(self) -> Source:
        """The file, to be read."""
        if self.path is not None:
            return Source(self.name, FileOnDisk.at(self.path))
        self.content.seek(0)
        return Source(self.name, self.content.read())


@dataclass(frozen=True, slots=True)
class Upload:
    """Files to import, and how: as the options of `samsvar import`. Close it when they are read."""

    files: tuple[SentFile, ...]
    catalogue: str | None = None
    format: str | None = None
    publisher: str | None = None
    dry_run: bool = False
    partial: bool = False
    strict: bool = False
    mapping: TableMapping | None = None

    @property
    def is_large(self) -> bool:
        """Whether reading it may take long, or much memory: a file lies on disk, or is an archive that may hold one."""
        return any(file.path is not None or file.is_packed() for file in self.files)

    def sources(self) -> Iterator[Source]:
        """The files, each read when it is asked for."""
        for file in self.files:
            yield file.source()

    def close(self) -> None:
        """Gives back the disk."""
        for file in self.files:
            file.content.close()


def read_upload(request: Request, *, dry_run: bool = False) -> Upload:
    """The files of a form, or the body as one file; wishes stand in the address or in the form.

    `dry_run` does not wait to be asked for one.

    Raises:
        BadRequestError: there is no file, or a wish or the mapping cannot be read.
        RequestEntityTooLarge: longer than SAMSVAR_MAX_UPLOAD, told before the whole is read.
        StoreFullError: there is no space for it.
    """
    try:
        return _read(request, dry_run=dry_run)
    except RequestEntityTooLarge as error:
        most = f"{(request.max_content_length or 0) // 2**20} MiB"
        raise RequestEntityTooLarge(f"An upload has at most {most}, also unpacked: send it in parts.") from error


def _read(request: Request, *, dry_run: bool) -> Upload:
    with ExitStack() as opened:
        files = _files(request, opened) if request.mimetype == _FORM else (_body(request, opened),)
        wishes = {**request.form.to_dict(), **request.args.to_dict()}
        upload = Upload(
            files,
            catalogue=wishes.get("catalogue", "").strip() or None,
            format=wishes.get("format", "").strip() or None,
            publisher=_organisation_number(wishes.get("publisher", "")),
            dry_run=dry_run or _flag(wishes, "dryRun"),
            partial=_flag(wishes, "partial"),
            strict=_flag(wishes, "strict"),
            mapping=_mapping(request),
        )
        opened.pop_all()
    return upload


@contextmanager
def taking_turns() -> Iterator[None]:
    """One of the places for reading uploads.

    Raises:
        StoreBusyError: all are taken.
    """
    release = take_turn()
    try:
        yield
    finally:
        release()


def take_turn() -> Callable[[], None]:
    """The same, until what this returns is called, on any thread.

    Raises:
        StoreBusyError: all are taken.
    """
    if not _ROOM.acquire(timeout=_MOMENT):
        raise StoreBusyError(f"{AT_ONCE} uploads are being read already: send yours again in a moment.")
    return _ROOM.release


def _files(request: Request, opened: ExitStack) -> tuple[SentFile, ...]:
    parts = [part for name in request.files if name != _MAPPING for part in request.files.getlist(name)]
    parts = [part for part in parts if part.filename]
    if not parts:
        raise BadRequestError("The form holds no file: give the part a filename.")
    return tuple(_sent(_base_name(part.filename or ""), part.stream, opened) for part in parts)


def _body(request: Request, opened: ExitStack) -> SentFile:
    suffix = _SUFFIXES.get(request.mimetype, "")
    name = _base_name(request.args.get("name", "")) or f"upload{suffix and '.'}{suffix}"
    file = _sent(name, request.stream, opened)
    if file.path is None and not file.content.read(1):
        raise BadRequestError("There is no file: send it as the body, or as a part of multipart/form-data.")
    return file


def _sent(name: str, stream: IO[bytes], opened: ExitStack) -> SentFile:
    """What a stream holds: in memory if it is short, else in a file of its own."""
    beginning = stream.read(_IN_MEMORY)
    following = stream.read(_IN_MEMORY)
    if not following:
        return SentFile(name, opened.enter_context(BytesIO(beginning)))
    file = opened.enter_context(NamedTemporaryFile())  # noqa: SIM115 - closed with the upload
    for piece in chain((beginning, following), iter(partial(stream.read, _IN_MEMORY), b"")):
        with storage_errors(Path(gettempdir())):
            file.write(piece)
    with storage_errors(Path(gettempdir())):
        file.flush()
    return SentFile(name, cast("IO[bytes]", file), Path(file.name))


def _mapping(request: Request) -> TableMapping | None:
    """What the columns of tables hold, as TOML in a part of the form: a file, or a field."""
    part = request.files.get(_MAPPING)
    data = part.read() if part is not None else request.form.get(_MAPPING, "").encode()
    if not data.strip():
        return None
    try:
        return mapping_from_toml(data.decode("utf-8"))
    except MappingError as error:
        raise BadRequestError(str(error)) from error
    except UnicodeDecodeError as error:
        raise BadRequestError(f"The mapping is not UTF-8: {error}.") from error


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
