"""SQLite files of the data directory, read while others write and after a writer that was killed."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

WAIT = 30.0
"""Seconds that a connection waits for another one that writes."""


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
        if error.sqlite_errorcode == sqlite3.SQLITE_CANTOPEN and path.exists() and not os.access(path.parent, os.W_OK):
            return _opened(path, "immutable=1")
        raise


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
