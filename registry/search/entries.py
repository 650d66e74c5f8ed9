"""What of a graph is searched: labels, definitions and titles, read from the triples themselves.

Reads: the triples of one graph. Writes: nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from ontologies.namespaces import CPSV, CPSVNO, DCAT, DCT, ELI, EUVOC, MODELLDCATNO, RDF, SAMSVAR, SKOS
from registry.search.index import Entry
from registry.statements import lines, parsed
from sparql.store import Quads

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
CONCEPTS = frozenset({SKOS.Concept, SAMSVAR.StatutoryConcept})
"""The classes of concepts, of catalogues and of law."""
_FIELDS = {
    SKOS.prefLabel: "preferred",
    SKOS.altLabel: "admitted",
    SKOS.hiddenLabel: "hidden",
    DCT.title: "title",
    ELI.title_short: "title",
    DCT.alternative: "title",
}
_LINK, _TYPE, _VALUE = (str(each).encode() for each in (EUVOC.xlDefinition, RDF.type, RDF.value))
_KIND_LINES = {str(each).encode(): kind for each, kind in KINDS.items()}
_FIELD_LINES = {str(each).encode(): name for each, name in _FIELDS.items()}
_CONCEPT_LINES = {str(each).encode() for each in CONCEPTS}
_READ = (RDF.type, EUVOC.xlDefinition, RDF.value, *_FIELDS)


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


def concepts_and_entries(portions: Callable[[], Iterable[bytes]]) -> tuple[frozenset[str], Iterator[Entry]]:
    """The IRIs of the concepts of a graph, and the searchable texts of its things, found in the lines of its text.

    `portions` gives the text as N-Triples, some whole lines at a time, and from the beginning each time it is called.
    """
    kinds: dict[bytes, str] = {}
    links: list[tuple[bytes, bytes]] = []
    concepts: set[str] = set()
    for _, (subject, predicate, value) in lines(portions()):
        if predicate == _LINK:
            links.append((value, subject))
        elif predicate == _TYPE and value in _KIND_LINES:
            kinds[subject] = _KIND_LINES[value]
            if value in _CONCEPT_LINES and subject.startswith(b"<"):
                concepts.add(_iri(subject))
    owners = {node: concept for node, concept in links if concept in kinds}
    return frozenset(concepts), _entries_in(portions(), kinds, owners)


def _entries_in(
    portions: Iterable[bytes], kinds: Mapping[bytes, str], owners: Mapping[bytes, bytes]
) -> Iterator[Entry]:
    """The texts of things, by kind, and of definitions, by what they define."""
    for portion in portions:
        found: list[tuple[bytes, str]] = []
        chosen: list[bytes] = []
        for line, (subject, predicate, _) in lines([portion]):
            if subject in kinds and predicate in _FIELD_LINES:
                found.append((subject, _FIELD_LINES[predicate]))
                chosen.append(line)
            elif predicate == _VALUE and subject in owners:
                found.append((owners[subject], "definition"))
                chosen.append(line)
        for (owner, field), triple in zip(found, parsed(chosen), strict=True):
            if triple is not None and isinstance(text := triple.object, Literal):
                yield Entry(_iri(owner), kinds[owner], field, text.language or "", text.value)


def _iri(written: bytes) -> str:
    """What a node is called in an entry: its IRI, or a blank node as it is written."""
    return written.removeprefix(b"<").removesuffix(b">").decode()


def entries(triples: Iterable[Triple]) -> Iterator[Entry]:
    """The searchable texts of the graph's things."""
    kinds, definitions, texts = _read(triples)
    owners = {node: concept for node, concept in definitions if concept in kinds}
    for subject, predicate, text in texts:
        if predicate in _FIELDS and subject in kinds:
            yield _entry(subject, kinds[subject], _FIELDS[predicate], text)
        elif predicate not in _FIELDS and subject in owners:
            owner = owners[subject]
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
            if predicate in _FIELDS or predicate == value:
                texts.append((triple.subject, predicate, said))
        elif predicate == defined_by:
            definitions.append((said, triple.subject))
        elif predicate == a and isinstance(said, NamedNode) and said in KINDS:
            kinds[triple.subject] = KINDS[said]
    return kinds, definitions, texts


def _entry(subject: object, kind: str, field: str, text: Literal) -> Entry:
    uri = subject.value if isinstance(subject, NamedNode) else str(subject)
    return Entry(uri, kind, field, text.language or "", text.value)
