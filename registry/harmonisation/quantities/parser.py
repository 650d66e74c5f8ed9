"""Reads limits out of a definition: comparators before and behind, negation, ranges, number words, shares, dates.

Age is told from duration by the words beside it ("person under 18 år", "fylt 18 år" against "opphold over tre år").
For ages "over 18 år" and "fylt 18 år" are one limit, as they are in acts. References ("§ 3", "lov 17. juni
2005 nr. 62") are no limits; a bare number without unit or comparator is none either.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache

from registry.harmonisation.quantities import patterns
from registry.harmonisation.quantities.context import in_title, is_age, is_cited_date, is_reference, is_window
from registry.harmonisation.quantities.model import Interval, Quantity
from registry.harmonisation.words import content_lemmas, language_data, lemma, stop_words, tokens

_WINDOW = 60
_BACK = 48
WINDOW = "window"
"""The family of durations in which something is counted; they are compared with each other only."""
_DIVIDES = re.compile(r"\b(?:inndeles|inndelast|deles(?:\s+inn)?|delast(?:\s+inn)?)\s+i\b", re.IGNORECASE)
_DATE_WORDS = frozenset({"etter", "før", "after", "before"})


def _value(text: str) -> float | None:
    """The number that a text writes: "1 000,5", "5.700", "0.5", "atten"."""
    word = " ".join(text.lower().split())
    numbers: dict[str, float] = language_data("quantities")["numbers"]
    if word in numbers:
        return float(numbers[word])
    if re.fullmatch(r"\d{1,3}(?:[ .\u00a0\u202f]\d{3})+(?:,\d+)?", word):
        word = re.sub(r"[ .\u00a0\u202f]", "", word)
    try:
        return float(word.replace(",", "."))
    except ValueError:
        return None


def _interval(comparator: str, low: float, high: float | None) -> Interval:
    if high is not None:
        return Interval(low, True, high, True)  # noqa: FBT003 - both ends of a span belong to it
    match comparator:
        case ">=" | ">":
            return Interval(low=low, low_closed=comparator == ">=")
        case "<=" | "<":
            return Interval(high=low, high_closed=comparator == "<=")
        case _:
            return Interval(low, True, low, True)  # noqa: FBT003 - the one value itself


def _comparator(text: str, start: int, end: int, inside: str) -> tuple[str, int, int, str]:
    """The symbol, the start and end of the limit with its comparator, and the comparator's word ("" if none)."""
    for pattern, symbol in patterns.after():
        if inside and pattern.fullmatch(inside):
            return symbol, start, end, inside.lower()
        if match := pattern.match(text, end):
            return symbol, start, match.end(), match.group().strip(" ,").lower()
    left = text[max(0, start - _BACK) : start]
    best: tuple[int, str, str] | None = None
    for pattern, symbol in patterns.before():
        match = pattern.search(left)
        if match is None:
            continue
        place = match.start("comparator")
        sign = patterns.NEGATED[symbol] if match["negation"] or match["late"] else symbol
        if best is None or place < best[0]:
            best = (match.start() if match["negation"] else place, sign, match["comparator"].lower())
    if best is None:
        return "=", start, end, ""
    return best[1], max(0, start - _BACK) + best[0], end, best[2]


def _aged(quantity: Quantity) -> Quantity:
    """An age's limit: years are whole, so "over 18" is "fylt 18" and "17 år eller yngre" is "under 18"."""
    interval = quantity.interval
    if interval.direction == "lower":
        interval = replace(interval, low_closed=True)
    elif interval.direction == "upper" and interval.high is not None and quantity.comparator == "<=":
        interval = Interval(high=interval.high * (quantity.amount + 1) / quantity.amount if quantity.amount else None)
    return replace(quantity, family="age", interval=interval)


def _measures(text: str) -> Iterator[Quantity]:
    for match in patterns.measure().finditer(text):
        krone = match["krone"]
        unit = patterns.units()["kroner" if krone else patterns.written(match["unit"])]
        amount = _value(krone or match["part"] or match["number"])
        first = None if match["part"] else _first(text, match)
        if amount is None or is_reference(text, match.start(), match.end()):
            continue
        scale = _scale(match["scale"])
        start, end = match.span()
        symbol, start, end, word = _comparator(text, start, end, (match["inside"] or "").strip())
        if _no_limit(symbol, word, unit, amount, match["number"] or ""):
            continue
        factor = unit.factor * scale
        low, high = (
            (first * factor, amount * factor) if first is not None and first < amount else (amount * factor, None)
        )
        found = Quantity(
            unit.family,
            _interval(symbol, low, high),
            "range" if high is not None else symbol,
            (first if high is not None and first is not None else amount) * scale,
            unit.key,
            start,
            end,
            upper=amount * scale if high is not None else None,
        )
        if unit.key in {"year", "month"} and is_age(text, start, match.end(), word):
            yield _aged(found)
        elif unit.family == "duration" and is_window(text, start, word):
            yield replace(found, family=WINDOW)
        else:
            yield found


def _first(text: str, match: re.Match[str]) -> float | None:
    """The lower end of a span; two numbers joined by "og" are one only after "mellom"."""
    lower = match["kfirst"] or match["first"]
    joined = re.search(r"\b(?:og|and)\b", match.group())
    if not lower or (joined and not re.search(r"(?:mellom|between)\s+$", text[: match.start()], re.IGNORECASE)):
        return None
    return _value(lower)


