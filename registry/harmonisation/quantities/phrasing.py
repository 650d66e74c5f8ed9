"""Limits in words, in nb, nn and en: "under 16 år", "minst 75 prosent", "at least 75 per cent"."""

from datetime import date, timedelta

from registry.harmonisation.packs import table
from registry.harmonisation.quantities.model import Quantity
from registry.harmonisation.words import language_data

_COMPARATORS = {
    "nb": {">=": "minst", ">": "over", "<=": "høyst", "<": "under", "=": ""},
    "nn": {">=": "minst", ">": "over", "<=": "høgst", "<": "under", "=": ""},
    "en": {">=": "at least", ">": "over", "<=": "at most", "<": "under", "=": ""},
}
_DATES = {
    "nb": {">=": "fra og med", ">": "etter", "<=": "til og med", "<": "før", "=": ""},
    "nn": {">=": "frå og med", ">": "etter", "<=": "til og med", "<": "før", "=": ""},
    "en": {">=": "from", ">": "after", "<=": "until", "<": "before", "=": ""},
}
_ONE = {
    "nb": {
        "year": "år",
        "month": "måned",
        "week": "uke",
        "day": "dag",
        "hour": "time",
        "minute": "minutt",
        "krone": "krone",
    },
    "nn": {
        "year": "år",
        "month": "månad",
        "week": "veke",
        "day": "dag",
        "hour": "time",
        "minute": "minutt",
        "krone": "krone",
    },
    "en": {
        "year": "year",
        "month": "month",
        "week": "week",
        "day": "day",
        "hour": "hour",
        "minute": "minute",
        "krone": "krone",
    },
}
_NAMES = {
    "age": ("Aldersgrensen", "Aldersgrensa", "The age limit"),
    "duration": ("Tidsgrensen", "Tidsgrensa", "The time limit"),
    "window": ("Tidsrommet", "Tidsrommet", "The period"),
    "working days": ("Tidsgrensen", "Tidsgrensa", "The time limit"),
    "money": ("Beløpsgrensen", "Beløpsgrensa", "The amount"),
    "euro": ("Beløpsgrensen", "Beløpsgrensa", "The amount"),
    "basic amount": ("Beløpsgrensen", "Beløpsgrensa", "The amount"),
    "share": ("Andelen", "Delen", "The share"),
    "date": ("Datoen", "Datoen", "The date"),
    "day of year": ("Datoen", "Datoen", "The date"),
    "time of day": ("Klokkeslettet", "Klokkeslettet", "The time of day"),
    "dollar": ("Beløpsgrensen", "Beløpsgrensa", "The amount"),
    "temperature": ("Temperaturgrensen", "Temperaturgrensa", "The temperature limit"),
    "speed": ("Fartsgrensen", "Fartsgrensa", "The speed limit"),
    "mass": ("Vektgrensen", "Vektgrensa", "The weight limit"),
    "area": ("Arealgrensen", "Arealgrensa", "The area limit"),
    "length": ("Lengdegrensen", "Lengdegrensa", "The limit of length"),
    "volume": ("Volumgrensen", "Volumgrensa", "The limit of volume"),
}
_OTHER = ("Grensen", "Grensa", "The limit")
_LEAP_YEAR = 2000
_TIMES = frozenset({"date", "day of year", "time of day"})
_LANGUAGES = ("nb", "nn", "en")


def name(family: str, language: str) -> str:
    """What the limit is called at the beginning of a sentence."""
    names = _NAMES.get(family, _OTHER)
    return (
        ("Antallet", "Talet", "The number")[_LANGUAGES.index(language)]
        if family.startswith("count ")
        else names[_LANGUAGES.index(language)]
    )


def _figure(amount: float, language: str) -> str:
    """A figure with blanks between thousands and the language's decimal sign."""
    whole = f"{round(amount, 3):,.3f}".rstrip("0").rstrip(".")
    if language == "en":
        return whole
    return whole.replace(",", "\u00a0").replace(".", ",")


def _unit(quantity: Quantity, language: str) -> str:
    if quantity.family.startswith("count "):
        return quantity.unit
    one = _ONE[language].get(quantity.unit)
    if one and quantity.amount == 1 and quantity.upper is None:
        return one
    return " per ".join([_named(quantity.unit, language), *_rates(quantity.unit, language)])


def _named(unit: str, language: str) -> str:
    """What is measured: the part of a rate before "per", else the unit."""
    names: dict[str, str] = language_data("units")[unit.partition("/")[0]]["names"]
    return names[language]


def _rates(unit: str, language: str) -> list[str]:
    """The unit that a rate is per, in the singular; [] for what is no rate."""
    per = unit.partition("/")[2]
    if not per:
        return []
    name: str = language_data("units")[per]["names"][language]
    return [_ONE[language].get(per, name.removesuffix("s") if language == "en" else name)]


def _time(family: str, amount: float, language: str) -> str:
    """A date, a day of any year, or a time of the day."""
    if family == "date":
        return date.fromordinal(int(amount)).isoformat()
    if family == "time of day":
        return f"{'' if language == 'en' else 'kl. '}{int(amount) // 60 % 24:02}.{int(amount) % 60:02}"
    day = date(_LEAP_YEAR, 1, 1) + timedelta(days=int(amount) - 1)
    month = table("en" if language == "en" else "no")["months"][day.month - 1][0]
    return f"{day.day} {month.capitalize()}" if language == "en" else f"{day.day}. {month}"


def words(quantity: Quantity, language: str) -> str:
    """The limit as words in a language."""
    if quantity.family in _TIMES:
        first = _time(quantity.family, quantity.amount, language)
        if quantity.upper is not None:
            return f"{first}–{_time(quantity.family, quantity.upper, language)}"
        return f"{_DATES[language][quantity.comparator]} {first}".strip()
    unit = _unit(quantity, language)
    low = _figure(quantity.amount, language)
    if quantity.upper is not None:
        return f"{low}–{_figure(quantity.upper, language)} {unit}"
    return f"{_COMPARATORS[language][quantity.comparator]} {low} {unit}".strip()
