"""Sources of a definition, brought to one of three forms: a text, an IRI, or a node with label and IRI."""

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode

from importers.rdf.journal import Journal
from importers.rdf.triples import Node, Term, TripleIndex
from importers.skos.dialects import RELATIONSHIPS, code_of
from ontologies.namespaces import DCT, RDF, RDFS, SKOSNO

_PLAIN = frozenset({RDF.type, RDFS.label, RDFS.seeAlso})


def normalise_sources(index: TripleIndex, concept: Node, definition: Node, journal: Journal) -> None:
    """Rewrites ``dct:source`` of a definition; a source that only names the relation becomes its code."""
    for value in index.take(definition, DCT.source):
        for source in _flat(index, value, concept, journal):
            _add(index, concept, definition, source, journal)


def _flat(index: TripleIndex, value: Term, concept: Node, journal: Journal) -> Iterator[Term]:
    """The source, or the members of a list of sources."""
    if not isinstance(value, NamedNode | BlankNode) or not index.values(value, RDF.first):
        if value != RDF.nil:
            yield value
        return
    journal.note(concept, "source-order-lost")
    seen: set[Term] = set()
    while isinstance(value, NamedNode | BlankNode) and value != RDF.nil and value not in seen:
        seen.add(value)
        yield from index.take(value, RDF.first)
        rest = index.take(value, RDF.rest)
        index.drop(value)
        value = rest[0] if rest else RDF.nil


def _add(index: TripleIndex, concept: Node, definition: Node, source: Term, journal: Journal) -> None:
    for part in _simplified(index, source) if isinstance(source, BlankNode) else [source]:
        if isinstance(part, Literal) and (code := code_of(part, RELATIONSHIPS)):
            journal.note(concept, "source-is-code", part.value)
            if not index.values(definition, SKOSNO.relationshipWithSource):
                index.add(definition, SKOSNO.relationshipWithSource, code)
        else:
            index.add(definition, DCT.source, part)


def _simplified(index: TripleIndex, source: BlankNode) -> list[Term]:
    """A source node that has only a text, or only an IRI, becomes that; one that says more is kept."""
    labels, links = index.literals(source, RDFS.label), index.values(source, RDFS.seeAlso)
    codes = [label for label in labels if code_of(label, RELATIONSHIPS)]
    if not _PLAIN.issuperset(index.about(source)) or (links and len(labels) > len(codes)) or len(labels) > 1:
        return [source]
    return [*labels, *links]
