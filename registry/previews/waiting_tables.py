"""Tables that wait for somebody to say what their columns hold: ``tables/{id}/``, kept as long as a preview."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from importers.table_sketch import TableSketch
from registry.access.tokens import Token
from registry.previews.shelf import Kept, Owned, Shelf
from registry.uploads import SentFile, Upload

MOST = 5
"""Tables of one token that are kept; with one more the oldest goes."""


@dataclass(frozen=True, slots=True)
class WaitingTable(Owned):
    """An upload that waits, with a sketch of the first table in its files."""

    catalogue: str
    publisher: str
    partial: bool
    files: tuple[str, ...]
    sketch: TableSketch


class WaitingTables:
    """Those of one register."""

    def __init__(self, directory: Path, hours: float) -> None:
        unknown = "No table {} waits here: it was discarded or is too old. Upload the file again."
        self._shelf = Shelf(directory, hours, MOST, "table.json", unknown)

    def put(self, upload: Upload, sketch: TableSketch, token: Token) -> WaitingTable:
        """Keeps an upload.

        Raises:
            StoreError: no space left, or no right to write.
        """
        return _waiting(self._shelf.put(token, _writing(upload, sketch)))

    def get(self, name: str) -> WaitingTable:
        """The upload of this id.

        Raises:
            NotFoundError: there is none, or its time is up.
        """
        return _waiting(self._shelf.get(name))

    def open(self, waiting: WaitingTable) -> tuple[SentFile, ...]:
        """The files as they were uploaded; close them.

        Raises:
            NotFoundError: the upload was discarded meanwhile.
        """
        return tuple(
            SentFile(name, self._shelf.open(waiting.id, f"{number}.gz")) for number, name in enumerate(waiting.files)
        )

    def discard(self, name: str) -> None:
        """From now on nothing waits under this id."""
        self._shelf.discard(name)


def _writing(upload: Upload, sketch: TableSketch) -> Callable[[Path], dict[str, Any]]:
    def write(folder: Path) -> dict[str, Any]:
        for number, source in enumerate(upload.sources()):
            (folder / f"{number}.gz").write_bytes(gzip.compress(source.data, 1))
        return {
            "catalogue": upload.catalogue or "",
            "publisher": upload.publisher or "",
            "partial": upload.partial,
            "files": [file.name for file in upload.files],
            "sketch": sketch.as_json(),
        }

    return write


def _waiting(kept: Kept) -> WaitingTable:
    said = kept.content
    return WaitingTable(
        *kept.about,
        said["catalogue"],
        said["publisher"],
        said["partial"],
        tuple(said["files"]),
        TableSketch.from_json(said["sketch"]),
    )
