"""The two ends of a write session: a master to begin with, a published generation at the end.

The order of steps is what makes a crash harmless: the new generation is whole and synced under a name that nobody
opens, then gets its number, and only then does `current` move to it. What may be synced at the same time is.

A generation is made in one of two ways. A large change becomes a checkpoint, for which the engine writes tables and
waits for the disk a hundred times. A small one is the generation before it, file by file as hard links, and the
engine's log of what was written since: whoever opens a store reads its tables and then its logs. Logs are hashed in the
record and compared at every opening; what they hold is put into tables by the next checkpoint.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sparql.embedded.files import replace_synced, sync_all
from sparql.embedded.integrity import (
    LOG,
    RECORD,
    STORE,
    FileRecord,
    GenerationRecord,
    Pointer,
    generation_path,
    read_pointer,
    record_files,
    verify_files,
    write_pointer,
    write_record,
)
from sparql.embedded.layout import LAYOUT, write_layout
from sparql.embedded.master import Master, bury, open_master, sweep
from sparql.embedded.session import EmbeddedSession
from sparql.errors import StoreError

LOGGED: Final = 2 << 20
"""Bytes of logs that a generation may have: everybody who opens it reads them."""
LOGS: Final = 8
"""Logs that a generation may have: one more for each master that went on from it."""


def begin(directory: Path, pointer: Pointer, record: GenerationRecord, kept: Master | None) -> Master:
    """Clears what a crash left and gives a master with the content of the newest generation; needs the lock.

    That is `kept`, if there is one: it holds by itself all that it goes on from.

    Raises:
        StoreDamagedError: that generation is not what its record says.
        OSError: no space, no right to write.
    """
    if pointer.generation == 0:
        write_pointer(directory, pointer)
        write_layout(directory, LAYOUT)
        (directory / "generations").mkdir(exist_ok=True)
    elif kept is None:
        verify_files(generation_path(directory, pointer.generation), record)
    sweep(directory, pointer)
    return open_master(directory, pointer, record) if kept is None else kept


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another store that has the generation too, under the name `revision`; `sums` is its fingerprint per graph.

    `publish` is called when everything is ready here, and before anybody sees it.
    """

    revision: str = ""
    sums: dict[str, str] = field(default_factory=dict)
    publish: Callable[[], None] = lambda: None


HERE_ALONE: Final = Elsewhere()
"""This is the only store."""


def publish(
    directory: Path,
    master: Master,
    session: EmbeddedSession,
    record: GenerationRecord,
    uri_base: str,
    *,
    elsewhere: Elsewhere = HERE_ALONE,
) -> None:
    """Makes what the session wrote the newest generation; `record` is that of the generation it began with.

    Raises:
        OSError: no space, no right to write; then nothing was published.
        StoreError: it could not be published elsewhere; then nothing was published here.
    """
    number = session.next_generation
    fresh = directory / "generations" / f".new-{number}"
    try:
        fresh.mkdir()
        base, files = master.base, _with_log(fresh / STORE, master, session)
        if files is None:
            base, files = number, _checkpoint(fresh / STORE, master, session)
        graphs, created = session.graphs(), datetime.now(UTC).isoformat(timespec="seconds")
        made = GenerationRecord(number, created, uri_base, graphs, files, base, elsewhere.revision, elsewhere.sums)
        digest = write_record(fresh, made)
        new = [name for name, each in files.items() if each is not master.files.get(name)]  # the others are on disk
        sync_all([fresh / RECORD, fresh, fresh / STORE, *(fresh / STORE / name for name in new)])
        fresh.rename(generation_path(directory, number))
        elsewhere.publish()
        if record.generation == 0:
            replace_synced(directory / "uri-base", f"{uri_base}\n".encode())
        else:
            session.difference.write(directory, number, master.pointer, digest)
        write_pointer(directory, Pointer(number, digest))
        master.pointer = Pointer(number, digest)
    except (OSError, StoreError):
        sweep(directory, read_pointer(directory))  # frees the space; `current` says whether it has moved
        bury(directory)
        raise


def _with_log(store: Path, master: Master, session: EmbeddedSession) -> dict[str, FileRecord] | None:
    """What the master was made from and its log; None where that is no whole generation, or too much."""
    log = master.log_path
    if not (session.logged and master.base and log is not None):
        return None
    sizes = [each.size for name, each in master.files.items() if name.endswith(LOG)]
    if sum(sizes) + log.stat().st_size > LOGGED or len(sizes) >= LOGS:
        return None
    store.mkdir()
    for name in master.files:
        os.link(master.origin / name, store / name)
    shutil.copyfile(log, store / master.log)
    return master.files | {master.log: master.summed.up_to_now(log)}


def _checkpoint(store: Path, master: Master, session: EmbeddedSession) -> dict[str, FileRecord]:
    """A checkpoint of the master.

    All of it is in tables: its log has nothing, or what is left in a file that the engine used before, and after which
    it would read no other log. For the same reason the master's next log could not be used: it is not kept.
    """
    session.checkpoint(store)
    master.log = ""
    for log in store.glob(f"*{LOG}"):
        log.unlink()
    return record_files(store, master.origin, master.files)
