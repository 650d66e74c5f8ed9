"""Catalogues have no blank nodes: those of an upload get IRIs from their content, those of an update random ones."""

from collections.abc import Iterable

from pyoxigraph import BlankNode, NamedNode, Triple

from importers.rdf.skolem import skolemise
from importers.rdf.triples import TripleIndex


def without_blank_nodes(triples: Iterable[Triple], base: str) -> list[Triple]:
    """The same with IRIs from content, so that the same document sent twice changes nothing."""
    index = TripleIndex(
        (triple.subject, triple.predicate, triple.object)
        for triple in triples
        if isinstance(triple.subject, NamedNode | BlankNode)
    )
    skolemise(index, base)
    return [Triple(*parts) for parts in index]


def with_random_iris(triples: Iterable[Triple], base: str) -> set[Triple]:
    """The same with an IRI for each blank node: it has a name of its own already, that nobody else has."""
    found: set[Triple] = set()
    for triple in triples:
        subject, value = triple.subject, triple.object
        if isinstance(subject, BlankNode):
            subject = _iri(subject, base)
        if isinstance(value, BlankNode):
            value = _iri(value, base)
        found.add(Triple(subject, triple.predicate, value))
    return found


def _iri(node: BlankNode, base: str) -> NamedNode:
    return NamedNode(f"{base}/nodes/{node.value}")
