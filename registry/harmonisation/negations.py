"""What one of two texts denies and the other says: "som er bosatt" and "som ikke er bosatt", "med" and "uten".

Or what both say in opposite words: "avhengig" and "uavhengig", "offentlig" and "privat".
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from registry.harmonisation.packs import pattern, words
from registry.harmonisation.quantities import quantities
from registry.harmonisation.records import Span
from registry.harmonisation.words import Token, lemma, lemma_set, stop_words, tokens

_LONGEST = 3
"""So many words may differ where one text has the word that denies: "gis uten" for "ytes mot"."""
_ALIKE = 0.6
"""Texts that share so much, word by word in order, say a thing or deny it; others only happen to meet in a word."""
_NEAR = 4
"""What a word denies stands within so many words behind it."""


@dataclass(frozen=True, slots=True)
class Denial:
    """What one text denies and the other says: the word that denies to the first content word behind it.

    `said` is what stands there in the other text; `text` and `other` are the two as they stand.
    """

    denied: Span
    said: Span
    text: str
    other: str


@cache
def _deniers(language: str) -> frozenset[str]:
    found = (*words(language, "clauses", "not"), *words(language, "before", "negation"))
    return frozenset(lemma(word, language) for word in found)


@lru_cache(maxsize=8_000)
def denials(text: str, language: str) -> int:
    """How many words of a text deny something, those of its limits ("ikke over 18 år") aside."""
    return sum(1 for _ in _denying(text, language))


def _denying(text: str, language: str) -> Iterator[Token]:
    limits = [(each.start, each.end) for each in quantities(text, language)]
    for token in tokens(text, language):
        limit = any(start <= token.start < end for start, end in limits)
        if token.lemma in _deniers(language) and not limit:
            yield token


def denied_by_first(a: str, b: str, language: str) -> Iterator[Denial]:
    """What a denies and b says in the same place, what follows being the same in both."""
    if denials(a, language) <= denials(b, language):
        return
    mine, theirs = tokens(a, language), tokens(b, language)
    denying = set(_denying(a, language))
    for start, end, other_start, other_end in _partings(mine, theirs):
        if end == start:
            continue
        place = _denies_last(mine, start, end, denying, language)
        if place is None or _either(mine, place, language):
            continue
        first, second = _content(mine, end, language), _content(theirs, other_end, language)
        if first and second and first.lemma == second.lemma:
            denied, said = (mine[place].start, first.end), (theirs[other_start].start, second.end)
            if not _denied(b, theirs, second, language):
                yield Denial(denied, said, a[slice(*denied)], b[slice(*said)])


def opposed(a: str, b: str, language: str) -> Iterator[Denial]:
    """What a says in one word and b, in the same place, in its opposite; neither has the other's word anywhere."""
    if not _has_opposites(lemma_set(a, language), lemma_set(b, language), language):
        return
    mine, theirs = tokens(a, language), tokens(b, language)
    if denials(a, language) != denials(b, language):
        return
    for start, end, other_start, other_end in _partings(mine, theirs):
        for first in mine[start:end]:
            for second in theirs[other_start:other_end]:
                if opposites(first.lemma, second.lemma, language):
                    yield Denial((first.start, first.end), (second.start, second.end), first.text, second.text)


def _partings(mine: tuple[Token, ...], theirs: tuple[Token, ...]) -> Iterator[tuple[int, int, int, int]]:
    """Where two texts that have most words in common part for a few: the places in the one and in the other."""
    matcher = SequenceMatcher(None, [each.lemma for each in mine], [each.lemma for each in theirs], autojunk=False)
    if matcher.quick_ratio() < _ALIKE or matcher.ratio() < _ALIKE:
        return
    for operation, start, end, other_start, other_end in matcher.get_opcodes():
        if operation != "equal" and max(end - start, other_end - other_start) <= _LONGEST:
            yield start, end, other_start, other_end


@lru_cache(maxsize=100_000)
def opposites(a: str, b: str, language: str) -> bool:
    """Whether one of two lemmas denies the other."""
    shorter, longer = sorted((a, b), key=len)
    if shorter != longer and any(longer == prefix + shorter for prefix in words(language, "opposites", "prefixes")):
        return True
    return frozenset((a, b)) in _opposite_pairs(language)


@cache
def _opposite_pairs(language: str) -> frozenset[frozenset[str]]:
    pairs: list[list[str]] = words(language, "opposites", "pairs")  # type: ignore[assignment] # pairs of words
    return frozenset(frozenset(lemma(word, language) for word in pair) for pair in pairs)


@cache
def _opposing(language: str) -> frozenset[str]:
    return frozenset(word for pair in _opposite_pairs(language) for word in pair)


def _has_opposites(first: frozenset[str], second: frozenset[str], language: str) -> bool:
    """Whether one has a word of which the other has the opposite, and neither has both."""
    mine, theirs = first - second, second - first
    prefixes = words(language, "opposites", "prefixes")
    if any(
        prefix + word in other for one, other in ((mine, theirs), (theirs, mine)) for word in one for prefix in prefixes
    ):
        return True
    return bool(mine & _opposing(language)) and bool(theirs & _opposing(language))


def _denies_last(
    found: tuple[Token, ...], start: int, end: int, denying: AbstractSet[Token], language: str
) -> int | None:
    """Where the one word of a piece stands that denies, nothing behind it but an infinitive's mark; else None."""
    places = [place for place in range(start, end) if found[place] in denying]
    marks = words(language, "clauses", "infinitive")
    if len(places) != 1 or any(token.text.casefold() not in marks for token in found[places[0] + 1 : end]):
        return None
    return places[0]


def _either(found: tuple[Token, ...], place: int, language: str) -> bool:
    """Whether what is denied is said as well: "med og uten"."""
    return place > 0 and found[place - 1].text.lower() in words(language, "clauses", "joiners")


def _denied(text: str, found: tuple[Token, ...], said: Token, language: str) -> bool:
    """Whether the other text denies it after all: "unntatt tog", "verken tog"."""
    before = found[max(0, found.index(said) - _NEAR) : found.index(said)]
    denies = any(token.lemma in _deniers(language) for token in before)
    begin = before[0].start if before else said.start
    return denies or pattern(language, "exclusion", "after").search(text, begin, said.end) is not None


def _content(found: tuple[Token, ...], place: int, language: str) -> Token | None:
    """The first content word from a place on, if it is near."""
    stop = stop_words(language)
    near = found[place : place + _NEAR]
    return next((token for token in near if token.lemma not in stop and token.text.casefold() not in stop), None)
