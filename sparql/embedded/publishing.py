"""The two ends of a write session: a master to begin with, a published generation at the end.

The order of steps is what makes a crash harmless: the new generation is whole and synced under a name that nobody
opens, then gets its number, and only then does `current` move to it.
"""

from datetime import UTC, datetime
from pathlib import Path

from sparql.embedded.engine import open_writable
from sparql.embedded.files import replace_synced, sync
from sparql.embedded.integrity import (
    STORE,
    GenerationRecord,
    Pointer,
    generation_path,
    read_pointer,
    record_files,
    verify_files,
    write_pointer,
    write_record,
)
from sparql.embedded.master import make_master, sweep
from sparql.embedded.session import EmbeddedSession


def begin(directory: Path, pointer: Pointer, record: GenerationRecord) -> EmbeddedSession:
    """Clears what a crash left and opens a new master with the content of the newest generation; needs the lock.

    Raises:
        StoreDamagedError: that generation is not what its record says.
        OSError: no space, no right to write.
    """
    if pointer.generation == 0:
        write_pointer(directory, pointer)
        (directory / "generations").mkdir(exist_ok=True)
    else:
        verify_files(generation_path(directory, pointer.generation), record)
    sweep(directory, pointer)
    master = make_master(directory, pointer)
    return EmbeddedSession(open_writable(master), master, record)


def publish(directory: Path, session: EmbeddedSession, record: GenerationRecord, uri_base: str) -> None:
    """Makes what the session wrote the newest generation; `record` is that of the generation it began with.

    Raises:
        OSError: no space, no right to write; then nothing was published.
    """
    number = session.next_generation
    fresh = directory / "generations" / f".new-{number}"
    try:
        fresh.mkdir()
        session.checkpoint(fresh / STORE)
        digest = _record(directory, fresh, session, record, uri_base)
        place = generation_path(directory, number)
        fresh.rename(place)
        sync(place.parent)
        if record.generation == 0:
            replace_synced(directory / "uri-base", f"{uri_base}\n".encode())
        else:
            session.difference.write(directory, number, read_pointer(directory).digest, digest)
        write_pointer(directory, Pointer(number, digest))
    except OSError:
        sweep(directory, read_pointer(directory))  # frees the space; `current` says whether it has moved
        raise


def _record(directory: Path, fresh: Path, session: EmbeddedSession, before: GenerationRecord, uri_base: str) -> str:
    """Syncs the checkpoint and writes its record; returns the SHA-256 of the record."""
    store = fresh / STORE
    files = record_files(store, generation_path(directory, before.generation) / STORE, before.files)
    for name, each in files.items():
        if each is not before.files.get(name):  # a link to a file that is on disk already
            sync(store / name)
    sync(store)
    created = datetime.now(UTC).isoformat(timespec="seconds")
    digest = write_record(fresh, GenerationRecord(session.next_generation, created, uri_base, session.graphs(), files))
    sync(fresh)
    return digest
