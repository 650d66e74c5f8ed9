"""Contradictions of a model that need no reasoner: circles, and demands that nothing can meet."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from pyoxigraph import NamedNode

from ontologies.namespaces import MODELLDCATNO, OWL
from registry.exporting.models import ExportedElement, ExportedModel
from sparql.store import Reader

Kind: TypeAlias = Literal[
    "circularSpecialization", "circularComposition", "impossibleMultiplicity", "disjointParents", "unsatisfiable"
]
KINDS: tuple[Kind, ...] = (
    "circularSpecialization",
    "circularComposition",
    "impossibleMultiplicity",
    "disjointParents",
    "unsatisfiable",
)
_Links: TypeAlias = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What is wrong with a class: `others` are the classes that it is wrong together with, by IRI.

    `property` is the name of the property that cannot be as it must: at least `least` values, at most `most`.
    """

    kind: Kind
    element: str
    others: tuple[str, ...] = ()
    property: str = ""
    least: int = 0
    most: int = 0

    def as_json(self) -> dict[str, Any]:
        """The contradiction; the property where it is about one."""
        document: dict[str, Any] = {"kind": self.kind, "element": self.element, "others": list(self.others)}
        about = {"property": self.property, "least": self.least, "most": self.most}
        return document | (about if self.property else {})


def contradictions(reader: Reader, model: ExportedModel) -> tuple[Contradiction, ...]:
    """All that is found, in the order of `KINDS`."""
    above = _links(model, MODELLDCATNO.Specialization.value)
    disjoint = frozenset(_disjoint(reader, model))
    return (
        *_circles("circularSpecialization", above),
        *_circles("circularComposition", _links(model, MODELLDCATNO.Composition.value, needed=True)),
        *_multiplicities(model, above),
        *_disjoint_parents(above, disjoint, model.elements),
    )


def _links(model: ExportedModel, kind: str, *, needed: bool = False) -> _Links:
    """From each element to those that its properties of a kind lead to; with `needed`, those that it must have."""
    return {
        iri: frozenset(
            target
            for each in element.properties
            if each.kind == kind and each.least >= needed
            for target in each.targets
        )
        for iri, element in model.elements.items()
    }


def _reached(links: _Links, start: str) -> frozenset[str]:
    """All that the links lead to from a class, over any number of steps; itself only in a circle."""
    seen, waiting = set[str](), list(links.get(start, ()))
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += links.get(one, ())
    return frozenset(seen)


def _circles(kind: Kind, links: _Links) -> Iterator[Contradiction]:
    """Each circle once, told of the first of its classes by IRI."""
    reached = {iri: _reached(links, iri) for iri in links}
    done = set[str]()
    for iri in sorted(links):
        if iri in reached[iri] and iri not in done:
            circle = {iri} | {other for other in reached[iri] if iri in reached.get(other, ())}
            done |= circle
            yield Contradiction(kind, iri, tuple(sorted(circle - {iri})))


def _multiplicities(model: ExportedModel, above: _Links) -> Iterator[Contradiction]:
    """Properties of a class that must have more values than they may, by the class itself or by one above it."""
    for iri in model.elements:
        least, most = dict[str, tuple[int, str]](), dict[str, tuple[int, str]]()
        names: dict[str, str] = {}
        for holder in (iri, *sorted(_reached(above, iri) - {iri})):
            for path, name, low, high in _bounds(model.elements.get(holder)):
                names.setdefault(path, name)
                least[path] = max(least.get(path, (0, holder)), (low, holder))
                if high is not None:
                    most[path] = min(most.get(path, (high, holder)), (high, holder))
        for path, (high, by) in most.items():
            low, wanted_by = least[path]
            if low > high and iri in {by, wanted_by}:
                others = tuple(sorted({by, wanted_by} - {iri}))
                yield Contradiction("impossibleMultiplicity", iri, others, names[path], low, high)


def _bounds(element: ExportedElement | None) -> Iterator[tuple[str, str, int, int | None]]:
    """Each property with its name, and how many values it must and may have."""
    for each in element.properties if element else ():
        yield each.path, each.name, each.least, int(each.most) if each.most.isdecimal() else None


def _disjoint(reader: Reader, model: ExportedModel) -> Iterator[frozenset[str]]:
    """Pairs of classes that are said to have nothing in common."""
    for iri in model.elements:
        for predicate in (OWL.disjointWith, OWL.complementOf):
            for quad in reader.quads(NamedNode(iri), predicate):
                if isinstance(quad.object, NamedNode) and quad.object.value != iri:
                    yield frozenset({iri, quad.object.value})


def _disjoint_parents(
    above: _Links, disjoint: Iterable[frozenset[str]], elements: Iterable[str]
) -> Iterator[Contradiction]:
    pairs = tuple(disjoint)
    for iri in elements if pairs else ():
        classes = _reached(above, iri) | {iri}
        for pair in sorted(pairs, key=sorted):
            if pair <= classes:
                yield Contradiction("disjointParents", iri, tuple(sorted(pair - {iri})))
