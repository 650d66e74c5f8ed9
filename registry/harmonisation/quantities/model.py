"""A limit as typed values: what is measured, between which bounds, in which words.

The bounds are in the family's base unit (days, kroner, per cent, metres ...); None is unbounded.
"""

import math
from dataclasses import dataclass

_TOLERANCE = 1e-6
_YEAR = 365.25
_SHARE_TOLERANCE = 0.002
"""A third is 33.3 per cent."""
_CALENDAR_TOLERANCE = 0.02
"""Four weeks and twenty-eight days are equal, one year and 365 days are, one month and four weeks are not."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The values that a limit lets through; `closed` says whether the bound itself is one of them."""

    low: float | None = None
    low_closed: bool = False
    high: float | None = None
    high_closed: bool = False

    @property
    def exact(self) -> bool:
        """Whether one value only is let through."""
        return self.low is not None and self.low == self.high

    @property
    def direction(self) -> str:
        """The side that is bounded: "lower", "upper", "range" or "exact"."""
        if self.exact:
            return "exact"
        if self.low is not None and self.high is not None:
            return "range"
        return "upper" if self.low is None else "lower"

    def holds(self, other: "Interval") -> bool:
        """Whether every value that the other lets through is let through here."""
        below = self.low is None or (
            other.low is not None
            and (other.low > self.low or (other.low == self.low and self.low_closed >= other.low_closed))
        )
        above = self.high is None or (
            other.high is not None
            and (other.high < self.high or (other.high == self.high and self.high_closed >= other.high_closed))
        )
        return below and above


def _same_bound(a: float | None, b: float | None, tolerance: float) -> bool:
    if a is None or b is None:
        return a is b
    return math.isclose(a, b, rel_tol=tolerance, abs_tol=1e-9)


def _same_age(a: Interval, b: Interval) -> bool:
    """Whether two spans of age end alike: "13 til 17 år" is all who have not turned 18."""
    first, second = ((each.high or 0.0) + _YEAR * each.high_closed for each in (a, b))
    return _same_bound(a.high, b.high, _TOLERANCE) or _same_bound(first, second, _TOLERANCE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One limit. `family` is what can be compared ("age", "duration", "money", "count passasjer" ...).

    `comparator` is one of >=, >, <=, <, =, range; `amount` and `upper` (for a range) are in `unit`; `unit` is a key
    of language/units.toml, or the noun that is counted. `context` holds the lemmas around it.
    """

    family: str
    interval: Interval
    comparator: str
    amount: float
    unit: str
    start: int
    end: int
    upper: float | None = None
    context: frozenset[str] = frozenset()

    def same_limit(self, other: "Quantity") -> bool:
        """Whether both let the same values through."""
        tolerance = _SHARE_TOLERANCE if self.family == "share" else _TOLERANCE
        if self.family in {"duration", "window"} and self.unit != other.unit:
            tolerance = _CALENDAR_TOLERANCE
        mine, theirs = self.interval, other.interval
        same = _same_bound(mine.low, theirs.low, tolerance) and _same_bound(mine.high, theirs.high, tolerance)
        if self.family == "age" and mine.direction == theirs.direction == "range":
            return _same_bound(mine.low, theirs.low, tolerance) and _same_age(mine, theirs)
        if tolerance == _CALENDAR_TOLERANCE:  # whether half a year itself is more than 26 weeks is nobody's question
            return same and mine.direction == theirs.direction
        return (
            same
            and (mine.low is None or mine.low_closed == theirs.low_closed)
            and (mine.high is None or mine.high_closed == theirs.high_closed)
        )
