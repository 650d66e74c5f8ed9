"""The ledger: append-only entries of fields, so that two who write at once lose nothing.

A writer says of each field which entry he saw (its number, 0 for none). Where somebody else has written the same field
since, and something else, nothing is written and both texts are given back; other fields do not stand in the way.

Reads and writes: ``state.db``.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from uuid import uuid4

from registry.access.state import State
from registry.access.tokens import Token
from registry.errors import BadRequestError, NotFoundError, PreconditionError

LONGEST = 20_000
"""Characters of one field."""
_MOST_ENTRIES = 20_000
_ONCE, _LONGEST_ONCE = "sent-once", 64
"""What the ledger calls forms that were sent, each with the document that it opened."""
_SCHEMA = files(__package__).joinpath("ledger.sql").read_text(encoding="utf-8")
_ENTRIES = "SELECT * FROM ledger_entry WHERE kind = ? AND id = ? ORDER BY number"
_EVERYTHING = "SELECT * FROM ledger_entry ORDER BY time, kind, id, number"
_LAST = "SELECT coalesce(max(number), 0) FROM ledger_entry WHERE kind = ? AND id = ?"
_SINCE = "SELECT rowid AS place, * FROM ledger_entry WHERE rowid > ? ORDER BY rowid"
_LAST_PLACE = "SELECT coalesce(max(rowid), 0) FROM ledger_entry"
_INSERT = "INSERT INTO ledger_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ALL = "SELECT id FROM ledger_item WHERE kind = ? ORDER BY created, id"


@dataclass(frozen=True, slots=True)
class Entry:
    """A field as somebody wrote it. `number` counts the entries of one document; `time` is ISO 8601 in UTC."""

    number: int
    time: str
    token: str
    owner: str
    organisation: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Filed:
    """An entry with the document that it stands in; `place` counts the entries of all documents, and only grows."""

    place: int
    kind: str
    id: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Put:
    """What somebody writes; `base` is the number of the entry that he saw, 0 for none, None where he did not look."""

    field: str
    value: str
    base: int | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that somebody else has written meanwhile."""

    field: str
    yours: str
    theirs: Entry


class FieldError(BadRequestError):
    """A field that holds what it cannot. `kind` is number, date, uri, concept, choice, long, many or field."""

    def __init__(self, message: str, field: str, kind: str, value: str = "") -> None:
        super().__init__(message)
        self.field = field
        self.kind = kind
        self.value = value


