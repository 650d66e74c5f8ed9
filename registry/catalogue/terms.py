"""Every definition of one word side by side, law first."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal

from ontologies.namespaces import DCT, EUVOC, SAMSVAR, SKOS
from registry.catalogue.citations import cited_if
from registry.catalogue.collation import collation_key
from registry.catalogue.definitions import Definition, definitions_held, definitions_of
from registry.catalogue.graphs import GraphInfo, graphs
from registry.catalogue.per_generation import per_generation
from registry.catalogue.queries import ask, count, grouped, iri
from registry.catalogue.texts import LANGUAGES, Language, Reference, Text, Texts, rank, texts_as_json
from registry.catalogue.things import Said
from registry.harmonisation.terms import split_qualifier, term_key
from registry.notes import noted
from sparql.store import Reader

_MOST = 8
"""How many words the front page shows."""
_CANDIDATES = 40
"""Keys of words that are looked at for them."""


@dataclass(frozen=True, slots=True)
class TermEntry:
    """One concept that goes by the word. `admitted`: the word is not its recommended term."""

    concept: Reference
    statutory: bool
    admitted: bool
    definitions: tuple[Definition, ...]
    publisher: Reference | None
    act: Reference | None
    section: Reference | None
    scope: str
    catalogues: tuple[GraphInfo, ...]
    valid_from: str
    valid_to: str
    replaced: bool

    def as_json(self) -> dict[str, Any]:
        """The concept, its definitions, and who says so."""
        return {
            **self.concept.as_json(),
            "statutory": self.statutory,
            "admitted": self.admitted,
            "definitions": [definition.as_json() for definition in self.definitions],
            "publisher": self.publisher.as_json() if self.publisher else None,
            "act": self.act.as_json() if self.act else None,
            "section": self.section.as_json() if self.section else None,
            "scope": self.scope,
            "catalogues": [catalogue.identifier for catalogue in self.catalogues],
            "validFrom": self.valid_from,
            "validTo": self.valid_to,
            "replaced": self.replaced,
        }


@dataclass(frozen=True, slots=True)
class TermPage:
    """A word and everyone who defines it. `words` are the forms under which they are held, one a key."""

    term: str
    entries: tuple[TermEntry, ...]
    words: tuple[str, ...] = ()

    @property
    def definitions(self) -> int:
        """How many definitions there are."""
        return sum(len(entry.definitions) for entry in self.entries)

    def as_json(self) -> dict[str, Any]:
        """The word and its concepts, law first."""
        return {"term": self.term, "concepts": [entry.as_json() for entry in self.entries]}


@dataclass(frozen=True, slots=True)
class TermCount:
    """A word and how many definitions it has."""

    term: Texts
    definitions: int

    def as_json(self) -> dict[str, Any]:
        """The word by language, and the number."""
        return {"term": texts_as_json(self.term), "definitions": self.definitions}

    def as_note(self) -> list[Any]:
        """The same, to be noted down."""
        return [[[text.value, text.language] for text in self.term], self.definitions]

    @classmethod
    def of_note(cls, note: list[Any]) -> "TermCount":
        """What was noted."""
        term, definitions = note
        return cls(tuple(Text(value, language) for value, language in term), definitions)


def keys_of(term: str) -> tuple[str, ...]:
    """The keys under which the word may be held: Norwegian and English."""
    return tuple(dict.fromkeys(key for key in (term_key(term, language) for language in LANGUAGES) if key))


def is_known(reader: Reader, term: str) -> bool:
    """Whether the word, in any form of it, is somebody's term: "barnet" is, where there is a "barn"."""
    return bool(concepts_of(reader, keys_of(term)))


def term_page(reader: Reader, term: str) -> TermPage:
    """Everyone who defines the word, in whatever inflection or spelling; acts before regulations before catalogues.

    A word in nynorsk or English leads to its concept, and by that concept's Norwegian terms to everyone else's.
    """
    keys = _all_keys(reader, term)
    known = graphs(reader)
    entries = sorted((_entry(reader, uri, keys, known) for uri in concepts_of(reader, keys)), key=_order)
    return TermPage(term, tuple(entries), _words(term, entries, keys))


def _all_keys(reader: Reader, term: str) -> frozenset[str]:
    """The keys of a word, and those of the Norwegian terms of concepts that have it as their term."""
    keys = frozenset(keys_of(term))
    return keys | {key for uri in concepts_of(reader, keys) for key in _norwegian_keys(reader, uri, keys)}


