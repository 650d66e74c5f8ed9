"""``state.db``: what is neither in the triple store nor rebuilt from it. Readable by the register's owner alone."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from sparql.embedded.databases import KeptConnections, reading, sqlite_errors, writing
from sparql.embedded.files import storage_errors


class State:
    """One part of the file, whose tables `schema` makes where they are missing."""

    def __init__(self, path: Path, schema: str) -> None:
        self.path = path
        self._schema = schema
        self._reading = KeptConnections(path, partial(self._opened, reading))

    def has(self, table: str) -> bool:
        """Whether somebody has written to a table of this part: the file may be there for others."""
        if not self.path.exists():
            return False
        with self.connect() as database:
            found = database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        return found is not None

    @contextmanager
    def connect(self, *, write: bool = False) -> Iterator[sqlite3.Connection]:
        """A transaction; the file and its tables are made by the first that writes.

        Raises:
            StoreError: the file cannot be written, or read.
        """
        if write:
            with storage_errors(self.path.parent):
                self.path.parent.mkdir(parents=True, exist_ok=True)
                os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
                self.path.chmod(0o600)
        with sqlite_errors(self.path), closing(self._opened()) if write else self._reading.use() as database:
            if write:
                database.executescript(self._schema)
                database.execute("BEGIN IMMEDIATE")
            with database:
                yield database

    def _opened(self, how: Callable[[Path], sqlite3.Connection] = writing) -> sqlite3.Connection:
        database = how(self.path)
        database.row_factory = sqlite3.Row
        return database
