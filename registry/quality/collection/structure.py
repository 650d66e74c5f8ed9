"""Checks of the relations between the concepts of one collection."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from pyoxigraph import NamedNode

from ontologies.namespaces import SKOS, UNESKOS
from registry.quality.collection.base import DOWN, UP, Concepts, Found, about
from registry.quality.collection.components import clusters, cycles
from registry.quality.facts import has, iris

_INVERSE = {**dict(zip(UP, DOWN, strict=True)), **dict(zip(DOWN, UP, strict=True)), SKOS.related: SKOS.related}


def disconnected_clusters(concepts: Concepts) -> Iterator[Found]:
    """Groups of concepts that no relation ties to the largest group."""
    links = {concept: [each for each in concepts.linked(concept) if each in concepts.known] for concept in concepts.all}
    groups = sorted((each for each in clusters(links) if len(each) > 1), key=len, reverse=True)
    return (about(*group, value=str(len(group))) for group in groups[1:])


def cyclic_hierarchical_relations(concepts: Concepts) -> Iterator[Found]:
    """Concepts that are above themselves."""
    return (about(*cycle) for cycle in cycles(concepts.upward))


def hierarchical_redundancy(concepts: Concepts) -> Iterator[Found]:
    """A concept directly below one that it is below anyway, through another."""
    for concept, uppers in concepts.upward.items():
        if len(uppers) > 1:
            reached = Counter(top for upper in uppers for top in concepts.above(upper) - {upper})
            yield from (about(concept, upper) for upper in uppers if reached[upper] and upper != concept)


def orphan_concepts(concepts: Concepts) -> Iterator[Found]:
    """Concepts that nothing relates to another concept."""
    pointed_at = {upper for uppers in concepts.upward.values() for upper in uppers}
    for concept in concepts.all:
        if concept not in pointed_at and concept not in concepts.upward and not concepts.linked(concept):
            yield about(concept)


def omitted_top_concepts(concepts: Concepts) -> Iterator[Found]:
    """Concept schemes that name no top concept."""
    topped = {scheme for _, scheme in concepts.picture.links(SKOS.topConceptOf)}
    for scheme in concepts.picture.of_class.get(SKOS.ConceptScheme, ()):
        if scheme not in topped and not has(concepts.picture, scheme, SKOS.hasTopConcept):
            yield about(scheme)


def top_concepts_having_broader(concepts: Concepts) -> Iterator[Found]:
    """Top concepts with a concept above them."""
    tops = {concept for concept, _ in concepts.picture.links(SKOS.topConceptOf)}
    tops |= {concept for _, concept in concepts.picture.links(SKOS.hasTopConcept)}
    return (about(top) for top in sorted(tops, key=lambda node: node.value) if concepts.upward.get(top))


def solely_transitively_related(concepts: Concepts) -> Iterator[Found]:
    """Pairs that skos:broaderTransitive relates and no chain of stated relations does."""
    stated = [*concepts.picture.links(SKOS.broaderTransitive)]
    stated += [(lower, upper) for upper, lower in concepts.picture.links(SKOS.narrowerTransitive)]
    return (about(lower, upper) for lower, upper in stated if upper not in concepts.above(lower))


def reflexively_related(concepts: Concepts) -> Iterator[Found]:
    """Concepts that are related to themselves."""
    return (about(concept) for concept in concepts.all if concept in concepts.linked(concept))


def unidirectionally_related(concepts: Concepts) -> Iterator[Found]:
    """A relation to a concept of the collection that does not say the same of the first."""
    for concept in concepts.all:
        for predicate, inverse in _INVERSE.items():
            for other in iris(concepts.picture, concept, predicate):
                if other in concepts.known and concept not in concepts.picture.values(other, inverse):
                    yield about(concept, other)


def relation_clashes(concepts: Concepts) -> Iterator[Found]:
    """Two concepts that are related, one of which is above the other (SKOS S27)."""
    for concept, others in concepts.associated.items():
        above = concepts.above(concept) if others else set()
        yield from (about(concept, other) for other in others & above)


def valueless_associative_relations(concepts: Concepts) -> Iterator[Found]:
    """Two related concepts with the same concept directly above them: being siblings says as much."""
    for concept, others in concepts.associated.items():
        for other in others:
            if concept.value < other.value and concepts.upward.get(concept, set()) & concepts.upward.get(other, set()):
                yield about(concept, other)


def dangling_relations(concepts: Concepts) -> Iterator[Found]:
    """Relations to something that is no concept of the collection; matches may lead out of it, relations do not."""
    for concept in concepts.all:
        for other in dict.fromkeys(concepts.linked(concept)):
            if other not in concepts.known:
                yield about(concept, other)


def concepts_without_scheme(concepts: Concepts) -> Iterator[Found]:
    """Concepts in no scheme and no collection."""
    members = {member for _, member in concepts.picture.links(SKOS.member)}
    members |= {member for _, member in concepts.picture.links(SKOS.hasTopConcept)}
    for concept in concepts.all:
        if concept not in members and not has(
            concepts.picture, concept, SKOS.inScheme, SKOS.topConceptOf, UNESKOS.memberOf
        ):
            yield about(concept)


def disjoint_classes(concepts: Concepts) -> Iterator[Found]:
    """Things of two of the classes concept, concept scheme and collection (SKOS S9, S37)."""
    kinds = [
        set(concepts.picture.of_class.get(kind, ())) for kind in (SKOS.Concept, SKOS.ConceptScheme, SKOS.Collection)
    ]
    both: set[NamedNode] = set().union(*(first & second for first, second in combinations(kinds, 2)))
    return (about(thing) for thing in sorted(both, key=lambda node: node.value))
