"""The alphabetical list of the catalogues' concepts: by letter, catalogue and language, a page at a time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from sys import intern
from typing import Any

from pyoxigraph import NamedNode

from registry.catalogue.collation import ALPHABET, OTHER, collation_key, initial
from registry.catalogue.graphs import GraphInfo, graphs
from registry.catalogue.paging import Page, page_of
from registry.catalogue.per_generation import per_generation
from registry.catalogue.queries import ask, grouped, iri, values
from registry.catalogue.texts import FALLBACK, Language, Text, Texts, lists_as_json, shown, texts_as_json, texts_of
from registry.notes import noted
from sparql.store import Reader


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept in the list: its terms and the graphs that hold it."""

    uri: str
    terms: Texts
    graphs: tuple[str, ...]

    def as_note(self) -> list[Any]:
        """What JSON keeps of it."""
        return [self.uri, [[term.value, term.language] for term in self.terms], self.graphs]

    @classmethod
    def of_note(cls, note: Any) -> "Entry":
        """What `as_note` kept."""
        uri, terms, held = note
        return cls(uri, tuple(Text(*term) for term in terms), tuple(map(intern, held)))

    def in_language(self, language: str) -> bool:
        """Whether it has a term in the language."""
        return any(term.primary == language for term in self.terms)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as a page of the list shows it."""

    entry: Entry
    definitions: Texts
    catalogues: tuple[GraphInfo, ...]
    replaced: bool

    def as_json(self) -> dict[str, Any]:
        """Concept, terms, definitions and the ids of its catalogues."""
        return {
            "uri": self.entry.uri,
            "term": texts_as_json(self.entry.terms),
            "definitions": lists_as_json(self.definitions),
            "catalogues": [catalogue.identifier for catalogue in self.catalogues],
            "replaced": self.replaced,
        }


@dataclass(frozen=True, slots=True)
class Choice:
    """What part of the list is asked for; "" and None choose everything."""

    letter: str = ""
    catalogue: str = ""
    language: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class ConceptList:
    """One page of the list, and how many concepts begin with each letter under the same choice."""

    page: Page[Line]
    letters: tuple[tuple[str, int], ...]

    def as_json(self) -> dict[str, Any]:
        """The page's concepts, the letters and the paging."""
        letters = dict(self.letters)
        return {"concepts": [line.as_json() for line in self.page.items], "letters": letters, **self.page.as_json()}


@noted("concepts", lambda found: list(map(Entry.as_note, found)), lambda note: tuple(map(Entry.of_note, note)))
def entries(reader: Reader, language: Language) -> tuple[Entry, ...]:
    """All concepts, in the order of a reader of the language."""
    found = [
        Entry(uri, texts_of(values(rows, "term")), tuple(sorted({iri(row, "graph") for row in rows})))
        for uri, rows in grouped(ask(reader, "concepts"), "concept").items()
    ]
    return tuple(sorted(found, key=lambda entry: (collation_key(shown(entry.terms, language)), entry.uri)))


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The entries of a choice, and how many of them begin with each letter."""

    entries: tuple[Entry, ...]
    letters: Counter[str]


def _choose(reader: Reader, shown_in: Language, graph: str | None, language: str) -> _Chosen:
    """What a graph holds in a language; None and "" choose everything."""
    found = tuple(
        entry
        for entry in entries(reader, shown_in)
        if (graph is None or graph in entry.graphs) and (not language or entry.in_language(language))
    )
    return _Chosen(found, Counter(initial(shown(entry.terms, shown_in)) for entry in found))


_chosen = per_generation(_choose)
"""The same, remembered."""


def concept_list(reader: Reader, language: Language, choice: Choice, size: int = 50) -> ConceptList:
    """One page of the list."""
    known = graphs(reader)
    graph = next((g.uri for g in known.values() if g.kind == "catalogue" and g.identifier == choice.catalogue), "")
    shown_in = _listing(language, choice.language)
    choose = _chosen if choice.language in ("", *FALLBACK) else _choose
    found = choose(reader, shown_in, graph if choice.catalogue else None, choice.language)
    chosen: Sequence[Entry] = found.entries
    if choice.letter:
        chosen = [entry for entry in chosen if initial(shown(entry.terms, shown_in)) == choice.letter]
    page = page_of(chosen, choice.page, size)
    letters = tuple((letter, found.letters[letter]) for letter in (*ALPHABET, OTHER))
    return ConceptList(page.map(lambda entry: line(reader, entry, known)), letters)


def line(reader: Reader, entry: Entry, known: dict[str, GraphInfo]) -> Line:
    """The entry with what its line shows."""
    rows = ask(reader, "concept_summary", concept=NamedNode(entry.uri))
    return Line(
        entry=entry,
        definitions=texts_of(values(rows, "text")),
        catalogues=tuple(known[graph] for graph in entry.graphs if graph in known),
        replaced=bool(values(rows, "replacement")),
    )


def _listing(language: Language, chosen: str) -> Language:
    """The language by which the list is sorted: the one that is filtered on, if any."""
    return next((one for one in FALLBACK if one == chosen), language)
