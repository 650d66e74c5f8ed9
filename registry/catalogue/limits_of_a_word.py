"""The limits that the definitions of a word set, one line each on a common scale: ages, amounts, shares, lengths ..."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from registry.catalogue.readings import Reading
from registry.catalogue.texts import Language
from registry.harmonisation.quantities import Quantity, quantities
from registry.harmonisation.quantities.phrasing import name, words
from registry.harmonisation.words import family

_LONGEST = 5_000
"""Characters of a text in which limits are sought."""
_MARGIN, _THIN = 0.1, 1.5
"""What is left free beside the outermost bounds, as a share; the width of a single value, in per cent."""
_TIMES = frozenset({"date", "day of year", "time of day"})
"""Scales that do not begin at zero."""


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One limit: the number of its wording, since when it holds, its words; its bar's start and width in per cent."""

    reading: Reading
    since: str
    words: str
    start: float
    width: float

    def as_json(self) -> dict[str, Any]:
        """The wording's number, the date, the limit in words."""
        return {"reading": self.reading.number, "since": self.since, "limit": self.words}


@dataclass(frozen=True, slots=True)
class LimitChart:
    """The limits of one kind, the oldest first."""

    name: str
    lines: tuple[LimitLine, ...]

    def as_json(self) -> dict[str, Any]:
        """What the limits are called, and each of them."""
        return {"name": self.name, "limits": [line.as_json() for line in self.lines]}


def limit_charts(found: Iterable[Reading], language: Language) -> list[LimitChart]:
    """A chart for each kind of limit that two wordings or more set."""
    kinds: dict[str, list[tuple[Reading, Quantity]]] = {}
    for reading in found:
        if len(reading.text.value) <= _LONGEST:
            for quantity in quantities(reading.text.value, family(reading.text.language)):
                kinds.setdefault(quantity.family, []).append((reading, quantity))
    several = {kind: held for kind, held in kinds.items() if len({reading.number for reading, _ in held}) > 1}
    return [LimitChart(name(kind, language), tuple(_lines(kind, held, language))) for kind, held in several.items()]


def _lines(kind: str, held: list[tuple[Reading, Quantity]], language: Language) -> Iterator[LimitLine]:
    """The limits on a scale that all of their bounds fit on."""
    bounds = [bound for _, quantity in held for bound in _bounds(quantity)]
    least = min(bounds) if kind in _TIMES else min(0.0, *bounds)
    span = (max(bounds) - least) or 1.0
    left, right = least - _MARGIN * span * (kind in _TIMES), max(bounds) + _MARGIN * span
    for reading, quantity in sorted(held, key=lambda each: (_since(each[0]) or "9", each[0].number)):
        low, high = quantity.interval.low, quantity.interval.high
        start, end = (100 * ((left if low is None else low) - left), 100 * ((right if high is None else high) - left))
        width = max((end - start) / (right - left), _THIN)
        yield LimitLine(reading, _since(reading), words(quantity, language), start / (right - left), width)


def _bounds(quantity: Quantity) -> list[float]:
    return [bound for bound in (quantity.interval.low, quantity.interval.high) if bound is not None]


def _since(reading: Reading) -> str:
    """The first day on which anybody defines the word so."""
    return min((holder.since for holder in reading.holders if holder.since), default="")
