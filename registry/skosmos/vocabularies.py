"""The catalogues with concepts as vocabularies: what they are called, their languages, letters, groups and counts."""

from collections import Counter
from importlib.resources import files
from typing import Any

from registry.catalogue.catalogues import catalogue, catalogues, description
from registry.catalogue.collation import collation_key, initial
from registry.catalogue.concept_list import Entry, entries
from registry.catalogue.graphs import GraphInfo
from registry.catalogue.per_generation import per_generation
from registry.catalogue.queries import grouped, iri
from registry.catalogue.texts import LANGUAGES, Language, Reference, shown, texts_of
from registry.skosmos.concepts import concept_line
from registry.skosmos.context import CONCEPT, document
from registry.skosmos.hierarchy import hierarchy
from sparql.store import Reader

_MEMBERS = (files(__package__) / "members.rq").read_text(encoding="utf-8")


def vocabularies(reader: Reader, language: Language) -> dict[str, Any]:
    """Every catalogue with concepts."""
    found = [one.graph for one in catalogues(reader, language) if one.concepts]
    listed = [{"uri": _scheme(reader, one), "id": one.identifier, "title": _title(one, language)} for one in found]
    return document({"vocabularies": listed}, language)


def vocabulary(reader: Reader, identifier: str) -> GraphInfo | None:
    """The graph of the catalogue with this id; None where there is none, or none with concepts."""
    found = catalogue(reader, identifier)
    return found.graph if found and found.concepts else None


def described(reader: Reader, one: GraphInfo, language: Language) -> dict[str, Any]:
    """One vocabulary with its schemes."""
    title = _title(one, language)
    schemes = description(reader, one.uri).collections or (Reference(one.uri, one.name),)
    members = {
        "id": one.identifier,
        "title": title,
        "defaultLanguage": "nb",
        "languages": languages_of(reader, one),
        "conceptschemes": [
            {"uri": each.uri, "label": each.name(language), "title": each.name(language), "type": "skos:ConceptScheme"}
            for each in schemes
        ],
    }
    return document({"uri": _scheme(reader, one), **members}, language)


@per_generation
def entries_of(reader: Reader, graph: str, language: Language) -> tuple[Entry, ...]:
    """The concepts of one catalogue, in the order of a reader of the language."""
    return tuple(one for one in entries(reader, language) if graph in one.graphs)


def languages_of(reader: Reader, one: GraphInfo) -> list[str]:
    """The languages of its terms, ours first."""
    found = {text.language for entry in entries_of(reader, one.uri, "nb") for text in entry.terms if text.language}
    return [each for each in LANGUAGES if each in found] + sorted(found - set(LANGUAGES))


def top_concepts(reader: Reader, one: GraphInfo, language: Language) -> dict[str, Any]:
    """The concepts of which something is narrower and nothing wider; of a flat catalogue all."""
    steps = hierarchy(reader)
    entries = entries_of(reader, one.uri, language)
    tops = [entry for entry in entries if entry.uri in steps.below and entry.uri not in steps.above] or entries
    scheme = _scheme(reader, one)
    listed = [
        {
            "uri": entry.uri,
            "label": shown(entry.terms, language),
            "topConceptOf": scheme,
            "hasChildren": entry.uri in steps.below,
        }
        for entry in tops
    ]
    return document({"uri": scheme, "topconcepts": listed}, language)


def letters(reader: Reader, one: GraphInfo, language: Language) -> dict[str, Any]:
    """The letters that terms begin with."""
    found = {initial(shown(entry.terms, language)) for entry in entries_of(reader, one.uri, language)}
    ordered = sorted(found, key=collation_key)
    return document({"uri": "", "indexLetters": [letter.upper() for letter in ordered]}, language)


def beginning_with(
    reader: Reader, one: GraphInfo, letter: str, language: Language, *, offset: int, limit: int
) -> dict[str, Any]:
    """The concepts whose terms begin with a letter; ``*`` stands for all."""
    chosen = [
        entry
        for entry in entries_of(reader, one.uri, language)
        if letter == "*" or initial(shown(entry.terms, language)) == letter.lower()
    ]
    part = chosen[offset : offset + limit]
    listed = [concept_line(reader, entry.uri, language, localname=True) for entry in part]
    return document({"uri": "", "indexConcepts": listed}, language)


def counts(reader: Reader, one: GraphInfo, language: Language) -> dict[str, Any]:
    """How many concepts and groups the vocabulary has."""
    concepts = {"class": CONCEPT, "label": "Concept", "count": len(entries_of(reader, one.uri, language))}
    groups = {"class": "http://www.w3.org/2004/02/skos/core#Collection", "label": "Collection"}
    return document(
        {
            "id": one.identifier,
            "title": _title(one, language),
            "concepts": {**concepts, "deprecatedCount": 0},
            "subTypes": [],
            "conceptGroups": {**groups, "count": len(group_references(reader, one)), "deprecatedCount": 0},
        },
        language,
    )


def label_counts(reader: Reader, one: GraphInfo, language: Language) -> dict[str, Any]:
    """How many concepts have a term in each language."""
    found = Counter(
        tag for entry in entries_of(reader, one.uri, "nb") for tag in {text.language for text in entry.terms}
    )
    listed = [
        {"literal": tag or "und", "properties": [{"property": "skos:prefLabel", "labels": number}]}
        for tag, number in sorted(found.items())
    ]
    return document({"id": one.identifier, "title": _title(one, language), "languages": listed}, language)


@per_generation
def _collections(reader: Reader) -> dict[str, tuple[Reference, tuple[str, ...]]]:
    return {
        uri: (
            Reference(uri, texts_of(row["title"] for row in rows if "title" in row)),
            tuple(sorted({iri(row, "member") for row in rows} - {""})),
        )
        for uri, rows in grouped(reader.select(_MEMBERS), "collection").items()
    }


def group_references(reader: Reader, one: GraphInfo) -> tuple[Reference, ...]:
    """The collections that hold a concept of the catalogue."""
    own = {entry.uri for entry in entries_of(reader, one.uri, "nb")}
    return tuple(group for group, members in _collections(reader).values() if not own.isdisjoint(members))


def groups(reader: Reader, one: GraphInfo, language: Language) -> dict[str, Any]:
    """The collections as groups."""
    listed = [
        {"uri": each.uri, "prefLabel": each.name(language), "hasMembers": True}
        for each in group_references(reader, one)
    ]
    return document({"uri": _scheme(reader, one), "groups": listed}, language)


def group_members(reader: Reader, group: str) -> tuple[str, ...]:
    """The IRIs of a collection's members."""
    return _collections(reader).get(group, (None, ()))[1]


def _scheme(reader: Reader, one: GraphInfo) -> str:
    """The collection of a catalogue that has one; else its graph."""
    found = description(reader, one.uri).collections
    return found[0].uri if len(found) == 1 else one.uri


def _title(one: GraphInfo, language: Language) -> str:
    return shown(one.name, language) or one.identifier
