"""Circles: a definition that uses its own term (inner), two concepts of one catalogue defined by each other (outer).

Circles are a matter of editing more than of substance: outer ones, and compounds that are only taken apart, are
information; a definition that needs its own term is minor.

A definition is analysed only when its words hold a circle that is possible: those of its own term, or those of a term
whose definition in turn has the words of this one's.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import TypeAlias

from registry.harmonisation.candidates import keys
from registry.harmonisation.evidence.circular_definition import (
    CircularDefinition,
    mentions,
    paraphrase,
    wanted_words,
)
from registry.harmonisation.records import Comparison, DefinitionRecord, Severity
from registry.harmonisation.terms import spelled_in
from registry.harmonisation.words import family, lemma_set, stop_words

_CIRCULAR = CircularDefinition()
_LONGEST = 3
"""Terms of up to so many words are looked for in definitions."""
Circle: TypeAlias = tuple[DefinitionRecord, DefinitionRecord, Comparison]


def is_outer(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    """Whether two records can only meet in an outer circle: they share no key."""
    return not set(keys(a)) & set(keys(b))


def mentioned_keys(record: DefinitionRecord) -> Iterable[str]:
    """Keys of the terms that may stand in a definition."""
    return mentions(record.text, record.language, _LONGEST)


def find(records: Iterable[DefinitionRecord], touched: Collection[str] | None = None) -> Iterator[Circle]:
    """Circles, as pairs with their comparison; `touched` keeps those through at least one of these concepts."""
    catalogues: dict[tuple[str, str], list[DefinitionRecord]] = defaultdict(list)
    for record in records:
        catalogues[(record.catalogue, family(record.language))].append(record)
    for (_, space), members in catalogues.items():
        members.sort(key=lambda side: (side.concept, side.definition, _place(side), side.text))
        index = _Terms(members, space)
        done: set[str] = set()
        seen: set[frozenset[int]] = set()
        for record in members:
            if touched is None or record.concept in touched:
                yield from _inner(record, done)
                yield from _outer(record, index, seen)


def _place(record: DefinitionRecord) -> int:
    return {"nb": 0, "nn": 1}.get(record.language, 2)


def _inner(record: DefinitionRecord, done: set[str]) -> Iterator[Circle]:
    """One circle a concept: that of its first definition that has one. A compound taken apart is information only."""
    if record.concept not in done and (evidence := _CIRCULAR.find(record, record)):
        if record.concept:
            done.add(record.concept)
        severity: Severity = "information" if paraphrase(record) else "minor"
        yield record, record, Comparison("identical", "same", 1.0, severity, tuple(evidence))


def _outer(record: DefinitionRecord, index: "_Terms", seen: set[frozenset[int]]) -> Iterator[Circle]:
    wanted = wanted_words(record)
    for other in index.mentioned_in(record):
        pair = frozenset((id(record), id(other)))
        if pair in seen or record.language != other.language:
            continue
        if not lemma_set(other.text, index.space).issuperset(wanted) or not is_outer(record, other):
            continue
        seen.add(pair)
        a, b = sorted((record, other), key=lambda side: (side.concept, side.definition, side.text))
        if evidence := _CIRCULAR.find(a, b):
            yield a, b, Comparison("overlapping", "harmonisable", 0.0, "information", tuple(evidence))


class _Terms:
    """The recommended terms of a catalogue in one language family, by their keys."""

    def __init__(self, members: Iterable[DefinitionRecord], space: str) -> None:
        self.space = space
        self._by_key: dict[str, list[DefinitionRecord]] = defaultdict(list)
        for record in members:
            if found := keys(record):
                self._by_key[spelled_in(found[0], space)].append(record)
        stop = stop_words(space)
        self._words = self._by_key.keys() - stop
        long = {key for key in self._by_key if 0 < key.count(" ") < _LONGEST}
        self._parts = {word for key in long for word in key.split()} - stop

    def mentioned_in(self, record: DefinitionRecord) -> Iterator[DefinitionRecord]:
        """Records of the catalogue whose recommended term stands in the definition."""
        words = lemma_set(record.text, self.space)
        found: Iterable[str] = self._words & words
        if len(self._parts & words) > 1:
            found = {spelled_in(key, self.space) for key in mentioned_keys(record)}
        for key in found:
            yield from self._by_key.get(key, ())
