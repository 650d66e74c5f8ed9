"""From concepts as read to triples of SKOS-AP-NO 2, with an issue for whatever could not be taken as it stood.

One `ConceptBuilder` serves one catalogue: it mints URIs, sees to it that no two records share one, and keeps the
report. A record that neither a recommended term nor an id names is rejected; so is a second, different record with the
same id.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pyoxigraph import Literal, NamedNode, Triple

from importers.concepts.parts import PartBuilder
from importers.concepts.record import ConceptRecord, Entry
from importers.concepts.values import Values, parse_date, to_iri
from importers.issues import ISSUES
from importers.minting import concept_iri, organisation_iri
from importers.report import ImportReport, Issue, RecordReport, Status, Where
from ontologies.namespaces import CONCEPT_STATUS, DCT, EUVOC, FOAF, OWL, RDF, RDFS, SKOS, SKOSNO

_TERM_LANGUAGES = ("nb", "no", "nn", "en")
_STATUSES = {"utkast": "DRAFT", "kandidat": "CANDIDATE", "godkjent": "CURRENT", "gjeldende": "CURRENT"}
_STATUS_CODES = {"DRAFT", "CANDIDATE", "WAITING", "CURRENT", "RETIRED", "REJECTED"}


def recommended_term(record: ConceptRecord) -> str:
    """What to call the concept: its recommended term in nb, else nn, else en, else any language."""
    by_language = {entry.language: entry.text for entry in reversed(record.preferred)}
    first = record.preferred[0].text if record.preferred else ""
    return next((by_language[language] for language in _TERM_LANGUAGES if language in by_language), first)


class ConceptBuilder:
    """Makes the triples of one catalogue; `triples` and `report` grow with each `add`.

    `publisher` is the catalogue's IRI for a record that names none itself, None where nobody knows.
    """

    def __init__(self, uri_base: str, report: ImportReport, publisher: NamedNode | None) -> None:
        self._uri_base = uri_base
        self._publisher = publisher
        self._terms: Counter[str] = Counter()
        self._seen: dict[NamedNode, ConceptRecord] = {}
        self._collection = NamedNode(f"{uri_base}/catalogues/{report.catalogue}")
        self.report = report
        self.triples: list[Triple] = []

    def add(self, record: ConceptRecord, complaints: Iterable[Issue] = ()) -> None:
        """Adds one record; `complaints` are issues that came up while it was read."""
        values = Values(record.where, list(complaints))
        if not record.preferred and record.identifier is None and not record.key:
            values.complain("concept-without-name", "")
            self._note("", "rejected", values)
            return
        subject = self._subject(record, values)
        earlier = self._seen.setdefault(subject, record)
        if earlier is not record:
            self._note(subject.value, self._repeated(record, earlier, values), values)
            return
        self.triples += self._concept(subject, record, values)
        self._note(subject.value, "stored", values)

    def skip(self, record: ConceptRecord, code: str) -> None:
        """Notes that a record is left out, and why."""
        values = Values(record.where)
        values.complain(code, recommended_term(record))
        self._note("", "skipped", values)

    def finish(self) -> tuple[Triple, ...]:
        """All triples with those of the collection that holds the concepts; empty if there are none."""
        if not self._seen:
            return ()
        collection = self._collection
        triples = [
            Triple(collection, RDF.type, SKOS.Collection),
            Triple(collection, DCT.identifier, Literal(collection.value)),
        ]
        if self._publisher is not None:
            triples.append(Triple(collection, DCT.publisher, self._publisher))
        triples += [Triple(collection, SKOS.member, concept) for concept in self._seen]
        return tuple(dict.fromkeys(triples + self.triples))

    def _note(self, subject: str, status: Status, values: Values) -> None:
        repaired = any(ISSUES[found.code].repairs for found in values.issues)
        self.report.records.append(RecordReport(subject, status, values.where, values.issues, repaired))

    def _subject(self, record: ConceptRecord, values: Values) -> NamedNode:
        catalogue = self.report.catalogue
        if record.identifier is None and record.key:
            return concept_iri(self._uri_base, catalogue, f"id:{record.key}")
        if record.identifier is None:
            term = recommended_term(record)
            ordinal = self._terms[term]
            self._terms[term] += 1
            return concept_iri(self._uri_base, catalogue, term, ordinal)
        given = to_iri(record.identifier.text)
        if given is not None:
            return given
        values.complain("bad-identifier", record.identifier.text, record.identifier.column)
        return concept_iri(self._uri_base, catalogue, f"id:{record.identifier.text}")

    def _repeated(self, record: ConceptRecord, earlier: ConceptRecord, values: Values) -> Status:
        given = record.identifier or Entry(record.key)
        place = f"row {earlier.where.row}" if earlier.where.row is not None else f"line {earlier.where.line}"
        if replace(record, where=Where()) == replace(earlier, where=Where()):
            values.complain("duplicate-record", place, given.column)
            return "skipped"
        values.complain("duplicate-id", given.text, given.column)
        return "rejected"

    def _concept(self, subject: NamedNode, record: ConceptRecord, values: Values) -> Iterator[Triple]:
        parts = PartBuilder(self._uri_base, subject, values)
        identifier = record.identifier.text if record.identifier else subject.value
        yield Triple(subject, RDF.type, SKOS.Concept)
        yield Triple(subject, DCT.identifier, Literal(identifier))
        yield from self._labels(subject, record, values)
        if not any(definition.texts for definition in record.definitions):
            values.complain("concept-without-definition", recommended_term(record))
        yield from parts.definitions(record.definitions)
        yield from _texts(subject, record, values)
        yield from _dates(subject, record, values)
        yield from _links(subject, record, values)
        yield from self._administration(subject, record, values)
        yield from parts.contact_point(record)
        for relation in record.relations:
            yield from parts.relation(relation)
        yield from _linked(subject, values)

    def _labels(self, subject: NamedNode, record: ConceptRecord, values: Values) -> Iterator[Triple]:
        languages = set()
        if not record.preferred:
            values.complain("concept-without-term", "")
        for entry in record.preferred:
            term = values.term(entry)
            if term.language in languages:
                values.complain("several-preferred-terms", entry.text, entry.column)
            yield Triple(subject, SKOS.altLabel if term.language in languages else SKOS.prefLabel, term)
            languages.add(term.language)
        for predicate, entries in ((SKOS.altLabel, record.admitted), (SKOS.hiddenLabel, record.discouraged)):
            yield from (Triple(subject, predicate, term) for entry in entries for term in values.terms(entry))
        for entry in record.data_structure:
            yield Triple(subject, SKOSNO.dataStructureLabel, values.text(entry))

    def _administration(self, subject: NamedNode, record: ConceptRecord, values: Values) -> Iterator[Triple]:
        publisher = organisation_iri(record.publisher.text) if record.publisher else None
        publisher = publisher or self._publisher
        if publisher is not None:
            yield Triple(subject, DCT.publisher, publisher)
        if record.status is not None:
            yield Triple(subject, EUVOC.status, _status(record.status))
        if record.version is not None:
            yield Triple(subject, OWL.versionInfo, values.text(record.version))


def _texts(subject: NamedNode, record: ConceptRecord, values: Values) -> Iterator[Triple]:
    for predicate, entries in (
        (SKOS.scopeNote, record.notes),
        (SKOS.example, record.examples),
        (DCT.subject, record.subjects),
        (SKOSNO.valueRange, record.value_range),
    ):
        yield from (Triple(subject, predicate, values.text(entry)) for entry in entries)


def _dates(subject: NamedNode, record: ConceptRecord, values: Values) -> Iterator[Triple]:
    for predicate, entry in (
        (EUVOC.startDate, record.valid_from),
        (EUVOC.endDate, record.valid_to),
        (DCT.created, record.created),
        (DCT.modified, record.modified),
    ):
        literal = values.date(entry) if entry else None
        if literal is not None:
            yield Triple(subject, predicate, literal)
    begins = parse_date(record.valid_from.text) if record.valid_from else None
    ends = parse_date(record.valid_to.text) if record.valid_to else None
    if begins and ends and ends < begins:
        values.complain("period-reversed", f"{begins} to {ends}", record.valid_to.column if record.valid_to else "")


def _links(subject: NamedNode, record: ConceptRecord, values: Values) -> Iterator[Triple]:
    for predicate, entries in (
        (DCT.subject, record.subject_uris),
        (SKOSNO.valueRange, record.value_range_uris),
        (RDFS.seeAlso, record.see_also),
        (DCT.replaces, record.replaces),
        (DCT.isReplacedBy, record.replaced_by),
        (FOAF.isPrimaryTopicOf, record.pages),
    ):
        for entry in entries:
            node = values.iri(entry)
            if node is not None:
                yield Triple(subject, predicate, node)


def _linked(subject: NamedNode, values: Values) -> Iterator[Triple]:
    """What links in the texts pointed at."""
    for target in values.links:
        node = to_iri(target)
        if node is not None:
            yield Triple(subject, RDFS.seeAlso, node)
        else:
            values.complain("wiki-link-lost", target)


def _status(entry: Entry) -> NamedNode | Literal:
    code = _STATUSES.get(entry.text.casefold(), entry.text.upper())
    if code in _STATUS_CODES:
        return CONCEPT_STATUS[code]
    return to_iri(entry.text) or Literal(entry.text, language=entry.language or "nb")
