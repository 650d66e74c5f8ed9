"""The alphabetical list of the catalogues' concepts: by letter, catalogue and language, a page at a time."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from registry.catalogue.collation import ALPHABET, OTHER, collation_key, initial
from registry.catalogue.graphs import GraphInfo, graphs
from registry.catalogue.paging import Page, page_of
from registry.catalogue.per_generation import per_generation
from registry.catalogue.queries import ask, grouped, iri, values
from registry.catalogue.texts import FALLBACK, Language, Texts, lists_as_json, shown, texts_as_json, texts_of
from sparql.store import Reader


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept in the list: its terms and the graphs that hold it."""

    uri: str
    terms: Texts
    graphs: tuple[str, ...]

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


@per_generation
def entries(reader: Reader, language: Language) -> tuple[Entry, ...]:
    """All concepts, in the order of a reader of the language."""
    found = [
        Entry(uri, texts_of(values(rows, "term")), tuple(sorted({iri(row, "graph") for row in rows})))
        for uri, rows in grouped(ask(reader, "concepts"), "concept").items()
    ]
    return tuple(sorted(found, key=lambda entry: (collation_key(shown(entry.terms, language)), entry.uri)))


def concept_list(reader: Reader, language: Language, choice: Choice, size: int = 50) -> ConceptList:
    """One page of the list."""
    known = graphs(reader)
    graph = next((g.uri for g in known.values() if g.kind == "catalogue" and g.identifier == choice.catalogue), "")
    shown_in = _listing(language, choice.language)
    chosen = [
        entry
        for entry in entries(reader, shown_in)
        if (not choice.catalogue or graph in entry.graphs)
        and (not choice.language or entry.in_language(choice.language))
    ]
    counted = Counter(initial(shown(entry.terms, shown_in)) for entry in chosen)
    if choice.letter:
        chosen = [entry for entry in chosen if initial(shown(entry.terms, shown_in)) == choice.letter]
    page = page_of(chosen, choice.page, size)
    letters = tuple((letter, counted[letter]) for letter in (*ALPHABET, OTHER))
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
