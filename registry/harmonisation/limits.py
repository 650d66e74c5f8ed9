"""Which limits of two definitions are about the same thing and differ."""

from functools import lru_cache

from registry.harmonisation.quantities import Quantity, quantities
from registry.harmonisation.records import DefinitionRecord
from registry.harmonisation.words import content_lemmas, family, stop_words, tokens

_SHORT = 4
"""A definition of so few content words is about its limit and nothing else."""
_BARE = 2
"""A value without comparator counts only where it shares so many words with the other side (one, if both are alone)."""
_TAIL, _STEM, _PAIR = 6, 6, 2
_CORE = 0.25
"""Definitions that share so much are about one thing, and so are the only limits of a family in them."""
_OF_A_DAY, _OF_THE_CALENDAR = (
    frozenset({"hour", "minute", "second"}),
    frozenset({"month", "year", "quarter", "half_year"}),
)
_MOST = 40
"""Limits of one text that are held against the other's; no definition has so many, and a hostile one costs no more."""


def differing(
    a: DefinitionRecord, b: DefinitionRecord, mine: tuple[Quantity, ...], theirs: tuple[Quantity, ...]
) -> list[tuple[Quantity, Quantity]]:
    """Limits of a and b that are about the same thing and differ, in the order of a's text."""
    if b.text < a.text:  # so that ties fall the same way from both sides
        return sorted(((first, second) for second, first in differing(b, a, theirs, mine)), key=_in_order)
    left = [quantity for quantity in mine if not any(_agree(quantity, other) for other in theirs)][:_MOST]
    right = [quantity for quantity in theirs if not any(_agree(quantity, other) for other in mine)][:_MOST]
    candidates = []
    for first in left:
        for second in right:
            alone = sum(quantity.family == first.family for quantity in [*left, *right]) == _PAIR
            score = _about_the_same(a, b, first, second, alone=alone)
            if score > 0:
                low, high = sorted((first.start, second.start))
                candidates.append((-score, low + high, low, first, second))
    candidates.sort(key=lambda candidate: candidate[:3])
    taken: list[Quantity] = []
    pairs = []
    for *_, first, second in candidates:
        if first not in taken and second not in taken:
            taken += [first, second]
            pairs.append((first, second))
    return sorted(pairs, key=_in_order)


def nothing_else(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    """Whether both texts set limits and say the same beside them, word for word."""
    return (
        bool(quantities(a.text, family(a.language)))
        and bool(quantities(b.text, family(b.language)))
        and beside(a.text, family(a.language)) == beside(b.text, family(b.language))
    )


def same_limits(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    """Whether each limit of one stands in the other too, in whatever words."""
    mine, theirs = quantities(a.text, family(a.language)), quantities(b.text, family(b.language))
    return all(any(_agree(one, other) for other in theirs) for one in mine) and all(
        any(_agree(one, other) for other in mine) for one in theirs
    )


@lru_cache(maxsize=8_000)
def beside(text: str, language: str) -> tuple[str, ...]:
    """The content words outside the limits, in order."""
    limits = [(each.start, each.end) for each in quantities(text, language)]
    stop = stop_words(language)
    return tuple(
        token.lemma
        for token in tokens(text, language)
        if not any(start < token.end and token.start < end for start, end in limits)
        and token.lemma not in stop
        and token.text.casefold() not in stop
    )


def _in_order(pair: tuple[Quantity, Quantity]) -> tuple[int, int]:
    return pair[0].start, pair[1].start


def _agree(a: Quantity, b: Quantity) -> bool:
    return a.family == b.family and a.same_limit(b)


def _about_the_same(
    a: DefinitionRecord, b: DefinitionRecord, first: Quantity, second: Quantity, *, alone: bool
) -> float:
    """How surely two limits are about one thing; 0 if not. `alone`: no other limit of their family is left over."""
    if first.family != second.family or not _same_side(first, second):
        return 0.0
    return of_one_thing(a, b, first, second, alone=alone)


def of_one_thing(a: DefinitionRecord, b: DefinitionRecord, first: Quantity, second: Quantity, *, alone: bool) -> float:
    """How surely two limits of one family bound the same thing, from whatever side, by the words around them."""
    space = family(a.language)
    term = frozenset(content_lemmas(a.term, space)) | frozenset(content_lemmas(b.term, space))
    here, there = (
        frozenset(word for word in side.context if not any(part.endswith(word) for part in term))
        for side in (first, second)
    )
    shared = min(_shared(here, there), _shared(there, here))
    short = min(len(content_lemmas(a.text, space)), len(content_lemmas(b.text, space))) <= _SHORT
    bare = "exact" in {first.interval.direction, second.interval.direction}
    if bare and shared < (1 if alone else _BARE) and not short:
        return 0.0
    if shared == 0 and not (alone and (short or first.family == "age" or (not bare and common_core(a, b)))):
        return 0.0
    union = len(first.context | second.context) or 1
    return shared / union + 0.1 * alone + 0.01


def _shared(words: frozenset[str], others: frozenset[str]) -> int:
    """How many words have a partner: the same lemma, a compound with the same last part, another word of the stem."""
    return sum(any(word == other or _akin(word, other) for other in others) for word in words)


def _akin(word: str, other: str) -> bool:
    shorter, longer = sorted((word, other), key=len)
    return (len(shorter) >= _TAIL and longer.endswith(shorter)) or (
        len(shorter) >= _STEM and longer.startswith(shorter[:_STEM])
    )


def common_core(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    """Whether two definitions have so much in common that what only one says tells something."""
    space = family(a.language)
    first, second = frozenset(content_lemmas(a.text, space)), frozenset(content_lemmas(b.text, space))
    shorter, longer = sorted((first, second), key=len)
    return bool(shorter) and sum(word in longer for word in shorter) / len(shorter) >= _CORE


def _same_side(a: Quantity, b: Quantity) -> bool:
    """Limits from below and from above say different things; "3 år" may well mean "minst 3 år".

    Hours of work and months of the calendar are both durations, but nobody bounds one by the other.
    """
    if (
        a.family == "duration"
        and (a.unit in _OF_A_DAY) != (b.unit in _OF_A_DAY)
        and {a.unit, b.unit} & _OF_THE_CALENDAR
    ):
        return False
    directions = {a.interval.direction, b.interval.direction}
    if "exact" in directions and len(directions) > 1 and a.amount == b.amount and a.unit == b.unit:
        return False
    return directions != {"lower", "upper"}
