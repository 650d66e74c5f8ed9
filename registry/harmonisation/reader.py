"""Definitions as they stand in the store, read for comparison: one record per definition, language and catalogue.

Reads: the graphs of catalogues and law. A few look-ups a concept, or where many are asked for each graph once; what
many concepts share is read once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property, partial
from typing import TypeGuard

from pyoxigraph import Literal, NamedNode

from ontologies.namespaces import (
    DCT,
    ELI,
    EUVOC,
    FOAF,
    RDF,
    RDFS,
    SAMSVAR,
    SKOS,
    SKOSNO,
    VCARD,
)
from ontologies.organisations import organisation_name
from registry.harmonisation.acts import Acts
from registry.harmonisation.facts import LAW, Facts, FactsOf, looked_up, read_stored
from registry.harmonisation.records import DefinitionRecord, SourceReference
from sparql.store import Quads, Reader, Term

CLASSES = (SKOS.Concept, SAMSVAR.StatutoryConcept)
_NAMES = (FOAF.name, RDFS.label, SKOS.prefLabel, VCARD["organization-name"], VCARD.hasOrganizationName, VCARD.fn)
_LINKS = (SKOS.exactMatch, SKOS.closeMatch, RDFS.seeAlso)
_HELD = ("/graph/catalogue/", LAW)
_ORDER = {"nb": 0, "nn": 1, "no": 2, "": 3, "en": 4}
LONGEST_TEXT = 50_000
"""Characters of a definition that is compared; a longer text would keep the register from writing for minutes."""
MANY = 1_000
"""Concepts from which it is asked whether graphs are read whole;"""
_SHARE = 8
"""they are where one in so many of their concepts is wanted."""


def definition_records(reader: Reader, concepts: Iterable[str] | None = None) -> list[DefinitionRecord]:
    """The definitions of these concepts, or of all concepts of catalogues and law, in the order of their IRIs."""
    return DefinitionSource(reader).all_records(concepts)


def _language(term: Term) -> str:
    language = term.language if isinstance(term, Literal) and term.language else ""
    return "nb" if language in {"", "no", "und"} else language.lower()


class DefinitionSource:
    """Reads records from one generation, remembering publishers, catalogues and acts.

    `whole` gives the facts of a graph of which much is asked; None reads them from the store.
    """

    def __init__(self, reader: Quads, whole: Callable[[NamedNode], FactsOf] | None = None) -> None:
        self._reader = reader
        self._whole = whole or partial(read_stored, reader)
        self._names: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self._owners: dict[str, str] = {}
        self.acts = Acts(reader)

    def all_records(self, concepts: Iterable[str] | None = None) -> list[DefinitionRecord]:
        """The records of these concepts, or of all, in the order of their IRIs."""
        wanted = None if concepts is None else set(concepts)
        if wanted is not None and len(wanted) <= MANY:
            return [record for concept in sorted(wanted) for record in self.records(concept)]
        found = [record for records in self.by_concept(wanted) for record in records]
        return sorted(found, key=lambda record: (record.concept, record.catalogue))

    def by_concept(self, wanted: AbstractSet[str] | None = None) -> Iterator[list[DefinitionRecord]]:
        """The records of one concept in one catalogue after another: of those that are wanted; None wants all."""
        for graph, held in self._held.items():
            yield from self._of_graph(graph, held, wanted)

    def concepts(self) -> int:
        """How many concepts there are in catalogues and acts."""
        return sum(map(len, self._held.values()))

    def records(self, concept: str) -> Iterator[DefinitionRecord]:
        """One record per definition, language and catalogue of one concept."""
        node = NamedNode(concept)
        places: dict[str, bool] = {}
        for quad in self._reader.quads(subject=node, predicate=RDF.type):
            if quad.object in CLASSES and _is_compared(quad.graph_name):
                graph = quad.graph_name.value
                places[graph] = places.get(graph, False) or quad.object == SAMSVAR.StatutoryConcept
        for graph, statutory in sorted(places.items()):
            facts_of = looked_up(self._reader, NamedNode(graph))
            yield from _InGraph(self, node, NamedNode(graph), facts_of, statutory=statutory).records()

    @cached_property
    def _held(self) -> dict[NamedNode, dict[str, bool]]:
        """Each graph of a catalogue or act with its concepts, and whether they are defined by law."""
        found: dict[NamedNode, dict[str, bool]] = {}
        for kind in CLASSES:
            for quad in self._reader.quads(predicate=RDF.type, object=kind):
                if _is_compared(quad.graph_name) and isinstance(quad.subject, NamedNode):
                    found.setdefault(quad.graph_name, {})[quad.subject.value] = kind == SAMSVAR.StatutoryConcept
        return found

    def _of_graph(
        self, graph: NamedNode, held: Mapping[str, bool], wanted: AbstractSet[str] | None
    ) -> Iterator[list[DefinitionRecord]]:
        """The records of each of a graph's concepts that are wanted; None wants all."""
        concepts = [concept for concept in held if wanted is None or concept in wanted]
        much = len(concepts) * _SHARE > len(held)
        facts_of = self._whole(graph) if much else looked_up(self._reader, graph)
        for concept in concepts:
            yield list(_InGraph(self, NamedNode(concept), graph, facts_of, statutory=held[concept]).records())

    def name(self, publisher: str) -> str:
        """What a publisher is called, "" if nothing says so."""
        if publisher not in self._names:
            found = (
                quad.object.value
                for predicate in _NAMES
                for quad in sorted(
                    self._reader.quads(NamedNode(publisher), predicate), key=lambda quad: _rank(quad.object)
                )
                if isinstance(quad.object, Literal)
            )
            self._names[publisher] = next(found, "") or organisation_name(publisher)
        return self._names[publisher]

    def title(self, graph: NamedNode) -> str:
        """The catalogue's or act's title as its last import gave it."""
        if graph.value not in self._titles:
            titles = sorted(
                quad.object.value for quad in self._reader.quads(graph, DCT.title) if isinstance(quad.object, Literal)
            )
            self._titles[graph.value] = titles[0] if titles else ""
        return self._titles[graph.value]

    def owner(self, graph: NamedNode) -> str:
        """The publisher of the catalogue's collection, for concepts that name none."""
        if graph.value not in self._owners:
            owners = sorted(
                owner.object.value
                for quad in self._reader.quads(None, RDF.type, SKOS.Collection, graph)
                if isinstance(quad.subject, NamedNode)
                for owner in self._reader.quads(quad.subject, DCT.publisher, None, graph)
                if isinstance(owner.object, NamedNode)
            )
            self._owners[graph.value] = owners[0] if owners else ""
        return self._owners[graph.value]


