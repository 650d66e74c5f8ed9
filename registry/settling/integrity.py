"""Whether a mapping may stand beside those that do: SKOS's own conditions, asked before anything is written.

Each violation is named by its condition in the SKOS reference (https://www.w3.org/TR/skos-reference/):

    S46         exactMatch excludes broadMatch, narrowMatch and relatedMatch, through any chain of exactMatch
    S27         related excludes broader, through any chain of broader
    circle      a concept would become broader than itself (no condition of SKOS's own, and never meant)
    homonym     somebody has decided that two concepts of one chain of exactMatch have nothing but the word in common

Reads: every graph. Writes: nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from ontologies.namespaces import SKOS
from registry.settling.decisions import DENIALS, Outcome, standing
from registry.urls import Urls
from sparql.store import Reader

_UP = ((SKOS.broader, SKOS.broadMatch, SKOS.broaderTransitive), (SKOS.narrower, SKOS.narrowMatch))
_ACROSS = (SKOS.related, SKOS.relatedMatch)
_BY_HIERARCHY = (SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
_MOST = 10_000
"""Concepts that a chain is followed through."""


@dataclass(frozen=True, slots=True)
class Violation:
    """What stands in the way: the condition, and the two concepts between which something excludes the mapping."""

    condition: str
    first: str
    second: str


def violations(reader: Reader, urls: Urls, first: str, second: str, outcome: Outcome) -> list[Violation]:
    """What a mapping of the first concept to the second would break; nothing for other outcomes.

    What the graph of mappings says of the two goes when it is decided anew, and stands in the way of nothing.
    """
    ties = _Ties(reader, urls.graph("mappings"), frozenset((first, second)))
    checks: dict[str, Callable[[str, str], Iterator[Violation]]] = {
        "exactMatch": ties.of_exact,
        "broadMatch": ties.of_broad,
        "narrowMatch": lambda a, b: ties.of_broad(b, a),
        "relatedMatch": ties.of_related,
        "homonym": ties.of_homonym,
        "differentiated": ties.of_homonym,
    }
    return list(checks[outcome](first, second)) if outcome in checks else []


class _Ties:
    """What ties concepts together in one state of the store."""

    def __init__(self, reader: Reader, mappings: NamedNode, pair: frozenset[str]) -> None:
        self._reader = reader
        self._mappings = mappings
        self._pair = pair

    def of_exact(self, a: str, b: str) -> Iterator[Violation]:
        mine, theirs = self._same(a), self._same(b)
        for one in sorted(mine):
            for other in sorted(theirs):
                if self._says(one, other, _BY_HIERARCHY) or self._says(other, one, _BY_HIERARCHY):
                    yield Violation("S46", one, other)
                if self._is_homonym(one, other):
                    yield Violation("homonym", one, other)

    def of_broad(self, narrower: str, broader: str) -> Iterator[Violation]:
        if broader in self._same(narrower):
            yield Violation("S46", narrower, broader)
        below, above = self._chain(narrower, self._narrower), self._chain(broader, self._broader)
        if narrower in above:
            yield Violation("circle", narrower, broader)
        for one in sorted(below):
            for other in sorted(above & set(self._across(one))):
                yield Violation("S27", one, other)

    def of_related(self, a: str, b: str) -> Iterator[Violation]:
        if b in self._same(a):
            yield Violation("S46", a, b)
        if b in self._chain(a, self._broader) or a in self._chain(b, self._broader):
            yield Violation("S27", a, b)

    def of_homonym(self, a: str, b: str) -> Iterator[Violation]:
        if b in self._same(a):
            yield Violation("homonym", a, b)

    def _same(self, concept: str) -> set[str]:
        """The concept and all that exactMatch leads to, in both directions."""
        return self._chain(concept, lambda each: self._both(each, (SKOS.exactMatch,)))

    def _across(self, concept: str) -> Iterable[str]:
        return self._both(concept, _ACROSS)

    def _broader(self, concept: str) -> Iterable[str]:
        yield from self._objects(concept, _UP[0])
        yield from self._subjects(concept, _UP[1])

    def _narrower(self, concept: str) -> Iterable[str]:
        yield from self._objects(concept, _UP[1])
        yield from self._subjects(concept, _UP[0])

    def _both(self, concept: str, predicates: Iterable[NamedNode]) -> Iterable[str]:
        found = tuple(predicates)
        yield from self._objects(concept, found)
        yield from self._subjects(concept, found)

    def _objects(self, concept: str, predicates: Iterable[NamedNode]) -> Iterator[str]:
        for predicate in predicates:
            for quad in self._reader.quads(NamedNode(concept), predicate):
                if isinstance(quad.object, NamedNode) and self._stays(quad):
                    yield quad.object.value

    def _subjects(self, concept: str, predicates: Iterable[NamedNode]) -> Iterator[str]:
        for predicate in predicates:
            for quad in self._reader.quads(predicate=predicate, object=NamedNode(concept)):
                if isinstance(quad.subject, NamedNode) and self._stays(quad):
                    yield quad.subject.value

    def _stays(self, quad: Quad) -> bool:
        ends = {getattr(quad.subject, "value", ""), getattr(quad.object, "value", "")}
        return quad.graph_name != self._mappings or ends != self._pair

    def _says(self, a: str, b: str, predicates: Iterable[NamedNode]) -> bool:
        return b in set(self._objects(a, predicates))

    def _is_homonym(self, a: str, b: str) -> bool:
        return any(each.decision.outcome in DENIALS for each in standing(self._reader).get(frozenset((a, b)), ()))

    @staticmethod
    def _chain(start: str, steps: Callable[[str], Iterable[str]]) -> set[str]:
        seen, waiting = {start}, [start]
        while waiting and len(seen) < _MOST:
            fresh = set(steps(waiting.pop())) - seen
            seen |= fresh
            waiting += sorted(fresh)
        return seen
