"""RDF in, SKOS-AP-NO 2 out: four dialects of concept catalogues, plain SKOS, and everything that comes with them.

The way of one file: statements -> terms cleaned -> names of today -> texts, terms, definitions, relations and details
of each concept -> organisations under one name -> blank nodes named -> one batch for each catalogue. What has no
place in version 2 is kept as it is; resources that are not concepts are not touched but for organisations and IRIs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pyoxigraph import BlankNode, Literal, NamedNode

from importers.base import Batch, ImportOptions, Kind, Source
from importers.minting import concept_iri, file_stem, organisation_iri, slug
from importers.profiles.first_models import modernise_first_models
from importers.profiles.multiplicities import mend_multiplicities
from importers.profiles.parts import check_parts
from importers.rdf.journal import Journal
from importers.rdf.places import lines_of
from importers.rdf.reports import Written, reports
from importers.rdf.skolem import digests, skolemise
from importers.rdf.source import statements
from importers.rdf.syntaxes import detect
from importers.rdf.terms import TermCleaner
from importers.rdf.triples import Node, TripleIndex
from importers.skos.concept_details import OLD_DETAILS, normalise_collection, normalise_details
from importers.skos.definitions import normalise_definitions
from importers.skos.grouping import Group, group
from importers.skos.labels import OLD_LABELS, normalise_labels
from importers.skos.publishers import NONE, normalise_publishers
from importers.skos.record_checks import check_concept, check_members, check_record
from importers.skos.relations import OLD_RELATIONS, normalise_relations
from importers.skos.texts import add_languages, tidy_texts, unpack_terms
from importers.skos.things import OTHER_RECORDS, Things, find_things, owners
from importers.unreadable import explain_no_statements
from ontologies.namespaces import DCAT, DCT, EUVOC, RDF, SKOS, SKOSNO, SKOSXL

_SNIFFED = 65_536
_SHOWN = 200
_OLD_SIGNS = (SKOSNO.definisjon, SKOSNO.alternativFormulering, SKOSXL.prefLabel)
_VOCABULARIES = (
    "http://psi.norge.no/los/",
    "https://psi.norge.no/los/",
    "http://publications.europa.eu/resource/authority/",
    "https://data.norge.no/vocabulary/",
)
_TERM_LANGUAGES = ("nb", "nn", "en")


class RdfImporter:
    """Concept catalogues, information models, datasets and services in RDF."""

    name = "rdf"
    title = "SKOS-AP-NO and other RDF"

    def recognises(self, source: Source) -> bool:
        """Whether the source begins like one of the RDF syntaxes."""
        return detect(source.head(_SNIFFED).decode("utf-8", "replace").lstrip("\ufeff")) is not None

    def read(self, source: Source, options: ImportOptions) -> list[Batch]:
        """One batch for each catalogue in the source.

        Raises:
            UnreadableSourceError: nothing in the source can be read.
        """
        journal = Journal(source.name)
        read = statements(source, journal)
        cleaner = TermCleaner(journal, document_iri(source.name, options))
        index = cleaner.clean(read.triples)
        read.triples.clear()  # half of the memory of a large file
        if not len(index):
            raise explain_no_statements(source.name, read.syntax.title)
        modernise_first_models(index, journal)
        things = find_things(index, journal)
        made = catalogues(index, things, options, journal)
        lines = cleaner.found_as_written(made.names, lambda names: lines_of(read.text, read.syntax, names))
        return made.batches(Written(read.syntax, lines), journal)


def document_iri(file: str, options: ImportOptions) -> str:
    """What stands for the file itself, with a slash at its end."""
    return f"{options.uri_base}/files/{slug(file_stem(file)) or 'file'}/"


@dataclass(frozen=True, slots=True)
class Catalogues:
    """What a file holds, normalised, and under the names that it is stored with."""

    index: TripleIndex
    things: Things
    kind: Kind
    groups: list[Group]

    @property
    def names(self) -> list[str]:
        """The IRIs of records and of what holds them."""
        return [node.value for node in (*self.things.records, *self.things.holders)]

    def batches(self, written: Written, journal: Journal) -> list[Batch]:
        """One batch for each catalogue."""
        made = reports(self.groups, self.index, self.things, written, journal)
        return [
            Batch(one.catalogue, self.kind, one.title, one.publisher, tuple(one.triples), report)
            for one, report in zip(self.groups, made, strict=True)
        ]


def catalogues(
    index: TripleIndex,
    things: Things,
    options: ImportOptions,
    journal: Journal,
    organisations: Mapping[NamedNode, NamedNode] = NONE,
) -> Catalogues:
    """The catalogues of a file whose terms are clean and whose things are found.

    `organisations` are those of which records speak that are not worked on here, as written and under their one IRI.
    """
    if journal.nodes():
        journal.move(owners(index, (*things.records, *things.holders)))
    kind: Kind = "vocabulary" if _is_vocabulary(things) else "catalogue"
    if kind == "catalogue":
        things = normalise(index, things, options, journal)
    normalise_publishers(index, journal, organisations)
    things = _name(index, things, options, journal)
    skolemise(index, options.uri_base)
    return Catalogues(index, things, kind, group(index, things, options, journal.file))


def _is_vocabulary(things: Things) -> bool:
    """Whether every concept is of a reference vocabulary that catalogues point at."""
    return (
        things.plain
        and bool(things.concepts)
        and not things.others
        and all(
            isinstance(concept, NamedNode) and concept.value.startswith(_VOCABULARIES) for concept in things.concepts
        )
    )


def _add_publisher(index: TripleIndex, things: Things, options: ImportOptions) -> None:
    """The caller's publisher stands for records and collections that name none."""
    publisher = organisation_iri(options.publisher or "")
    if publisher is None or things.plain:
        return
    for node in (*things.records, *things.holders):
        if not index.values(node, DCT.publisher):
            index.add(node, DCT.publisher, publisher)


