"""Tables whose columns somebody has explained: one with the same headers is read the same way without asking.

Kept in ``state.db``, for each organisation and for administrators (organisation ""); found by the headers alone.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Self, TypeAlias

from importers import importer_for
from importers.base import Source, UnreadableSourceError
from importers.child import sketch_isolated
from importers.concept_table import ConceptTable
from importers.table_mapping import TableMapping, mapping_as_toml, mapping_from_toml
from importers.table_sketch import TableSketch
from registry.access.state import State
from registry.access.tokens import OF_AN_ORGANISATION, Token
from registry.errors import ForbiddenError, NotFoundError

_SCHEMA = files(__package__).joinpath("known_table.sql").read_text(encoding="utf-8")
_SUFFIXES = (".csv", ".tsv", ".xlsx", ".xls", ".ods")
_INSERT = "INSERT OR REPLACE INTO known_table VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_MOST = 1000
_FORGET = (
    f"DELETE FROM known_table WHERE id IN (SELECT id FROM known_table ORDER BY saved DESC LIMIT -1 OFFSET {_MOST})"  # noqa: S608 - a number written above
)


@dataclass(frozen=True, slots=True)
class KnownTable:
    """A table that is known: its headers, the file that it came in first, and the catalogue that it went to."""

    id: str
    organisation: str
    headers: tuple[str, ...]
    file: str
    catalogue: str
    mapping: TableMapping
    token: str
    saved: str

    def as_json(self) -> dict[str, Any]:
        """Its members, the mapping as TOML."""
        return {
            "id": self.id,
            "organisation": self.organisation,
            "headers": list(self.headers),
            "file": self.file,
            "catalogue": self.catalogue,
            "mapping": mapping_as_toml(self.mapping),
            "saved": self.saved,
        }


Find: TypeAlias = Callable[[Source], KnownTable | None]


@dataclass(frozen=True, slots=True)
class Who:
    """Who explains a table: an organisation ("" for administrators), and the id of the token ("" for none)."""

    organisation: str = ""
    token: str = ""

    @classmethod
    def of(cls, token: Token) -> Self:
        """Who has the token."""
        return cls(_organisation(token), token.id)


class KnownTables:
    """Those of one register."""

    def __init__(self, path: Path) -> None:
        self._state = State(path, _SCHEMA)

    def remember(self, sketch: TableSketch, mapping: TableMapping, catalogue: str, who: Who) -> None:
        """From now on tables with these headers are read so."""
        headers = _names(sketch.headers)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        written = (json.dumps(headers, ensure_ascii=False), sketch.file, catalogue, mapping_as_toml(mapping))
        with self._state.connect(write=True) as database:
            key = _key(who.organisation, headers)
            database.execute(_INSERT, (key, who.organisation, *written, who.token, now))
            database.execute(_FORGET)

    def remember_read(
        self, sources: Iterable[Source], mapping: TableMapping, catalogues: Mapping[str, str], who: Who
    ) -> None:
        """From now on tables are read as the mapping said that came with these; `catalogues` by the name of the file.

        Tables without headers have nothing that they could be known by.
        """
        for source in sources if mapping.header_row != 0 else ():
            if source.name in catalogues:
                with suppress(UnreadableSourceError):
                    self.remember(sketch_isolated(source), mapping, catalogues[source.name], who)

    def of(self, token: Token) -> list[KnownTable]:
        """Those that the token may use: an administrator's are all."""
        return [each for each in self._all() if _organisation(token) in {"", each.organisation}]

    def forget(self, name: str, token: Token) -> None:
        """From now on such tables are asked about.

        Raises:
            NotFoundError: there is none of this id.
            ForbiddenError: it is another organisation's.
        """
        found = next((each for each in self._all() if each.id == name), None)
        if found is None:
            raise NotFoundError(f"There is no table {name} that is known.")
        if _organisation(token) not in {"", found.organisation}:
            raise ForbiddenError("What is known of this table is another organisation's.")
        with self._state.connect(write=True) as database:
            database.execute("DELETE FROM known_table WHERE id = ?", (name,))

    def finder(self, organisation: str = "") -> Find:
        """Looks for what is known of a source: by one organisation, or ("") by any, its own and the newest first."""

        def find(source: Source) -> KnownTable | None:
            if not may_be_table(source) or not (known := self._all()):
                return None
            with suppress(UnreadableSourceError):
                headers = _names(sketch_isolated(source).headers)
                return next((each for each in known if each.headers == headers and _may(each, organisation)), None)
            return None

        return find

    def _all(self) -> list[KnownTable]:
        if not self._state.has("known_table"):
            return []
        with self._state.connect() as database:
            return [_known(row) for row in database.execute("SELECT * FROM known_table ORDER BY saved DESC")]


def may_be_table(source: Source) -> bool:
    """Whether a source is named as tables are, or looks like one."""
    if source.name.lower().endswith(_SUFFIXES):
        return True
    with suppress(UnreadableSourceError):
        return importer_for(source).name == ConceptTable.name
    return False


def _organisation(token: Token) -> str:
    return token.organisation if token.role in OF_AN_ORGANISATION else ""


def _may(known: KnownTable, organisation: str) -> bool:
    return organisation in {"", known.organisation}


def _names(headers: Sequence[str]) -> tuple[str, ...]:
    """Headers as they are compared: in order, without case, outer blanks and empty ones."""
    return tuple(name.strip().casefold() for name in headers if name.strip())


def _key(organisation: str, headers: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps([organisation, *headers]).encode()).hexdigest()[:16]


def _known(row: sqlite3.Row) -> KnownTable:
    return KnownTable(
        row["id"],
        row["organisation"],
        tuple(json.loads(row["headers"])),
        row["file"],
        row["catalogue"],
        mapping_from_toml(row["mapping"]),
        row["token"],
        row["saved"],
    )
