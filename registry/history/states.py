"""A graph as it was before and after a write, read backwards from what it holds now through the journal.

Every write says what it removed and added, so that taking them back one after the other leads to any earlier state.

Reads: the graph, the provenance graph and blobs. Writes: nothing.
"""

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Triple

from registry.errors import CannotUndoError
from registry.journal.entries import Entry
from registry.journal.reading import writes_since
from sparql.embedded.blobs import BlobStore
from sparql.store import Reader

_DELETED = (
    "What {} changed is no longer known: the journal of it, or of a later write to {}, was deleted. "
    "Import the catalogue as it was, from a file of yours."
)
_TORN = "The journal does not lead from what {} holds back to {}. Run samsvar doctor, then import the catalogue anew."


@dataclass(frozen=True, slots=True)
class States:
    """A graph before and after a write and now, and the `later` writes to it, newest first."""

    before: AbstractSet[Triple]
    after: AbstractSet[Triple]
    now: AbstractSet[Triple]
    later: tuple[Entry, ...] = ()


def states(reader: Reader, blobs: BlobStore, graph: NamedNode, write: str, generation: int) -> States:
    """The states of a graph around a write that made `generation`.

    Raises:
        CannotUndoError: the journal of the write, or of a later one, is not there.
    """
    try:
        entries = writes_since(reader, blobs, graph.value, generation)
    except KeyError:
        entries = []
    names = [entry.write for entry in entries]
    if write not in names:
        raise CannotUndoError(_DELETED.format(write, graph.value))
    later = entries[: names.index(write)]
    now = {quad.triple for quad in reader.quads(graph=graph)}
    after: AbstractSet[Triple] = now
    for entry in later:
        after = _without(after, entry, graph)
    return States(_without(after, entries[len(later)], graph), after, now, tuple(later))


def _without(state: AbstractSet[Triple], entry: Entry, graph: NamedNode) -> AbstractSet[Triple]:
    """The state before a write. A write that lists nothing made the graph."""
    removed, added = (_of_graph(quads, graph) for quads in (entry.removed, entry.added))
    if not removed and not added:
        return set()
    if not added <= state or not removed.isdisjoint(state):
        raise CannotUndoError(_TORN.format(graph.value, entry.write))
    return (state - added) | removed


def _of_graph(quads: Collection[Quad], graph: NamedNode) -> set[Triple]:
    return {quad.triple for quad in quads if quad.graph_name == graph}
