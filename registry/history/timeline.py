"""What the register knew of a thing, and from when to when: its states, read back from what imports kept.

This is the axis ``at``. What is in force when is another one (registry/catalogue/validity.py).

Reads: the provenance graph, blobs and, for the last state, the graphs themselves.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from pyoxigraph import NamedNode, Triple

from registry.catalogue.documents import described_quads
from registry.catalogue.queries import ask, count, grouped, iri
from registry.history.versions import state_in
from registry.previews.difference import difference
from registry.urls import Urls
from sparql.embedded.blobs import BlobStore
from sparql.store import Reader, Row


@dataclass(frozen=True, slots=True)
class State:
    """What one graph said of a thing from `since` until `until` (ISO 8601; "" for now), and the import that began it.

    `version` is the IRI of the version that this state is, "" for what still holds.
    """

    graph: str
    since: str
    until: str
    begun_by: str
    version: str
    triples: tuple[Triple, ...]

    def holds_at(self, moment: datetime) -> bool:
        """Whether the register knew this then."""
        began, ended = datetime.fromisoformat(self.since), self.until and datetime.fromisoformat(self.until)
        return began <= moment and (not ended or moment < ended)


@dataclass(frozen=True, slots=True)
class _Change:
    """An import that changed the thing: how it was before and after; either may be empty."""

    ended: str
    by: str
    before: tuple[Triple, ...]
    after: tuple[Triple, ...]


def timeline(reader: Reader, blobs: BlobStore, urls: Urls, thing: str) -> tuple[State, ...]:
    """The states of a thing, oldest first; those that nothing is kept of are left out."""
    versions = ask(reader, "versions", thing=NamedNode(thing))
    now: dict[str, list[Triple]] = {}
    for quad in described_quads(reader, urls, thing):
        now.setdefault(str(getattr(quad.graph_name, "value", "")), []).append(quad.triple)
    graphs = dict.fromkeys((*(iri(row, "graph") for row in versions), *now))
    found: list[State] = []
    for graph in graphs:
        known = {iri(row, "import"): row for row in versions if iri(row, "graph") == graph}
        rows = sorted(ask(reader, "graph_imports", graph=NamedNode(graph)), key=lambda row: count(row, "generation"))
        changes = list(_changes(blobs, thing, rows, known))
        found += _states(rows, changes, known, tuple(now.get(graph, ())))
    return tuple(sorted(found, key=lambda state: (state.since, state.until or "9", state.graph)))


def changes_between(thing: str, before: State | None, after: State) -> list[dict[str, Any]]:
    """The properties that differ, as in the difference of an import."""
    if before is None:
        return []
    found = next(difference(before.triples, after.triples, {thing}).things, None)
    return [each.as_json() for each in found.properties] if found else []


def _states(
    rows: list[Row], changes: list[_Change], versions: dict[str, Row], now: tuple[Triple, ...]
) -> Iterator[State]:
    """The states in the graph that these imports made; nothing where it was not imported."""
    if not rows:
        return
    graph = iri(rows[0], "graph")
    if changes and changes[0].before:
        before = changes[0]
        yield State(
            graph, iri(rows[0], "ended"), before.ended, iri(rows[0], "import"), _name(versions, before), before.before
        )
    elif not changes and now:
        yield State(graph, iri(rows[0], "ended"), "", iri(rows[0], "import"), "", now)
    for change, following in zip_longest(changes, changes[1:]):
        if change.after:
            until, name = (following.ended, _name(versions, following)) if following else ("", "")
            yield State(graph, change.ended, until, change.by, name, change.after if following else now)


def _name(versions: dict[str, Row], ending: _Change) -> str:
    return iri(versions[ending.by], "version") if ending.by in versions else ""


def _changes(blobs: BlobStore, thing: str, rows: Iterable[Row], versions: dict[str, Row]) -> Iterator[_Change]:
    """The imports that changed the thing, oldest first. A version says in which blob; else all are read."""
    for name, group in grouped(rows, "import").items():
        named = [versions[name]] if name in versions else group
        for row in named:
            content = _content(blobs, iri(row, "blob"))
            if f"<{thing}> ".encode() in content:
                before, after = (tuple(each) for each in state_in(content, thing))
                if before != after:
                    yield _Change(iri(group[0], "ended"), name, before, after)


def _content(blobs: BlobStore, digest: str) -> bytes:
    try:
        return blobs.get(digest) if digest else b""
    except KeyError:
        return b""
