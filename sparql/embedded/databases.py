"""SQLite files of the data directory, read while others write and after a writer that was killed.

A process may keep its connections: opening one takes longer than what is asked of it. They belong to one process and
one file: after a fork, and where somebody put another file in its place, others are opened.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sparql.errors import StoreBusyError, StoreDamagedError, StoreError, StoreFullError, StoreReadOnlyError

WAIT = 30.0
"""Seconds that a connection waits for another one that writes."""
NO_ROOM = {sqlite3.SQLITE_IOERR_SHMOPEN, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_SHMMAP}
"""What SQLite says where it cannot make the file that readers of a log share."""
_PRIMARY = 0xFF
"""The part of an error's code that says its kind."""
_KINDS: dict[int, tuple[type[StoreError], str]] = {
    sqlite3.SQLITE_BUSY: (StoreBusyError, "is written by somebody else"),
    sqlite3.SQLITE_LOCKED: (StoreBusyError, "is written by somebody else"),
    sqlite3.SQLITE_FULL: (StoreFullError, "has no space left on its disk"),
    sqlite3.SQLITE_READONLY: (StoreReadOnlyError, "cannot be written"),
    sqlite3.SQLITE_PERM: (StoreReadOnlyError, "cannot be written"),
    sqlite3.SQLITE_CORRUPT: (StoreDamagedError, "is damaged"),
    sqlite3.SQLITE_NOTADB: (StoreDamagedError, "is no database"),
}


def writing(path: Path) -> sqlite3.Connection:
    """A connection that also writes, for one thread at a time; the file is made where it is not there."""
    return sqlite3.connect(path, timeout=WAIT, check_same_thread=False)


def reading(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing that anybody has committed, for one thread at a time.

    What a writer left half written that was killed is undone first, as SQLite does it itself for those who may write.

    Raises:
        sqlite3.Error: it cannot be read.
    """
    try:
        return _opened(path, "mode=ro")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_READONLY_ROLLBACK:
            with closing(_opened(path, "mode=rw")):
                pass
            return _opened(path, "mode=ro")
        if _is_still(path, error.sqlite_errorcode):
            return _opened(path, "immutable=1")
        raise


def _is_still(path: Path, code: int) -> bool:
    """Whether nobody can be writing: nobody may, or no space is left for what is kept beside a log, which is empty."""
    if code == sqlite3.SQLITE_CANTOPEN:
        return path.exists() and not os.access(path.parent, os.W_OK)
    log = path.with_name(f"{path.name}-wal")
    return code in NO_ROOM and not (log.exists() and log.stat().st_size)


@contextmanager
def sqlite_errors(path: Path, mend: str = "restore a backup") -> Iterator[None]:
    """Turns the errors of a database's file into those of sparql/errors.py; those of what it is asked stay.

    `mend` is what to do where it is damaged.

    Raises:
        StoreBusyError, StoreFullError, StoreReadOnlyError: as SQLite says.
        StoreDamagedError: it is no database, or a broken one.
        StoreError: anything else.
    """
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except sqlite3.DatabaseError as error:
        primary = (getattr(error, "sqlite_errorcode", None) or 0) & _PRIMARY
        kind, said = _KINDS.get(primary, (StoreError, "cannot be used"))
        hint = f" To mend it, {mend}." if kind is StoreDamagedError else ""
        raise kind(f"{path} {said}: {error}.{hint}") from error


@dataclass(frozen=True, slots=True)
class _Kept:
    connection: sqlite3.Connection
    file: tuple[int, int] | None
    pid: int = field(default_factory=os.getpid)


class KeptConnections:
    """Connections to the file `path`. Who uses one has it alone, on whatever thread; `opened` makes another."""

    def __init__(self, path: Path, opened: Callable[[], sqlite3.Connection]) -> None:
        self._path = path
        self._opened = opened
        self._held: list[_Kept] = []
        self._inherited: list[_Kept] = []  # closing what a parent process opened is not ours to do

    @contextmanager
    def use(self) -> Iterator[sqlite3.Connection]:
        """A connection. An error closes it, and what it had not committed is gone."""
        kept = self._taken() or self._another()
        with ExitStack() as stack:
            stack.callback(kept.connection.close)
            yield kept.connection
            stack.pop_all()
        self._held.append(kept)

    def _taken(self) -> _Kept | None:
        while True:
            try:
                kept = self._held.pop()
            except IndexError:
                return None
            if kept.pid != os.getpid():
                self._inherited.append(kept)
            elif kept.file == _identity(self._path):
                return kept
            else:
                kept.connection.close()

    def _another(self) -> _Kept:
        connection = self._opened()
        return _Kept(connection, _identity(self._path))


def _opened(path: Path, how: str) -> sqlite3.Connection:
    """Opened in fact: SQLite looks at a file when it is first asked, and at what was left beside it."""
    address = f"{path.absolute().as_uri()}?{how}"
    connection = sqlite3.connect(address, uri=True, timeout=WAIT, check_same_thread=False)
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells the file from another one of that name, as long as somebody has it open."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino
