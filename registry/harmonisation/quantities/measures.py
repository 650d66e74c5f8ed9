"""Numbers with a unit, ages, shares and multiples of the basic amount as limits."""

import re
from collections.abc import Iterator
from dataclasses import replace

from registry.harmonisation.packs import may_say, pattern, table, words
from registry.harmonisation.quantities import patterns
from registry.harmonisation.quantities.bounds import aged, bound_before, joined
from registry.harmonisation.quantities.comparators import comparator, interval
from registry.harmonisation.quantities.context import age_from, is_age, is_reference, is_window
from registry.harmonisation.quantities.model import Interval, Quantity
from registry.harmonisation.quantities.numbers import articles_of, starts, value
from registry.harmonisation.quantities.patterns import Unit

WINDOW = "window"
"""The family of durations in which something is counted; they are compared with each other only."""
_YEAR = 365.25
_OLDEST = 130
"""Years; "eldre enn 1537" is no age."""
_MINUS = re.compile(r"(?:(?<!\w)[-−]|\bminus\s)$", re.IGNORECASE)
_FIGURE = re.compile(r"[\d½¼¾]")
_CLOSE = 14


def measures(text: str, language: str) -> Iterator[Quantity]:
    """Limits with a unit, and those whose unit stands with the next one ("minst 5 og høyst 15 meter")."""
    if not _FIGURE.search(text) and not patterns.unit_marks(language).may_stand_in(text):
        return
    last = 0
    behind = filter(None, (patterns.measure(language).match(text, place) for place in starts(text, language)))
    for match in sorted(
        (*patterns.leading(language).finditer(text), *behind),
        key=lambda match: (match.start(), -match.end()),
    ):
        if match.start() < last or is_reference(text, match.start("number"), match.end(), language):
            continue
        found = _measure(text, match, language)
        if found is None:
            continue
        last = match.end()
        yield from _with_the_one_before(text, found, language)


def _measure(text: str, match: re.Match[str], language: str) -> Quantity | None:
    """The limit of one match, None if it limits nothing."""
    groups = match.groupdict()
    amount = value(groups.get("part") or match["number"], language)
    if amount is None:
        return None
    unit, scale = patterns.scaled(patterns.units(language)[patterns.written(match["unit"])], _scale(groups, language))
    minus = _MINUS.search(text[: match.start()]) if unit.family == "temperature" else None
    place = (minus.start() if minus else match.start()), match.end()
    symbol, start, end, word = comparator(text, *place, (groups.get("inside") or "").strip(), language)
    if _no_limit(symbol, word, amount, match["number"], language):
        return None
    first = None if groups.get("part") else _first(text, match, unit, language)
    amount *= -scale if minus else scale
    if first is not None and first * scale < amount:
        low = first * scale
        bounds = interval("", low * unit.factor, amount * unit.factor)
        found = Quantity(unit.family, bounds, "range", low, unit.key, start, end, upper=amount)
    else:
        bounds = interval(symbol, amount * unit.factor)
        found = Quantity(unit.family, bounds, symbol, amount, unit.key, start, end)
    return _rated(_typed(text, found, match.end("unit"), word, language), groups, language)


def _typed(text: str, found: Quantity, end: int, word: str, language: str) -> Quantity:
    """The limit with its true family: years may be an age, a duration the time in which something is counted."""
    if found.unit in {"year", "month"} and is_age(text, found.start, end, word, language):
        opener = age_from(text, found.start, language)
        if found.comparator == "=" and opener is not None:
            found = replace(found, comparator=">=", interval=interval(">=", found.interval.low or 0.0), start=opener)
        return aged(found)
    if (
        found.family == "duration"
        and is_window(text, found.start, end, word, language)
        and not _deadline(text, found, word)
    ):
        return replace(found, family=WINDOW, comparator="=", interval=interval("=", _bound(found.interval)))
    return found


def _deadline(text: str, found: Quantity, word: str) -> bool:
    """Whether a time "i løpet av" which something is done counts nothing: no number stands just before it."""
    return bool(word) and not re.search(
        r"\d|[a-zæøå]+er\b|døgn\b|år\b", text[max(0, found.start - _CLOSE) : found.start]
    )


def _bound(bounds: Interval) -> float:
    return bounds.high if bounds.high is not None else bounds.low or 0.0


def _rated(found: Quantity, groups: dict[str, str], language: str) -> Quantity:
    """A limit per something ("5 mg per liter", "20 timer i uken"), but for money, which is compared as it stands."""
    written = groups.get("per")
    named: str | None = table(language, "rates").get(" ".join((groups.get("rate") or "").lower().split()))
    if not (written or named) or found.family in {"money", "euro", "age", "share", WINDOW}:
        return found
    units = patterns.units(language)
    per = (
        units[patterns.written(written)] if written else next((one for one in units.values() if one.key == named), None)
    )
    if per is None:
        return found
    bounds = found.interval
    return replace(
        found,
        family=f"{found.family} per {per.family}",
        unit=f"{found.unit}/{per.key}",
        interval=replace(
            bounds,
            low=None if bounds.low is None else bounds.low / per.factor,
            high=None if bounds.high is None else bounds.high / per.factor,
        ),
    )