def _rank(term: Term) -> tuple[int, str]:
    return (_ORDER.get(_language(term), len(_ORDER)), str(term))


def _is_compared(graph: object) -> TypeGuard[NamedNode]:
    """Whether a graph is that of a catalogue or an act."""
    return isinstance(graph, NamedNode) and any(part in graph.value for part in _HELD)


class _InGraph:
    """One concept in one graph; `facts_of` says what the graph says of a thing."""

    def __init__(
        self,
        source: DefinitionSource,
        node: NamedNode,
        graph: NamedNode,
        facts_of: FactsOf,
        *,
        statutory: bool,
    ) -> None:
        self._source, self._node, self._graph, self._statutory = source, node, graph, statutory
        self._of = facts_of
        self._facts = facts_of(node)

    def _values(self, predicate: NamedNode) -> list[str]:
        return sorted(term.value for term in self._facts.get(predicate, []) if isinstance(term, Literal | NamedNode))

    def _labels(self, predicate: NamedNode, language: str) -> list[str]:
        """Labels in the language; failing that in the nearest one that there is (nb, nn, untagged, en, others)."""
        labels: dict[str, list[str]] = {}
        for term in self._facts.get(predicate, []):
            if isinstance(term, Literal):
                labels.setdefault(_language(term), []).append(term.value)
        order = [language, *sorted(labels, key=lambda tag: (_ORDER.get(tag, len(_ORDER)), tag))]
        return next((sorted(labels[tag]) for tag in order if tag in labels), [])

    def records(self) -> Iterator[DefinitionRecord]:
        definitions = sorted(
            term.value for term in self._facts.get(EUVOC.xlDefinition, []) if isinstance(term, NamedNode)
        )
        for definition in definitions:
            note = self._of(NamedNode(definition))
            for text in sorted(note.get(RDF.value, []), key=_rank):
                if isinstance(text, Literal) and text.value.strip() and len(text.value) <= LONGEST_TEXT:
                    yield from self._record(definition, note, text)

    def _record(self, definition: str, note: Facts, text: Literal) -> Iterator[DefinitionRecord]:
        language = _language(text)
        terms = self._labels(SKOS.prefLabel, language)
        if not terms:
            return
        act = next(iter(self._values(SAMSVAR.act)), "")
        publisher = next(iter(self._values(DCT.publisher)), "") or self._source.owner(self._graph)
        how = (term.value for term in note.get(SKOSNO.relationshipWithSource, []) if isinstance(term, NamedNode))
        relationship = min(how, default="")
        yield DefinitionRecord(
            term=terms[0],
            text=text.value,
            language=language,
            concept=self._node.value,
            definition=definition,
            admitted=tuple(self._admitted(language, terms)),
            catalogue=self._graph.value,
            catalogue_title=self._source.title(self._graph),
            publisher=publisher,
            publisher_name=self._source.acts.ministry(act)
            if act
            else self._source.name(publisher)
            if publisher
            else "",
            statutory=self._statutory,
            act=act,
            enabling=self._source.acts.enabling(act) if act else (),
            transposes=self._source.acts.transposes(act) if act else (),
            sources=tuple(self._sources(note)),
            relationship=relationship.rpartition("#")[2],
            subjects=tuple(self._subjects()),
            scope=next(iter(self._values(SAMSVAR.scope)), ""),
            valid_from=next(iter(self._values(EUVOC.startDate)), ""),
            valid_to=next(iter(self._values(EUVOC.endDate)), ""),
            links=tuple(self._links()),
        )

    def _admitted(self, language: str, terms: list[str]) -> list[str]:
        found = {
            term.value
            for term in self._facts.get(SKOS.altLabel, [])
            if isinstance(term, Literal) and _language(term) == language
        }
        return [*terms[1:], *sorted(found - set(terms))]

    def _links(self) -> list[str]:
        """The concepts that the publisher says are the same or close, or to see also."""
        found = {term for link in _LINKS for term in self._facts.get(link, []) if isinstance(term, NamedNode)}
        return sorted(term.value for term in found)

    def _subjects(self) -> list[str]:
        """Subject fields: bokmål words (any words if there are none) and IRIs."""
        terms = self._facts.get(DCT.subject, [])
        words = self._labels(DCT.subject, "nb")
        return [*words, *sorted(term.value for term in terms if isinstance(term, NamedNode))]

    def _sources(self, note: Facts) -> Iterator[SourceReference]:
        for term in sorted(note.get(DCT.source, []), key=str):
            if isinstance(term, Literal):
                yield SourceReference(text=term.value)
            elif isinstance(term, NamedNode):
                yield self._source_node(term)

    def _source_node(self, node: NamedNode) -> SourceReference:
        facts = self._of(node)
        labels = sorted(
            term.value for term in [*facts.get(RDFS.label, []), *facts.get(DCT.title, [])] if isinstance(term, Literal)
        )
        links = sorted(term.value for term in facts.get(RDFS.seeAlso, []) if isinstance(term, NamedNode))
        is_provision = bool(facts.get(ELI.is_part_of))
        if labels and links and not is_provision:
            return SourceReference(text=labels[0], uri=links[0])
        numbers = [term.value for term in facts.get(ELI.number, []) if isinstance(term, Literal)]
        text = f"{self._source.title(self._graph)} {numbers[0]}".strip() if numbers else labels[0] if labels else ""
        return SourceReference(text=text, uri=node.value)
