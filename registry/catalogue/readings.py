"""A word as a drafter needs it: each wording once with all who use it, the words they share, the verdicts.

Reads: the entries of a term page, and the rows of the findings about the word.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from registry.catalogue.definitions import Definition
from registry.catalogue.footnotes import act_day, footnote
from registry.catalogue.terms import TermEntry
from registry.catalogue.texts import Language, Text, pick
from registry.harmonisation.comparison import compare
from registry.harmonisation.finding_table import FindingRow
from registry.harmonisation.reader import DefinitionSource
from registry.harmonisation.records import DefinitionRecord
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


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a comparison says of two wordings; `finding` is its IRI, "" where it was made for this page."""

    severity: str
    relation: str
    concepts: tuple[str, str]
    finding: str = ""

    def as_json(self) -> dict[str, Any]:
        """Severity, relation, the finding ("" for none)."""
        return {"severity": self.severity, "relation": self.relation, "uri": self.finding}


def verdicts(
    reader: Reader, found: Sequence[Reading], rows: Iterable[FindingRow], beside: int
) -> dict[tuple[int, int], Verdict]:
    """The verdict for pairs of wordings, by their numbers both ways: the worst finding about the two.

    Of the first `beside` wordings those that no import compared, as big words have them, are compared now.
    """
    numbers = numbers_of(found)
    cells: dict[tuple[int, int], Verdict] = {}
    for row in rows:
        first, second = (numbers.get(concept, ()) for concept in row.concepts)
        for a, b in ((a, b) for a in first for b in second if a != b):
            verdict = Verdict(row.severity, row.relation, row.concepts, row.uri)
            cells.setdefault((a, b), verdict)
            cells.setdefault((b, a), verdict)
    records = _records(reader, found[:beside])
    for a, b in combinations(sorted(records), 2):
        if (a, b) not in cells:
            compared = compare(records[a], records[b], circles=False)
            cells[a, b] = cells[b, a] = Verdict(
                compared.severity, compared.relation, (records[a].concept, records[b].concept)
            )
    return cells


def _records(reader: Reader, found: Iterable[Reading]) -> dict[int, DefinitionRecord]:
    """Each wording's first definition as it is compared; one that is too long for that is left out."""
    source = DefinitionSource(reader)
    records: dict[int, DefinitionRecord] = {}
    for reading in found:
        for record in source.records(reading.first.entry.concept.uri):
            if record.text == reading.text.value and len(record.text) <= _LONGEST:
                records.setdefault(reading.number, record)
    return records


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
