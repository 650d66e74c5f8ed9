"""What of a graph is searched: labels, definitions and titles, read from the triples themselves.

Reads: the triples of one graph. Writes: nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ontologies.namespaces import CPSV, CPSVNO, CV, DCAT, DCT, ELI, EUVOC, MODELLDCATNO, RDF, SAMSVAR, SKOS
from registry.search.index import Entry
from sparql.store import Quads

KINDS = {
    SKOS.Concept: "concept",
    SAMSVAR.StatutoryConcept: "law-concept",
    MODELLDCATNO.InformationModel: "information-model",
    DCAT.Dataset: "dataset",
    DCAT.DataService: "data-service",
    CPSV.PublicService: "service",
    CPSVNO.Service: "service",
    CV.Event: "event",
    CV.LifeEvent: "event",
    CV.BusinessEvent: "event",
    ELI.LegalResource: "legislation",
}
"""What is found by search, by class; anything else only describes such things."""
CONCEPTS = frozenset({SKOS.Concept, SAMSVAR.StatutoryConcept})
"""The classes of concepts, of catalogues and of law."""
FIELDS = {
    SKOS.prefLabel: "preferred",
    SKOS.altLabel: "admitted",
    SKOS.hiddenLabel: "hidden",
    DCT.title: "title",
    ELI.title_short: "title",
    DCT.alternative: "title",
}
"""What a text of a thing is to it, by property."""
_READ = (RDF.type, EUVOC.xlDefinition, RDF.value, *FIELDS)


def found_by_search(triples: Iterable[Triple]) -> set[str]:
    """IRIs of the things that search finds."""
    return {
        triple.subject.value
        for triple in triples
        if triple.predicate == RDF.type and triple.object in KINDS and isinstance(triple.subject, NamedNode)
    }


def entries_of(reader: Quads, graph: NamedNode) -> Iterator[Entry]:
    """The searchable texts of all things of a graph: a million triples need not all be read for them."""
    return entries(quad.triple for predicate in _READ for quad in reader.quads(None, predicate, None, graph))


def entries(triples: Iterable[Triple]) -> Iterator[Entry]:
    """The searchable texts of the graph's things."""
    kinds, definitions, texts = _read(triples)
    owners = defaultdict[object, list[object]](list)
    for node, thing in definitions:
        if thing in kinds:
            owners[node].append(thing)
    for subject, predicate, text in texts:
        if predicate in FIELDS and subject in kinds:
            yield _entry(subject, kinds[subject], FIELDS[predicate], text)
        elif predicate not in FIELDS and subject in owners:
            for owner in owners[subject]:
                yield _entry(owner, kinds[owner], "definition", text)


def _read(
    triples: Iterable[Triple],
) -> tuple[dict[object, str], list[tuple[object, object]], list[tuple[object, NamedNode, Literal]]]:
    """Kinds of things, definitions with what they define, and texts; in one go: a corpus has a million triples."""
    a, value, defined_by = RDF.type, RDF.value, EUVOC.xlDefinition
    kinds: dict[object, str] = {}
    definitions: list[tuple[object, object]] = []
    texts: list[tuple[object, NamedNode, Literal]] = []
    for triple in triples:
        predicate, said = triple.predicate, triple.object
        if isinstance(said, Literal):
            if predicate in FIELDS or predicate == value:
                texts.append((triple.subject, predicate, said))
        elif predicate == defined_by:
            definitions.append((said, triple.subject))
        elif predicate == a and isinstance(said, NamedNode) and said in KINDS:
            kinds[triple.subject] = KINDS[said]
    return kinds, definitions, texts


def _entry(subject: object, kind: str, field: str, text: Literal) -> Entry:
    uri = subject.value if isinstance(subject, NamedNode) else str(subject)
    return Entry(uri, kind, field, text.language or "", text.value)
