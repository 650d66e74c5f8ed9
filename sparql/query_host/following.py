"""Brings a replica in memory from its generation to a newer one, quad by quad."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pyoxigraph import DefaultGraph, NamedNode, Quad

from sparql.embedded.differences import quads, way
from sparql.embedded.integrity import Pointer
from sparql.query_host.replica import UNION, Replica, Source


def can_follow(source: Source, digest: str, newest: Pointer) -> int | None:
    """How many quads lie between the generation with this digest and `newest`; None where nobody knows which.

    In a union nobody can tell whether a triple of the default graph is its own or a named graph's.
    """
    found = way(source.directory, digest, newest)
    if found is None or (source.default_graph == UNION and any(head.default_graph for _, head in found)):
        return None
    return sum(head.quads for _, head in found)


def follow(replica: Replica, newest: Pointer) -> Replica | None:
    """The replica at `newest`; None where the way there is not known: then it is of no use any more."""
    source = replica.source
    found = way(source.directory, replica.digest, newest)
    if found is None or replica.own_default or can_follow(source, replica.digest, newest) is None:
        return None
    for number, head in found:
        both = quads(source.directory, number, head)
        if both is None:
            return None
        removed, added = both
        _remove(replica, list(removed))
        _add(replica, added)
    graphs = tuple(graph.value for graph in replica.store.named_graphs() if isinstance(graph, NamedNode))
    return replace(replica, digest=newest.digest, graphs=graphs)


def _add(replica: Replica, added: Iterable[Quad]) -> None:
    for quad in added:
        if _is_visible(replica.source, quad):
            replica.store.add(quad)
            if replica.union is not None and _is_in_union(replica.source, quad):
                replica.store.add(_in_default(quad))
                replica.union.add(_in_default(quad))


def _remove(replica: Replica, removed: Sequence[Quad]) -> None:
    """A graph whose last triple goes is gone; the union loses a triple with the last public graph that has it."""
    source, store = replica.source, replica.store
    for quad in removed:
        store.remove(quad)
        if replica.union is not None and _is_in_union(source, quad):
            others = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
            if not any(_is_in_union(source, other) for other in others):
                store.remove(_in_default(quad))
                replica.union.remove(_in_default(quad))
    for graph in {quad.graph_name for quad in removed}:
        if isinstance(graph, NamedNode) and next(store.quads_for_pattern(None, None, None, graph), None) is None:
            store.remove_graph(graph)


def _is_visible(source: Source, quad: Quad) -> bool:
    return not isinstance(quad.graph_name, NamedNode) or source.is_visible(quad.graph_name.value)


def _is_in_union(source: Source, quad: Quad) -> bool:
    graph = quad.graph_name
    return isinstance(graph, NamedNode) and source.is_public(graph.value)


def _in_default(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())
