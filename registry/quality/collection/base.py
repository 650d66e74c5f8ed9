"""A collection of concepts as its checks see it: concepts, labels, and relations of every spelling as one graph each.

``A broader B`` is said by skos:broader, xkos:specializes, xkos:isPartOf, their inverses, and by the relation objects of
SKOS-AP-NO; ``A related B`` by skos:related and by associative relation objects.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from ontologies.namespaces import SAMSVAR, SKOS, SKOSNO, XKOS
from registry.quality.facts import Picture, iris, language_of, literals
from sparql.store import Reader

LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
UP = (SKOS.broader, XKOS.specializes, XKOS.isPartOf)
DOWN = (SKOS.narrower, XKOS.generalizes, XKOS.hasPart)
MAPPINGS = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
_HIERARCHICAL = (SKOSNO.hasGenericConceptRelation, SKOSNO.hasPartitiveConceptRelation)
_UPPER = (SKOSNO.hasGenericConcept, SKOSNO.hasComprehensiveConcept)
_LOWER = (SKOSNO.hasSpecificConcept, SKOSNO.hasPartitiveConcept)

Links = dict[NamedNode, set[NamedNode]]


@dataclass(frozen=True, slots=True)
class Found:
    """One place where a check found something: the concepts that it is about, and words that show it."""

    things: tuple[str, ...]
    value: str = ""


class Concepts:
    """The concepts of one graph. `reader` knows what other graphs say of them; None where nobody asks."""

    def __init__(self, picture: Picture, reader: Reader | None = None) -> None:
        self.picture = picture
        self.reader = reader
        held = (*picture.of_class.get(SKOS.Concept, ()), *picture.of_class.get(SAMSVAR.StatutoryConcept, ()))
        self.all = sorted(set(held), key=lambda node: node.value)
        self.known = frozenset(self.all)

    def labels(self, concept: NamedNode, *kinds: NamedNode) -> list[Literal]:
        """Its labels of these kinds, all three without any."""
        return literals(self.picture, concept, *(kinds or LABELS))

    @cached_property
    def languages(self) -> dict[NamedNode, set[str]]:
        """The languages of the recommended terms of each concept."""
        return {
            concept: {language_of(label) for label in self.labels(concept, SKOS.prefLabel)} - {""}
            for concept in self.all
        }

    @cached_property
    def upward(self) -> Links:
        """Concept to those directly above it."""
        found: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
        for concept in self.all:
            for lower, upper in self._hierarchical(concept):
                found[lower].add(upper)
        return found

    @cached_property
    def associated(self) -> Links:
        """Concept to those that it is related to, in both directions."""
        found: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
        for concept in self.all:
            objects = iris(self.picture, concept, SKOSNO.isFromConceptIn)
            through = (to for each in objects for to in iris(self.picture, each, SKOSNO.hasToConcept))
            for other in (*iris(self.picture, concept, SKOS.related), *through):
                found[concept].add(other)
                found[other].add(concept)
        return found

    def linked(self, concept: NamedNode) -> list[NamedNode]:
        """What its own statements relate it to: hierarchy and association."""
        own = [upper if lower == concept else lower for lower, upper in self._hierarchical(concept)]
        return [*own, *self.associated.get(concept, ())]

    def above(self, concept: NamedNode) -> set[NamedNode]:
        """Everything above a concept, at any height; itself only where there is a cycle."""
        seen: set[NamedNode] = set()
        waiting = list(self.upward.get(concept, ()))
        while waiting:
            upper = waiting.pop()
            if upper not in seen:
                seen.add(upper)
                waiting += self.upward.get(upper, ())
        return seen

    def _hierarchical(self, concept: NamedNode) -> Iterator[tuple[NamedNode, NamedNode]]:
        """Pairs of a lower and an upper concept, one of which is this."""
        relations = iris(self.picture, concept, *_HIERARCHICAL)
        for upper in self._ends(concept, UP, relations, _UPPER):
            yield concept, upper
        for lower in self._ends(concept, DOWN, relations, _LOWER):
            yield lower, concept

    def _ends(
        self, concept: NamedNode, direct: Iterable[NamedNode], relations: list[NamedNode], ends: Iterable[NamedNode]
    ) -> list[NamedNode]:
        through = [end for relation in relations for end in iris(self.picture, relation, *ends)]
        return [*iris(self.picture, concept, *direct), *through]


def about(*things: NamedNode, value: str = "") -> Found:
    """What is found about these things."""
    return Found(tuple(thing.value for thing in things), value)
