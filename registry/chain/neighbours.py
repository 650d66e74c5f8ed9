"""One step in the chain: what a thing rests on directly, and what rests directly on it.

Reads: every graph but those of imports.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from pyoxigraph import NamedNode, Quad

from ontologies.namespaces import DCT, ELI, RDF, RDFS, SAMSVAR
from registry.chain.legal import named_law
from registry.chain.links import BEARS, BETWEEN, OF_ACTS, RESTS_ON, kind_of
from registry.urls import Urls
from sparql.store import Reader

Found: TypeAlias = Iterator[tuple[str, str]]
"""IRIs of properties, and of the things that they lead to."""

_PARTS_OF_ACT = 5
"""lov, year, month, day and number."""


class Neighbours:
    """The neighbours of things in one generation."""

    def __init__(self, reader: Reader, urls: Urls) -> None:
        self._reader = reader
        self._law = named_law(reader, urls)
        self._legislation = urls.mint("legislation", "").value
        self._kinds: dict[str, str] = {}

    def kind(self, uri: str) -> str:
        """The kind of a thing, "" for what has no place in the chain."""
        if uri not in self._kinds:
            self._kinds[uri] = self._kind(uri)
        return self._kinds[uri]

    def foundations(self, uri: str) -> Found:
        """What the thing rests on."""
        node, kind = NamedNode(uri), self.kind(uri)
        said = self._reader.quads(node, ELI.based_on) if self._is_act(uri) else self._reader.quads(node)
        whole = SAMSVAR.act if self._is_placed(node) else None
        for quad in said:
            if quad.predicate != whole and quad.predicate.value in RESTS_ON and isinstance(quad.object, NamedNode):
                yield quad.predicate.value, quad.object.value
        for rule in BEARS.values():
            if kind in rule.dependant:
                yield from _subjects(self._reader.quads(predicate=rule.node, object=node))
        if uri in self._law.provision:
            yield RDFS.seeAlso.value, self._law.provision[uri]
        if kind == "concept":
            yield from self._same_word(node, SAMSVAR.cites, DCT.isPartOf, "statutoryConcept")

    def dependants(self, uri: str) -> Found:
        """What rests on the thing. Of the sections of an act only those on which something rests in turn."""
        node, kind = NamedNode(uri), self.kind(uri)
        for by, other in self._of_act(node) if self._is_act(uri) else _subjects(self._reader.quads(object=node)):
            if by in RESTS_ON and not (by == SAMSVAR.act.value and self._is_placed(NamedNode(other))):
                yield by, other
        for rule in BEARS.values():
            if kind in rule.foundation:
                yield from _objects(self._reader.quads(node, rule.node))
        for name in self._law.named_by.get(uri, ()):
            yield RDFS.seeAlso.value, name
        if kind == "statutoryConcept":
            yield from self._same_word(node, DCT.isPartOf, SAMSVAR.cites, "concept")

    def _of_act(self, act: NamedNode) -> Found:
        for each in OF_ACTS:
            yield from _subjects(self._reader.quads(predicate=each, object=act))
        bearing = {row["section"] for row in self._reader.select(_bearing_sections(), act=act)}
        named = {name for name in self._law.named_by if name.startswith(f"{act.value}/")}
        for section in sorted({getattr(one, "value", "") for one in bearing} | named):
            yield ELI.is_part_of.value, section

    def _same_word(self, node: NamedNode, to: NamedNode, back: NamedNode, kind: str) -> Found:
        """The concepts of the same word at the same provision: there one defines it, and the other cites it."""
        words = self._words(node)
        for provision in {quad.object for quad in self._reader.quads(node, to)}:
            for by, other in _subjects(self._reader.quads(predicate=back, object=provision)):
                if by == back.value and self.kind(other) == kind and words & self._words(NamedNode(other)):
                    yield SAMSVAR.termKey.value, other

    def _words(self, node: NamedNode) -> set[str]:
        return {getattr(quad.object, "value", "") for quad in self._reader.quads(node, SAMSVAR.termKey)}

    def _is_act(self, uri: str) -> bool:
        return uri.startswith(self._legislation) and uri.count("/", len(self._legislation)) < _PARTS_OF_ACT

    def _is_placed(self, node: NamedNode) -> bool:
        """Whether the register knows the section of what an act defines, so that the act itself says no more."""
        return next(self._reader.quads(node, DCT.isPartOf), None) is not None

    def _kind(self, uri: str) -> str:
        if uri.startswith(self._legislation):
            return "provision"
        if uri in self._law.provision:
            return BETWEEN
        return kind_of(frozenset(other for _, other in _objects(self._reader.quads(NamedNode(uri), RDF.type))))


@cache
def _bearing_sections() -> str:
    return (files(__package__) / "bearing_sections.rq").read_text(encoding="utf-8")


def _subjects(quads: Iterable[Quad]) -> Found:
    return ((quad.predicate.value, quad.subject.value) for quad in quads if isinstance(quad.subject, NamedNode))


def _objects(quads: Iterable[Quad]) -> Found:
    return ((quad.predicate.value, quad.object.value) for quad in quads if isinstance(quad.object, NamedNode))
