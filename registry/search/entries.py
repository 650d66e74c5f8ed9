"""What of a graph is searched: labels, definitions and titles, read from the triples themselves.

Reads: the triples of one graph. Writes: nothing.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ontologies.namespaces import CPSV, CPSVNO, DCAT, DCT, ELI, EUVOC, MODELLDCATNO, RDF, SAMSVAR, SKOS
from registry.search.index import Entry

KINDS = {
    SKOS.Concept: "concept",
    SAMSVAR.StatutoryConcept: "law-concept",
    MODELLDCATNO.InformationModel: "information-model",
    DCAT.Dataset: "dataset",
    DCAT.DataService: "data-service",
    CPSV.PublicService: "service",
    CPSVNO.Service: "service",
    ELI.LegalResource: "legislation",
}
"""What is found by search, by class; anything else only describes such things."""
_FIELDS = {
    SKOS.prefLabel: "preferred",
    SKOS.altLabel: "admitted",
    SKOS.hiddenLabel: "hidden",
    DCT.title: "title",
    ELI.title_short: "title",
    DCT.alternative: "title",
}


def found_by_search(triples: Iterable[Triple]) -> set[str]:
    """IRIs of the things that search finds."""
    return {
        triple.subject.value
        for triple in triples
        if triple.predicate == RDF.type and triple.object in KINDS and isinstance(triple.subject, NamedNode)
    }


def entries(triples: Iterable[Triple]) -> Iterator[Entry]:
    """The searchable texts of the graph's things."""
    known = tuple(triples)
    kinds = {
        triple.subject: KINDS[triple.object]
        for triple in known
        if triple.predicate == RDF.type and isinstance(triple.object, NamedNode) and triple.object in KINDS
    }
    owners = {
        triple.object: triple.subject
        for triple in known
        if triple.predicate == EUVOC.xlDefinition and triple.subject in kinds
    }
    for triple in known:
        if not isinstance(triple.object, Literal):
            continue
        if triple.subject in kinds and triple.predicate in _FIELDS:
            yield _entry(triple.subject, kinds[triple.subject], _FIELDS[triple.predicate], triple.object)
        elif triple.predicate == RDF.value and triple.subject in owners:
            owner = owners[triple.subject]
            yield _entry(owner, kinds[owner], "definition", triple.object)


def _entry(subject: object, kind: str, field: str, text: Literal) -> Entry:
    uri = subject.value if isinstance(subject, NamedNode) else str(subject)
    return Entry(uri, kind, field, text.language or "", text.value)
