"""The embedded store: numbered, immutable generations, one writer at a time, any number of readers.

A data directory holds::

    current              the newest generation's number and the SHA-256 of its record; moved by one atomic rename
    generations/{n}/     store/ (a checkpoint that nobody writes) and generation.json (its record)
    master/              the store that a session writes; anything found there later is what a crash left
    lock                 held by the writer
    uri-base             what minted URIs begin with, for ever
    blobs/               the bytes of every import, by hash

Whatever happens at any moment, `current` names a whole generation: an import is all or nothing.
"""

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from sparql.embedded.backup import backup
from sparql.embedded.engine import require_writer
from sparql.embedded.files import storage_errors
from sparql.embedded.integrity import (
    EMPTY,
    GenerationRecord,
    Pointer,
    damaged,
    generation_path,
    read_pointer,
    read_record,
)
from sparql.embedded.kept import KeptMaster
from sparql.embedded.locks import exclusive
from sparql.embedded.master import Master, bury, dismiss, retire
from sparql.embedded.publishing import HERE_ALONE, Elsewhere, begin, publish
from sparql.embedded.reader import GenerationReader, open_generation
from sparql.embedded.session import EmbeddedSession
from sparql.embedded.updates import UpdateQueue
from sparql.errors import StoreError, UriBaseChangedError
from sparql.store import WriteSession

S = TypeVar("S")
T = TypeVar("T")
KEPT = 3
"""Generations that stay on disk, the newest among them."""
_PATIENCE = 30.0
"""Seconds that a session waits for another writer."""


@dataclass(slots=True)
class _Process:
    """What belongs to one process: nothing of it may cross a fork."""

    kept: KeptMaster = field(default_factory=KeptMaster)
    pid: int = field(default_factory=os.getpid)
    lock: threading.Lock = field(default_factory=threading.Lock)
    seen: tuple[int, int, int] | None = None
    reader: GenerationReader | None = None


