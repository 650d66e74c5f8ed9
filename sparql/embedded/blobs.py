"""The bytes of every import, under the name of their SHA-256: what normalisation changes is never lost.

A blob is `{first two digits}/{hash}.gz`, so that `zcat` reads it without us. Blobs are written once and never changed.
"""

import gzip
import hashlib
import os
import re
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from secrets import token_hex
from typing import Protocol

from sparql.embedded.files import storage_errors, sync, sync_all, write_synced
from sparql.errors import StoreDamagedError

_NAME = re.compile(r"[0-9a-f]{64}")
_AT_ONCE = 16
"""Blobs that are packed, written and synced at the same time: a disk syncs many files nearly as fast as one."""


class Pieces(Protocol):
    """Bytes that are read when they are needed, and never all at once."""

    def pieces(self) -> Iterator[bytes]:
        """The bytes from the first one on."""
        ...


def digest_of(content: bytes | Pieces) -> str:
    """The name under which these bytes are kept: their SHA-256 as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for piece in _pieces(content):
        digest.update(piece)
    return digest.hexdigest()


def _pieces(content: bytes | Pieces) -> Iterator[bytes]:
    return iter((content,)) if isinstance(content, bytes) else content.pieces()


def _pack(path: Path, content: Pieces) -> None:
    """Writes pieces, packed, and waits until they are on disk."""
    with path.open("wb") as stream:
        with gzip.GzipFile(fileobj=stream, mode="wb", compresslevel=1, mtime=0) as packed:
            for piece in content.pieces():
                packed.write(piece)
        stream.flush()
        os.fsync(stream.fileno())


class BlobStore:
    """Content-addressed files in a directory, which need not exist yet."""

    def __init__(self, directory: Path) -> None:
        self.directory = Path(directory)

    def put(self, content: bytes) -> str:
        """Keeps the bytes, on disk when this returns; gives their SHA-256 as 64 hexadecimal digits.

        Raises:
            StoreFullError: no space left.
            StoreReadOnlyError: no right to write.
        """
        digest = digest_of(content)
        if not self._path(digest).exists():
            with storage_errors(self.directory):
                known = self._path(digest).parent.exists()
                folder = self._write(self._path(digest), content)
                sync_all([folder] if known else [folder, self.directory, self.directory.parent])
        return digest

    def put_all(self, contents: Iterable[bytes | Pieces]) -> list[str]:
        """Keeps each of the contents, on disk when this returns; gives their hashes in the same order.

        `contents` is read a few at a time, and pieces one after the other, in this thread.

        Raises:
            StoreFullError: no space left.
            StoreReadOnlyError: no right to write.
        """
        digests: list[str] = []
        folders: set[Path] = set()
        rest = iter(contents)
        with storage_errors(self.directory), ThreadPoolExecutor(_AT_ONCE) as pool:
            while some := list(islice(rest, 4 * _AT_ONCE)):
                named = [(digest_of(content), content) for content in some]
                digests += [digest for digest, _ in named]
                fresh = {digest: content for digest, content in named if not self._path(digest).exists()}
                for digest in [digest for digest, content in fresh.items() if not isinstance(content, bytes)]:
                    folders.add(self._write(self._path(digest), fresh.pop(digest)))
                folders.update(pool.map(self._write, map(self._path, fresh), fresh.values()))
            list(pool.map(sync, folders))
            if folders:
                sync(self.directory)
                sync(self.directory.parent)
        return digests

    def get(self, digest: str) -> bytes:
        """The bytes of a hash.

        Raises:
            KeyError: there is no such blob.
            StoreDamagedError: the file no longer holds what its name says.
        """
        try:
            content = gzip.decompress(self._path(digest).read_bytes())
        except FileNotFoundError:
            raise KeyError(digest) from None
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise self._damaged(digest) from error
        if digest_of(content) != digest:
            raise self._damaged(digest)
        return content

    def exists(self, digest: str) -> bool:
        """Whether the bytes of a hash are kept."""
        return self._path(digest).exists()

    def __iter__(self) -> Iterator[str]:
        """Every hash, in order."""
        return iter(sorted(path.name.removesuffix(".gz") for path in self.directory.glob("??/*.gz")))

    def _path(self, digest: str) -> Path:
        if not _NAME.fullmatch(digest):
            raise KeyError(digest)
        return self.directory / digest[:2] / f"{digest}.gz"

    @staticmethod
    def _write(path: Path, content: bytes | Pieces) -> Path:
        """Writes one blob, synced, and returns its folder, which is not."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{token_hex(8)}.new")
        try:
            if isinstance(content, bytes):
                write_synced(fresh, gzip.compress(content, compresslevel=1, mtime=0))
            else:
                _pack(fresh, content)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
        return path.parent

    def _damaged(self, digest: str) -> StoreDamagedError:
        return StoreDamagedError(
            f"The blob {digest} in {self.directory} is damaged. Run `samsvar restore` with a backup."
        )
