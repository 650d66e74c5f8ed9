"""What one of two texts denies and the other says: "som er bosatt" and "som ikke er bosatt", "med" and "uten"."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from registry.harmonisation.packs import pattern, words
from registry.harmonisation.quantities import quantities
from registry.harmonisation.records import Span
from registry.harmonisation.words import Token, lemma, stop_words, tokens

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


@lru_cache(maxsize=50_000)
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
    matcher = SequenceMatcher(None, [each.lemma for each in mine], [each.lemma for each in theirs], autojunk=False)
    if matcher.ratio() < _ALIKE:
        return
    for operation, start, end, other_start, other_end in matcher.get_opcodes():
        if operation not in {"delete", "replace"} or max(end - start, other_end - other_start) > _LONGEST:
            continue
        if [each for each in mine[start:end] if each in denying] != [mine[end - 1]] or _either(mine, end - 1, language):
            continue
        first, second = _content(mine, end, language), _content(theirs, other_end, language)
        if first and second and first.lemma == second.lemma:
            denied, said = (mine[end - 1].start, first.end), (theirs[other_start].start, second.end)
            if not _denied(b, theirs, second, language):
                yield Denial(denied, said, a[slice(*denied)], b[slice(*said)])


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
