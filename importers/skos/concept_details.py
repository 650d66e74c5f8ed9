"""Subjects, value ranges, validity, status and the collection's name of older files, brought to version 2."""

from pyoxigraph import BlankNode, NamedNode

from importers.rdf.journal import Journal
from importers.rdf.triples import Node, Term, TripleIndex
from ontologies.namespaces import ADMS, DCAT, DCT, EUVOC, RDF, RDFS, SCHEMA, SKOSNO

_STARTS = (SCHEMA.startDate, DCAT.startDate)
_ENDS = (SCHEMA.endDate, DCAT.endDate)
_PERIOD = frozenset({RDF.type, *_STARTS, *_ENDS})
OLD_DETAILS = (SKOSNO.bruksområde, SKOSNO.omfang, SKOSNO.valueRange, ADMS.status, DCT.temporal)
"""Without any of these in a file there is nothing to do but for concepts of version 1."""
_LABELLED = frozenset({RDF.type, RDFS.label, RDFS.seeAlso})


def normalise_details(index: TripleIndex, concept: Node, journal: Journal, *, old: bool) -> None:
    """Rewrites what version 1 says in another way and version 2 keeps on the concept.

    `old`: a concept of version 1 or older, whose publisher is the responsible organisation too.
    """
    for value in index.take(concept, SKOSNO.bruksområde):
        index.add(concept, DCT.subject, value)
    for value in index.take(concept, SKOSNO.omfang) + index.take(concept, SKOSNO.valueRange):
        for part in _parts(index, value):
            index.add(concept, SKOSNO.valueRange, part)
    for value in index.take(concept, ADMS.status):
        index.add(concept, EUVOC.status, value)
    _normalise_validity(index, concept, journal)
    if old and not index.values(concept, DCT.creator):
        for publisher in index.values(concept, DCT.publisher):
            index.add(concept, DCT.creator, publisher)


def normalise_collection(index: TripleIndex, collection: Node) -> None:
    """A collection's label becomes its title."""
    titles = index.values(collection, DCT.title)
    for label in index.take(collection, RDFS.label) if not titles else ():
        index.add(collection, DCT.title, label)


def _parts(index: TripleIndex, value: Term) -> list[Term]:
    """A blank node with a text and an IRI as these two; anything else as it is."""
    if not isinstance(value, BlankNode) or not _LABELLED.issuperset(index.about(value)):
        return [value]
    return [*index.values(value, RDFS.label), *index.values(value, RDFS.seeAlso)] or [value]


def _normalise_validity(index: TripleIndex, concept: Node, journal: Journal) -> None:
    periods = index.nodes(concept, DCT.temporal)
    if len(periods) > 1:
        journal.note(concept, "several-validity-periods")
        return
    for period in periods:
        if period not in index:
            continue
        _copy(index, period, _STARTS, concept, EUVOC.startDate)
        _copy(index, period, _ENDS, concept, EUVOC.endDate)
        if isinstance(period, BlankNode) and _PERIOD.issuperset(index.about(period)):
            index.remove(concept, DCT.temporal, period)


def _copy(index: TripleIndex, period: Node, written: tuple[NamedNode, ...], concept: Node, stored: NamedNode) -> None:
    for predicate in written:
        for date in index.values(period, predicate):
            index.add(concept, stored, date)
