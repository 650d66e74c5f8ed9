"""The sources of one register, what is known of each, and their last runs: in ``state.db``."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, TypeAlias

from registry.access.acts import note
from registry.access.state import State
from registry.errors import NameTakenError, NotFoundError
from registry.harvesting.ready_made import ready_made
from registry.harvesting.sources import NAMES, HarvestSource, checked

Outcome: TypeAlias = Literal["changed", "unchanged", "failed"]

_SCHEMA = files(__package__).joinpath("harvest.sql").read_text(encoding="utf-8")
_MARKS = ", ".join("?" * len(NAMES))
_INSERT = f"INSERT INTO harvest_source ({', '.join(NAMES)}) VALUES ({_MARKS})"  # noqa: S608 - names of a dataclass
_INSERT_RUN = (
    "INSERT INTO harvest_run (source, began, ended, outcome, message, attempts, bytes, counts, imports) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_RUNS = "SELECT * FROM harvest_run WHERE source = ? ORDER BY number DESC LIMIT ?"
_LAST = "SELECT * FROM harvest_run WHERE number IN (SELECT max(number) FROM harvest_run GROUP BY source)"
_GRAPHS = "SELECT graph FROM harvest_graph WHERE source = ?"
_FORGET = (
    "DELETE FROM harvest_run WHERE source = ? AND number NOT IN "
    "(SELECT number FROM harvest_run WHERE source = ? ORDER BY number DESC LIMIT ?)"
)
_FAILED = (
    "UPDATE harvest_source SET tried = ?, failures = failures + 1, "
    "failing_since = CASE failing_since WHEN '' THEN ? ELSE failing_since END WHERE id = ?"
)
_SUCCEEDED = (
    "UPDATE harvest_source SET tried = ?, succeeded = ?, failing_since = '', failures = 0, etag = ?, "
    "last_modified = ?, digest = ?, changed = CASE ? WHEN 'changed' THEN ? ELSE changed END WHERE id = ?"
)
_MOST_RUNS = 50
"""Runs of a source that are kept."""
_NO_SOURCE = "There is no source {}: samsvar sources list shows them."


@dataclass(frozen=True, slots=True)
class Held:
    """What the source said of the content that was imported last, and the SHA-256 of its bytes; empty: not known."""

    etag: str = ""
    last_modified: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One run. Times are ISO 8601 in UTC, `imports` IRIs of the imports that the graphs have come with."""

    began: str
    ended: str
    outcome: Outcome
    message: str = ""
    attempts: int = 1
    bytes: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    imports: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Its members."""
        return {**asdict(self), "imports": list(self.imports)}


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source with what is known of it. Times are empty where that never happened.

    `tried` is when the last run began, `succeeded` the last that did not fail, `changed` the last that brought
    something new; `failing_since` is when the first of the runs began that have failed since then, `failures` how many
    those are.
    """

    source: HarvestSource
    held: Held = Held()
    tried: str = ""
    succeeded: str = ""
    changed: str = ""
    failing_since: str = ""
    failures: int = 0
    last: Run | None = None

    @property
    def state(self) -> str:
        """off, waiting (for its first run), failing or good."""
        if not self.source.enabled:
            return "off"
        if self.failing_since:
            return "failing"
        return "good" if self.succeeded else "waiting"

    def as_json(self) -> dict[str, Any]:
        """What everybody may read: not which credential is used."""
        said = asdict(self.source)
        del said["credential"]
        times = {"tried": self.tried, "succeeded": self.succeeded, "changed": self.changed}
        failing = {"failing_since": self.failing_since, "failures": self.failures}
        return {**said, "state": self.state, **times, **failing, "last": self.last and self.last.as_json()}


