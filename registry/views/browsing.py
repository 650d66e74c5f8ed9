"""What a list over all kinds shows for a request: the choices, the facets with counts, one page of the things."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from registry.browsing.choosing import Choice
from registry.browsing.further import FACETS, facets, wholes
from registry.catalogue.collation import collation_key
from registry.catalogue.paging import Page
from registry.search.query import Hit, HitPage, Question, matches
from registry.views.context import reader, register
from registry.views.facet_words import FACET_NAMES, KINDS, value_labels
from registry.views.languages import language
from registry.views.links import href
from registry.views.parameters import chosen, chosen_all, one_of

SORTS = ("relevance", "newest")
_TEXTS = 5_000
"""Texts that match the words, of which the things are chosen."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One value of a facet: how many things have it under the other choices; `depth` is its place in a tree."""

    value: str
    label: str
    count: int
    chosen: bool
    depth: int = 0

    def as_json(self) -> dict[str, Any]:
        """Value, label, number, and whether it is chosen."""
        return {"value": self.value, "label": self.label, "count": self.count, "chosen": self.chosen}


@dataclass(frozen=True, slots=True)
class Listed:
    """A thing in the list: why it is there (`hit.reason` is "" without words), and the date of its last change."""

    hit: Hit
    day: str

    def as_json(self) -> dict[str, Any]:
        """The hit, the date and the page's path."""
        hit = self.hit
        return {
            **{name: getattr(hit, name) for name in ("uri", "graph", "kind", "field", "language", "text", "reason")},
            "modified": self.day,
            "path": href(hit.uri),
        }


class Browsing:
    """The things that a request's words and choices let through; `among` holds it to some of them, as a theme does."""

    def __init__(self, among: int | None = None) -> None:
        self.text = chosen("q")
        self.sort = one_of("sort", SORTS) or ("relevance" if self.text else "newest")
        self.values: dict[str, tuple[str, ...]] = {facet: chosen_all(facet) for facet in FACETS}
        self._facets = facets(reader(), register().index, register().urls)
        self._all = Choice(self._facets, self.values, among)
        self._choice = replace(self._all, among=self._held(among)) if self.text else self._all

    @property
    def is_filtered(self) -> bool:
        """Whether any value is chosen."""
        return any(self.values.values())

    @property
    def capped(self) -> bool:
        """Whether more texts match the words than were looked at."""
        return self._matches.capped

    @cached_property
    def total(self) -> int:
        """How many things are let through."""
        return len(self._hits) if self.text else self._choice.chosen.bit_count()

    def page(self, number: int, size: int) -> Page[Listed]:
        """Some of the things; beyond the last page none."""
        first = (number - 1) * size
        if self.text:
            found = self._hits[first : first + size]
        else:
            found = [self._unsearched(uri) for uri in self._choice.newest(first, size)]
        return Page(tuple(Listed(hit, self._day(hit.uri)) for hit in found), number, size, self.total)

    def offered(self, facet: str) -> list[Offered]:
        """The values of a facet that something has under the other choices, with those that are chosen."""
        counts = self._choice.counts(facet)
        labels = value_labels(reader(), facet, counts, language())
        own = self.values[facet]
        found = [Offered(value, labels[value], count, value in own) for value, count in counts.items()]
        found.sort(key=_place)
        return self._as_tree(found) if facet == "org" else found

    def facets(self) -> dict[str, list[Offered]]:
        """Every facet that has values, in the order of the page."""
        return {facet: values for facet in FACETS if (values := self.offered(facet))}

    def as_json(self) -> dict[str, Any]:
        """What is chosen, and the facets with their counts."""
        return {
            "sort": self.sort,
            "choices": {facet: list(values) for facet, values in self.values.items() if values},
            "facets": {
                facet: {"label": str(FACET_NAMES[facet]), "values": [each.as_json() for each in values]}
                for facet, values in self.facets().items()
            },
        }

    @cached_property
    def _matches(self) -> HitPage:
        question = Question(self.text, reader().generation, language=language())
        return matches(register().index, question, _TEXTS)

    @cached_property
    def _hits(self) -> list[Hit]:
        """The things that match the words and are let through, in the order asked for."""
        let = self._all.lets_through([hit.uri for hit in self._matches.hits])
        hits = [hit for hit, through in zip(self._matches.hits, let, strict=True) if through]
        return sorted(hits, key=lambda hit: self._day(hit.uri), reverse=True) if self.sort == "newest" else hits

    def _held(self, among: int | None) -> int:
        """Those of the things that match the words."""
        found = self._facets.shelf.set_of(hit.uri for hit in self._matches.hits)
        return found if among is None else found & among

    def _day(self, uri: str) -> str:
        number = self._facets.shelf.numbers.get(uri)
        return "" if number is None else self._facets.shelf.days[number]

    def _unsearched(self, uri: str) -> Hit:
        number = self._facets.shelf.numbers[uri]
        kinds: Mapping[str, int] = self._facets.sets["kind"]
        kind = next((kind for kind in KINDS if kinds.get(kind, 0) >> number & 1), "")
        return Hit(uri, "", kind, "", "", "", "")

    def _as_tree(self, found: Sequence[Offered]) -> list[Offered]:
        """Organisations with their parts below them, those with most first."""
        below: dict[str, list[Offered]] = {}
        known = {each.value for each in found}
        for each in found:
            whole = next((one for one in wholes(each.value, self._facets.above) if one in known), "")
            below.setdefault(whole, []).append(each)
        return list(_flattened(below, "", 0))


def _flattened(below: dict[str, list[Offered]], whole: str, depth: int) -> list[Offered]:
    found = []
    for each in below.pop(whole, ()):
        found += [replace(each, depth=depth), *_flattened(below, each.value, depth + 1)]
    return found


def _place(each: Offered) -> tuple[int, str]:
    return -each.count, collation_key(each.label)