class GenerationStore:
    """A `TripleStore` in a directory, which need not exist yet; reading never creates or writes anything.

    `uri_base` is what minted URIs begin with, without a slash at the end. It is recorded at the first write.
    """

    def __init__(self, directory: Path, *, uri_base: str) -> None:
        self.directory = Path(directory)
        self.uri_base = uri_base
        self._current = self.directory / "current"
        self._updates = self.queue(nullcontext)
        self._process = _Process()
        self._inherited: list[_Process] = []  # closing what a parent process opened is not ours to do

    def reader(self) -> GenerationReader:
        """The newest generation, open in this process; about two microseconds when there is no newer one.

        Raises:
            StoreDamagedError: it is not what its record says; the message names `samsvar restore`.
            UriBaseChangedError: the register was made with another URI base.
        """
        process = self._own()
        seen = self._stamp()
        if process.reader is not None and process.seen == seen:
            return process.reader
        with process.lock:
            if process.reader is None or process.seen != seen:
                seen = self._stamp()
                process.reader = self._newest()
                process.seen = seen
            return process.reader

    @contextmanager
    def session(self, *, deadline: float = _PATIENCE) -> Iterator[EmbeddedSession]:
        """The exclusive write session; leaving it publishes, an exception or no change publishes nothing.

        Raises:
            StoreBusyError: another writer held the lock for `deadline` seconds.
            StoreFullError: the disk is full; the last generation still serves.
            StoreReadOnlyError: the data directory cannot be written.
            StoreDamagedError: the newest generation is not what its record says.
            UriBaseChangedError: the register was made with another URI base.
        """
        try:
            with self._session(deadline) as session:
                yield session
        finally:
            self._tidy()

    def submit(self, update: Callable[[WriteSession], T]) -> "Future[T]":
        """Writes a small update together with others that wait in this process; see UpdateQueue.submit."""
        return self._updates.submit(update)

    def queue(self, around: Callable[[WriteSession], AbstractContextManager[S]]) -> UpdateQueue[S]:
        """Small updates that share more than a session; see UpdateQueue."""
        return UpdateQueue(self._small_session, around, self._tidy)

    def backup(self, directory: Path) -> None:
        """A verified copy of everything in a new directory; see sparql.embedded.backup.backup."""
        backup(self.directory, directory)

    @contextmanager
    def _session(self, deadline: float, kept: KeptMaster | None = None) -> Iterator[EmbeddedSession]:
        """The session; what it takes away is left to `_tidy`. With `kept` its master is one that may stay open."""
        require_writer()
        with self._alone(deadline):
            self._begin()
            with self._writing(self._announced, kept) as session:
                yield session

    @contextmanager
    def _alone(self, deadline: float) -> Iterator[None]:
        """Nobody else writes to the data directory."""
        with ExitStack() as stack:
            with storage_errors(self.directory):
                self.directory.mkdir(parents=True, exist_ok=True)
                stack.enter_context(exclusive(self.directory / "lock", deadline))
            yield

    @contextmanager
    def _writing(
        self, elsewhere: Callable[[EmbeddedSession, GenerationRecord], Elsewhere], kept: KeptMaster | None = None
    ) -> Iterator[EmbeddedSession]:
        """A session that begins with the newest generation; needs the lock. `elsewhere` is asked when it is done."""
        with ExitStack() as stack:
            with self._whole():
                pointer = read_pointer(self.directory)
                record = self._record(pointer)
                held = None if kept is None else kept.take(self.directory, pointer, record)
                master = begin(self.directory, pointer, record, held)
            stack.enter_context(_used(self.directory, master, kept))
            session = stack.enter_context(closing(EmbeddedSession(master.opened, master.path, record)))
            yield session
            if session.changed:
                with storage_errors(self.directory):
                    published = elsewhere(session, record)
                    publish(self.directory, master, session, record, self.uri_base, elsewhere=published)
                with suppress(OSError):
                    retire(self.directory, session.next_generation, KEPT)

    def _begin(self) -> None:
        """What is done under the lock before a session; nothing where this is the only store."""

    def _announced(self, session: EmbeddedSession, record: GenerationRecord) -> Elsewhere:  # noqa: ARG002 - for stores that have another
        """Where else the session's generation is published; nowhere where this is the only store."""
        return HERE_ALONE

    def _small_session(self) -> AbstractContextManager[EmbeddedSession]:
        return self._session(_PATIENCE, self._own().kept)

    def _tidy(self) -> None:
        """Removes what sessions took away."""
        with suppress(OSError):
            bury(self.directory)

    def _newest(self) -> GenerationReader:
        pointer = read_pointer(self.directory)
        try:
            return self._open(pointer)
        except StoreError:
            newer = read_pointer(self.directory)
            if newer == pointer:
                raise
            return self._open(newer)

    def _open(self, pointer: Pointer) -> GenerationReader:
        with self._whole():
            return open_generation(self.directory, pointer, self._record(pointer))

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """What is not found here has been lost: a published generation is never half there."""
        with storage_errors(self.directory):
            try:
                yield
            except FileNotFoundError as error:
                raise damaged(self.directory, f"{error.filename} is missing") from error

    def _record(self, pointer: Pointer) -> GenerationRecord:
        if pointer.generation == 0:
            return EMPTY
        record = read_record(generation_path(self.directory, pointer.generation), pointer.digest)
        if record.uri_base != self.uri_base:
            raise UriBaseChangedError(
                f"The URIs of this register begin with {record.uri_base} for ever, but SAMSVAR_URI_BASE is "
                f"{self.uri_base}: set it back, or start a new register in another data directory."
            )
        return record

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            status = self._current.stat()
        except FileNotFoundError:
            return None
        return status.st_ino, status.st_mtime_ns, status.st_size

    def _own(self) -> _Process:
        if self._process.pid != os.getpid():
            self._inherited.append(self._process)
            self._process = _Process()
        return self._process


@contextmanager
def _used(directory: Path, master: Master, kept: KeptMaster | None) -> Iterator[None]:
    """A master that a session writes: kept when its log can go on, else taken away."""
    with ExitStack() as stack:
        stack.callback(dismiss, directory, master)
        yield
        if kept is not None and master.log:
            stack.pop_all()
            kept.give(master)
