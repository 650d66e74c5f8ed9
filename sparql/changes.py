"""What a write would change, graph by graph, before any of it is written; and how that travels between processes.

The last word on a triple wins, so a list of operations becomes one change that can be made on any state of the store.
The empty name is the default graph.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse, serialize

DEFAULT = ""


@dataclass(slots=True)
class GraphChange:
    """One graph's part.

    `cleared`: nothing stays but what is `added`. `keep`: whether it is there when empty; None where nobody said so.
    """

    cleared: bool = False
    removed: set[Triple] = field(default_factory=set)
    added: set[Triple] = field(default_factory=set)
    keep: bool | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What a change did to one graph: the triples that went and those that came.

    `different` says whether it did anything: an empty graph may have come or gone.
    """

    removed: Collection[Triple] = ()
    added: Collection[Triple] = ()
    different: bool = True


class Changes:
    """The changes of one request."""

    def __init__(self) -> None:
        self.graphs: dict[str, GraphChange] = {}

    def add(self, graph: str, triple: Triple) -> None:
        """The graph has the triple."""
        change = self._of(graph)
        change.removed.discard(triple)
        change.added.add(triple)

    def remove(self, graph: str, triple: Triple) -> None:
        """The graph does not have the triple."""
        change = self._of(graph)
        change.added.discard(triple)
        if not change.cleared:
            change.removed.add(triple)

    def clear(self, graph: str, *, keep: bool | None = None) -> None:
        """The graph has nothing; `keep` says whether it is there all the same."""
        change = self._of(graph)
        change.cleared, change.keep = True, keep
        change.removed.clear()
        change.added.clear()

    def create(self, graph: str) -> None:
        """The graph is there, empty or not."""
        self._of(graph).keep = True

    def _of(self, graph: str) -> GraphChange:
        return self.graphs.setdefault(graph, GraphChange())

    def pack(self) -> tuple[list[dict[str, object]], bytes]:
        """For the wire: a list for JSON and the triples after it, as N-Triples."""
        heads: list[dict[str, object]] = []
        bodies: list[bytes] = []
        for graph, change in self.graphs.items():
            removed, added = (lines(each) for each in (change.removed, change.added))
            heads.append(
                {
                    "graph": graph,
                    "cleared": change.cleared,
                    "keep": change.keep,
                    "removed": len(removed),
                    "added": len(added),
                }
            )
            bodies += [removed, added]
        return heads, b"".join(bodies)


def unpack(heads: Iterable[dict[str, object]], body: bytes) -> Changes:
    """What `Changes.pack` packed."""
    changes = Changes()
    start = 0
    for head in heads:
        sets = []
        for name in ("removed", "added"):
            end = start + int(str(head[name]))
            sets.append(set(triples(body[start:end])))
            start = end
        keep = None if head["keep"] is None else bool(head["keep"])
        changes.graphs[str(head["graph"])] = GraphChange(bool(head["cleared"]), sets[0], sets[1], keep)
    return changes


def lines(found: Iterable[Triple]) -> bytes:
    """Triples as N-Triples."""
    return serialize(found, format=RdfFormat.N_TRIPLES) or b""


def triples(content: bytes) -> Iterator[Triple]:
    """Triples out of the register's own N-Triples."""
    for quad in parse(content, RdfFormat.N_TRIPLES, lenient=True):
        if isinstance(quad, Quad):
            yield quad.triple


def graph_node(name: str) -> NamedNode | DefaultGraph:
    """A graph as the engine names it."""
    return NamedNode(name) if name else DefaultGraph()


def as_json(document: object) -> bytes:
    """One line of JSON."""
    return json.dumps(document, ensure_ascii=True).encode() + b"\n"
