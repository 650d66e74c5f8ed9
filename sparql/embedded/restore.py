"""Putting a backup back: copied beside what is there, read whole, and only then moved into place."""

import shutil
from pathlib import Path
from secrets import token_hex

from sparql.embedded import layout
from sparql.embedded.backup import BackupRecord, read_backup, verify_backup
from sparql.embedded.files import replace_synced, storage_errors, sync, sync_tree
from sparql.embedded.integrity import read_pointer
from sparql.embedded.locks import exclusive
from sparql.embedded.sharing import RECORD
from sparql.embedded.verify import DATABASES
from sparql.errors import StoreDamagedError, StoreError

_UNFINISHED = b"a restore was not finished\n"
_DATABASE_FILES = [name + tail for name in DATABASES for tail in ("", "-wal", "-shm", "-journal")]
_REPLACED = ("generations", "master", "blobs", "uri-base", layout.FILE, *_DATABASE_FILES)


def restore(backup: Path, directory: Path, *, force: bool = False, deadline: float = 30.0) -> BackupRecord:
    """Makes `directory` the register that was backed up; with `force` in place of the one that is there.

    Nothing there changes before the copy has been read whole. A crash while it is moved into place leaves a register
    that refuses to open until the restore is done again. Processes that serve the register must be started anew.

    Raises:
        StoreDamagedError: the backup is damaged; nothing changed.
        StoreError: `directory` holds a register already and `force` was not given.
        StoreBusyError: a writer held the lock for `deadline` seconds.
        StoreFullError: no space left; nothing changed.
    """
    record = read_backup(backup)
    with storage_errors(directory):
        directory.mkdir(parents=True, exist_ok=True)
        with exclusive(directory / "lock", deadline):
            if not force and _holds_register(directory):
                raise StoreError(
                    f"{directory} holds a register already: restore elsewhere, or replace it with --force."
                )
            stage = directory / f".restore-{token_hex(4)}"
            try:
                _copy(backup, stage, record)
                verify_backup(stage)
                _move_into_place(stage, directory)
            finally:
                shutil.rmtree(stage, ignore_errors=True)
    return record


def _holds_register(directory: Path) -> bool:
    try:
        pointer = read_pointer(directory)
    except StoreDamagedError:
        return True
    return pointer.generation > 0 or any((directory / name).exists() for name in (*DATABASES, "blobs"))


def _copy(backup: Path, stage: Path, record: BackupRecord) -> None:
    for name in (*record.files, RECORD):
        target = stage / name
        if not (backup / name).is_file() or not target.resolve().is_relative_to(stage.resolve()):
            raise StoreDamagedError(f"The backup {backup} is damaged: {name} is missing. Use another one.")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(backup / name, target)
        shutil.copymode(backup / name, target)
    sync_tree(stage)


def _move_into_place(stage: Path, directory: Path) -> None:
    grave = directory / f".replaced-{token_hex(4)}"
    grave.mkdir()
    replace_synced(directory / "current", _UNFINISHED)
    for name in _REPLACED:
        if (directory / name).exists():
            (directory / name).rename(grave / name)
        if (stage / name).exists():
            (stage / name).rename(directory / name)
    sync(directory)
    (stage / "current").replace(directory / "current")
    sync(directory)
    for left in (*directory.glob(".replaced-*"), *directory.glob(".restore-*")):
        shutil.rmtree(left, ignore_errors=True)
