"""What the definitions of a concept name as their sources: words, addresses, or both.

Reads: the graphs of catalogues.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from ontologies.namespaces import DCT, EUVOC, RDFS
from sparql.store import Reader, Term


@dataclass(frozen=True, slots=True)
class NamedSource:
    """One source of one definition: its words and address in one text, or the IRI of an act or section, `provision`."""

    definition: str
    text: str = ""
    provision: str = ""


def sources_of(reader: Reader, concept: str) -> Iterator[NamedSource]:
    """The sources of a concept's definitions, in a fixed order."""
    definitions = {
        quad.object.value
        for quad in reader.quads(NamedNode(concept), EUVOC.xlDefinition)
        if isinstance(quad.object, NamedNode)
    }
    for definition in sorted(definitions):
        values = {quad.object for quad in reader.quads(NamedNode(definition), DCT.source)}
        yield from _of_definition(reader, definition, values)


def sources_of_many(reader: Reader, concepts: AbstractSet[str]) -> dict[str, list[NamedSource]]:
    """The same of those among many concepts that have sources, found by reading all sources and links once."""
    values: dict[str, set[Term]] = {}
    for quad in reader.quads(predicate=DCT.source):
        if isinstance(quad.subject, NamedNode):
            values.setdefault(quad.subject.value, set()).add(quad.object)
    definitions: dict[str, set[str]] = {}
    for quad in reader.quads(predicate=EUVOC.xlDefinition) if values else ():
        concept, definition = quad.subject, quad.object
        if isinstance(concept, NamedNode) and isinstance(definition, NamedNode) and definition.value in values:
            definitions.setdefault(concept.value, set()).add(definition.value)
    return {
        concept: [one for each in sorted(found) for one in _of_definition(reader, each, values[each])]
        for concept, found in definitions.items()
        if concept in concepts
    }


def _of_definition(reader: Reader, definition: str, values: AbstractSet[Term]) -> Iterator[NamedSource]:
    for value in sorted(values, key=str):
        if isinstance(value, Literal):
            yield NamedSource(definition, value.value)
        elif isinstance(value, NamedNode):
            yield _node(reader, definition, value)


def _node(reader: Reader, definition: str, node: NamedNode) -> NamedSource:
    if "/legislation/" in node.value:
        return NamedSource(definition, provision=node.value)
    said = sorted(
        quad.object.value
        for predicate in (RDFS.label, RDFS.seeAlso)
        for quad in reader.quads(node, predicate)
        if isinstance(quad.object, Literal | NamedNode)
    )
    return NamedSource(definition, " ; ".join(said) or node.value)
