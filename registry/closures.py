"""What belongs to a thing: its own triples and those of the nodes that only describe it (definitions, sources, ...).

A thing's digest changes when anything that belongs to it does; that is how `unchanged` is known.
"""

import hashlib
from collections.abc import Iterable

from pyoxigraph import NamedNode, Triple

from ontologies.namespaces import RDF, SAMSVAR, SKOS

_CONCEPTS = frozenset({SKOS.Concept, SAMSVAR.StatutoryConcept})
_PARTS = ("/definitions/", "/sources/", "/nodes/")


def concepts(triples: Iterable[Triple]) -> frozenset[str]:
    """IRIs of the concepts, of catalogues and of law."""
    return frozenset(
        triple.subject.value
        for triple in triples
        if triple.predicate == RDF.type and triple.object in _CONCEPTS and isinstance(triple.subject, NamedNode)
    )


def is_part(iri: str) -> bool:
    """Whether the IRI was minted for a node that has no life of its own."""
    return any(part in iri for part in _PARTS)


def digests(triples: Iterable[Triple]) -> dict[str, str]:
    """IRI of every thing (concepts are things, wherever their IRI was minted) to the digest of what belongs to it."""
    by_subject: dict[str, list[Triple]] = {}
    known = tuple(triples)
    for triple in known:
        if isinstance(triple.subject, NamedNode):
            by_subject.setdefault(triple.subject.value, []).append(triple)
    own = concepts(known)
    return {iri: _digest(iri, by_subject) for iri in by_subject if iri in own or not is_part(iri)}


def belonging(iri: str, by_subject: dict[str, list[Triple]]) -> list[Triple]:
    """The triples of a thing and of its parts, parts of parts included."""
    found: list[Triple] = []
    waiting, seen = [iri], {iri}
    while waiting:
        for triple in by_subject.get(waiting.pop(), ()):
            found.append(triple)
            if (
                isinstance(triple.object, NamedNode)
                and is_part(triple.object.value)
                and triple.object.value not in seen
            ):
                seen.add(triple.object.value)
                waiting.append(triple.object.value)
    return found


def _digest(iri: str, by_subject: dict[str, list[Triple]]) -> str:
    lines = sorted(str(triple) for triple in belonging(iri, by_subject))
    return hashlib.blake2b("\n".join(lines).encode(), digest_size=16).hexdigest()
