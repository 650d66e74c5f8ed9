"""The register's own SHACL shapes of the Norwegian profiles, read into plain data that can be checked without SHACL.

The files in `shapes/` use a small part of SHACL Core, all of which is read here: counts, kinds of node, datatypes,
classes, languages. `tests/registry/test_conformance.py` holds this reading and pyshacl to the same answers.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias

import pyoxigraph as ox
from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse

from ontologies.namespaces import RDF, SH

Level: TypeAlias = Literal["acceptable", "publishable", "conformant"]
Term: TypeAlias = NamedNode | BlankNode | ox.Literal | ox.Triple

LEVELS: tuple[Level, ...] = ("acceptable", "publishable", "conformant")
"""From the least to the most: what is mandatory is there; counts and kinds of value hold; so does all the rest."""
PROFILES = ("skos-ap-no", "dcat-ap-no", "modelldcat-ap-no", "cpsv-ap-no", "xkos-ap-no")
_LEVEL_OF: dict[NamedNode, Level] = {
    SH.Violation: "acceptable",
    SH.Warning: "publishable",
    SH.Info: "conformant",
}


@dataclass(frozen=True, slots=True)
class Constraint:
    """One rule about the values of a path: any of `properties`. Broken, the thing misses `level`.

    Of the limits those that are set hold: numbers of values (`minimum`, `maximum`), `literal` or not, one of
    `datatypes`, one of `classes` (a value of which no class is said is let pass), `unique_languages`, and
    a text in `language`.
    """

    properties: tuple[NamedNode, ...]
    level: Level
    messages: Mapping[str, str] = field(hash=False)
    minimum: int = 0
    maximum: int | None = None
    literal: bool | None = None
    datatypes: frozenset[NamedNode] = frozenset()
    classes: frozenset[NamedNode] = frozenset()
    unique_languages: bool = False
    language: str = ""


@cache
def constraints() -> Mapping[NamedNode, tuple[Constraint, ...]]:
    """The rules of all profiles by class."""
    found: dict[NamedNode, tuple[Constraint, ...]] = {}
    for profile in PROFILES:
        graph = _Graph(shapes_file(profile))
        for shape in graph.subjects(SH.targetClass):
            rules = tuple(_constraint(graph, node) for node in graph.values(shape, SH.property))
            for kind in graph.values(shape, SH.targetClass):
                if isinstance(kind, NamedNode):
                    found[kind] = found.get(kind, ()) + rules
    return found


def shapes_file(profile: str) -> bytes:
    """The shapes of a profile, in Turtle."""
    return (files(__package__) / "shapes" / f"{profile}.ttl").read_bytes()


class _Graph:
    """One file of shapes: values by subject and property."""

    def __init__(self, turtle: bytes) -> None:
        self._values: dict[Term, dict[NamedNode, list[Term]]] = {}
        for quad in parse(turtle, format=RdfFormat.TURTLE):
            self._values.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(quad.object)

    def subjects(self, predicate: NamedNode) -> Iterator[Term]:
        return (subject for subject, said in self._values.items() if predicate in said)

    def values(self, subject: Term | None, predicate: NamedNode) -> list[Term]:
        return self._values.get(subject, {}).get(predicate, []) if subject is not None else []

    def value(self, subject: Term | None, predicate: NamedNode) -> Term | None:
        return next(iter(self.values(subject, predicate)), None)

    def listed(self, head: Term | None) -> Iterator[Term]:
        while (first := self.value(head, RDF.first)) is not None:
            yield first
            head = self.value(head, RDF.rest)


def _constraint(graph: _Graph, node: Term) -> Constraint:
    kind = graph.value(node, SH.nodeKind)
    qualified = graph.value(node, SH.qualifiedValueShape)
    languages = graph.listed(graph.value(qualified, SH.languageIn))
    choices = [node, *graph.listed(graph.value(node, SH["or"]))]
    return Constraint(
        properties=_properties(graph, graph.value(node, SH.path)),
        level=_level(graph.value(node, SH.severity)),
        messages={term.language or "": term.value for term in _literals(graph.values(node, SH.message))},
        minimum=_number(graph.value(node, SH.minCount)) or 0,
        maximum=_number(graph.value(node, SH.maxCount)),
        literal=None if kind is None else kind == SH.Literal,
        datatypes=_named(value for choice in choices for value in graph.values(choice, SH.datatype)),
        classes=_named(value for choice in choices for value in graph.values(choice, SH["class"])),
        unique_languages=graph.value(node, SH.uniqueLang) is not None,
        language=next((language.value for language in _literals(languages)), ""),
    )


def _properties(graph: _Graph, path: Term | None) -> tuple[NamedNode, ...]:
    if isinstance(path, NamedNode):
        return (path,)
    return tuple(each for each in graph.listed(graph.value(path, SH.alternativePath)) if isinstance(each, NamedNode))


def _level(severity: Term | None) -> Level:
    return _LEVEL_OF[severity] if isinstance(severity, NamedNode) else "acceptable"


def _number(term: Term | None) -> int | None:
    return int(term.value) if isinstance(term, ox.Literal) else None


def _literals(terms: Iterable[Term]) -> Iterator[ox.Literal]:
    return (term for term in terms if isinstance(term, ox.Literal))


def _named(terms: Iterable[Term]) -> frozenset[NamedNode]:
    return frozenset(term for term in terms if isinstance(term, NamedNode))
