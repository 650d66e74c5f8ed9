"""What belongs to a thing: its own triples and those of the nodes that only describe it (definitions, sources, ...).

A thing is changed when anything that belongs to it is; that is how `unchanged` is known.

Such a node, a part, is known by how it stands in its graph: something points at it, as at its definition or as at a
node whose IRI was minted where the source had none, and it is nothing that search finds. What its IRI looks like
otherwise decides nothing: publishers call their concepts as they like.
"""

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import TypeAlias, TypeVar

from pyoxigraph import BlankNode, NamedNode, Triple

from ontologies.namespaces import EUVOC, RDF
from registry.search.entries import CONCEPTS, KINDS

Node: TypeAlias = NamedNode | BlankNode | Triple
T = TypeVar("T")

_LONGEST = 50
_MINTED = re.compile(r"/(?:definitions|sources|nodes)/(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32})\Z")
"""The end of an IRI made for a blank node: of an import (`importers.minting`) or of an update (`registry.skolem`)."""


def concepts(triples: Iterable[Triple]) -> frozenset[str]:
    """IRIs of the concepts, of catalogues and of law."""
    a = RDF.type
    return frozenset(
        triple.subject.value
        for triple in triples
        if triple.predicate == a and triple.object in CONCEPTS and isinstance(triple.subject, NamedNode)
    )


def is_minted(iri: str) -> bool:
    """Whether the IRI was made for a node that its source did not name."""
    return _MINTED.search(iri, max(0, len(iri) - _LONGEST)) is not None


def leads_to_part(triple: Triple) -> bool:
    """Whether the value of a triple is a part of its subject, provided that search does not find it."""
    value = triple.object
    return isinstance(value, NamedNode) and (triple.predicate == EUVOC.xlDefinition or is_minted(value.value))


def parts(triples: Iterable[Triple]) -> dict[Node, set[Node]]:
    """The parts in a graph, each with what it is a part of: a thing or another part. All of them belong to a thing."""
    above: dict[Node, set[Node]] = {}
    found: set[Node] = set()
    for triple in triples:
        if triple.predicate == RDF.type and triple.object in KINDS:
            found.add(triple.subject)
        elif leads_to_part(triple) and triple.object != triple.subject:
            above.setdefault(triple.object, set()).add(triple.subject)  # type: ignore[arg-type] # it is an IRI
    for node in found:
        above.pop(node, None)
    return owned(above)


def affected(old: AbstractSet[Triple], new: AbstractSet[Triple]) -> frozenset[str]:
    """What differs between two states of a graph: IRIs of the things to which a triple of only one of them belongs."""
    differing: set[Node] = {triple.subject for triple in old ^ new}
    if not differing:
        return frozenset()
    return frozenset(node.value for node in things_of(differing, parts(old | new)) if isinstance(node, NamedNode))


def things_of(nodes: AbstractSet[T], above: Mapping[T, AbstractSet[T]]) -> set[T]:
    """What some nodes belong to, or are; `above` says what each part is a part of."""
    found, waiting = set(nodes), set(nodes)
    while waiting:
        owners = above.get(waiting.pop(), set()) - found
        found |= owners
        waiting |= owners
    return found - above.keys()


def owned(above: Mapping[T, set[T]]) -> dict[T, set[T]]:
    """Of what may be parts, each with what points at it, those that belong to a thing in the end."""
    reached = _below(above)
    return {part: owners for part, owners in above.items() if part in reached}


def _below(above: Mapping[T, AbstractSet[T]]) -> set[T]:
    """What is reached from the things: nodes that only point at each other are no parts of anything."""
    below: dict[T, list[T]] = {}
    for part, owners in above.items():
        for owner in owners:
            below.setdefault(owner, []).append(part)
    waiting = [owner for owner in below if owner not in above]
    reached = set(waiting)
    while waiting:
        new = [part for part in below.get(waiting.pop(), ()) if part not in reached]
        reached.update(new)
        waiting += new
    return reached
