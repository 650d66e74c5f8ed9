"""``state.db``: what is neither in the triple store nor rebuilt from it. Readable by the register's owner alone."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sparql.embedded.files import storage_errors


class State:
    """One part of the file, whose tables `schema` makes where they are missing."""

    def __init__(self, path: Path, schema: str) -> None:
        self.path = path
        self._schema = schema

    @contextmanager
    def connect(self, *, write: bool = False) -> Iterator[sqlite3.Connection]:
        """A transaction; the file and its tables are made by the first that writes.

        Raises:
            StoreError: the file cannot be written.
        """
        if write:
            with storage_errors(self.path.parent):
                self.path.parent.mkdir(parents=True, exist_ok=True)
                os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
                self.path.chmod(0o600)
        target = f"{self.path.absolute().as_uri()}{'' if write else '?mode=ro'}"
        with closing(sqlite3.connect(target, uri=True, timeout=30.0)) as database:
            database.row_factory = sqlite3.Row
            if write:
                database.executescript(self._schema)
                database.execute("BEGIN IMMEDIATE")
            with database:
                yield database
