"""What administrators do, written down in the same transaction as the deed: rights, sources, webhooks.

The author is the id of a token, or who ran the command. Reads and writes: ``state.db``.
"""

import getpass
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from registry.access.state import State

_SCHEMA = files(__package__).joinpath("acts.sql").read_text(encoding="utf-8")
_INSERT = "INSERT INTO act (time, author, act, about) VALUES (?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Act:
    """One deed; `time` is ISO 8601 in UTC."""

    time: str
    author: str
    act: str
    about: str


def note(database: sqlite3.Connection, by: str, act: str, about: str) -> None:
    """Writes down a deed in the transaction that does it; where `by` is empty, who runs this process did it."""
    database.execute(_SCHEMA)
    database.execute(_INSERT, (datetime.now(UTC).isoformat(timespec="seconds"), by or operator(), act, about))


def acts(path: Path) -> list[Act]:
    """All of them, oldest first."""
    state = State(path, _SCHEMA)
    if not state.has("act"):
        return []
    with state.connect() as database:
        rows = database.execute("SELECT time, author, act, about FROM act ORDER BY number").fetchall()
    return [Act(**dict(row)) for row in rows]


def operator() -> str:
    """Who runs this process: the author of what the command line writes."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in a container
        return "command line"
