"""What follows every write, whoever makes it: derived things, keys, findings and the search index brought up to date.

An import, an update and an upload all end here, so that none of them can leave the register half checked.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode, Triple

from ontologies.namespaces import EUVOC, RDF
from registry import closures, derived
from registry.closures import Node
from registry.harmonisation.candidates import LeftOut
from registry.harmonisation.facts import WholeGraphs
from registry.harmonisation.recheck import recheck
from registry.references.following import follow
from registry.search.entries import KINDS
from registry.urls import Urls
from sparql.store import WriteSession


@dataclass(frozen=True, slots=True)
class Changes:
    """Concepts that were there and are changed or gone, and that are new or changed, as IRIs.

    `things` are all things that changed, concepts or not, where that is known.
    """

    before: frozenset[str]
    after: frozenset[str]
    differs: bool
    things: frozenset[str] = frozenset()

    def after_others(self, earlier: "Changes | None") -> "Changes":
        """These and earlier ones of the same graph together."""
        if earlier is None:
            return self
        before, after = earlier.before | self.before, earlier.after | self.after
        return Changes(before, after, earlier.differs or self.differs, earlier.things | self.things)


def changes_between(old: Iterable[Triple], new: Iterable[Triple]) -> Changes:
    """What differs between two states of a graph; a concept is changed when anything that belongs to it is."""
    before, after = set(old), set(new)
    changed = closures.affected(before, after)
    return Changes(closures.concepts(before) & changed, closures.concepts(after) & changed, before != after, changed)


def bring_up_to_date(
    session: WriteSession,
    urls: Urls,
    changed: Mapping[NamedNode, Changes],
    content: WholeGraphs | None = None,
    is_derived: AbstractSet[str] = frozenset(),
) -> list[LeftOut]:
    """Derives and checks anew what a session changed in these graphs, all at once. Returns what is not compared.

    Concepts of reference vocabularies are compared with nothing. `content` is what the session holds, where it can be
    read faster than from there; `is_derived` are concepts whose plain definitions are there already.

    Reads: every graph. Writes: derived, findings.
    """
    before = frozenset[str]().union(*(each.before for each in changed.values()))
    after = frozenset[str]().union(*(each.after for each in changed.values()))
    derived.forget(session, urls, before)
    derived.derive(session, urls, (before | after) - is_derived)
    checked = [each for graph, each in changed.items() if urls.place(graph.value).kind != "vocabulary"]
    before = frozenset[str]().union(*(each.before for each in checked))
    after = frozenset[str]().union(*(each.after for each in checked))
    left_out = recheck(session, urls, before, after, content)
    laws = [graph.value for graph, each in changed.items() if each.differs and urls.place(graph.value).kind == "law"]
    follow(session, urls, before | after, laws)
    return left_out


def owners(session: WriteSession, graph: NamedNode, nodes: Iterable[Node]) -> frozenset[str]:
    """The things that nodes of a graph belong to: themselves, or what points at a part, at any depth."""
    found: set[str] = set()
    waiting = list(nodes)
    seen = set(waiting)
    while waiting:
        node = waiting.pop()
        above = _above(session, graph, node)
        if isinstance(node, NamedNode) and not above:
            found.add(node.value)
        waiting += above - seen
        seen |= above
    return frozenset(found)


def _above(session: WriteSession, graph: NamedNode, node: Node) -> set[Node]:
    """What a node of a graph is a part of; nothing for a thing."""
    if isinstance(node, Triple) or any(quad.object in KINDS for quad in session.quads(node, RDF.type, None, graph)):
        return set()
    named = isinstance(node, NamedNode) and not closures.is_minted(node.value)
    pointing = session.quads(None, EUVOC.xlDefinition if named else None, node, graph)
    return {quad.subject for quad in pointing} - {node}


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
