"""Readings as they are kept: one small file each in `readings/`, under the name of what was read and how.

They are a convenience, never the record: not synced, in no backup, and one that is missing or torn is as if it had
never been.
"""

import gzip
import json
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any, Final

MOST: Final = 500
"""Readings that are kept; with one more the one that was kept longest goes."""
_SUFFIX: Final = ".json.gz"


@dataclass(frozen=True, slots=True)
class ReadingShelf:
    """The readings in a directory, which need not exist yet."""

    directory: Path

    def get(self, name: str) -> dict[str, Any] | None:
        """The reading of this name; None where there is none that can be read."""
        try:
            document = json.loads(gzip.decompress(self._path(name).read_bytes()))
        except (OSError, EOFError, ValueError, zlib.error):
            return None
        return document if isinstance(document, dict) else None

    def put(self, name: str, document: dict[str, Any]) -> None:
        """Keeps a reading in the place of the one before; not where there is no space or no right to write."""
        fresh = self.directory / f".{token_hex(8)}"
        with suppress(OSError):
            self.directory.mkdir(exist_ok=True)
            try:
                fresh.write_bytes(gzip.compress(json.dumps(document).encode(), 1))
                fresh.rename(self._path(name))
            finally:
                fresh.unlink(missing_ok=True)
            self._tidy()

    def _tidy(self) -> None:
        paths = list(self.directory.glob(f"*{_SUFFIX}"))
        if len(paths) > MOST:
            oldest = sorted(paths, key=lambda path: path.stat().st_mtime_ns)
            for path in oldest[:-MOST]:
                path.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self.directory / f"{name}{_SUFFIX}"
