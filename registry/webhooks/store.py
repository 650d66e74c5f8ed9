"""The webhooks of one register and their last deliveries: in ``state.db``. A secret leaves it only to sign."""

import sqlite3
from dataclasses import asdict, astuple, dataclass, fields
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, TypeAlias

from registry.access.acts import note
from registry.access.state import State
from registry.errors import NameTakenError, NotFoundError
from registry.webhooks.hooks import Webhook, new_secret

Outcome: TypeAlias = Literal["delivered", "failed"]

_SCHEMA = files(__package__).joinpath("webhooks.sql").read_text(encoding="utf-8")
_NAMES = tuple(each.name for each in fields(Webhook))
_INSERT = f"INSERT INTO webhook ({', '.join(_NAMES)}, secret) VALUES ({', '.join('?' * len(_NAMES))}, ?)"  # noqa: S608 - names of a dataclass
_INSERT_DELIVERY = (
    "INSERT INTO webhook_delivery (webhook, message, time, outcome, said, changes) VALUES (?, ?, ?, ?, ?, ?)"
)
_ADD_TOPIC = "ALTER TABLE webhook ADD COLUMN topic TEXT NOT NULL DEFAULT 'changes'"
"""For a table of before there were webhooks about cases."""
_DELIVERIES = "SELECT * FROM webhook_delivery WHERE webhook = ? ORDER BY number DESC LIMIT ?"
_FORGET = (
    "DELETE FROM webhook_delivery WHERE webhook = ? AND number NOT IN "
    "(SELECT number FROM webhook_delivery WHERE webhook = ? ORDER BY number DESC LIMIT ?)"
)
_MOST = 50
"""Deliveries of a webhook that are kept."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt: which message, when, what came of it, what the receiver said, how many changes it told."""

    message: str
    time: str
    outcome: Outcome
    said: str
    changes: int

    def as_json(self) -> dict[str, Any]:
        """Its members."""
        return asdict(self)


class WebhookStore:
    """Reads and writes them; the file is made when the first webhook is added."""

    def __init__(self, path: Path) -> None:
        self._state = State(path, _SCHEMA)

    def everything(self) -> list[Webhook]:
        """Every webhook by id."""
        return [_hook(row) for row in self._rows("SELECT * FROM webhook ORDER BY id")]

    def find(self, identifier: str) -> Webhook:
        """The webhook with this id.

        Raises:
            NotFoundError: there is none.
        """
        rows = self._rows("SELECT * FROM webhook WHERE id = ?", identifier)
        if not rows:
            raise NotFoundError(f"There is no webhook {identifier}.")
        return _hook(rows[0])

    def secret(self, identifier: str) -> str:
        """What its messages are signed with."""
        return str(self._rows("SELECT secret FROM webhook WHERE id = ?", identifier)[0]["secret"])

    def deliveries(self, identifier: str) -> list[Delivery]:
        """The last attempts, newest first."""
        names = [each.name for each in fields(Delivery)]
        rows = self._rows(_DELIVERIES, identifier, _MOST)
        return [Delivery(**{name: row[name] for name in names}) for row in rows]

    def add(self, hook: Webhook, by: str = "") -> str:
        """Adds a webhook. Returns its secret, which is shown this once.

        `by` is the id of a token, or empty for who runs this process; also below.

        Raises:
            NameTakenError: there is one with its id.
        """
        secret = new_secret()
        with self._state.connect(write=True) as database:
            if database.execute("SELECT 1 FROM webhook WHERE id = ?", (hook.id,)).fetchone():
                raise NameTakenError(f"There is a webhook {hook.id} already: remove it, or choose another id.")
            if "topic" not in {row["name"] for row in database.execute("PRAGMA table_info(webhook)")}:
                database.execute(_ADD_TOPIC)
            database.execute(_INSERT, (*astuple(hook), secret))
            note(database, by, "webhook added", f"{hook.id} {hook.url}")
        return secret

    def remove(self, identifier: str, by: str = "") -> None:
        """Forgets a webhook, its secret and its deliveries.

        Raises:
            NotFoundError: there is none with this id.
        """
        self.find(identifier)
        with self._state.connect(write=True) as database:
            database.execute("DELETE FROM webhook WHERE id = ?", (identifier,))
            database.execute("DELETE FROM webhook_delivery WHERE webhook = ?", (identifier,))
            note(database, by, "webhook removed", identifier)

    def record(self, hook: Webhook, delivery: Delivery | None) -> None:
        """Writes down where a webhook stands now, and the attempt that led there."""
        with self._state.connect(write=True) as database:
            now = (hook.after, hook.failures, hook.due, hook.id)
            known = database.execute("UPDATE webhook SET after = ?, failures = ?, due = ? WHERE id = ?", now).rowcount
            if known and delivery is not None:
                database.execute(_INSERT_DELIVERY, (hook.id, *astuple(delivery)))
                database.execute(_FORGET, (hook.id, hook.id, _MOST))

    def _rows(self, statement: str, *values: object) -> list[sqlite3.Row]:
        """The rows; none where the tables have not been made yet."""
        if not self._state.has("webhook"):
            return []
        with self._state.connect() as database:
            return database.execute(statement, values).fetchall()


def _hook(row: sqlite3.Row) -> Webhook:
    held = set(row.keys())
    return Webhook(**{name: row[name] for name in _NAMES if name in held})