class HarvestStore:
    """Reads and writes them; the file is made when the first source is added."""

    def __init__(self, path: Path) -> None:
        self._state = State(path, _SCHEMA)

    def everything(self) -> list[SourceState]:
        """Those that were added, by id, then the ready-made ones that nobody has switched on yet."""
        last = {row["source"]: _run(row) for row in self._rows(_LAST)}
        rows = self._rows("SELECT * FROM harvest_source ORDER BY id")
        found = [_source_state(row, last.get(row["id"])) for row in rows]
        known = {each.source.id for each in found}
        return found + [SourceState(each) for name, each in ready_made().items() if name not in known]

    def find(self, identifier: str) -> SourceState:
        """The source with this id.

        Raises:
            NotFoundError: there is none.
        """
        found = next((each for each in self.everything() if each.source.id == identifier), None)
        if found is None:
            raise NotFoundError(_NO_SOURCE.format(identifier))
        return found

    def runs(self, identifier: str) -> list[Run]:
        """The last runs of a source, newest first."""
        return [_run(row) for row in self._rows(_RUNS, identifier, _MOST_RUNS)]

    def add(self, source: HarvestSource, by: str = "") -> None:
        """Adds a source; `by` is the id of a token, or empty for who runs this process, as below.

        Raises:
            BadRequestError: it cannot be used.
            NameTakenError: there is one with its id.
        """
        checked(source)
        if source.id in ready_made():
            raise NameTakenError(f"{source.id} is the id of a source that comes with the register: choose another.")
        with self._state.connect(write=True) as database:
            if database.execute("SELECT 1 FROM harvest_source WHERE id = ?", (source.id,)).fetchone():
                raise NameTakenError(f"There is a source {source.id} already: remove it, or choose another id.")
            database.execute(_INSERT, astuple(source))
            note(database, by, "source added", f"{source.id} {source.url}")

    def switch(self, identifier: str, *, on: bool, by: str = "") -> None:
        """Switches a source on or off; off, it keeps what it brought.

        Raises:
            NotFoundError: there is none with this id.
        """
        source = self.find(identifier).source
        with self._state.connect(write=True) as database:
            changed = database.execute("UPDATE harvest_source SET enabled = ? WHERE id = ?", (on, identifier)).rowcount
            if not changed and on:
                database.execute(_INSERT, astuple(source.switched(on=True)))
            note(database, by, "source switched on" if on else "source switched off", identifier)

    def remove(self, identifier: str, by: str = "") -> None:
        """Forgets a source and its runs; what it brought stays. A ready-made one is as it came, switched off.

        Raises:
            NotFoundError: there is none with this id.
        """
        self.find(identifier)
        with self._state.connect(write=True) as database:
            database.execute("DELETE FROM harvest_source WHERE id = ?", (identifier,))
            database.execute("DELETE FROM harvest_run WHERE source = ?", (identifier,))
            database.execute("DELETE FROM harvest_graph WHERE source = ?", (identifier,))
            note(database, by, "source removed", identifier)

    def graphs(self, identifier: str) -> frozenset[str]:
        """The named graphs that the source brought when something of it was imported last."""
        return frozenset(row["graph"] for row in self._rows(_GRAPHS, identifier, table="harvest_graph"))

    def record(self, identifier: str, run: Run, held: Held, graphs: frozenset[str] | None = None) -> None:
        """Writes down a run of a source that is still there; `graphs` are those that it brought, None for no others.

        `held` is what is imported now, and not looked at where the run failed.
        """
        with self._state.connect(write=True) as database:
            known = database.execute("SELECT 1 FROM harvest_source WHERE id = ?", (identifier,)).fetchone()
            if not known and identifier not in ready_made():
                return
            if graphs is not None:
                database.execute("DELETE FROM harvest_graph WHERE source = ?", (identifier,))
                database.executemany("INSERT INTO harvest_graph VALUES (?, ?)", ((identifier, each) for each in graphs))
            row = (run.began, run.ended, run.outcome, run.message, run.attempts, run.bytes)
            lists = (json.dumps(dict(run.counts)), json.dumps(run.imports))
            database.execute(_INSERT_RUN, (identifier, *row, *lists))
            database.execute(_FORGET, (identifier, identifier, _MOST_RUNS))
            if run.outcome == "failed":
                database.execute(_FAILED, (run.began, run.began, identifier))
            else:
                now = (held.etag, held.last_modified, held.digest, run.outcome, run.began, identifier)
                database.execute(_SUCCEEDED, (run.began, run.began, *now))

    def _rows(self, statement: str, *values: object, table: str = "harvest_run") -> list[sqlite3.Row]:
        """The rows; none where the table has not been made yet."""
        if not self._state.has(table):
            return []
        with self._state.connect() as database:
            return database.execute(statement, values).fetchall()


def _source_state(row: sqlite3.Row, last: Run | None) -> SourceState:
    values = {name: row[name] for name in NAMES} | {"enabled": bool(row["enabled"])}
    held = Held(row["etag"], row["last_modified"], row["digest"])
    times = (row["tried"], row["succeeded"], row["changed"], row["failing_since"], row["failures"])
    return SourceState(HarvestSource(**values), held, *times, last)


def _run(row: sqlite3.Row) -> Run:
    counts, imports = json.loads(row["counts"]), tuple(json.loads(row["imports"]))
    names = ("began", "ended", "outcome", "message", "attempts", "bytes")
    return Run(**{name: row[name] for name in names}, counts=counts, imports=imports)
