"""Two questions about graphs: which nodes hang together, and which lie on a cycle. Neither recurses."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

T = TypeVar("T")


def clusters(links: Mapping[T, Iterable[T]]) -> list[list[T]]:
    """The weakly connected components; every node is a key."""
    parent = {node: node for node in links}

    def root(node: T) -> T:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for node, others in links.items():
        for other in others:
            parent[root(node)] = root(other)
    found: dict[T, list[T]] = {}
    for node in links:
        found.setdefault(root(node), []).append(node)
    return list(found.values())


def cycles(links: Mapping[T, Iterable[T]]) -> list[list[T]]:
    """The strongly connected components of two nodes or more: nodes that lead back to themselves through others."""
    left = _trimmed({node: set(others) - {node} for node, others in links.items()})
    reached = {node: _reached(left, node) for node in left}
    on_cycle = {node: {each for each in left[node] if node in reached[each]} for node in left if node in reached[node]}
    return [group for group in clusters(on_cycle) if len(group) > 1]


def _trimmed(links: dict[T, set[T]]) -> dict[T, set[T]]:
    """What is left when nodes that lead nowhere are taken away, again and again."""
    left = links
    while True:
        kept = {node: leading for node, others in left.items() if (leading := others & left.keys())}
        if len(kept) == len(left):
            return kept
        left = kept


def _reached(links: Mapping[T, set[T]], start: T) -> set[T]:
    """What can be reached from a node; itself only through others."""
    seen: set[T] = set()
    waiting = [start]
    while waiting:
        fresh = links[waiting.pop()] - seen
        seen |= fresh
        waiting += fresh
    return seen
