"""Dumps as files: made by ``samsvar dump`` with sizes and SHA-256, given for as long as the content is what it was.

Writes: ``{name}.{suffix}``, ``dumps.json`` (what each file is) and ``SHA256SUMS`` in one directory, each file whole or
not at all.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from registry.dumping.contents import SYNTAXES, Dump, pieces
from sparql.embedded.files import storage_errors
from sparql.store import Reader

_RECORD, _SUMS = "dumps.json", "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class DumpFile:
    """A file that was made: its name, bytes, SHA-256 in hexadecimal, and the state of the dump that it is of."""

    file: str
    size: int
    sha256: str
    state: str

    def as_json(self) -> dict[str, Any]:
        """Its members."""
        return asdict(self)


def made(directory: Path) -> dict[str, DumpFile]:
    """The files that were made, by name; none where the record cannot be read."""
    try:
        record = json.loads(directory.joinpath(_RECORD).read_text(encoding="utf-8"))
        return {each["file"]: DumpFile(**each) for each in record["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def current(directory: Path, dump: Dump) -> dict[str, DumpFile]:
    """The files of a dump that are as the register is now, by suffix."""
    known = made(directory)
    found = {suffix: known.get(f"{dump.name}.{suffix}") for suffix in SYNTAXES}
    return {
        suffix: file
        for suffix, file in found.items()
        if file is not None and file.state == dump.state and (directory / file.file).is_file()
    }


def make(reader: Reader, directory: Path, wanted: Iterable[Dump], suffixes: Iterable[str]) -> Iterator[DumpFile]:
    """Makes files, those that are current left as they are; yields each when it is there.

    Raises:
        StoreError: the directory cannot be written, or the disk is full.
    """
    suffixes = tuple(suffixes)
    with storage_errors(directory):
        directory.mkdir(parents=True, exist_ok=True)
        for dump in wanted:
            there = current(directory, dump)
            for suffix in suffixes:
                yield there.get(suffix) or _made(reader, directory, dump, suffix)


def _made(reader: Reader, directory: Path, dump: Dump, suffix: str) -> DumpFile:
    name = f"{dump.name}.{suffix}"
    digest, size = hashlib.sha256(), 0
    partial = directory / f"{name}.part"
    with partial.open("wb") as file:
        for piece in pieces(reader, dump, SYNTAXES[suffix]):
            file.write(piece)
            digest.update(piece)
            size += len(piece)
    found = DumpFile(name, size, digest.hexdigest(), dump.state)
    partial.replace(directory / name)
    _record(directory, found)
    return found


def _record(directory: Path, new: DumpFile) -> None:
    files = {**made(directory), new.file: new}
    listed = [files[name] for name in sorted(files)]
    sums = "".join(f"{each.sha256}  {each.file}\n" for each in listed)
    _write(directory / _SUMS, sums)
    _write(directory / _RECORD, json.dumps({"files": [each.as_json() for each in listed]}, indent=1))


def _write(path: Path, text: str) -> None:
    partial = path.with_name(f"{path.name}.part")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
