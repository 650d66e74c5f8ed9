"""What the report says of each record: the rules of SKOS-AP-NO that real catalogues break most, checked one by one."""

import re
from datetime import date

from pyoxigraph import Literal, NamedNode

from importers.issues import ISSUES
from importers.rdf.journal import Journal
from importers.rdf.triples import Node, TripleIndex
from importers.texts import has_qualifier
from ontologies.namespaces import DCT, EUVOC, RDF, SKOS, XSD
from ontologies.profiles import broken

DATES = (EUVOC.startDate, EUVOC.endDate, DCT.created, DCT.modified)
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T.*|Z|[+-]\d{2}:\d{2})?")


def check_record(index: TripleIndex, record: Node, kind: NamedNode, journal: Journal) -> None:
    """Notes which requirements of its profile a record of a class does not meet."""
    about = index.about(record)
    for requirement in broken(kind, lambda one: len(about.get(one, ()))):
        own = requirement.code not in {"property-missing", "too-many-values"}
        message = "" if own else f"{ISSUES[requirement.code].message} {requirement.name} ({requirement.clause})"
        journal.note(record, requirement.code, "" if own else requirement.name, message=message)


def check_members(index: TripleIndex, collection: Node, journal: Journal) -> None:
    """Notes members that the file does not describe, unless it describes none: then it is a list for other files."""
    members = index.nodes(collection, SKOS.member)
    absent = [member for member in members if member not in index]
    for member in absent if len(absent) < len(members) else ():
        journal.note(collection, "member-without-description", member.value)


def check_concept(index: TripleIndex, concept: Node, journal: Journal, *, plain: bool) -> None:
    """Notes what is missing or doubled in a concept. `plain`: other SKOS, where only a term is asked for."""
    terms = index.literals(concept, SKOS.prefLabel)
    languages = [term.language for term in terms]
    for language in dict.fromkeys(languages):
        if languages.count(language) > 1:
            journal.note(concept, "two-preferred-terms-one-language", language or "")
    if plain:
        if not terms:
            journal.note(concept, "concept-without-term")
        return
    check_record(index, concept, SKOS.Concept, journal)
    _check_definitions(index, concept, set(languages), journal)
    _check_dates(index, concept, journal)
    _check_names(index, concept, terms, journal)


def _check_definitions(index: TripleIndex, concept: Node, languages: set[str | None], journal: Journal) -> None:
    texts: dict[tuple[str, tuple[str, ...]], int] = {}
    for definition in index.nodes(concept, EUVOC.xlDefinition):
        audience = tuple(sorted(str(value) for value in index.values(definition, DCT.audience)))
        for text in index.literals(definition, RDF.value):
            key = (text.language or "", audience)
            texts[key] = texts.get(key, 0) + 1
    if not texts:
        journal.note(concept, "concept-without-definition")
    if texts and languages and languages.isdisjoint(language or None for language, _ in texts):
        journal.note(concept, "term-and-definition-in-different-languages")
    for (language, _), count in texts.items():
        if count > 1:
            journal.note(concept, "two-definitions-one-language", language)


def _check_names(index: TripleIndex, concept: Node, terms: list[Literal], journal: Journal) -> None:
    for term in terms:
        if has_qualifier(term.value):
            journal.note(concept, "qualifier-in-term", term.value)
    for identifier in index.literals(concept, DCT.identifier):
        if isinstance(concept, NamedNode) and identifier.value.strip() != concept.value:
            journal.note(concept, "identifier-differs", identifier.value)


def _check_dates(index: TripleIndex, concept: Node, journal: Journal) -> None:
    for predicate in DATES:
        for value in index.literals(concept, predicate):
            if not is_date(value):
                journal.note(concept, "invalid-date", value.value)


def is_date(value: Literal) -> bool:
    """Whether a literal is a date of the calendar, or of a type that is none of a day."""
    matched = _DATE.fullmatch(value.value)
    if matched is None:
        return value.datatype not in {XSD.date, XSD.dateTime, XSD.string} and bool(value.value)
    try:
        date.fromisoformat(matched[1])
    except ValueError:
        return False
    return True
