"""What a session changed, graph by graph, as lines to remove and to add."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from sparql.changes import graph_node, lines
from sparql.embedded.reader import StoreView
from sparql.embedded.session import EmbeddedSession
from sparql.remote.manifest import Holding
from sparql.remote.statements import changed_fingerprint


@dataclass(frozen=True, slots=True)
class GraphPlan:
    """What becomes of one graph; `holds` is None where it is there no longer, and all that it held goes (`cleared`)."""

    graph: str
    removed: Collection[bytes]
    added: Collection[bytes]
    holds: Holding | None
    cleared: bool = False


def plans(session: EmbeddedSession, before: StoreView | None, known: Mapping[str, Holding]) -> list[GraphPlan]:
    """What a session did to each graph. `known` is what the remote store holds of them.

    `before` is the generation that it began with; None where the remote store has nothing of it yet.
    """
    if before is None:
        return [_plan(session, each, set(), held(session, each), known) for each in (*session.graphs(), "")]
    so_far = session.so_far()
    if so_far is not None:
        removed, added = map(_by_graph, so_far)
        return [
            _plan(session, each, removed.get(each, set()), added.get(each, set()), known) for each in session.touched
        ]
    found = []
    for each in session.touched:
        old, new = held(before, each), held(session, each)
        found.append(_plan(session, each, old - new, new - old, known))
    return found


def is_nothing(plan: GraphPlan, known: Mapping[str, Holding]) -> bool:
    """Whether the graph is as it was."""
    return not plan.removed and not plan.added and plan.holds == known.get(plan.graph)


def _plan(
    session: EmbeddedSession, graph: str, removed: set[bytes], added: set[bytes], known: Mapping[str, Holding]
) -> GraphPlan:
    old = known.get(graph, Holding(0, ""))
    count = old.count - len(removed) + len(added)
    there = graph in session.graphs() if graph else count > 0
    holds = Holding(count, changed_fingerprint(old.sum, removed, added), old.odd) if there else None
    return GraphPlan(graph, removed if there else (), added, holds, cleared=bool(old.count) and not there)


def _by_graph(quads: Iterable[Quad]) -> dict[str, set[bytes]]:
    found: dict[str, list[Quad]] = {}
    for quad in quads:
        name = quad.graph_name
        found.setdefault(name.value if isinstance(name, NamedNode) else "", []).append(quad)
    return {graph: set(lines(quad.triple for quad in each).splitlines()) for graph, each in found.items()}


def held(view: StoreView, graph: str) -> set[bytes]:
    """What a graph holds, a line each."""
    return set(view.n_triples(graph_node(graph)).splitlines())
