"""What differs between two states of a graph, thing by thing and property by property, as people read it.

What only describes a thing (definitions, sources, ...) is told with the thing: the text of a definition stands under
the path ``euvoc:xlDefinition/rdf:value``.
"""

from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Literal, NamedTuple, TypeAlias

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, Triple

from ontologies.namespaces import DCT, ELI, EUVOC, FOAF, RDF, RDFS, SKOS
from ontologies.profiles import prefixed
from registry import closures
from registry.catalogue.texts import Texts, texts_as_json, texts_of
from registry.search.entries import KINDS
from sparql.store import Term

Change: TypeAlias = Literal["new", "changed", "gone"]
CHANGES: tuple[Change, ...] = ("new", "changed", "gone")
OTHER = "other"
"""The kind of a thing that is not found by search: a collection, a publisher, a section."""
NAMES = (SKOS.prefLabel, DCT.title, ELI.title_short, FOAF.name, RDFS.label)
"""What a thing is called by, the first that it has."""
_NO_NEWS = frozenset({RDF.type})
"""Of parts: the path says already what they are."""
_DEFINITION = f"{prefixed(EUVOC.xlDefinition)}/{prefixed(RDF.value)}"


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """One value of a property: a text with its language ("" for none), or an IRI."""

    text: str
    language: str = ""
    is_iri: bool = False

    def as_json(self) -> dict[str, str]:
        """``uri``, or ``value`` with ``language`` where it has one."""
        if self.is_iri:
            return {"uri": self.text}
        return {"value": self.text} | ({"language": self.language} if self.language else {})

    def __str__(self) -> str:
        return f"{self.text} ({self.language})" if self.language else self.text


@dataclass(frozen=True, slots=True)
class PropertyChange:
    """The values of one property that are there before only, and afterwards only."""

    path: str
    before: tuple[Value, ...]
    after: tuple[Value, ...]

    def as_json(self) -> dict[str, Any]:
        """Path and values."""
        return {
            "property": self.path,
            "before": [value.as_json() for value in self.before],
            "after": [value.as_json() for value in self.after],
        }


@dataclass(frozen=True, slots=True)
class ThingChange:
    """One thing that is new, changed or gone; `kind` as in search, or `OTHER`.

    `properties` tell of a changed thing all that differs, of one that is new or gone its definitions alone.
    """

    uri: str
    kind: str
    name: Texts
    change: Change
    properties: tuple[PropertyChange, ...]

    def as_json(self) -> dict[str, Any]:
        """The thing with the difference by property."""
        return {
            "uri": self.uri,
            "kind": self.kind,
            "name": texts_as_json(self.name),
            "change": self.change,
            "properties": [each.as_json() for each in self.properties],
        }


class Head(NamedTuple):
    """Which thing differs, and how; `kind` as in search, or `OTHER`."""

    uri: str
    kind: str
    change: Change

    @property
    def order(self) -> tuple[bool, int, str]:
        """What is found by search comes first: new, changed, gone."""
        return self.kind == OTHER, CHANGES.index(self.change), self.uri


@dataclass(frozen=True, slots=True)
class Difference:
    """Two states of a graph. `unchanged` counts the things that are found by search and are the same in both.

    `heads` are the things that differ, in order, and `tell` says what does of one of them.
    """

    heads: tuple[Head, ...] = ()
    unchanged: int = 0
    tell: Callable[[Head], ThingChange] | None = field(default=None, compare=False)

    @property
    def things(self) -> Iterator[ThingChange]:
        """The things, told one after the other, which takes its time where they are many."""
        return map(self.tell, self.heads) if self.tell else iter(())

    @property
    def counts(self) -> dict[str, int]:
        """How many things that are found by search are new, changed, gone and unchanged."""
        counted = Counter(head.change for head in self.heads if head.kind != OTHER)
        return {**{str(change): counted[change] for change in CHANGES}, "unchanged": self.unchanged}

    @property
    def others(self) -> int:
        """How many things differ that search does not find."""
        return sum(head.kind == OTHER for head in self.heads)


