"""A word as a drafter needs it: each wording once with all who use it, the words they share, the verdicts.

Reads: the entries of a term page, and the rows of the findings about the word.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registry.catalogue.definitions import Definition
from registry.catalogue.footnotes import act_day, footnote
from registry.catalogue.terms import TermEntry
from registry.catalogue.texts import Language, Text, pick
from registry.harmonisation.finding_table import FindingRow
from registry.harmonisation.words import content_lemmas, family, tokens
from sparql.store import Reader

_LONGEST = 5_000
"""Characters of a text in which shared words and limits are sought."""
_FEWEST, _SHARE = 3, 0.5
"""A word is common that so many wordings, and so large a share of them, have."""


@dataclass(frozen=True, slots=True)
class Holder:
    """One definition with a wording, and the footnote that cites it; `since` is an ISO 8601 date, "" if unknown."""

    entry: TermEntry
    definition: Definition
    footnote: str
    since: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One wording, counted from one, with everyone who defines the word so; the most authoritative comes first."""

    number: int
    text: Text
    holders: tuple[Holder, ...]
    pieces: tuple[tuple[str, bool], ...] = ()

    @property
    def first(self) -> Holder:
        """The most authoritative of those who have it."""
        return self.holders[0]

    def as_json(self) -> dict[str, Any]:
        """The wording, and who has it with footnotes."""
        held = [
            {"concept": one.entry.concept.uri, "footnote": one.footnote, "since": one.since} for one in self.holders
        ]
        return {"number": self.number, "text": self.text.value, "language": self.text.language, "definitions": held}


def readings(reader: Reader, entries: Iterable[TermEntry], language: Language) -> tuple[Reading, ...]:
    """Each wording once, in the order of the entries: law by hierarchy, then catalogues."""
    found: dict[str, tuple[Text, list[Holder]]] = {}
    for entry in entries:
        for definition in entry.definitions:
            if text := pick(definition.texts, language):
                since = (act_day(entry.act.uri) if entry.act else "") or entry.valid_from
                holder = Holder(entry, definition, footnote(reader, entry), since)
                found.setdefault(_plain(text.value), (text, []))[1].append(holder)
    common = _common(text for text, _ in found.values())
    return tuple(
        Reading(number, text, tuple(holders), _pieces(text, common))
        for number, (text, holders) in enumerate(found.values(), 1)
    )


def verdicts(found: Sequence[Reading], rows: Iterable[FindingRow]) -> dict[tuple[int, int], FindingRow]:
    """The worst finding for each pair of wordings, by their numbers both ways."""
    numbers = numbers_of(found)
    cells: dict[tuple[int, int], FindingRow] = {}
    for row in rows:
        first, second = (numbers.get(concept, ()) for concept in row.concepts)
        for pair in ((a, b) for a in first for b in second if a != b):
            cells.setdefault(pair, row)
            cells.setdefault(pair[::-1], row)
    return cells


def numbers_of(found: Iterable[Reading]) -> Mapping[str, tuple[int, ...]]:
    """The numbers of the wordings that each concept has, by its IRI."""
    numbers: dict[str, tuple[int, ...]] = {}
    for reading in found:
        for holder in reading.holders:
            uri = holder.entry.concept.uri
            numbers[uri] = (*numbers.get(uri, ()), reading.number)
    return numbers


def _plain(text: str) -> str:
    """The text without what makes no difference: case, spaces, the full stop."""
    return " ".join(text.casefold().split()).rstrip(". ")


def _common(texts: Iterable[Text]) -> Mapping[str, frozenset[str]]:
    """By language family the lemmas that most wordings share."""
    spaces: dict[str, list[frozenset[str]]] = {}
    for text in texts:
        if len(text.value) <= _LONGEST:
            space = family(text.language)
            spaces.setdefault(space, []).append(frozenset(content_lemmas(text.value, space)))
    return {space: _shared(lemmas) for space, lemmas in spaces.items()}


def _shared(lemmas: list[frozenset[str]]) -> frozenset[str]:
    counted = Counter(lemma for each in lemmas for lemma in each)
    enough = max(_FEWEST, _SHARE * len(lemmas))
    return frozenset(lemma for lemma, count in counted.items() if count >= enough)


def _pieces(text: Text, common: Mapping[str, frozenset[str]]) -> tuple[tuple[str, bool], ...]:
    """The text in pieces, and whether each is a common word."""
    space = family(text.language)
    shared = common.get(space, frozenset())
    if not shared or len(text.value) > _LONGEST:
        return ((text.value, False),)
    pieces: list[tuple[str, bool]] = []
    at = 0
    for token in tokens(text.value, space):
        if token.lemma in shared:
            pieces += [(text.value[at : token.start], False), (text.value[token.start : token.end], True)]
            at = token.end
    return tuple(piece for piece in (*pieces, (text.value[at:], False)) if piece[0])
