"""Tokens: ``samsvar_<id>_<32 random bytes>``, kept in ``state.db`` as HMAC-SHA-256 under a key of the register's own.

A token is shown once, when it is made. What is stored cannot be turned back into one, and none is ever logged.
"""

import hashlib
import hmac
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

from registry.access.acts import note
from registry.access.state import State
from registry.errors import BadRequestError, NotFoundError, UnauthorizedError

ROLES = ("reader", "contributor", "coordinator", "editor", "administrator")
"""From the least to the most. All but readers and administrators act for an organisation."""
OF_AN_ORGANISATION = ("contributor", "coordinator", "editor")
_PREFIX = "samsvar"
_SECRET_BYTES = 32
_ORGANISATION_DIGITS = 9
_SCHEMA = files(__package__).joinpath("state.sql").read_text(encoding="utf-8")
_INSERT = "INSERT INTO token (id, owner, role, organisation, created, expires, digest) VALUES (?, ?, ?, ?, ?, ?, ?)"
_UNKNOWN = "The token is not known here, or was revoked. Ask the register's administrator for one."


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token. `organisation` is nine digits or empty, times are ISO 8601 in UTC or empty."""

    id: str
    owner: str
    role: str
    organisation: str
    created: str
    expires: str
    revoked: str = ""

    def is_valid(self, now: datetime) -> bool:
        """Neither revoked nor past its time."""
        return not self.revoked and (not self.expires or now < datetime.fromisoformat(self.expires))


class TokenStore:
    """The tokens of one register; the file is made, for its owner only, when the first token is."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._state = State(path, _SCHEMA)

    def create(
        self, role: str, *, organisation: str = "", owner: str = "", days: int = 365, hours: float = 0, by: str = ""
    ) -> tuple[Token, str]:
        """A new token and what its owner must keep, for so many days and hours; 0 of both never expires.

        `by` is who makes it, where that is not who runs this process.

        Raises:
            BadRequestError: no such role, or an organisation is missing or is no organisation number.
        """
        check_role(role, organisation)
        now = datetime.now(UTC).replace(microsecond=0)
        expires = (now + timedelta(days=days, hours=hours)).isoformat(timespec="seconds") if days or hours else ""
        token = Token(secrets.token_hex(4), owner, role, organisation, now.isoformat(), expires)
        text = f"{_PREFIX}_{token.id}_{secrets.token_urlsafe(_SECRET_BYTES)}"
        row = (token.id, owner, role, organisation, token.created, expires)
        with self._state.connect(write=True) as database:
            digest = _digest(_key(database), text)
            database.execute(_INSERT, (*row, digest))
            note(database, by, "token created", " ".join(filter(None, (token.id, role, organisation, owner))))
        return token, text

    def verify(self, text: str) -> Token:
        """The token that a client sent.

        Raises:
            UnauthorizedError: unknown, revoked or expired.
        """
        prefix, _, rest = text.partition("_")
        identifier, _, _ = rest.partition("_")
        if prefix != _PREFIX or not self._state.has("token"):
            raise UnauthorizedError(_UNKNOWN, given=True)
        with self._state.connect() as database:
            row = database.execute("SELECT * FROM token WHERE id = ?", (identifier,)).fetchone()
            expected = row["digest"] if row else b""
            same = hmac.compare_digest(expected, _digest(_key(database), text))
        if not row or not same:
            raise UnauthorizedError(_UNKNOWN, given=True)
        token = _token(row)
        if not token.is_valid(datetime.now(UTC)):
            reason = f"was revoked at {token.revoked}" if token.revoked else f"expired at {token.expires}"
            raise UnauthorizedError(f"The token {reason}. Ask the register's administrator for a new one.", given=True)
        return token

    def hand(self, token: Token) -> str:
        """What tells who acts with a token from others, and says nothing else: the same for all tokens of one owner."""
        with self._state.connect() as database:
            return _digest(_key(database), token.owner or token.id).hex()[:16]

    def list(self) -> list[Token]:
        """Every token that was made, oldest first."""
        if not self._state.has("token"):
            return []
        with self._state.connect() as database:
            return [_token(row) for row in database.execute("SELECT * FROM token ORDER BY created, id")]

    def revoke(self, identifier: str) -> None:
        """From now on the token opens nothing.

        Raises:
            NotFoundError: there is no such token.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        if not self._state.has("token"):
            raise NotFoundError(f"There is no token {identifier}: samsvar token list shows them.")
        with self._state.connect(write=True) as database:
            changed = database.execute(
                "UPDATE token SET revoked = ? WHERE id = ? AND revoked = ''", (now, identifier)
            ).rowcount
            known = database.execute("SELECT 1 FROM token WHERE id = ?", (identifier,)).fetchone()
            if changed:
                note(database, "", "token revoked", identifier)
        if not changed and not known:
            raise NotFoundError(f"There is no token {identifier}: samsvar token list shows them.")


def check_role(role: str, organisation: str) -> None:
    """Looks whether there is such a role, and an organisation where it takes one.

    Raises:
        BadRequestError: there is not.
    """
    if role not in ROLES:
        raise BadRequestError(f"There is no role {role}: choose one of {', '.join(ROLES)}.")
    if organisation and not (organisation.isdecimal() and len(organisation) == _ORGANISATION_DIGITS):
        raise BadRequestError(f"{organisation} is no organisation number: it has {_ORGANISATION_DIGITS} digits.")
    if role in OF_AN_ORGANISATION and not organisation:
        raise BadRequestError(f"The role {role} acts for an organisation: name it with --organisation.")


def _key(database: sqlite3.Connection) -> bytes:
    """The key under which tokens are kept; made with the first token."""
    row = database.execute("SELECT value FROM secret WHERE name = 'token-key'").fetchone()
    if row is not None:
        return bytes(row["value"])
    key = secrets.token_bytes(32)
    database.execute("INSERT INTO secret (name, value) VALUES ('token-key', ?)", (key,))
    return key


def _digest(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()


def _token(row: sqlite3.Row) -> Token:
    names = ("id", "owner", "role", "organisation", "created", "expires", "revoked")
    return Token(*(row[name] for name in names))
