"""The numbers that a limit lets through, and what can be said of two such: plain arithmetic, no rounding."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

_SIGNS = {"minInclusive": "≥", "minExclusive": ">", "maxInclusive": "≤", "maxExclusive": "<"}


@dataclass(frozen=True, slots=True)
class Bounds:
    """From `low` to `high`; None is unbounded, `closed` says whether the bound itself is let through.

    `whole`: only whole numbers are values; then both bounds are whole and closed.
    """

    low: Decimal | None = None
    low_closed: bool = False
    high: Decimal | None = None
    high_closed: bool = False
    whole: bool = False

    @property
    def empty(self) -> bool:
        """Whether no number is let through."""
        return not _reach(self, self)

    def within(self, other: "Bounds") -> bool:
        """Whether every number that is let through here is let through there."""
        below = other.low is None or (
            self.low is not None
            and (self.low > other.low or (self.low == other.low and other.low_closed >= self.low_closed))
        )
        above = other.high is None or (
            self.high is not None
            and (self.high < other.high or (self.high == other.high and other.high_closed >= self.high_closed))
        )
        return below and above

    def apart(self, other: "Bounds") -> bool:
        """Whether no number is let through by both."""
        return not (_reach(self, other) and _reach(other, self))

    def facets(self) -> Iterator[tuple[str, Decimal]]:
        """The bounds as facets of XML Schema: the name of the facet and its value."""
        if self.low is not None:
            yield "minInclusive" if self.low_closed else "minExclusive", self.low
        if self.high is not None:
            yield "maxInclusive" if self.high_closed else "maxExclusive", self.high

    @property
    def formula(self) -> str:
        """The bounds as a restriction is written: "≥ 13, < 18"."""
        return ", ".join(f"{_SIGNS[name]} {plain(value)}" for name, value in self.facets())

    def as_json(self) -> dict[str, Any]:
        """Facets as strings, so that no number is rounded."""
        return {name: plain(value) for name, value in self.facets()}


def of_facets(facets: dict[str, Decimal], *, whole: bool) -> Bounds:
    """The bounds that such facets set."""
    low = facets.get("minInclusive", facets.get("minExclusive"))
    high = facets.get("maxInclusive", facets.get("maxExclusive"))
    return Bounds(low, "minInclusive" in facets, high, "maxInclusive" in facets, whole)


def plain(number: Decimal) -> str:
    """A number in the plain notation of xsd:decimal: no exponent, no zeros behind."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _reach(lower: Bounds, upper: Bounds) -> bool:
    """Whether a number lies above the low bound of one and below the high bound of the other."""
    if lower.low is None or upper.high is None:
        return True
    return lower.low < upper.high or (lower.low == upper.high and lower.low_closed and upper.high_closed)