def normalise(index: TripleIndex, things: Things, options: ImportOptions, journal: Journal) -> Things:
    """Brings every concept and collection to version 2, and leaves out concepts that nothing names."""
    _add_publisher(index, things, options)
    needed = set(index.references())
    described = {*things.concepts, *index.of_type(SKOS.Collection, SKOS.ConceptScheme)}
    owned = owners(index, (*things.records, *things.holders))
    tidy_texts(index, [pair for pair in owned.items() if pair[1] in described], journal)
    for concept in things.concepts:
        _normalise_concept(index, concept, journal, plain=things.plain)
    things = _without_nameless(index, things, journal)
    mend_multiplicities(index, journal)
    _check_others(index, things, owned, journal)
    if not things.plain:
        for holder in things.holders:
            normalise_collection(index, holder)
            add_languages(index, [holder], holder, journal)
            if index.has_type(holder, SKOS.Collection):
                check_record(index, holder, SKOS.Collection, journal)
                check_members(index, holder, journal)
    _drop_unneeded(index, needed)
    return things


def _check_others(index: TripleIndex, things: Things, owned: Mapping[Node, Node], journal: Journal) -> None:
    """Notes what records that are no concepts lack, their parts, and the catalogues that list them."""
    if not things.others:
        return
    for record in things.others:
        for kind in OTHER_RECORDS:
            if index.has_type(record, kind):
                check_record(index, record, kind, journal)
    for catalogue in index.of_type(DCAT.Catalog):
        check_record(index, catalogue, DCAT.Catalog, journal)
    check_parts(index, owned, journal)


def _normalise_concept(index: TripleIndex, concept: Node, journal: Journal, *, plain: bool) -> None:
    old = not index.about(concept).keys().isdisjoint(_OLD_SIGNS)
    normalise_definitions(index, concept, journal)
    if index.says_any(OLD_LABELS):
        normalise_labels(index, concept)
    if index.says_any(OLD_RELATIONS):
        normalise_relations(index, concept, journal)
    if not plain:
        unpack_terms(index, concept, journal)
        if old or index.says_any(OLD_DETAILS):
            normalise_details(index, concept, journal, old=old)
        add_languages(index, [concept, *index.nodes(concept, EUVOC.xlDefinition)], concept, journal)
    check_concept(index, concept, journal, plain=plain)


def _without_nameless(index: TripleIndex, things: Things, journal: Journal) -> Things:
    """The things without concepts that have neither an IRI nor a term; what points at one goes with it."""
    nameless = {
        concept
        for concept in things.concepts
        if isinstance(concept, BlankNode) and not index.literals(concept, SKOS.prefLabel)
    }
    for concept in sorted(nameless, key=str):
        texts = [
            text.value for note in index.nodes(concept, EUVOC.xlDefinition) for text in index.literals(note, RDF.value)
        ]
        journal.reject(concept, "concept-without-name", f": “{texts[0][:_SHOWN]}”" if texts else "")
    if nameless:
        index.forget(nameless)
    return replace(things, concepts=tuple(concept for concept in things.concepts if concept not in nameless))


def _drop_unneeded(index: TripleIndex, needed: set[BlankNode]) -> None:
    """Drops blank nodes that something pointed at before and nothing points at now, and what only they pointed at."""
    counts = index.references()
    waiting = [node for node in needed if node in index and not counts.get(node)]
    while waiting:
        node = waiting.pop()
        below = [
            value
            for values in index.about(node).values()
            for value in values
            if isinstance(value, BlankNode) and value in needed
        ]
        index.drop(node)
        for value in below:
            if value in index:
                counts[value] -= 1
                if not counts[value]:
                    waiting.append(value)


def _name(index: TripleIndex, things: Things, options: ImportOptions, journal: Journal) -> Things:
    """Concepts without an IRI get one from the catalogue and their term; those of one term are in order of content."""
    catalogue = options.catalogue or slug(file_stem(journal.file))
    names: dict[Node, NamedNode] = {}
    by_term: dict[str, list[Node]] = {}
    for concept in things.concepts:
        if isinstance(concept, BlankNode):
            by_term.setdefault(_term(index.literals(concept, SKOS.prefLabel)), []).append(concept)
    contents = digests(index) if any(len(alike) > 1 for alike in by_term.values()) else {}
    for term, alike in by_term.items():
        for ordinal, concept in enumerate(sorted(alike, key=lambda each: contents.get(each, ""))):
            names[concept] = concept_iri(options.uri_base, catalogue, term, ordinal)
            journal.note(concept, "concept-without-iri", term)
    journal.move(names)
    concepts = tuple(names.get(concept, concept) for concept in things.concepts)
    index.rename(names)
    return replace(things, concepts=concepts)


def _term(labels: Iterable[Literal]) -> str:
    terms = {label.language: label.value for label in labels}
    for language in (*_TERM_LANGUAGES, *terms):
        if language in terms:
            return terms[language]
    return ""
