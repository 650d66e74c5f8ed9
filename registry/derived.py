"""The graph of derived things: a plain ``skos:definition`` for every definition, so that a newcomer's query works.

Never part of an export: the profile wants one form or the other. Keys of terms, in the same graph, are harmonisation's.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from pyoxigraph import NamedNode, Quad, Triple

from ontologies.namespaces import EUVOC, RDF, SKOS
from registry.urls import Urls
from sparql.store import WriteSession

__all__ = ["MANY", "derive", "forget"]

MANY = 1_000
"""Concepts from which everything is read once instead of what each of them has."""


def forget(session: WriteSession, urls: Urls, concepts: Iterable[str]) -> None:
    """Removes the derived definitions of these concepts.

    Reads: derived. Writes: derived.
    """
    old = [
        quad.triple
        for iri in concepts
        for quad in session.quads(subject=NamedNode(iri), predicate=SKOS.definition, graph=urls.derived)
    ]
    session.delete(urls.derived, old)


def derive(session: WriteSession, urls: Urls, concepts: Iterable[str]) -> None:
    """Derives the definitions of these concepts from whatever graphs hold them now.

    Reads: every graph. Writes: derived.
    """
    wanted = {NamedNode(iri) for iri in concepts}
    if len(wanted) > MANY:
        session.insert(urls.derived, list(_all_definitions(session, wanted)))
    else:
        session.insert(urls.derived, [triple for concept in wanted for triple in _definitions(session, concept)])


def _definitions(session: WriteSession, concept: NamedNode) -> Iterator[Triple]:
    for link in _out(session, concept, EUVOC.xlDefinition):
        if isinstance(link.object, NamedNode):
            for value in _out(session, link.object, RDF.value):
                yield Triple(concept, SKOS.definition, value.object)


def _all_definitions(session: WriteSession, wanted: AbstractSet[NamedNode]) -> Iterator[Triple]:
    """The same for many concepts, by reading all links once; sections of acts have many more texts than concepts."""
    links = [quad for quad in session.quads(predicate=EUVOC.xlDefinition) if quad.subject in wanted]
    for link in links:
        if isinstance(link.object, NamedNode) and isinstance(link.subject, NamedNode):
            for value in _out(session, link.object, RDF.value):
                yield Triple(link.subject, SKOS.definition, value.object)


def _out(session: WriteSession, subject: NamedNode, predicate: NamedNode) -> list[Quad]:
    return list(session.quads(subject=subject, predicate=predicate))
