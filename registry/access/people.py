"""People who sign in with OpenID Connect: what each may do here, as the administrator has said; in ``state.db``.

A person is known by the subject that the provider gives (``sub``), or by an address that it has verified.
"""

import sqlite3
import time
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from registry.access.acts import note
from registry.access.state import State
from registry.access.tokens import check_role
from registry.errors import NotFoundError

_SCHEMA = files(__package__).joinpath("people.sql").read_text(encoding="utf-8")
_PATIENCE = 600.0
"""Seconds that a person may take at the provider."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may write. `subject` is what the provider calls him, `organisation` nine digits or empty."""

    subject: str
    name: str
    role: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that has begun: what must come back, and the page that it leads to."""

    state: str
    nonce: str
    verifier: str
    onward: str


class People:
    """The people of one register, and the sign-ins that have begun."""

    def __init__(self, path: Path) -> None:
        self._state = State(path, _SCHEMA)

    def add(self, person: Person) -> None:
        """Lets a person sign in, or changes what he may do.

        Raises:
            BadRequestError: no such role, or an organisation is missing or is no organisation number.
        """
        check_role(person.role, person.organisation)
        row = (person.subject, person.name, person.role, person.organisation)
        with self._state.connect(write=True) as database:
            database.execute("INSERT OR REPLACE INTO person VALUES (?, ?, ?, ?)", row)
            note(database, "", "user added", " ".join(filter(None, row)))

    def remove(self, subject: str) -> None:
        """Lets a person sign in no longer; tokens that he has stay until they end or are revoked.

        Raises:
            NotFoundError: there is no such person.
        """
        with self._state.connect(write=True) as database:
            if not database.execute("DELETE FROM person WHERE subject = ?", (subject,)).rowcount:
                raise NotFoundError(f"There is no person {subject}: samsvar user list shows them.")
            note(database, "", "user removed", subject)

    def all(self) -> list[Person]:
        """Everyone, by name."""
        return [_person(row) for row in self._rows("SELECT * FROM person ORDER BY name, subject")]

    def find(self, *subjects: str) -> Person | None:
        """The first of these subjects who is known."""
        found = {each.subject: each for each in self.all()}
        return next((found[each] for each in subjects if each in found), None)

    def begin(self, begun: Begun) -> None:
        """Notes down a sign-in that has begun; those that nobody ended are forgotten."""
        now = time.time()
        row = (begun.state, begun.nonce, begun.verifier, begun.onward, now + _PATIENCE)
        with self._state.connect(write=True) as database:
            database.execute("DELETE FROM sign_in WHERE expires < ?", (now,))
            database.execute("INSERT INTO sign_in VALUES (?, ?, ?, ?, ?)", row)

    def end(self, state: str) -> Begun | None:
        """The sign-in with this state, which can be ended once; None where there is none any longer."""
        with self._state.connect(write=True) as database:
            row = database.execute("SELECT * FROM sign_in WHERE state = ?", (state,)).fetchone()
            database.execute("DELETE FROM sign_in WHERE state = ?", (state,))
        if row is None or row["expires"] < time.time():
            return None
        return Begun(row["state"], row["nonce"], row["verifier"], row["onward"])

    def _rows(self, statement: str) -> list[sqlite3.Row]:
        if not self._state.has("person"):
            return []
        with self._state.connect() as database:
            return database.execute(statement).fetchall()


def _person(row: sqlite3.Row) -> Person:
    return Person(row["subject"], row["name"], row["role"], row["organisation"])
