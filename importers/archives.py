"""Archives: .zip and .tar in any compression, told by their content, opened in memory within limits.

Only plain files inside are taken; their paths are names in reports and never places on a disk. An archive in an
archive is opened once. XLSX and ODS are zip files too and stay what they are.
"""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Protocol

from importers.base import Source, UnreadableSourceError
from importers.report import Where

MOST_MEMBERS = 10_000
"""Files that an archive may hold."""
HIGHEST_RATIO = 200
"""How many times larger than packed the whole may be unpacked, beyond the first MiB."""

_CHUNK = 1 << 20
_HEAD = 512
"""Bytes among which an archive says that it is one."""
_DEEPEST = 2
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_GZIP = b"\x1f\x8b"
_BZIP2 = b"BZh"
_COMPRESSED = (_GZIP, _BZIP2, b"\xfd7zXZ\x00")
_OFFICE = ("mimetype", "[Content_Types].xml", "xl/", "word/", "META-INF/manifest.xml")


def expand(source: Source, limit_bytes: int) -> list[Source]:
    """The files in the source if it is an archive, else the source itself. `limit_bytes` is for all of it, unpacked.

    Raises:
        UnreadableSourceError: too large, packed too tightly, too many files, damaged, encrypted, or nothing in it.
    """
    if source.size > limit_bytes:
        raise _too_large(source.name, limit_bytes)
    budget = _Budget(source, limit_bytes)
    expanded = list(_expand(source, budget, 1))
    if not expanded:
        raise UnreadableSourceError("The archive has no files.", Where(source.name), "Put files in it.")
    return expanded


class _Readable(Protocol):
    """What zipfile, gzip, bz2 and lzma have in common."""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes."""
        ...


class _Budget:
    """What may still be unpacked out of one source."""

    def __init__(self, source: Source, limit: int) -> None:
        self.name = source.name
        self.limit = limit
        self._packed = source.size
        self._unpacked = 0
        self._members = 0

    def count(self, size: int) -> None:
        """Takes `size` unpacked bytes.

        Raises:
            UnreadableSourceError: over the limit.
        """
        self._unpacked += size
        if self._unpacked > self.limit:
            raise _too_large(self.name, self.limit)
        if self._unpacked > _CHUNK + self._packed * HIGHEST_RATIO:
            raise UnreadableSourceError(
                f"The archive is packed more than {HIGHEST_RATIO} times, like an archive made to fill a machine.",
                Where(self.name),
                "Send the files unpacked.",
            )

    def count_member(self) -> None:
        """Takes one file.

        Raises:
            UnreadableSourceError: too many.
        """
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise UnreadableSourceError(
                f"The archive has more than {MOST_MEMBERS} files.", Where(self.name), "Send fewer files at a time."
            )


def _expand(source: Source, budget: _Budget, depth: int) -> Iterator[Source]:
    members = _members(source, budget)
    if members is None:
        yield source
        return
    if depth > _DEEPEST:
        raise UnreadableSourceError(
            "The archive holds archives within archives.", Where(source.name), "Unpack the inner ones first."
        )
    for member in members:
        yield from _expand(member, budget, depth + 1)


def _members(source: Source, budget: _Budget) -> Iterator[Source] | None:
    """The files in an archive; None if the source is none."""
    head = source.head(_HEAD)
    if head.startswith((_ZIP, _EMPTY_ZIP)):
        return None if _is_office(source) else _from_zip(source, budget)
    if head.startswith(_COMPRESSED):
        return _from_compressed(source, budget)
    return _from_tar(source, source.data, budget) if _is_tar(head) else None


def _is_tar(data: bytes) -> bool:
    return data[257:262] == b"ustar"


def _is_office(source: Source) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return any(name == sign or (sign.endswith("/") and name.startswith(sign)) for name in names for sign in _OFFICE)


def _from_zip(source: Source, budget: _Budget) -> Iterator[Source]:
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            for info in archive.infolist():
                if info.is_dir() or _is_noise(info.filename):
                    continue
                budget.count_member()
                if info.flag_bits & 1:
                    raise _damaged(source.name, f"the file {info.filename} is encrypted")
                with archive.open(info) as stream:
                    yield Source(_member_name(source, info.filename), _read(stream, budget))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise _damaged(source.name, str(error)) from error


def _from_compressed(source: Source, budget: _Budget) -> Iterator[Source]:
    """A compressed tar, or one compressed file."""
    data = _unpacked(source, budget)
    if _is_tar(data):
        yield from _from_tar(source, data, budget)
    else:
        name = PurePosixPath(source.name).name
        inner = name.rsplit(".", 1)[0] if name.endswith((".gz", ".bz2", ".xz")) else name
        yield Source(_member_name(source, inner), data)


def _unpacked(source: Source, budget: _Budget) -> bytes:
    packed = io.BytesIO(source.data)
    try:
        if source.data.startswith(_GZIP):
            return _read(gzip.GzipFile(fileobj=packed), budget)
        if source.data.startswith(_BZIP2):
            return _read(bz2.BZ2File(packed), budget)
        return _read(lzma.LZMAFile(packed), budget)
    except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
        raise _damaged(source.name, str(error)) from error


def _from_tar(source: Source, data: bytes, budget: _Budget) -> Iterator[Source]:
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for info in archive:
                if not info.isfile() or _is_noise(info.name):
                    continue
                budget.count_member()
                if info.size > len(data):
                    raise _damaged(source.name, f"the file {info.name} says that it is larger than the archive")
                stream = archive.extractfile(info)
                if stream is not None:
                    yield Source(_member_name(source, info.name), stream.read())
    except (tarfile.TarError, EOFError, OSError) as error:
        raise _damaged(source.name, str(error)) from error


def _read(stream: _Readable, budget: _Budget) -> bytes:
    parts: list[bytes] = []
    while part := stream.read(_CHUNK):
        budget.count(len(part))
        parts.append(part)
    return b"".join(parts)


def _is_noise(name: str) -> bool:
    """Files that operating systems leave in archives."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.name.startswith(".") or "__MACOSX" in path.parts or path.name in {"Thumbs.db", "desktop.ini"}


def _member_name(source: Source, name: str) -> str:
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in {"/", "..", "."}]
    return "/".join((source.name, *parts))


def _too_large(name: str, limit: int) -> UnreadableSourceError:
    size = f"{limit / _CHUNK:.0f} MiB" if limit >= _CHUNK else f"{limit} bytes"
    return UnreadableSourceError(
        f"The source is larger than {size} unpacked.",
        Where(name),
        "Send it in parts, or raise the limit: SAMSVAR_MAX_SOURCE, for uploads SAMSVAR_MAX_UPLOAD.",
    )


def _damaged(name: str, reason: str) -> UnreadableSourceError:
    return UnreadableSourceError(f"The archive cannot be opened: {reason}.", Where(name), "Make the archive again.")