@noted(
    "most-defined", lambda found: list(map(TermCount.as_note, found)), lambda note: tuple(map(TermCount.of_note, note))
)
def most_defined(reader: Reader, language: Language) -> tuple[TermCount, ...]:
    """The words with the most definitions, the most first, said in the reader's language; at least two each.

    The number is that of the word's own page. Two forms of a word that lead to the same concepts count as one.
    """
    found: dict[frozenset[str], TermCount] = {}
    for key in _keys_most_defined(reader):
        if (":" in key) is not (language == "en"):
            continue
        word = _word(reader, key, language)
        concepts = frozenset(concepts_of(reader, _all_keys(reader, word.value)) if word else ())
        if word and concepts not in found and (number := sum(definitions_held(reader, uri) for uri in concepts)) > 1:
            found[concepts] = TermCount((word,), number)
        if len(found) == _MOST:
            break
    return tuple(sorted(found.values(), key=lambda term: -term.definitions))


@per_generation
def _keys_most_defined(reader: Reader) -> tuple[str, ...]:
    """The keys with the most definitions, the most first; every definition is counted, so that it is asked once."""
    rows = sorted(ask(reader, "most_defined"), key=lambda row: (-count(row, "definitions"), iri(row, "key")))
    return tuple(iri(row, "key") for row in rows[:_CANDIDATES])


def _words(term: str, entries: Iterable[TermEntry], keys: Collection[str]) -> tuple[str, ...]:
    words = {term_key(text.value, text.language or "nb"): text.value for one in entries for text in one.concept.label}
    return tuple(sorted({term, *(word for key, word in words.items() if key in keys)}))


def concepts_of(reader: Reader, keys: Iterable[str]) -> set[str]:
    """The concepts, of catalogues and of law, that are held under any of the keys."""
    return {iri(row, "concept") for key in keys for row in ask(reader, "term_concepts", key=Literal(key))}


def _norwegian_keys(reader: Reader, concept: str, keys: Collection[str]) -> set[str]:
    """The keys of the recommended Norwegian terms, if one of the keys is a recommended term of the concept at all."""
    terms = {term: term_key(term.value, term.language or "nb") for term in Said(reader, concept).texts(SKOS.prefLabel)}
    if not any(key in keys for key in terms.values()):
        return set()
    return {key for term, key in terms.items() if key and term.primary in {"nb", "nn"}}


def entry_of(reader: Reader, concept: str) -> TermEntry:
    """One concept as it stands on the page of its word."""
    return _entry(reader, concept, (), graphs(reader))


def _entry(reader: Reader, uri: str, keys: Collection[str], known: dict[str, GraphInfo]) -> TermEntry:
    said = Said(reader, uri)
    terms = said.texts(SKOS.prefLabel)
    section = cited_if(reader, said.first(DCT.isPartOf)) if said.first(SAMSVAR.act) else None
    return TermEntry(
        concept=Reference(uri, terms),
        statutory=SAMSVAR.StatutoryConcept.value in said.types,
        admitted=not any(term_key(term.value, term.language or "nb") in keys for term in terms),
        definitions=definitions_of(reader, said.node),
        publisher=said.reference(DCT.publisher),
        act=said.reference(SAMSVAR.act),
        section=section,
        scope=said.first(SAMSVAR.scope),
        catalogues=tuple(known[graph] for graph in said.graphs if graph in known),
        valid_from=said.first(EUVOC.startDate),
        valid_to=said.first(EUVOC.endDate),
        replaced=bool(said.values(DCT.isReplacedBy)),
    )


def _order(entry: TermEntry) -> tuple[bool, bool, bool, str, str]:
    """Acts, regulations, then catalogues; recommended before admitted terms, then by who says so."""
    said_by = entry.act or entry.publisher
    regulation = entry.act is not None and "/forskrift/" in entry.act.uri
    name = collation_key(said_by.name("nb")) if said_by else ""
    return (not entry.statutory, regulation, entry.admitted, name, entry.concept.uri)


def _word(reader: Reader, key: str, language: Language) -> Text | None:
    """The word that a key stands for: the key's own form, or what the reader's language calls its concepts."""
    concepts = grouped(ask(reader, "term_concepts", key=Literal(key)), "concept")
    labels = [text for concept in concepts for text in Said(reader, concept).texts(SKOS.prefLabel)]
    own = {text for text in labels if term_key(text.value, text.language or "nb") == key}
    candidates = [text for text in labels if text in own or text.primary == language]
    best = min(
        candidates,
        key=lambda text: (rank(text, language), text not in own, len(text.value), text.value),
        default=None,
    )
    return Text(split_qualifier(best.value)[0], best.language) if best else None
