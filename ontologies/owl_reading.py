"""Ontologies in OWL and RDFS as plain data: classes, what they specialise, and which properties they have how often.

Reads: N-Triples. Nothing that an ontology imports is loaded: the caller leaves ``owl:imports`` out. owlready2 keeps a
store of its own and is slow to import, so that this belongs in the process that reads files.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import owlready2
from owlready2.base import _universal_datatype_2_abbrev as datatypes

ANY_NUMBER: Final = -1
_MOST_NESTED: Final = 50


@dataclass(frozen=True, slots=True)
class ClassProperty:
    """A property as a class has it: IRIs of the property and of what its values are; `most` may be `ANY_NUMBER`."""

    iri: str
    values: tuple[str, ...]
    of_literals: bool
    least: int = 0
    most: int = ANY_NUMBER


@dataclass(frozen=True, slots=True)
class OntologyClass:
    """A class: IRIs of what it specialises and, where it is an enumeration, of its members."""

    iri: str
    parents: tuple[str, ...]
    members: tuple[str, ...]
    properties: tuple[ClassProperty, ...]


def read_ontology(statements: bytes) -> tuple[OntologyClass, ...]:
    """The named classes of an ontology in N-Triples, by IRI."""
    world = owlready2.World()
    ontology = world.get_ontology("urn:samsvar:ontology#")
    ontology.load(only_local=True, fileobj=io.BytesIO(statements))
    declared = list(world.properties())
    found = [_class(world, one, declared) for one in world.classes()]
    return tuple(sorted(found, key=lambda one: one.iri))


def _class(world: Any, one: Any, declared: list[Any]) -> OntologyClass:
    named = [
        parent for parent in one.is_a if isinstance(parent, owlready2.ThingClass) and parent is not owlready2.Thing
    ]
    constructs = [*one.is_a, *(part for equivalent in one.equivalent_to for part in _parts(equivalent))]
    members = [
        member.iri for part in constructs if isinstance(part, owlready2.OneOf) for member in part.instances
        if hasattr(member, "iri")
    ]  # fmt: skip
    properties = {each.iri: _declared(world, each) for each in declared if one in each.domain or _in_union(one, each)}
    for part in constructs:
        if isinstance(part, owlready2.Restriction) and hasattr(part.property, "iri"):
            known = properties.get(part.property.iri) or _declared(world, part.property)
            properties[part.property.iri] = _restricted(world, part, known)
    parents = tuple(sorted(parent.iri for parent in named))
    return OntologyClass(one.iri, parents, tuple(sorted(members)), tuple(properties[iri] for iri in sorted(properties)))


def _parts(construct: Any, depth: int = 0) -> Iterator[Any]:
    """A construct, and what it is an intersection of."""
    if isinstance(construct, owlready2.And) and depth < _MOST_NESTED:
        for part in construct.Classes:
            yield from _parts(part, depth + 1)
    else:
        yield construct


def _in_union(one: Any, declared: Any) -> bool:
    return any(one in each.Classes for each in declared.domain if isinstance(each, owlready2.Or))


def _declared(world: Any, declared: Any) -> ClassProperty:
    functional = owlready2.FunctionalProperty in declared.is_a
    literal = isinstance(declared, owlready2.DataPropertyClass)
    return ClassProperty(declared.iri, tuple(_iris(world, declared.range)), literal, 0, 1 if functional else ANY_NUMBER)


def _restricted(world: Any, part: Any, known: ClassProperty) -> ClassProperty:
    """What a restriction adds to what is known of the property."""
    least, most = known.least, known.most
    if part.type in {owlready2.EXACTLY, owlready2.MIN}:
        least = max(least, part.cardinality)
    if part.type in {owlready2.EXACTLY, owlready2.MAX}:
        most = part.cardinality if most == ANY_NUMBER else min(most, part.cardinality)
    if part.type in {owlready2.SOME, owlready2.VALUE, owlready2.HAS_SELF}:
        least = max(least, 1)
    values = known.values if part.type == owlready2.VALUE else tuple(_iris(world, [part.value])) or known.values
    return ClassProperty(known.iri, values, known.of_literals, least, most)


def _iris(world: Any, values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, owlready2.Or | owlready2.And):
            yield from _iris(world, value.Classes)
        elif isinstance(value, owlready2.ConstrainedDatatype):
            yield from _iris(world, [value.base_datatype])
        elif isinstance(value, owlready2.ThingClass):
            if value is not owlready2.Thing:
                yield value.iri
        elif value in datatypes:
            yield world._unabbreviate(datatypes[value])  # noqa: SLF001 - the one way back from a datatype to its IRI
