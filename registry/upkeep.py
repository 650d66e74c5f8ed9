"""What follows every write, whoever makes it: derived things, keys, findings and the search index brought up to date.

An import, an update and an upload all end here, so that none of them can leave the register half checked.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode, Triple

from ontologies.namespaces import EUVOC, RDF
from registry import closures, derived
from registry.harmonisation.recheck import recheck
from registry.urls import Urls
from sparql.store import Term, WriteSession


@dataclass(frozen=True, slots=True)
class Changes:
    """Concepts that were there and are changed or gone, and that are new or changed, as IRIs.

    `things` are all things that changed, concepts or not, where that is known.
    """

    before: frozenset[str]
    after: frozenset[str]
    differs: bool
    things: frozenset[str] = frozenset()


def changes_between(old: Iterable[Triple], new: Iterable[Triple]) -> Changes:
    """What differs between two states of a graph; a concept is changed when anything that belongs to it is."""
    before, after = set(old), set(new)
    changed = closures.affected(before, after)
    return Changes(closures.concepts(before) & changed, closures.concepts(after) & changed, before != after, changed)


def bring_up_to_date(
    session: WriteSession, urls: Urls, graph: NamedNode, changes: Changes, *, checked: bool = True
) -> dict[str, int]:
    """Derives and checks anew what changed in a graph; returns the graph's findings by severity.

    `checked` is False for reference vocabularies, whose concepts are compared with nothing.

    Reads: every graph. Writes: derived, findings.
    """
    derived.forget(session, urls, changes.before)
    derived.derive(session, urls, changes.before | changes.after)
    return recheck(session, urls, graph, changes.before, changes.after) if checked else {}


def owners(session: WriteSession, graph: NamedNode, nodes: Iterable[Term]) -> frozenset[str]:
    """The things that nodes of a graph belong to: themselves, or what points at a part, at any depth."""
    found: set[str] = set()
    waiting = list(nodes)
    seen = set(waiting)
    while waiting:
        node = waiting.pop()
        if isinstance(node, NamedNode) and not closures.is_part(node.value):
            found.add(node.value)
            continue
        for quad in session.quads(object=node, graph=graph):
            above = quad.subject
            if isinstance(above, NamedNode | BlankNode) and above not in seen:
                seen.add(above)
                waiting.append(above)
    return frozenset(found)


def concepts_among(session: WriteSession, graph: NamedNode, things: Iterable[str]) -> frozenset[str]:
    """Those of the things that the graph calls concepts."""
    triples = (quad.triple for iri in things for quad in session.quads(NamedNode(iri), RDF.type, None, graph))
    return closures.concepts(triples)


def searchable(session: WriteSession, graph: NamedNode, things: Iterable[str]) -> list[Triple]:
    """What the search index reads of some things of a graph: their own triples and those of their definitions."""
    own = [quad.triple for iri in things for quad in session.quads(NamedNode(iri), None, None, graph)]
    definitions = [each.object for each in own if each.predicate == EUVOC.xlDefinition]
    return own + [
        quad.triple
        for node in definitions
        if isinstance(node, NamedNode | BlankNode)
        for quad in session.quads(node, None, None, graph)
    ]
