"""The graph of derived things: a plain ``skos:definition`` for every definition, so that a newcomer's query works.

Never part of an export: the profile wants one form or the other. Keys of terms, in the same graph, are harmonisation's.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Triple

from ontologies.namespaces import EUVOC, RDF, SKOS
from registry.urls import Urls
from sparql.store import WriteSession

__all__ = ["derive", "forget"]


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
    session.insert(urls.derived, [triple for iri in concepts for triple in _definitions(session, NamedNode(iri))])


def _definitions(session: WriteSession, concept: NamedNode) -> Iterator[Triple]:
    for link in _out(session, concept, EUVOC.xlDefinition):
        if isinstance(link.object, NamedNode):
            for value in _out(session, link.object, RDF.value):
                yield Triple(concept, SKOS.definition, value.object)


def _out(session: WriteSession, subject: NamedNode, predicate: NamedNode) -> list[Quad]:
    return list(session.quads(subject=subject, predicate=predicate))
