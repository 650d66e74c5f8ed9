"""Which nodes of a document stand inside others, and in which order the others come."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from pyoxigraph import BlankNode, NamedNode, Triple

from sparql.formats import in_order

Node: TypeAlias = NamedNode | BlankNode


class Nesting:
    """The triples of a document by subject, the thing that it is about first.

    Nodes that `is_part` holds to be no things of their own are `inside` the one statement that mentions them.
    """

    def __init__(self, triples: Iterable[Triple], root: str, is_part: Callable[[Node], bool]) -> None:
        self.by_subject: dict[Node, list[Triple]] = {}
        self.triples = in_order(triples)
        for triple in self.triples:
            if isinstance(triple.subject, NamedNode | BlankNode):
                self.by_subject.setdefault(triple.subject, []).append(triple)
        self._root = NamedNode(root)
        mentions = Counter(triple.object for triple in self.triples if isinstance(triple.object, NamedNode | BlankNode))
        self.inside = {
            node for node in self.by_subject if mentions[node] == 1 and node != self._root and is_part(node)
        } - self._in_circles(mentions)

    def blocks(self) -> Iterator[Node]:
        """The subjects that stand by themselves: the thing, then each where it is mentioned first, then the rest."""
        seen: set[Node] = set()
        for start in (self._root, *self.by_subject):
            waiting = [start]
            while waiting:
                node = waiting.pop()
                if node in seen or node not in self.by_subject:
                    continue
                seen.add(node)
                if node not in self.inside:
                    yield node
                objects = (triple.object for triple in self.by_subject[node])
                waiting += reversed([each for each in objects if isinstance(each, NamedNode | BlankNode)])

    def _in_circles(self, mentions: Counter[Node]) -> set[Node]:
        """Nodes mentioned once that lead back to themselves: none of a circle could be written inside another."""
        above = {
            triple.object: triple.subject
            for triple in self.triples
            if isinstance(triple.object, NamedNode | BlankNode) and mentions[triple.object] == 1
        }
        found: set[Node] = set()
        for start in above:
            path: set[object] = set()
            node: object = start
            while node in above and node not in path:
                path.add(node)
                node = above[node]  # type: ignore[index] # what is in the dictionary is a node
            if node == start:
                found.add(start)
        return found
