"""A copy of everything, laid out as a data directory, with a record (`backup.json`) of every byte in it.

What is copied: the newest generation, the SQLite files through SQLite's own backup, the blobs and the URI base. The
copy is read whole, byte by byte and quad by quad, before it gets its name, so a backup that exists is a good one. What
the newest backup in the same folder holds already is shared with it (sparql/embedded/sharing.py).
"""

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from sparql.embedded import layout
from sparql.embedded.canonical import canonical_hash
from sparql.embedded.databases import reading
from sparql.embedded.files import appearing, write_synced
from sparql.embedded.integrity import (
    FileRecord,
    damaged,
    file_hash,
    generation_path,
    read_pointer,
    read_record,
    write_pointer,
)
from sparql.embedded.locks import exclusive
from sparql.embedded.sharing import RECORD, Sharing
from sparql.embedded.verify import DATABASES, verified_generation, verify_blobs, verify_database
from sparql.errors import StoreError

_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class BackupRecord:
    """What `backup.json` says: `canonical` is the SHA-256 of the sorted N-Quads, `files` is relative path to record.

    `shared` counts the files that are links to those of the backup `beside`, which lies in the same folder.
    """

    created: str
    generation: int
    quads: int
    canonical: str
    files: dict[str, FileRecord]
    beside: str = ""
    shared: int = 0


def backup(directory: Path, target: Path) -> BackupRecord:
    """Copies the data directory to a new directory `target` and verifies the copy by reading all of it.

    Raises:
        StoreError: `target` exists already.
        StoreFullError: no space left there; nothing is left behind.
        StoreDamagedError: what was to be copied is damaged.
    """
    if target.exists():
        raise StoreError(f"{target} exists already: a backup goes into a new directory.")
    with appearing(target) as stage:
        sharing = Sharing(target.absolute().parent)
        _copy(directory, stage, sharing)
        return _record(stage, *_verify_content(stage), sharing)


def read_backup(target: Path) -> BackupRecord:
    """The record of a backup.

    Raises:
        StoreDamagedError: there is none, or it cannot be read.
    """
    try:
        raw = json.loads((target / RECORD).read_bytes())
        return BackupRecord(files={name: FileRecord(**each) for name, each in raw.pop("files").items()}, **raw)
    except FileNotFoundError as error:
        raise _bad(target, f"it has no {RECORD}") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _bad(target, f"{RECORD} cannot be read ({error})") from error


def verify_backup(target: Path) -> BackupRecord:
    """Reads a whole backup: every byte, every quad, every blob, the SQLite files and the canonical hash.

    Raises:
        StoreDamagedError: something is not what its record says.
    """
    record = read_backup(target)
    for name, expected in record.files.items():
        path = target / name
        if not path.is_file() or path.stat().st_size != expected.size or file_hash(path) != expected.sha256:
            raise _bad(target, f"{name} is not what {RECORD} says")
    canonical, _ = _verify_content(target)
    if canonical != record.canonical:
        raise _bad(target, "its quads are not those that were backed up")
    return record


def _bad(target: Path, what: str) -> StoreError:
    return damaged(target, f"{what}; this backup cannot be used")


def _copy(directory: Path, stage: Path, sharing: Sharing) -> None:
    try:
        _copy_generation(directory, stage, sharing)
    except (FileNotFoundError, shutil.Error):  # removed meanwhile, for newer ones: no writer may come between this time
        shutil.rmtree(stage / "generations", ignore_errors=True)
        with exclusive(directory / "lock", _WAIT):
            _copy_generation(directory, stage, sharing)
    for name in DATABASES:
        if (directory / name).exists():
            _copy_database(directory / name, stage / name)
    if (directory / "blobs").exists():
        hidden = shutil.ignore_patterns(".*")
        shutil.copytree(directory / "blobs", stage / "blobs", ignore=hidden, copy_function=sharing.copy)


def _copy_generation(directory: Path, stage: Path, sharing: Sharing) -> None:
    pointer = read_pointer(directory)
    if pointer.generation:
        place = generation_path(directory, pointer.generation)
        shutil.copytree(place, generation_path(stage, pointer.generation), copy_function=sharing.copy)
        for name in ("uri-base", layout.FILE):
            if (directory / name).exists():
                shutil.copyfile(directory / name, stage / name)
    write_pointer(stage, pointer)


def _copy_database(source: Path, target: Path) -> None:
    with closing(reading(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")  # all of it in one file
    shutil.copymode(source, target)


def _verify_content(place: Path) -> tuple[str, int]:
    """Canonical hash and number of quads of what a copy holds."""
    pointer = read_pointer(place)
    verify_blobs(place / "blobs")
    for name in DATABASES:
        if (place / name).exists():
            verify_database(place / name)
    if pointer.generation == 0:
        return "", 0
    generation = generation_path(place, pointer.generation)
    record = read_record(generation, pointer.digest)
    with verified_generation(generation, record) as store:
        return canonical_hash(store, place), sum(record.graphs.values())


def _record(stage: Path, canonical: str, quads: int, sharing: Sharing) -> BackupRecord:
    files = {
        path.relative_to(stage).as_posix(): FileRecord(path.stat().st_size, file_hash(path))
        for path in sorted(stage.rglob("*"))
        if path.is_file()
    }
    created = datetime.now(UTC).isoformat(timespec="seconds")
    generation, beside = read_pointer(stage).generation, sharing.earlier.name if sharing.shared else ""
    record = BackupRecord(created, generation, quads, canonical, files, beside, sharing.shared)
    write_synced(stage / RECORD, json.dumps(asdict(record), ensure_ascii=False, indent=1).encode())
    return record
