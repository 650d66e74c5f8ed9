"""What indicators and checks ask: the values of properties of things, of one graph read whole or straight from a store.

A graph is read into dictionaries: checking ten thousand concepts asks for values hundreds of thousands of times.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from pyoxigraph import Literal, NamedNode

from ontologies.namespaces import RDF
from sparql.store import Reader, Term


class Facts(Protocol):
    """What is said of things."""

    def values(self, thing: Term, *properties: NamedNode) -> Sequence[Term]:
        """The values of these properties, in no order."""
        ...

    def properties(self, thing: Term) -> Collection[NamedNode]:
        """The properties of which the thing has values."""
        ...


_NOTHING: dict[NamedNode, list[Term]] = {}


class Picture:
    """One named graph, read once."""

    def __init__(self, reader: Reader, graph: NamedNode) -> None:
        self.graph = graph
        self.said: defaultdict[Term, dict[NamedNode, list[Term]]] = defaultdict(dict)
        self.of_class: defaultdict[Term, list[NamedNode]] = defaultdict(list)
        for quad in reader.quads(graph=graph):
            self.said[quad.subject].setdefault(quad.predicate, []).append(quad.object)
            if quad.predicate == RDF.type and isinstance(quad.subject, NamedNode):
                self.of_class[quad.object].append(quad.subject)

    def values(self, thing: Term, *properties: NamedNode) -> Sequence[Term]:
        """The values of these properties, in no order."""
        held = self.said.get(thing)
        if held is None:
            return ()
        if len(properties) == 1:
            return held.get(properties[0], ())
        return [value for each in properties for value in held.get(each, ())]

    def properties(self, thing: Term) -> Collection[NamedNode]:
        """The properties of which the thing has values."""
        return self.said.get(thing, _NOTHING).keys()

    def links(self, predicate: NamedNode) -> Iterable[tuple[NamedNode, NamedNode]]:
        """Everything that one thing says of another with this property."""
        for subject, held in self.said.items():
            for value in held.get(predicate, ()):
                if isinstance(subject, NamedNode) and isinstance(value, NamedNode):
                    yield subject, value


class Live:
    """The whole register, asked thing by thing: for the page of one."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[Term, dict[NamedNode, list[Term]]] = {}

    def values(self, thing: Term, *properties: NamedNode) -> Sequence[Term]:
        """The values of these properties, each once, in no order."""
        held = self._held(thing)
        return [value for each in properties for value in held.get(each, ())]

    def properties(self, thing: Term) -> Collection[NamedNode]:
        """The properties of which the thing has values."""
        return self._held(thing).keys()

    def _held(self, thing: Term) -> dict[NamedNode, list[Term]]:
        if not isinstance(thing, NamedNode):
            return _NOTHING
        if thing not in self._known:
            held: dict[NamedNode, dict[Term, None]] = {}
            for quad in self._reader.quads(subject=thing):
                held.setdefault(quad.predicate, {})[quad.object] = None
            self._known[thing] = {predicate: list(values) for predicate, values in held.items()}
        return self._known[thing]


def has(facts: Facts, thing: Term, *properties: NamedNode) -> bool:
    """Whether one of the properties has a value that says something."""
    return any(not isinstance(value, Literal) or value.value.strip() for value in facts.values(thing, *properties))


def iris(facts: Facts, thing: Term, *properties: NamedNode) -> list[NamedNode]:
    """The values that are things with an IRI."""
    return [value for value in facts.values(thing, *properties) if isinstance(value, NamedNode)]


def literals(facts: Facts, thing: Term, *properties: NamedNode) -> list[Literal]:
    """The values that are texts, numbers or dates."""
    return [value for value in facts.values(thing, *properties) if isinstance(value, Literal)]


def language_of(literal: Literal) -> str:
    """The language of a text without region, "" where it has none; ``no`` counts as bokmål."""
    primary = (literal.language or "").partition("-")[0].lower()
    return "nb" if primary == "no" else primary
