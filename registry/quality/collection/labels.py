"""Checks of labels and languages."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

from babel import Locale
from pyoxigraph import Literal, NamedNode

from ontologies.namespaces import DCT, EUVOC, RDF, RDFS, SKOS
from registry.quality.collection.base import Concepts, Found, about
from registry.quality.facts import has, iris, literals

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_TEXTS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.definition, SKOS.scopeNote, SKOS.example)
_SPACES = re.compile(r"^\s|\s$|\s{2}|\u00a0")


def ambiguous_notation(concepts: Concepts) -> Iterator[Found]:
    """Two concepts with one notation."""
    holders: defaultdict[Literal, list[NamedNode]] = defaultdict(list)
    for concept in concepts.all:
        for notation in set(literals(concepts.picture, concept, SKOS.notation)):
            holders[notation].append(concept)
    return (about(*held, value=notation.value) for notation, held in holders.items() if len(held) > 1)


def disjoint_labels_violation(concepts: Concepts) -> Iterator[Found]:
    """One label in two roles of one concept (SKOS S13)."""
    for concept in concepts.all:
        roles = (set(concepts.labels(concept, kind)) for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel))
        counted = Counter(label for role in roles for label in role)
        yield from (about(concept, value=label.value) for label, number in counted.items() if number > 1)


def empty_labels(concepts: Concepts) -> Iterator[Found]:
    """Labels without a character that can be seen."""
    for concept in concepts.all:
        if any(not label.value.strip() for label in concepts.labels(concept)):
            yield about(concept)


def inconsistent_preferred_labels(concepts: Concepts) -> Iterator[Found]:
    """Several recommended terms in one language (SKOS S14)."""
    for concept in concepts.all:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for label in concepts.labels(concept, SKOS.prefLabel):
            found[(label.language or "").lower()].add(label.value)
        yield from (about(concept, value="; ".join(sorted(held))) for held in found.values() if len(held) > 1)


def missing_labels(concepts: Concepts) -> Iterator[Found]:
    """Concepts without a recommended term, schemes and collections without a name."""
    picture = concepts.picture
    for concept in concepts.all:
        if not has(picture, concept, SKOS.prefLabel):
            yield about(concept)
    for kind in (SKOS.ConceptScheme, SKOS.Collection):
        for thing in picture.of_class.get(kind, ()):
            if not has(picture, thing, SKOS.prefLabel, DCT.title, RDFS.label):
                yield about(thing)


def overlapping_labels(concepts: Concepts) -> Iterator[Found]:
    """Two concepts with one recommended or admitted term in one language, whatever its case."""
    holders: defaultdict[tuple[str, str], set[NamedNode]] = defaultdict(set)
    for concept in concepts.all:
        for label in concepts.labels(concept, SKOS.prefLabel, SKOS.altLabel):
            if label.value.strip():
                holders[label.value.strip().casefold(), (label.language or "").lower()].add(concept)
    for (term, _), held in holders.items():
        if len(held) > 1:
            yield about(*sorted(held, key=lambda node: node.value), value=term)


def unprintable_characters(concepts: Concepts) -> Iterator[Found]:
    """Control characters and characters without a meaning in labels and notes."""
    for concept in concepts.all:
        for text in _texts(concepts, concept):
            if not text.value.isprintable() and any(map(_unprintable, text.value)):
                yield about(concept, value="".join("\ufffd" if _unprintable(each) else each for each in text.value))


def extra_spaces(concepts: Concepts) -> Iterator[Found]:
    """Labels with a space at an end, two in a row or one that does not break."""
    for concept in concepts.all:
        for label in concepts.labels(concept):
            if label.value.strip() and _SPACES.search(label.value):
                yield about(concept, value=label.value)


def omitted_or_invalid_language_tags(concepts: Concepts) -> Iterator[Found]:
    """Texts without a language, or with a tag that names none."""
    for concept in concepts.all:
        for text in _texts(concepts, concept):
            if not _is_language(text.language or ""):
                yield about(concept, value=f"{text.value[:80]} @{text.language or ''}")


def incomplete_language_coverage(concepts: Concepts) -> Iterator[Found]:
    """Concepts without a term in a language in which others have one."""
    spoken = set().union(*concepts.languages.values()) if concepts.languages else set()
    for concept, languages in concepts.languages.items():
        if lacking := spoken - languages:
            yield about(concept, value=", ".join(sorted(lacking)))


def no_common_languages(concepts: Concepts) -> Iterator[Found]:
    """No language in which every concept has a term: found once, about the collection."""
    languages = list(concepts.languages.values())
    if languages and not set.intersection(*languages):
        yield about(concepts.picture.graph)


def undocumented_concepts(concepts: Concepts) -> Iterator[Found]:
    """Concepts without a definition or a note of any kind."""
    kinds = (SKOS.definition, SKOS.note, SKOS.scopeNote, SKOS.example, SKOS.changeNote, SKOS.editorialNote)
    for concept in concepts.all:
        defined = any(
            has(concepts.picture, each, RDF.value) for each in iris(concepts.picture, concept, EUVOC.xlDefinition)
        )
        if not defined and not has(concepts.picture, concept, *kinds, SKOS.historyNote):
            yield about(concept)


def _texts(concepts: Concepts, concept: NamedNode) -> Iterator[Literal]:
    yield from literals(concepts.picture, concept, *_TEXTS)
    for note in iris(concepts.picture, concept, EUVOC.xlDefinition):
        yield from literals(concepts.picture, note, RDF.value)


def _unprintable(character: str) -> bool:
    return character not in "\n\r\t" and unicodedata.category(character) in {"Cc", "Cn", "Co", "Cs"}


@cache
def _is_language(tag: str) -> bool:
    """Whether a tag is well formed and its language is one that CLDR knows."""
    known = Locale("en").languages
    return bool(_TAG.fullmatch(tag)) and tag.partition("-")[0].lower() in known
