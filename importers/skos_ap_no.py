"""RDF in, SKOS-AP-NO 2 out: four dialects of concept catalogues, plain SKOS, and everything that comes with them.

The way of one file: statements -> terms cleaned -> names of today -> texts, terms, definitions, relations and details
of each concept -> organisations under one name -> blank nodes named -> one batch for each catalogue. What has no
place in version 2 is kept as it is; resources that are not concepts are not touched but for organisations and IRIs.
"""

from collections.abc import Iterable
from dataclasses import replace

from pyoxigraph import BlankNode, Literal, NamedNode

from importers.base import Batch, ImportOptions, Kind, Source
from importers.concept_details import normalise_collection, normalise_details
from importers.definitions import normalise_definitions
from importers.dialects import modernise_names
from importers.grouping import Group, group
from importers.issues import ISSUES
from importers.journal import Journal
from importers.labels import normalise_labels
from importers.minting import concept_iri, file_stem, slug
from importers.publishers import normalise_publishers
from importers.rdf_source import statements
from importers.record_checks import check_concept
from importers.relations import normalise_relations
from importers.report import ImportReport, RecordReport, Where
from importers.skolem import skolemise
from importers.syntaxes import Syntax, detect
from importers.terms import TermCleaner
from importers.texts import add_languages, trim_texts
from importers.things import Things, find_things, owners
from importers.triples import Node, TripleIndex
from ontologies.namespaces import EUVOC, SKOS, SKOSNO, SKOSXL

_SNIFFED = 65_536
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
        return detect(source.data[:_SNIFFED].decode("utf-8", "replace").lstrip("\ufeff")) is not None

    def read(self, source: Source, options: ImportOptions) -> list[Batch]:
        """One batch for each catalogue in the source.

        Raises:
            UnreadableSourceError: nothing in the source can be read.
        """
        journal = Journal(source.name)
        read = statements(source, journal)
        document = f"{options.uri_base}/files/{slug(file_stem(source.name)) or 'file'}/"
        index = modernise_names(TermCleaner(journal, document).clean(read.triples), journal)
        things = find_things(index, journal)
        kind: Kind = "vocabulary" if _is_vocabulary(things) else "catalogue"
        if kind == "catalogue":
            things = _normalise(index, things, journal)
        index = normalise_publishers(index, journal)
        index, things = _name(index, things, options, source)
        index = skolemise(index, options.uri_base)
        groups = group(index, things, options, source.name)
        return [_batch(one, kind, source, read.syntax, journal, number == 0) for number, one in enumerate(groups)]


def _is_vocabulary(things: Things) -> bool:
    """Whether every concept is of a reference vocabulary that catalogues point at."""
    return things.plain and all(
        isinstance(concept, NamedNode) and concept.value.startswith(_VOCABULARIES) for concept in things.concepts
    )


def _normalise(index: TripleIndex, things: Things, journal: Journal) -> Things:
    """Brings every concept and collection to version 2."""
    needed = {node for node in index.subjects() if isinstance(node, BlankNode)}.intersection(index.references())
    owned = owners(index, (*things.concepts, *things.holders))
    trim_texts(index, owned.items(), journal)
    for concept in things.concepts:
        _normalise_concept(index, concept, journal, plain=things.plain)
    if not things.plain:
        for holder in things.holders:
            normalise_collection(index, holder)
            add_languages(index, [holder], holder, journal)
    _drop_unneeded(index, needed)
    return things


def _normalise_concept(index: TripleIndex, concept: Node, journal: Journal, *, plain: bool) -> None:
    old = any(index.values(concept, sign) for sign in _OLD_SIGNS)
    normalise_definitions(index, concept, journal)
    normalise_labels(index, concept)
    normalise_relations(index, concept, journal)
    if not plain:
        normalise_details(index, concept, journal, old=old)
        add_languages(index, [concept, *index.nodes(concept, EUVOC.xlDefinition)], concept, journal)
    check_concept(index, concept, journal, plain=plain)


def _drop_unneeded(index: TripleIndex, needed: set[Node]) -> None:
    """Drops blank nodes that something pointed at before and nothing points at now."""
    while unneeded := needed.intersection(index.subjects()).difference(index.references()):
        for node in unneeded:
            index.drop(node)


def _name(index: TripleIndex, things: Things, options: ImportOptions, source: Source) -> tuple[TripleIndex, Things]:
    """Concepts without an IRI get one from the catalogue and their term."""
    nameless = [concept for concept in things.concepts if isinstance(concept, BlankNode)]
    if not nameless:
        return index, things
    catalogue = options.catalogue or slug(file_stem(source.name))
    names: dict[Node, NamedNode] = {}
    seen: dict[str, int] = {}
    for concept in nameless:
        term = _term(index.literals(concept, SKOS.prefLabel))
        names[concept] = concept_iri(options.uri_base, catalogue, term, seen.get(term, 0))
        seen[term] = seen.get(term, 0) + 1
    concepts = tuple(names.get(concept, concept) for concept in things.concepts)
    return index.renamed(names), replace(things, concepts=concepts)


def _term(labels: Iterable[Literal]) -> str:
    terms = {label.language: label.value for label in labels}
    for language in (*_TERM_LANGUAGES, *terms):
        if language in terms:
            return terms[language]
    return ""


def _batch(one: Group, kind: Kind, source: Source, syntax: Syntax, journal: Journal, first: bool) -> Batch:
    report = ImportReport(one.catalogue, source.name, f"rdf ({syntax.title})")
    for record in one.records:
        issues = journal.issues(record)
        repaired = any(ISSUES[issue.code].repairs for issue in issues)
        name = record.value
        report.records.append(RecordReport(name, "stored", Where(source.name), issues, repaired=repaired))
    if first:
        report.issues += journal.of_file
    return Batch(one.catalogue, kind, one.title, one.publisher, tuple(one.triples), report)
