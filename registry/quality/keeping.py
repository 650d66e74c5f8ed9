"""Measurements of catalogues kept in ``state.db``: the newest for the pages, those of earlier days for the trends.

One row a catalogue and day. It is written when the catalogue is imported, and when somebody asks for a catalogue that
was never measured; `samsvar quality --measure` measures what SPARQL updates have changed since.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from pyoxigraph import NamedNode

from registry.access.state import State
from registry.catalogue.graphs import GraphInfo, graphs
from registry.catalogue.per_generation import per_generation
from registry.catalogue.queries import iri
from registry.quality.measuring import Measurement, measure
from sparql.errors import StoreError
from sparql.store import Reader

_SCHEMA = files(__package__).joinpath("figures.sql").read_text(encoding="utf-8")
_STATES = files(__package__).joinpath("graph_states.rq").read_text(encoding="utf-8")
_AT_ONCE = 50_000
"""Triples of a catalogue up to which it is measured with each import, which takes two seconds."""
_NEWEST = "SELECT graph, max(day), measured, state, document FROM measurement GROUP BY graph"
_PAST = "SELECT graph, day, figures FROM measurement ORDER BY day, graph"
_STAMP = "SELECT max(number) AS stamp FROM measurement"
_PUT = "INSERT OR REPLACE INTO measurement (graph, day, measured, state, figures, document) VALUES (?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Figures:
    """How many descriptions of one kind an organisation had in a catalogue, and the sums of their points."""

    organisation: str
    kind: str
    things: int
    points: float
    tested: int


@dataclass(frozen=True, slots=True)
class Past:
    """The figures of one graph on one day (ISO 8601); none once it was gone."""

    graph: str
    day: str
    figures: tuple[Figures, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A measurement of a graph, when it was made (ISO 8601, UTC) and which state of the graph was measured."""

    graph: str
    measured: str
    state: str
    measurement: Measurement

    @property
    def day(self) -> str:
        """The day on which it was measured."""
        return self.measured[:10]


class FigureStore:
    """The measurements of one register."""

    def __init__(self, path: Path) -> None:
        self._state = State(path, _SCHEMA)
        self._newest: tuple[str, Mapping[str, Kept]] = ("", {})
        self._past: tuple[str, list[Past]] = ("", [])

    def stamp(self) -> str:
        """Another word after every measurement that is kept."""
        return "".join(str(row["stamp"]) for row in self._rows(_STAMP))

    def newest(self) -> Mapping[str, Kept]:
        """The last measurement of each graph, gone ones too."""
        stamp = self.stamp()
        if stamp != self._newest[0]:
            self._newest = (stamp, {row["graph"]: _kept(row) for row in self._rows(_NEWEST)})
        return self._newest[1]

    def past(self) -> list[Past]:
        """The figures of all days, oldest first."""
        stamp = self.stamp()
        if stamp != self._past[0]:
            self._past = (stamp, list(map(_past, self._rows(_PAST))))
        return self._past[1]

    def put(self, found: Iterable[Kept]) -> None:
        """Keeps measurements; one of the same graph and day is replaced."""
        with self._state.connect(write=True) as database:
            database.executemany(_PUT, [_columns(each) for each in found])

    def _rows(self, statement: str) -> list[sqlite3.Row]:
        if not self._state.has("measurement"):
            return []
        with self._state.connect() as database:
            return database.execute(statement).fetchall()


@per_generation
def states(reader: Reader) -> dict[str, str]:
    """Graph IRI to the generation that changed it last."""
    return {iri(row, "graph"): iri(row, "state") for row in reader.select(_STATES)}


def catalogues_of(reader: Reader) -> dict[str, GraphInfo]:
    """The graphs that are measured."""
    return {uri: info for uri, info in graphs(reader).items() if info.kind == "catalogue"}


def current(store: FigureStore, reader: Reader) -> dict[str, Kept]:
    """The newest measurement of every catalogue that the register holds; what was never measured whole is now."""
    held = catalogues_of(reader)
    known = store.newest()
    missing = {uri: info for uri, info in held.items() if uri not in known or known[uri].measurement.rules is None}
    made = {uri: measured_now(reader, info) for uri, info in missing.items()}
    if made:
        with suppress(StoreError):  # a full or read-only disk is no reason not to answer
            store.put(made.values())
    return {uri: made.get(uri) or known[uri] for uri in held}


def remeasure(store: FigureStore, reader: Reader, most: int | None = None) -> list[Kept]:
    """Measures every catalogue that has changed since it was measured, and says so of those that are gone.

    Catalogues with more triples than `most` are left as they are.
    """
    known, now = store.newest(), states(reader)
    held = catalogues_of(reader)
    sizes = reader.graphs()
    changed = [
        info
        for uri, info in held.items()
        if (most is None or sizes.get(uri, 0) <= most) and (uri not in known or known[uri].state != now.get(uri, ""))
    ]
    made = [measured_now(reader, info) for info in changed]
    gone = [_gone(uri) for uri, kept in known.items() if uri not in held and kept.measurement.rows]
    if made or gone:
        store.put([*made, *gone])
    return made


def keep_figures(store: FigureStore, reader: Reader) -> None:
    """The same after an import, which is done by then, and does not fail where its figures cannot be kept.

    Large catalogues would take longer to measure than to import: they are measured when somebody asks.
    """
    with suppress(StoreError):
        remeasure(store, reader, _AT_ONCE)


def measured_now(reader: Reader, info: GraphInfo) -> Kept:
    """A measurement of the catalogue as it is."""
    publisher = info.publisher.uri if info.publisher else ""
    found = measure(reader, NamedNode(info.uri), publisher)
    return Kept(info.uri, _now(), states(reader).get(info.uri, ""), found)


def _gone(uri: str) -> Kept:
    return Kept(uri, _now(), "", Measurement())


def _kept(row: sqlite3.Row) -> Kept:
    found = Measurement.of_json(json.loads(row["document"]))
    return Kept(row["graph"], row["measured"], row["state"], found)


def _past(row: sqlite3.Row) -> Past:
    return Past(row["graph"], row["day"], tuple(Figures(*each) for each in json.loads(row["figures"])))


def _columns(kept: Kept) -> tuple[str, ...]:
    rows = kept.measurement.rows
    figures = [[row.organisation, row.kind, row.things, row.points, row.tested] for row in rows]
    return (kept.graph, kept.day, kept.measured, kept.state, _packed(figures), _packed(kept.measurement.as_json()))


def _packed(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