def _scale(groups: dict[str, str], language: str) -> float:
    word = " ".join((groups.get("scale") or "").lower().split())
    return float(table(language, "scales").get(word, 1.0))


def _first(text: str, match: re.Match[str], unit: Unit, language: str) -> float | None:
    """The lower end of a span in the unit of the upper; two numbers joined by "og" are one only after "mellom"."""
    if not match["first"]:
        return None
    joint = text[match.end("first") : match.start("number")].lower()
    both = pattern(language, "spans", "both").fullmatch(joint.strip())
    between = rf"(?:{'|'.join(map(re.escape, words(language, 'spans', 'between'))) or '(?!)'})\s+$"
    if both and not re.search(between, text[: match.start()], re.IGNORECASE):
        return None
    amount = value(match["first"], language)
    own = match.groupdict().get("first_unit")
    if amount is None or not own:
        return amount
    other = patterns.units(language)[patterns.written(own)]
    return amount * other.factor / unit.factor if other.family == unit.family else None


def _with_the_one_before(text: str, found: Quantity, language: str) -> Iterator[Quantity]:
    """A limit, behind the one that leaves its unit to it if there is one: "minst 5 og høyst 15 meter"."""
    first = None if "/" in found.unit or found.comparator == "range" else bound_before(text, found.start, language)
    if first is None or (found.comparator == "=") != first.denies_next:
        yield found
        return
    unit = patterns.unit_of(found.unit)
    if first.denies_next:  # "fylt 13, men ikke 18 år"
        found = replace(found, comparator="<", interval=interval("<", found.amount * unit.factor), start=first.end)
    before = interval(first.symbol, first.amount * unit.factor)
    lower = Quantity(unit.family, before, first.symbol, first.amount, unit.key, first.start, first.end)
    age = "age" in {found.family, _typed(text, lower, first.end, first.word, language).family}
    yield from joined(*(aged(each) if age and each.family != "age" else each for each in (lower, found)))


def ages(text: str, language: str) -> Iterator[Quantity]:
    """Ages without a unit: "fylt 18", "the age of 16", "16-åringer"."""
    if not may_say(text, language, "context", "age_of") and not patterns.age_words(language).search(text):
        return
    for match in patterns.age(language).finditer(text):
        group = "number" if match["number"] else "worded"
        amount = value(match[group], language)
        if amount is not None and amount <= _OLDEST:
            if match["first"] and (least := value(match["first"], language)) is not None:
                bounds, place = interval("", _YEAR * least, _YEAR * amount), (match.start("first"), match.end())
                yield Quantity("age", bounds, "range", least, "year", *place, upper=amount)
                continue
            symbol, start, end, _ = comparator(text, match.start(group), match.end(), "", language)
            yield aged(Quantity("age", interval(symbol, _YEAR * amount), symbol, amount, "year", start, end))


def _no_limit(symbol: str, word: str, amount: float, number: str, language: str) -> bool:
    """A bare "en dag" is no limit, nor is "etter tre år" (a point in time)."""
    if symbol == "=" and amount <= 1 and not number[0].isdigit() and number.lower() in articles_of(language):
        return True
    return word in words(language, "context", "date_words")


def shares(text: str, language: str) -> Iterator[Quantity]:
    """Shares in words: "minst halvparten", "2/3 av stemmene"."""
    if "/" not in text and not patterns.fraction_marks(language).may_stand_in(text):
        return
    fractions: dict[str, float] = table(language, "fractions")
    for match in patterns.fraction(language).finditer(text):
        said = match["words"]
        amount = (
            float(fractions[" ".join(said.lower().split())])
            if said
            else round(100 * int(match["top"]) / int(match["bottom"]), 3)
        )
        symbol, start, end, _ = comparator(text, *match.span(), "", language)
        yield Quantity("share", interval(symbol, amount), symbol, amount, "percent", start, end)


def basic_amounts(text: str, language: str) -> Iterator[Quantity]:
    """Multiples of the national insurance scheme's basic amount in words."""
    if "G" not in text and not may_say(text, language, "multiples", "amount"):
        return
    for match in patterns.basic_amount(language).finditer(text):
        amount = 0.5 if match["half"] else 2.0 if match["double"] else value(match["number"], language)
        if amount is not None:
            symbol, start, end, _ = comparator(text, *match.span(), "", language)
            yield Quantity("basic amount", interval(symbol, amount), symbol, amount, "basic_amount", start, end)
