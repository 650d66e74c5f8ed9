"""Two bounds of one thing that stand beside each other: "minst 5 og høyst 15 meter", "fylt 13 år, men ikke 18 år".

They are one span, whether the first has its unit by itself or leaves it to the second.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from registry.harmonisation.quantities import patterns
from registry.harmonisation.quantities.comparators import comparator, interval
from registry.harmonisation.quantities.model import Interval, Quantity
from registry.harmonisation.quantities.numbers import value

_BACK = 80


class Bound(NamedTuple):
    """The symbol, the amount, where it starts and ends with its comparator, and the comparator's words.

    `denies_next`: the next number, which has no comparator of its own, is not reached.
    """

    symbol: str
    amount: float
    start: int
    end: int
    word: str
    denies_next: bool


def bound_before(text: str, start: int, language: str) -> Bound | None:
    """The bound that ends where the limit at `start` begins; None where there is none."""
    offset = max(0, start - _BACK)
    match = patterns.elliptical(language).search(text[offset:start])
    amount = value(match["number"], language) if match else None
    if match is None or amount is None:
        return None
    place = offset + match.start("number"), offset + match.end("number")
    symbol, begin, end, word = comparator(text, *place, "", language)
    return Bound(symbol, amount, begin, end, word, match["denied"] is not None) if word else None


def aged(quantity: Quantity) -> Quantity:
    """An age's limit: years are whole, so "over 18" is "fylt 18" and "17 år eller yngre" is "under 18"."""
    bounds = quantity.interval
    if bounds.direction == "lower":
        bounds = replace(bounds, low_closed=True)
    elif bounds.direction == "upper" and bounds.high is not None and quantity.comparator == "<=":
        bounds = Interval(high=bounds.high * (quantity.amount + 1) / quantity.amount if quantity.amount else None)
    return replace(quantity, family="age", interval=bounds)


def joined(first: Quantity, second: Quantity) -> Iterator[Quantity]:
    """A span, where one of two limits bounds from below and the next from above; else both. Ages are whole years."""
    low, high = first.interval, second.interval
    if (low.direction, high.direction) != ("lower", "upper") or (low.low or 0.0) >= (high.high or 0.0):
        yield from (first, second)
        return
    upper = second.amount - (second.family == "age" and second.comparator == "<")
    bounds = Interval(low.low, low.low_closed, high.high, high.high_closed)
    yield replace(first, interval=bounds, comparator="range", upper=upper, end=second.end)


def beside(text: str, found: Iterable[Quantity], language: str) -> Iterator[Quantity]:
    """The limits of a text in their order, those of one thing that stand beside each other as one."""
    last: Quantity | None = None
    for quantity in found:
        joint = patterns.joint(language).fullmatch(text, last.end, quantity.start) if last else None
        if last is None or joint is None or not _of_one_thing(last, quantity):
            if last:
                yield last
            last = quantity
            continue
        *before, last = joined(*_alike(last, quantity, denied=joint["denied"] is not None))
        yield from before
    if last:
        yield last


def _of_one_thing(first: Quantity, second: Quantity) -> bool:
    return first.unit == second.unit and {first.family, second.family} <= {first.family, "age", "duration"}


def _alike(first: Quantity, second: Quantity, *, denied: bool) -> tuple[Quantity, Quantity]:
    """The two in one family: years beside an age are one too; a value that is not reached bounds from above."""
    if denied and second.comparator == "=":
        second = replace(second, comparator="<", interval=interval("<", second.interval.low or 0.0))
    ages = "age" in {first.family, second.family}
    one, other = (aged(each) if ages and each.family != "age" else each for each in (first, second))
    return one, other