def _ages(text: str) -> Iterator[Quantity]:
    for match in patterns.age().finditer(text):
        amount = _value(match["number"])
        if amount is not None:
            symbol, start, end, _ = _comparator(text, match.start("number"), match.end(), "")
            interval = _interval(symbol, 365.25 * amount, None)
            yield _aged(Quantity("age", interval, symbol, amount, "year", start, end))


def _scale(word: str | None) -> float:
    scales = {"": 1.0, "tusen": 1e3, "mil": 1e6, "mrd": 1e9}
    text = (word or "").strip().lower()
    return 1e9 if text.startswith("milliard") else scales[text[:3] if text.startswith("mil") else text]


def _no_limit(symbol: str, word: str, unit: patterns.Unit, amount: float, written: str) -> bool:
    """A bare "en dag" is no limit, nor is "etter tre år" (a point in time) or "siste 12 måneder" without comparator."""
    if written and not written[0].isdigit() and amount <= 1 and symbol == "=":
        return True
    return word in _DATE_WORDS and unit.family != "date"


def _shares(text: str) -> Iterator[Quantity]:
    fractions: dict[str, float] = language_data("quantities")["fractions"]
    for match in patterns.fraction().finditer(text):
        if text[match.end() :].lstrip().lower().startswith(("av grunnbeløp", "av folketrygd", "av g ")):
            continue
        words = match["words"]
        amount = (
            fractions[" ".join(words.lower().split())]
            if words
            else round(100 * int(match["top"]) / int(match["bottom"]), 3)
        )
        symbol, start, end, _ = _comparator(text, *match.span(), "")
        yield Quantity("share", _interval(symbol, float(amount), None), symbol, float(amount), "percent", start, end)


def _basic_amounts(text: str) -> Iterator[Quantity]:
    for match in patterns.basic_amount().finditer(text):
        amount = 0.5 if match["half"] else 2.0 if match["double"] else _value(match["number"])
        if amount is None:
            continue
        symbol, start, end, _ = _comparator(text, *match.span(), "")
        yield Quantity("basic amount", _interval(symbol, amount, None), symbol, amount, "basic_amount", start, end)


def _dates(text: str) -> Iterator[Quantity]:
    for match in patterns.date().finditer(text):
        if is_cited_date(text, *match.span()):
            continue
        symbol, start, end, word = _comparator(text, *match.span(), "")
        day = _day(match)
        if word and day is not None:
            yield Quantity("date", _interval(symbol, day, None), symbol, day, "date", start, end)


def _month(name: str) -> int:
    """The month's number, from one."""
    months: list[list[str]] = language_data("quantities")["months"]
    return next(number for number, names in enumerate(months, 1) if name in names)


def _day(match: re.Match[str]) -> float | None:
    """The date as days since year one; None if there is no such day."""
    try:
        if match["iso"]:
            return float(date.fromisoformat(match["iso"]).toordinal())
        if match["day2"]:
            return float(date(int(match["year2"]), int(match["month2"]), int(match["day2"])).toordinal())
        return float(date(int(match["year"]), _month(match["month"].lower()), int(match["day"])).toordinal())
    except ValueError:
        return None


def _counts(text: str, language: str, taken: list[tuple[int, int]]) -> Iterator[Quantity]:
    stop = stop_words(language)
    for match in patterns.count().finditer(text):
        start, end = match.span()
        noun = match["noun"].lower()
        amount = _value(match["number"])
        if amount is None or noun in stop or any(start < last and first < match.end("noun") for first, last in taken):
            continue
        if is_reference(text, start, match.end("number")) or noun in patterns.units():
            continue
        symbol, start, end, word = _comparator(text, start, end, (match["inside"] or "").strip())
        if word and word not in _DATE_WORDS:
            counted = lemma(noun, language)
            yield Quantity(f"count {counted}", _interval(symbol, amount, None), symbol, amount, counted, start, end)


@lru_cache(maxsize=50_000)
def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """The limits of a text in a language family, in the order in which they stand, without overlaps."""
    if not any(character.isdigit() for character in text) and not _has_number_word(text):
        return ()
    found: list[Quantity] = []
    for reader in (_basic_amounts, _shares, _dates, _measures, _ages):
        for quantity in reader(text):
            if not any(quantity.start < other.end and other.start < quantity.end for other in found):
                found.append(quantity)
    found += list(_counts(text, language, [(other.start, other.end) for other in found]))
    kept = [one for one in found if one.start < _subdivision(text) and not in_title(text, one.start)]
    found = sorted(kept, key=lambda quantity: quantity.start)
    spans = [(quantity.start, quantity.end) for quantity in found]
    return tuple(replace(quantity, context=_context(text, language, quantity, spans)) for quantity in found)


def _subdivision(text: str) -> int:
    """Where a definition begins to divide what it defines into classes, whose limits are their own; else its end."""
    match = _DIVIDES.search(text)
    return match.start() if match else len(text)


@cache
def _number_word() -> re.Pattern[str]:
    table = language_data("quantities")
    words = [*table["numbers"], *table["fractions"], "dobbelte"]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def _has_number_word(text: str) -> bool:
    return _number_word().search(text) is not None


def _context(text: str, language: str, quantity: Quantity, spans: list[tuple[int, int]]) -> frozenset[str]:
    """Content lemmas within 60 characters of a limit, limits themselves apart."""
    first, last = max(0, quantity.start - _WINDOW), quantity.end + _WINDOW
    stop = stop_words(language)
    return frozenset(
        token.lemma
        for token in tokens(text, language)
        if first <= token.start
        and token.end <= last
        and token.lemma not in stop
        and not token.text[0].isdigit()
        and not any(start < token.end and token.start < end for start, end in spans)
    ) or frozenset(content_lemmas("", language))
