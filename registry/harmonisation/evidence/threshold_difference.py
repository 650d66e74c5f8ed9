"""ThresholdDifference: both definitions set a limit on the same thing, and the limits differ.

Limits meet only in their family (age with age, share with share). What both texts share is taken away first; of what
is left, two limits are held against each other if they bound from the same side and stand among the same words, or
if there is nothing else that they could be about.
"""

from registry.harmonisation.evidence.base import Example, comparable
from registry.harmonisation.quantities import Quantity, quantities
from registry.harmonisation.quantities.phrasing import name, words
from registry.harmonisation.records import DefinitionRecord, Evidence, Severity
from registry.harmonisation.words import content_lemmas, family

_SHORT = 4
"""A definition of so few content words is about its limit and nothing else."""
_BARE = 2
"""A value without comparator counts only where it shares so many words with the other side."""
_TAIL, _PAIR = 6, 2
_SENTENCES = {
    "nb": "{name} er {a} i den ene og {b} i den andre.",
    "nn": "{name} er {a} i den eine og {b} i den andre.",
    "en": "{name} is {a} in one and {b} in the other.",
}


class ThresholdDifference:
    """Differing limits: ages, durations, amounts, shares, dates, measures, numbers of things."""

    code = "ThresholdDifference"
    norm = "ISO 704:2022, 6.4 (delimiting characteristics); de Marneffe, Rafferty and Manning 2008 (numeric mismatch)"
    severity: Severity = "major"
    telling = 90
    labels = {"nb": "Ulike grenser", "nn": "Ulike grenser", "en": "Different thresholds"}  # noqa: RUF012 - a constant
    examples = (
        Example("ungdomskort", "kort for person under 20 år", "kort for person under 25 år", trips=True),
        Example(
            "deltidselev",
            "elev med minst 40 prosent av full plan",
            "elev med minst halvparten av full plan",
            trips=True,
        ),
        Example("småbåt", "båt med lengde under 8 meter", "båt med lengde på høyst 15 meter", trips=True),
        Example(
            "storkunde",
            "kunde med kjøp over 2 G i året",
            "kunde med kjøp over to ganger grunnbeløpet i året",
            trips=False,
        ),
        Example("langtidsleie", "leie i minst ett år", "leie i minst 12 måneder", trips=False),
        Example("voksen", "person over 18 år", "person som har fylt 18 år", trips=False),
        Example("korttidsopphold", "opphold under 3 måneder for barn", "opphold for barn under 3 år", trips=False),
        Example(
            "sesongkort", "kort etter lov 3. mars 2001 nr. 5 § 4", "kort etter lov 9. mai 2008 nr. 7 § 6", trips=False
        ),
        Example(
            "youth ticket",
            "ticket for a person under 20 years of age",
            "ticket for a person under 26 years of age",
            trips=True,
            language="en",
        ),
    )

    def find(self, a: DefinitionRecord, b: DefinitionRecord) -> list[Evidence]:
        """Pairs of limits that differ."""
        if not comparable(a, b):
            return []
        space = family(a.language)
        mine, theirs = quantities(a.text, space), quantities(b.text, space)
        if not mine or not theirs:
            return []
        return [_evidence(first, second) for first, second in differing(a, b, mine, theirs)]


def differing(
    a: DefinitionRecord, b: DefinitionRecord, mine: tuple[Quantity, ...], theirs: tuple[Quantity, ...]
) -> list[tuple[Quantity, Quantity]]:
    """Limits of a and b that are about the same thing and differ, in the order of a's text."""
    left = [quantity for quantity in mine if not any(_agree(quantity, other) for other in theirs)]
    right = [quantity for quantity in theirs if not any(_agree(quantity, other) for other in mine)]
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
    return sorted(pairs, key=lambda pair: (pair[0].start, pair[1].start))


def _agree(a: Quantity, b: Quantity) -> bool:
    return a.family == b.family and a.same_limit(b)


def _about_the_same(
    a: DefinitionRecord, b: DefinitionRecord, first: Quantity, second: Quantity, *, alone: bool
) -> float:
    """How surely two limits are about one thing; 0 if not. `alone`: no other limit of their family is left over."""
    if first.family != second.family or not _same_side(first, second):
        return 0.0
    space = family(a.language)
    term = frozenset(content_lemmas(a.term, space)) | frozenset(content_lemmas(b.term, space))
    here, there = first.context - term, second.context - term
    shared = min(_shared(here, there), _shared(there, here))
    short = min(len(content_lemmas(a.text, space)), len(content_lemmas(b.text, space))) <= _SHORT
    bare = "exact" in {first.interval.direction, second.interval.direction}
    if bare and shared < _BARE and not short:
        return 0.0
    if shared == 0 and not (alone and (short or first.family == "age")):
        return 0.0
    union = len(first.context | second.context) or 1
    return shared / union + 0.1 * alone + 0.01


def _shared(words: frozenset[str], others: frozenset[str]) -> int:
    """How many words have a partner: the same lemma, or a compound with the same last part."""
    return sum(any(word == other or _compound(word, other) for other in others) for word in words)


def _compound(word: str, other: str) -> bool:
    shorter, longer = sorted((word, other), key=len)
    return len(shorter) >= _TAIL and longer.endswith(shorter)


def _same_side(a: Quantity, b: Quantity) -> bool:
    """Limits from below and from above say different things; "3 år" may well mean "minst 3 år"."""
    directions = {a.interval.direction, b.interval.direction}
    if "exact" in directions and len(directions) > 1 and a.amount == b.amount and a.unit == b.unit:
        return False
    return directions != {"lower", "upper"}


def _evidence(first: Quantity, second: Quantity) -> Evidence:
    sentences = {
        language: sentence.format(
            name=name(first.family, language), a=words(first, language), b=words(second, language)
        )
        for language, sentence in _SENTENCES.items()
    }
    return Evidence(
        ThresholdDifference.code,
        sentences,
        (first.start, first.end),
        (second.start, second.end),
        words(first, "nb"),
        words(second, "nb"),
    )
