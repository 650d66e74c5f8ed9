"""The comparator of a number: before it ("ikke mindre enn 5"), inside ("10 eller flere prosent") or behind it."""

from typing import NamedTuple

from registry.harmonisation.packs import may_say
from registry.harmonisation.quantities import patterns
from registry.harmonisation.quantities.model import Interval

_BACK = 56


class Compared(NamedTuple):
    """The symbol, where the limit starts and ends with its comparator, and the comparator's words ("" if none)."""

    symbol: str
    start: int
    end: int
    word: str


def comparator(text: str, start: int, end: int, inside: str, language: str) -> Compared:
    """The comparator of the number at a place; `inside` is what stands between number and unit."""
    for pattern, symbol in patterns.after(language):
        if inside and pattern.fullmatch(inside):
            return Compared(symbol, start, end, inside.lower())
        if match := pattern.match(text, end):
            return Compared(symbol, start, match.end(), match.group().strip(" ,").lower())
    offset = max(0, start - _BACK)
    left = text[offset:start]
    best: Compared | None = None
    place = len(left)
    for (pattern, symbol), name in zip(patterns.before(language), patterns.SYMBOLS, strict=True):
        found = pattern.search(left) if may_say(text, language, "before", name) else None
        if found is not None and found.start("comparator") < place:
            place = found.start("comparator")
            sign = patterns.NEGATED[symbol] if found["negation"] or found["late"] else symbol
            best = Compared(sign, offset + found.start(), end, " ".join(found["comparator"].lower().split()))
    return best or _behind_noun(text, start, end, language) or Compared("=", start, end, "")


def _behind_noun(text: str, start: int, end: int, language: str) -> Compared | None:
    """The comparator that stands behind what is measured, if there is one; the limit ends before what is measured."""
    for pattern, symbol in patterns.after_noun(language):
        if match := pattern.match(text, end):
            return Compared(symbol, start, end, match["comparator"].lower())
    return None


def interval(symbol: str, low: float, high: float | None = None) -> Interval:
    """What a comparator lets through; with `high` a span, both ends of which belong to it."""
    if high is not None:
        return Interval(low=low, low_closed=True, high=high, high_closed=True)
    match symbol:
        case ">=" | ">":
            return Interval(low=low, low_closed=symbol == ">=")
        case "<=" | "<":
            return Interval(high=low, high_closed=symbol == "<=")
        case _:
            return Interval(low=low, low_closed=True, high=low, high_closed=True)
