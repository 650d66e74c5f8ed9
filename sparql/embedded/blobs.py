"""The bytes of every import, under the name of their SHA-256: what normalisation changes is never lost.

A blob is `{first two digits}/{hash}.gz`, so that `zcat` reads it without us. Blobs are written once and never changed.
"""

import gzip
import hashlib
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

from sparql.embedded.files import storage_errors, sync, write_synced
from sparql.errors import StoreDamagedError

_NAME = re.compile(r"[0-9a-f]{64}")


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
        digest = hashlib.sha256(content).hexdigest()
        path = self._path(digest)
        with storage_errors(self.directory):
            if not path.exists():
                self._write(path, gzip.compress(content, compresslevel=1, mtime=0))
        return digest

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
        if hashlib.sha256(content).hexdigest() != digest:
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

    def _write(self, path: Path, packed: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{token_hex(8)}.new")
        try:
            write_synced(fresh, packed)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
        for parent in (path.parent, self.directory, self.directory.parent):
            sync(parent)

    def _damaged(self, digest: str) -> StoreDamagedError:
        return StoreDamagedError(
            f"The blob {digest} in {self.directory} is damaged. Run `samsvar restore` with a backup."
        )