def difference(old: Iterable[Triple], new: Iterable[Triple], affected: Collection[str]) -> Difference:
    """What differs; `affected` are the IRIs of the things that differ at all (`closures.affected`)."""
    before, after = State(old), State(new)
    heads = (head_of(iri, before, after, before.kinds, after.kinds) for iri in affected)
    held = sum(iri not in affected for iri in after.kinds)
    return Difference(tuple(sorted(heads, key=lambda each: each.order)), held, lambda head: told(head, before, after))


def head_of(
    iri: str, before: Container[str], after: Container[str], kinds: Mapping[str, str], becoming: Mapping[str, str]
) -> Head:
    """How a thing differs: by which of the two states describe it, and what kind of thing it is in them."""
    if iri not in after:
        return Head(iri, kinds.get(iri, OTHER), "gone")
    return Head(iri, becoming.get(iri, OTHER), "changed" if iri in before else "new")


class State:
    """One state of a graph: its triples by subject, and the kinds of its things."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._by_subject: dict[str, list[Triple]] = {}
        self.kinds: dict[str, str] = {}
        for triple in triples:
            if isinstance(triple.subject, NamedNode):
                self._by_subject.setdefault(triple.subject.value, []).append(triple)
                if triple.predicate == RDF.type and triple.object in KINDS:
                    self.kinds[triple.subject.value] = KINDS[triple.object]  # type: ignore[index] # a key, as just asked

    def __contains__(self, iri: object) -> bool:
        return iri in self._by_subject

    def name(self, iri: str) -> Texts:
        """What the thing is called."""
        own = self._by_subject.get(iri, ())
        names = (texts_of(each.object for each in own if each.predicate == wanted) for wanted in NAMES)
        return next((found for found in names if found), ())

    def values(self, iri: str) -> dict[str, set[Value]]:
        """Path to values: the thing's own, and those of its parts at any depth."""
        found: dict[str, set[Value]] = {}
        for path, term in self._walk(iri):
            found.setdefault(path, set()).add(_value(term))
        return found

    def _walk(self, iri: str) -> Iterator[tuple[str, Term]]:
        """Level by level, each part under one path: the shortest, of these the first; elsewhere it is an IRI."""
        paths = {iri: ""}
        level = [iri]
        while level:
            below: set[tuple[str, str]] = set()
            for step, triple in chain.from_iterable(self._said(node, paths[node]) for node in level):
                if part := self._part(triple):
                    below.add((step, part))
                else:
                    yield step, triple.object
            level = []
            for step, part in sorted(below):
                if part not in paths:
                    paths[part] = step
                    level.append(part)
                elif paths[part] != step:
                    yield step, NamedNode(part)

    def _part(self, triple: Triple) -> str:
        """The part that a triple leads to and that is described; "" where it leads to none."""
        value = triple.object.value if isinstance(triple.object, NamedNode) else ""
        return value if value in self and value not in self.kinds and closures.leads_to_part(triple) else ""

    def _said(self, node: str, path: str) -> Iterator[tuple[str, Triple]]:
        """What is said of one node, which the path leads to."""
        for triple in self._by_subject.get(node, ()):
            if not path or triple.predicate not in _NO_NEWS:
                yield _step(path, prefixed(triple.predicate)), triple


def _step(path: str, name: str) -> str:
    """The path one step further; the same step again and again, as along a list, is one."""
    if not path:
        return name
    return path if path == name or path.endswith(f"/{name}") else f"{path}/{name}"


def told(head: Head, before: State, after: State) -> ThingChange:
    """What differs of one thing."""
    iri, kind, change = head
    properties = _properties(before.values(iri), after.values(iri))
    if change != "changed":
        properties = (each for each in properties if each.path == _DEFINITION)
    name = (before if change == "gone" else after).name(iri)
    return ThingChange(iri, kind, name, change, tuple(properties))


def _properties(before: Mapping[str, set[Value]], after: Mapping[str, set[Value]]) -> Iterator[PropertyChange]:
    for path in sorted(before.keys() | after.keys()):
        old, new = before.get(path, set()), after.get(path, set())
        if old != new:
            yield PropertyChange(path, tuple(sorted(old - new)), tuple(sorted(new - old)))


def _value(term: Term) -> Value:
    if isinstance(term, RdfLiteral):
        return Value(term.value, term.language or "")
    return Value(term.value if isinstance(term, NamedNode) else str(term), is_iri=isinstance(term, NamedNode))
