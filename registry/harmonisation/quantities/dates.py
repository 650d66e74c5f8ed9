"""Dates, days of any year ("innen 31. mars") and times of the day ("etter kl. 22") as limits."""

import re
from collections.abc import Iterator
from datetime import date

from registry.harmonisation.packs import table, words
from registry.harmonisation.quantities import patterns
from registry.harmonisation.quantities.comparators import comparator, interval
from registry.harmonisation.quantities.context import is_cited_date
from registry.harmonisation.quantities.model import Quantity
from registry.harmonisation.words import stop_words

_LEAP_YEAR = 2000
_DAY = 24 * 60
_BACK = 24
_FIGURE = re.compile(r"\d")


def dates(text: str, language: str) -> Iterator[Quantity]:
    """The dates of a text that bound something; a date without comparator does not, but for a day of any year."""
    if not _FIGURE.search(text):
        return
    ends: list[tuple[re.Match[str], str, float]] = []
    for match in patterns.date(language).finditer(text):
        if match["only"]:
            yield from _year(text, match, language)
            continue
        if match["hour2"]:
            yield _hours(match)
            continue
        kind, amount = _read(match, language)
        if amount is None or is_cited_date(text, *match.span(), language):
            continue
        if ends and ends[-1][1] == kind and _joined(text, ends[-1][0], match, language):
            first, _, low = ends.pop()
            yield _span(kind, low, amount, first.start(), match.end())
            continue
        ends.append((match, kind, amount))
        symbol, start, end, word = comparator(text, *match.span(), "", language)
        bounds = (word or kind == "day of year") and not _either_side(text, start, language)
        if bounds and not _opens_span(text, match, language):
            yield Quantity(kind, interval(symbol, amount), symbol, amount, kind, start, end)


def _hours(match: re.Match[str]) -> Quantity:
    """The hours between two times of the day that one word for the clock stands before."""
    low, high = (60.0 * int(match[f"hour{end}"]) + int(match[f"minute{end}"] or 0) for end in ("", "2"))
    return _span("time of day", low, high, *match.span())


def _span(kind: str, low: float, upper: float, start: int, end: int) -> Quantity:
    """What lies between two ends; the hours of a night end on the next day."""
    high = upper + _DAY if kind == "time of day" and upper < low else upper
    return Quantity(kind, interval("", low, high), "range", low, kind, start, end, upper=upper)


def _year(text: str, match: re.Match[str], language: str) -> Iterator[Quantity]:
    """A year that bounds: "før 1900" is before its first day, "etter 1945" after its last."""
    symbol, start, end, word = comparator(text, *match.span(), "", language)
    if word not in words(language, "context", "year_words") or _measures(text, match, language):
        return
    older = word in words(language, "context", "older_words")
    symbol = {">": "<", "<": ">"}.get(symbol, symbol) if older else symbol
    day = _ordinal(int(match["only"]), *((12, 31) if symbol in {">", "<="} else (1, 1)))
    if day is not None:
        yield Quantity("date", interval(symbol, day), symbol, day, "date", start, end)


def _measures(text: str, match: re.Match[str], language: str) -> bool:
    """Whether a number counts something and is no year: "etter 2000 timer", "før 1500 passasjerer"."""
    following = re.match(r"\s+([^\W\d_]+)", text[match.end() :])
    return following is not None and following[1].lower() not in stop_words(language)


def _either_side(text: str, start: int, language: str) -> bool:
    """Whether a comparator takes back the one before it: "før eller etter 1. mai" bounds nothing."""
    left = text[max(0, start - _BACK) : start].rstrip().lower()
    joiners = tuple(f" {word}" for word in words(language, "clauses", "joiners"))
    return left.endswith(joiners) and left.rsplit(" ", 1)[0].endswith(tuple(words(language, "context", "date_words")))


def _opens_span(text: str, match: re.Match[str], language: str) -> bool:
    """Whether the date is the first end of a span, which is yielded with its second end."""
    following = patterns.date(language).search(text, match.end())
    return following is not None and _joined(text, match, following, language)


def _joined(text: str, first: re.Match[str], second: re.Match[str], language: str) -> bool:
    """Whether two dates are the ends of one span: "mellom kl. 21 og kl. 06", "fra 1. mai til 1. september"."""
    between = " ".join(text[first.end() : second.start()].lower().split())
    return between in {"-", "–", *words(language, "spans", "join")}


def _read(match: re.Match[str], language: str) -> tuple[str, float | None]:
    """What kind of time it is, and its value: days since year one, day of a leap year, or minutes since midnight."""
    if match["hour"]:
        return "time of day", 60.0 * int(match["hour"]) + int(match["minute"] or 0)
    if match["day"] and not match["year"]:
        day = _ordinal(_LEAP_YEAR, _month(match["month"], language), int(match["day"]))
        return "day of year", None if day is None else day - date(_LEAP_YEAR, 1, 1).toordinal() + 1
    if match["iso"]:
        return "date", _ordinal(*map(int, match["iso"].split("-")))
    if match["day2"]:
        return "date", _ordinal(int(match["year2"]), int(match["month2"]), int(match["day2"]))
    return "date", _ordinal(int(match["year"]), _month(match["month"], language), int(match["day"]))


def _month(name: str, language: str) -> int:
    months: list[list[str]] = table(language)["months"]
    return next(number for number, names in enumerate(months, 1) if name.lower() in names)


def _ordinal(year: int, month: int, day: int) -> float | None:
    """The date as days since year one; None if there is no such day."""
    try:
        return float(date(year, month, day).toordinal())
    except ValueError:
        return None
