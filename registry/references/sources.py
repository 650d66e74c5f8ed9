"""What the definitions of a concept name as their sources: words, addresses, or both.

Reads: the graphs of catalogues.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from ontologies.namespaces import DCT, EUVOC, RDFS
from sparql.store import Reader


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
        for value in sorted({quad.object for quad in reader.quads(NamedNode(definition), DCT.source)}, key=str):
            if isinstance(value, Literal):
                yield NamedSource(definition, value.value)
            elif isinstance(value, NamedNode):
                yield _node(reader, definition, value)


def with_sources(reader: Reader, concepts: AbstractSet[str]) -> set[str]:
    """Those of many concepts that have a definition with a source, found by reading all sources and links once."""
    sourced = {quad.subject for quad in reader.quads(predicate=DCT.source)}
    links = reader.quads(predicate=EUVOC.xlDefinition) if sourced else ()
    found = {quad.subject.value for quad in links if quad.object in sourced and isinstance(quad.subject, NamedNode)}
    return found & concepts


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
