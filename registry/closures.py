"""What belongs to a thing: its own triples and those of the nodes that only describe it (definitions, sources, ...).

A thing is changed when anything that belongs to it is; that is how `unchanged` is known.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from pyoxigraph import BlankNode, NamedNode, Triple

from ontologies.namespaces import RDF, SAMSVAR, SKOS

_CONCEPTS = frozenset({SKOS.Concept, SAMSVAR.StatutoryConcept})
_PARTS = ("/definitions/", "/sources/", "/nodes/")


def concepts(triples: Iterable[Triple]) -> frozenset[str]:
    """IRIs of the concepts, of catalogues and of law."""
    a = RDF.type
    return frozenset(
        triple.subject.value
        for triple in triples
        if triple.predicate == a and triple.object in _CONCEPTS and isinstance(triple.subject, NamedNode)
    )


def is_part(iri: str) -> bool:
    """Whether the IRI was minted for a node that has no life of its own."""
    return any(part in iri for part in _PARTS)


def affected(old: AbstractSet[Triple], new: AbstractSet[Triple]) -> frozenset[str]:
    """What differs between two states of a graph: IRIs of the things to which a triple of only one of them belongs."""
    waiting = {triple.subject for triple in old ^ new}
    if not waiting:
        return frozenset()
    above: dict[object, set[NamedNode | BlankNode | Triple]] = {}
    for triple in old | new:
        if isinstance(triple.object, NamedNode) and is_part(triple.object.value):
            above.setdefault(triple.object, set()).add(triple.subject)
    found = set(waiting)
    while waiting:
        owners = above.get(waiting.pop(), set()) - found
        found |= owners
        waiting |= owners
    return frozenset(node.value for node in found if isinstance(node, NamedNode))
