"""What a backup has in common with the one that was made beside it before: the same files, as hard links.

Only files that nobody writes a second time are shared: blobs, and the files of generations. They are compared byte by
byte, so that damage to the earlier backup is not taken over, and either can be removed without the other.
"""

import json
import shutil
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from sparql.embedded.files import link

RECORD = "backup.json"
_NEVER_WRITTEN = ("blobs/", "generations/")
_PIECE = 1 << 20


class Sharing:
    """The newest of the backups in the folder `beside`, if there is one."""

    def __init__(self, beside: Path) -> None:
        found = max(map(_dated, beside.glob(f"*/{RECORD}")), default=("", beside, ()))
        _, self.earlier, names = found
        self.shared = 0
        self._places: defaultdict[str, list[Path]] = defaultdict(list)
        for name in names:
            if name.startswith(_NEVER_WRITTEN):
                self._places[Path(name).name].append(self.earlier / name)

    def copy(self, source: str, target: str) -> str:
        """As shutil.copy2 does it, but a link to the file of the earlier backup where that holds the same bytes."""
        same = next((each for each in self._places[Path(source).name] if _is_same(Path(source), each)), None)
        if same is not None and link(same, Path(target)):
            self.shared += 1
            return target
        return str(shutil.copy2(source, target))


def _dated(record: Path) -> tuple[str, Path, Iterable[str]]:
    """When a backup was made, where it is and what it holds; long ago and nothing where its record cannot be read."""
    try:
        raw = json.loads(record.read_bytes())
        return str(raw["created"]), record.parent, tuple(map(str, raw["files"]))
    except (OSError, ValueError, KeyError, TypeError):
        return "", record.parent, ()


def _is_same(one: Path, other: Path) -> bool:
    if not other.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        while piece := first.read(_PIECE):
            if piece != second.read(_PIECE):
                return False
    return True