class EditedMeanwhileError(PreconditionError):
    """Somebody else has written the same fields; nothing was written, and both texts are here."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        names = ", ".join(each.field for each in clashes)
        super().__init__(f"Somebody else has written meanwhile: {names}. Look at both texts, and send again.")
        self.clashes = tuple(clashes)


class Ledger:
    """The working documents of one register, by kind and id."""

    def __init__(self, path: Path) -> None:
        self._state = State(path, _SCHEMA)

    def open(self, kind: str, token: Token, puts: Iterable[Put], *, by_year: bool = False, once: str = "") -> str:
        """A new document; its id is a UUID, or a number within the year.

        The same `once` of the same token again, as of a form that was sent twice, gives the document that there is.
        """
        now, sent = _now(), (_ONCE, f"{token.id} {once[:_LONGEST_ONCE]}")
        with self._state.connect(write=True) as database:
            made = database.execute(_ENTRIES, sent).fetchone() if once else None
            if made is not None:
                return str(made["value"])
            identifier = _next_of_year(database, kind, now[:4]) if by_year else str(uuid4())
            database.execute("INSERT INTO ledger_item VALUES (?, ?, ?)", (kind, identifier, now))
            _append(database, (kind, identifier), token, now, list(puts))
            if once:
                database.execute("INSERT INTO ledger_item VALUES (?, ?, ?)", (*sent, now))
                _append(database, sent, token, now, [Put(kind, identifier)])
        return identifier

    def write(
        self,
        kind: str,
        identifier: str,
        token: Token,
        puts: Iterable[Put],
        check: Callable[[Mapping[str, Entry]], None] = lambda _: None,
    ) -> int:
        """Writes what differs from what is there, all or nothing; returns how many fields that were.

        `check` sees the document as it is, and raises to leave it so.

        Raises:
            NotFoundError: there is no such document.
            EditedMeanwhileError: see there.
        """
        with self._state.connect(write=True) as database:
            held = fields(_read(database, kind, identifier))
            check(held)
            wanted = [each for each in puts if (held[each.field].value if each.field in held else "") != each.value]
            clashes = [Clash(each.field, each.value, held[each.field]) for each in wanted if _clashes(held, each)]
            if clashes:
                raise EditedMeanwhileError(clashes)
            _append(database, (kind, identifier), token, _now(), wanted)
        return len(wanted)

    def add(self, kind: str, identifier: str, token: Token, put: Put) -> None:
        """One entry more in a document, which is made by its first; for what is said one after another."""
        now = _now()
        with self._state.connect(write=True) as database:
            database.execute("INSERT OR IGNORE INTO ledger_item VALUES (?, ?, ?)", (kind, identifier, now))
            _append(database, (kind, identifier), token, now, [put])

    def entries(self, kind: str, identifier: str) -> list[Entry]:
        """Everything that was written in a document, oldest first.

        Raises:
            NotFoundError: there is none.
        """
        if not self._state.has("ledger_entry"):
            raise _unknown(kind, identifier)
        with self._state.connect() as database:
            return _read(database, kind, identifier)

    def since(self, place: int, kinds: Sequence[str]) -> list[Filed]:
        """What was written behind a place in documents of some kinds, in the order in which it came."""
        if not self._state.has("ledger_entry"):
            return []
        with self._state.connect() as database:
            rows = database.execute(_SINCE, (place,)).fetchall()
        return [Filed(row["place"], row["kind"], row["id"], _entry(row)) for row in rows if row["kind"] in kinds]

    def last(self) -> int:
        """The place behind everything that was written."""
        if not self._state.has("ledger_entry"):
            return 0
        with self._state.connect() as database:
            found: int = database.execute(_LAST_PLACE).fetchone()[0]
        return found

    def everything(self) -> list[tuple[str, str, Entry]]:
        """Every entry with the kind and id of its document, oldest first."""
        if not self._state.has("ledger_entry"):
            return []
        with self._state.connect() as database:
            return [(row["kind"], row["id"], _entry(row)) for row in database.execute(_EVERYTHING)]

    def all(self, kind: str) -> list[str]:
        """The ids of a kind, oldest first."""
        if not self._state.has("ledger_entry"):
            return []
        with self._state.connect() as database:
            return [row["id"] for row in database.execute(_ALL, (kind,))]


def fields(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The last entry of each field."""
    return {each.field: each for each in entries}


def _clashes(held: Mapping[str, Entry], put: Put) -> bool:
    last = held[put.field].number if put.field in held else 0
    return put.base is not None and last > put.base


def _append(
    database: sqlite3.Connection, document: tuple[str, str], token: Token, now: str, puts: Sequence[Put]
) -> None:
    last: int = database.execute(_LAST, document).fetchone()[0]
    if last + len(puts) > _MOST_ENTRIES:
        raise BadRequestError(f"The document has {last} entries; {_MOST_ENTRIES} is the most that are kept. Close it.")
    for number, each in enumerate(puts, last + 1):
        if len(each.value) > LONGEST or "\0" in each.value:
            refused = f"{each.field} has more than {LONGEST} characters, or one that is no text."
            raise FieldError(refused, each.field, "long")
        row = (*document, number, now, token.id, token.owner, token.organisation, each.field, each.value)
        database.execute(_INSERT, row)


def _read(database: sqlite3.Connection, kind: str, identifier: str) -> list[Entry]:
    found = [_entry(row) for row in database.execute(_ENTRIES, (kind, identifier))]
    if not found:
        raise _unknown(kind, identifier)
    return found


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(*(row[name] for name in ("number", "time", "token", "owner", "organisation", "field", "value")))


def _next_of_year(database: sqlite3.Connection, kind: str, year: str) -> str:
    row = database.execute("SELECT count(*) FROM ledger_item WHERE kind = ? AND id LIKE ?", (kind, f"{year}-%"))
    return f"{year}-{row.fetchone()[0] + 1:04d}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _unknown(kind: str, identifier: str) -> NotFoundError:
    return NotFoundError(f"There is no {kind} {identifier}.")
