"""The queries that users saved: versions in ``state.db``, each with its author and time.

A name stays with those who took it, also when they delete the query: its URI never comes to mean another one.
"""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from registry.access.acts import note
from registry.access.state import State
from registry.access.tokens import Token
from registry.errors import BadRequestError, ForbiddenError, NameTakenError, NotFoundError
from registry.query_library.drafts import Draft
from sparql.queries import Example, example

_SCHEMA = files(__package__).joinpath("saved_query.sql").read_text(encoding="utf-8")
_LAST = "version = (SELECT max(version) FROM saved_query AS other WHERE other.name = saved_query.name)"
_CREATED = "(SELECT min(saved) FROM saved_query AS other WHERE other.name = saved_query.name) AS created"
_SELECT = f"SELECT *, {_CREATED} FROM saved_query WHERE deleted = 0"  # noqa: S608 - parts written above
_ALL = f"{_SELECT} AND {_LAST} ORDER BY name"
_ONE = f"{_SELECT} AND name = ? AND {_LAST}"
_VERSION = f"{_SELECT} AND name = ? AND version = ?"
_STATE = f"SELECT * FROM saved_query WHERE name = ? AND {_LAST}"  # noqa: S608 - the same
_COLUMNS = "name, version, title, description, folder, view, query, organisation, token, owner, saved, deleted"
_INSERT = f"INSERT INTO saved_query ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - the same
_NAMES = "SELECT count(DISTINCT name) FROM saved_query"
_FORGET = "DELETE FROM saved_query WHERE name = ? AND version > 1 AND version <= ?"
_MOST_NAMES, _MOST_VERSIONS = 1000, 100
"""Queries that are saved at most, and versions of each: its first and the last ones are kept."""


@dataclass(frozen=True, slots=True)
class Saved:
    """Which version, for which organisation (empty: an administrator's), the times of the first and of this version."""

    version: int
    organisation: str
    created: str
    changed: str


@dataclass(frozen=True, slots=True)
class LibraryQuery:
    """A query of the library; `saved` is None for those that come with the register."""

    example: Example
    saved: Saved | None = None


Check = Callable[[int], None]
"""Is told the version that is there, 0 for none; raises to leave it as it is."""


class SavedQueries:
    """The saved queries of one register, in the file that holds its tokens."""

    def __init__(self, path: Path) -> None:
        self._state = State(path, _SCHEMA)

    def everything(self) -> list[LibraryQuery]:
        """All, by name."""
        return [_query(row) for row in self._rows(_ALL)]

    def find(self, name: str, version: int | None = None) -> LibraryQuery | None:
        """The query of this name as it is now, or in one of its versions; None where there is none."""
        rows = self._rows(_ONE, name) if version is None else self._rows(_VERSION, name, version)
        return next(map(_query, rows), None)

    def save(self, draft: Draft, token: Token, check: Check) -> tuple[LibraryQuery, bool]:
        """Saves a version more, unless nothing has changed; and whether there was no query of this name.

        Raises:
            ForbiddenError: the token does not save queries.
            NameTakenError: the name is another's, or that of a query that comes with the register.
            BadRequestError: there are too many.
        """
        _may_save(draft.name, token)
        with self._state.connect(write=True) as database:
            last = database.execute(_STATE, (draft.name,)).fetchone()
            present = last is not None and not last["deleted"]
            _owned(last, token)
            check(last["version"] if present else 0)
            if (
                not last
                and database.execute("SELECT count(DISTINCT name) FROM saved_query").fetchone()[0] >= _MOST_NAMES
            ):
                raise BadRequestError(f"There are {_MOST_NAMES} saved queries already: delete one.")
            if not (present and _content(last) == _values(draft)):
                _insert(database, last, (draft.name, *_values(draft)), token)
            made = _query(database.execute(_ONE, (draft.name,)).fetchone())
        return made, not present

    def delete(self, name: str, token: Token, check: Check) -> None:
        """From now on there is no query of this name.

        Raises:
            ForbiddenError: the token does not save queries.
            NameTakenError: the query is another's, or comes with the register.
            NotFoundError: there is none.
        """
        _may_save(name, token)
        if self.find(name) is None:
            raise NotFoundError(f"There is no saved query {name}; /api/v1/queries lists those that there are.")
        with self._state.connect(write=True) as database:
            last = database.execute(_STATE, (name,)).fetchone()
            _owned(last, token)
            check(last["version"])
            _insert(database, last, (name, *_content(last)), token, deleted=True)

    def _rows(self, statement: str, *values: object) -> list[sqlite3.Row]:
        if not self._state.has("saved_query"):
            return []
        with self._state.connect() as database:
            return database.execute(statement, values).fetchall()


def _may_save(name: str, token: Token) -> None:
    if token.role == "reader":
        raise ForbiddenError("A reader's token saves no queries: it takes a contributor's or one above it.")
    if example(name) is not None:
        raise NameTakenError(f"The query {name} comes with the register: save yours under another name.")


def _owned(last: sqlite3.Row | None, token: Token) -> None:
    if last is None or token.role == "administrator" or token.id == last["token"]:
        return
    if not token.organisation or token.organisation != last["organisation"]:
        raise NameTakenError(f"The name {last['name']} is that of another's query: save yours under another name.")


def _insert(
    database: sqlite3.Connection,
    last: sqlite3.Row | None,
    content: tuple[str, ...],
    token: Token,
    *,
    deleted: bool = False,
) -> None:
    """A version more; whose the query is stays as it was."""
    version = (last["version"] if last else 0) + 1
    name, *values = content
    organisation = last["organisation"] if last else token.organisation
    now = datetime.now(UTC).isoformat(timespec="seconds")
    database.execute(_INSERT, (name, version, *values, organisation, token.id, token.owner, now, int(deleted)))
    database.execute(_FORGET, (name, version - _MOST_VERSIONS))
    note(database, token.id, "query deleted" if deleted else "query saved", f"{name} {version}")


def _values(draft: Draft) -> tuple[str, ...]:
    title, description = (json.dumps(dict(each), ensure_ascii=False) for each in (draft.title, draft.description))
    return title, description, draft.folder, draft.view, draft.query


def _content(row: sqlite3.Row) -> tuple[str, ...]:
    return tuple(row[name] for name in ("title", "description", "folder", "view", "query"))


def _query(row: sqlite3.Row) -> LibraryQuery:
    title, description = json.loads(row["title"]), json.loads(row["description"])
    made = Example(row["name"], title, row["query"], row["folder"], description, row["view"])
    return LibraryQuery(made, Saved(row["version"], row["organisation"], row["created"], row["saved"]))
