"""The patterns that limits are read with, built for each language from its packs and language/units.toml."""

import re
from dataclasses import dataclass
from functools import cache

from registry.harmonisation.packs import Marks, alternatives, marks, table, words
from registry.harmonisation.quantities.numbers import number
from registry.harmonisation.words import language_data

SYMBOLS = {"at_least": ">=", "more_than": ">", "at_most": "<=", "less_than": "<"}
NEGATED = {">=": "<", ">": "<=", "<=": ">", "<": ">="}
_SCALE_NAMES = {1e3: "thousand", 1e6: "million", 1e9: "billion"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: its key, what it can be compared with, its factor to the base unit."""

    key: str
    family: str
    factor: float


@cache
def unit_of(key: str) -> Unit:
    """The unit of a key."""
    found = language_data("units")[key]
    return Unit(key, found["family"], found["factor"])


@cache
def units(language: str) -> dict[str, Unit]:
    """Unit by its symbols and its words in a language, as `written` has them."""
    known = language_data("units")
    found = {written(symbol): unit_of(key) for key, unit in known.items() for symbol in unit.get("symbols", [])}
    found |= {written(word): unit_of(key) for key, names in table(language, "units").items() for word in names}
    return found


@cache
def unit_marks(language: str) -> Marks:
    """What a text must have for a unit to stand in it that is no part of a word."""
    return marks(units(language))


def written(word: str) -> str:
    """A unit's word as the table has it: lower case, but for single letters (G is not g)."""
    return word if len(word) == 1 else " ".join(word.lower().split())


def scaled(unit: Unit, scale: float) -> tuple[Unit, float]:
    """The unit of that scale ("million_krone") and 1, or where there is none the unit itself and the scale."""
    key = f"{_SCALE_NAMES.get(scale)}_{unit.key}"
    return (unit_of(key), 1.0) if key in language_data("units") else (unit, scale)


@cache
def _unit_pattern(language: str) -> str:
    """Any unit, case ignored but for single letters, not followed by more of a word."""
    short = [word for word in units(language) if len(word) == 1 and word.isalpha()]
    long = [word for word in units(language) if len(word) > 1 or not word.isalpha()]
    return rf"(?:(?i:{alternatives(long)})|{alternatives(short)})(?![\w²³])"


@cache
def _scale_pattern(language: str) -> str:
    return rf"(?:\s*(?P<scale>(?i:{alternatives(table(language, 'scales'))}))(?!\w))?"


@cache
def _join(language: str) -> str:
    """What stands between the ends of a span."""
    return rf"\s*(?i:{alternatives([*words(language, 'spans', 'join'), '-', '–'])})\s*"


@cache
def measure(language: str) -> re.Pattern[str]:
    """A number or a span of numbers with a unit: "10 eller flere prosent", "5–10 mg/l", "2 av de siste 3 år"."""
    one, unit = rf"(?i:{number(language)})", _unit_pattern(language)
    join = _join(language)
    of_last = alternatives(words(language, "spans", "of_the_last"))
    between = alternatives(words(language, "spans", "between_number_and_unit"))
    rate = rf"(?:\s*/\s*|\s+(?i:{alternatives(words(language, 'spans', 'per'))})\s+)"
    rates = rf"\s+(?P<rate>(?i:{alternatives(table(language, 'rates'))}))(?!\w)"
    return re.compile(
        rf"(?<![\w§.,/])(?<!\w-)(?:(?P<part>{one})\s+(?i:{of_last})\s+)?"
        rf"(?:(?P<first>{one})(?:\s*(?P<first_unit>{unit}))?{join})??"
        rf"(?P<number>{one}){_scale_pattern(language)}(?:-|\s)*(?:(?i:{between})\s+)*"
        rf"(?:(?P<inside>(?i:{_after_words(language)}))\s+)?(?P<unit>{unit})(?:{rate}(?P<per>{unit})|{rates})?(?!/\w)"
    )


@cache
def leading(language: str) -> re.Pattern[str]:
    """An amount behind its unit: "kr 500", "NOK 1,5 mill.", "kroner 100 til 200"."""
    known = language_data("units")
    names = [word for word, unit in units(language).items() if known[unit.key].get("leading")]
    one = rf"(?i:{number(language)})"
    join = _join(language)
    return re.compile(
        rf"(?<!\w)(?P<unit>(?i:{alternatives(names)}))\s*(?:(?P<first>{one}){join})?"
        rf"(?P<number>{one}){_scale_pattern(language)}(?![\w%]|[.,]\d)"
    )


@cache
def elliptical(language: str) -> re.Pattern[str]:
    """A number whose unit stands with the next one: "minst 5 og [høyst 15 meter]", "fylt 13, men ikke [18 år]"."""
    joints = alternatives([*words(language, "spans", "list"), ","])
    denied = alternatives(words(language, "spans", "denied"))
    return re.compile(
        rf"(?<![\w§.,/-])(?P<number>{number(language)})\s*,?\s*(?:{joints})\s+(?P<denied>(?:{denied})\s+)?$",
        re.IGNORECASE,
    )


@cache
def joint(language: str) -> re.Pattern[str]:
    """What stands between two bounds of one thing: "[fylt 13 år], men ikke [18 år]"."""
    joints = alternatives(words(language, "spans", "joint"))
    denied = alternatives(words(language, "spans", "denied"))
    return re.compile(rf"\s*,?\s*(?:{joints})\s+(?P<denied>(?:{denied})\s+)?", re.IGNORECASE)


@cache
def _after_words(language: str) -> str:
    """Comparators behind a number, as one pattern."""
    return alternatives(word for name in SYMBOLS for word in words(language, "after", name))


@cache
def after(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Comparators behind a number, with their symbols."""
    return tuple(
        (
            re.compile(
                rf"\s*,?\s*(?:{alternatives(words(language, 'after', name))})\b(?!\s+{number(language)})", re.IGNORECASE
            ),
            symbol,
        )
        for name, symbol in SYMBOLS.items()
    )


@cache
def after_noun(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Comparators behind what is measured: "10 prosent [av aksjene eller mer]", and nothing behind them."""
    ends = alternatives(words(language, "clauses", "relative"))
    return tuple(
        (
            re.compile(
                rf"(?:\s+[^\W\d_][\w-]*){{1,3}}?\s+(?P<comparator>{alternatives(words(language, 'after', name))})"
                rf"(?=\s*(?:[.,;)]|$|(?:{ends})\b))",
                re.IGNORECASE,
            ),
            symbol,
        )
        for name, symbol in SYMBOLS.items()
        if words(language, "after", name)
    )


@cache
def before(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Comparators before a number, with their symbols: group `negation` or `late` is set if negated."""
    negation = alternatives(words(language, "before", "negation"))
    helpers = alternatives(words(language, "before", "helpers"))
    filler = alternatives(words(language, "before", "fillers"))
    late = alternatives(words(language, "after", "late_negation"))
    return tuple(
        (
            re.compile(
                rf"(?:\b(?P<negation>{negation})\s+(?:(?:{helpers})\s+){{0,3}})?"
                rf"(?<!\w)(?P<comparator>{alternatives(words(language, 'before', name))})"
                rf"(?:(?<=[grt])\s+(?P<late>{late}))?\s*(?<=[\s<>≤≥])(?:(?:{filler})\s+)*$",
                re.IGNORECASE,
            ),
            symbol,
        )
        for name, symbol in SYMBOLS.items()
    )


@cache
def fraction(language: str) -> re.Pattern[str]:
    """A share in words ("halvparten", "to tredjedeler") or as "2/3 av"."""
    of = alternatives(words(language, "spans", "share_of"))
    return re.compile(
        rf"\b(?P<words>{alternatives(table(language, 'fractions'))})\b(?!\s+(?i:{_unit_pattern(language)}))"
        rf"|(?<![\w/.])(?P<top>[1-9])/(?P<bottom>[2-9])(?![\w/])(?=\s+(?:{of})\b)",
        re.IGNORECASE,
    )


@cache
def fraction_marks(language: str) -> Marks:
    """What a text must have for a share in words to stand in it."""
    return marks(table(language, "fractions"))


@cache
def basic_amount(language: str) -> re.Pattern[str]:
    """Multiples of the basic amount: "to ganger grunnbeløpet", "halvparten av folketrygdens grunnbeløp"."""
    half, double, times, owner, amount = (
        alternatives(words(language, "multiples", name)) for name in ("half", "double", "times", "owner", "amount")
    )
    return re.compile(
        rf"\b(?:(?P<half>{half})|(?P<double>{double})|(?P<number>{number(language)})\s*(?:{times}))"
        rf"\s+(?:(?:{owner})\s+)*(?P<unit>(?:{amount})\b|G\b)",
        re.IGNORECASE,
    )


@cache
def age(language: str) -> re.Pattern[str]:
    """An age without unit or with a word of its own: "reached the age of 16", "fylt 18", "16-åring"."""
    one, unit = number(language), _unit_pattern(language)
    join = _join(language)
    return re.compile(
        rf"\b(?:{alternatives(words(language, 'context', 'age_of'))})\s+(?:(?P<first>{one}){join})?"
        rf"(?P<number>{one})(?!\s*(?:{unit}|[-–/\d]))(?=\s*(?:[.,;:)]|$|\b[^\W\d]))"
        rf"|(?<![\w§.,/-])(?P<worded>{one})[\s-]*"
        rf"{age_words(language).pattern}",
        re.IGNORECASE,
    )


@cache
def age_words(language: str) -> re.Pattern[str]:
    """Words that make an age of the number before them: "åringer"."""
    return re.compile(rf"(?:{alternatives(words(language, 'context', 'age_words'))})(?!\w)", re.IGNORECASE)


@cache
def count(language: str) -> re.Pattern[str]:
    """A number of things: "12 passasjerer", "to eller flere kjemiske stoffer"."""
    joints = alternatives([*words(language, "spans", "join"), *words(language, "spans", "list")])
    one, word = rf"(?i:{number(language)})", r"[^\W\d_][\w-]+"
    return re.compile(
        rf"(?<![\w§.,/-])(?:(?P<first>{one}){_join(language)})??(?P<number>{one}{_scale_pattern(language)})\s+"
        rf"(?:(?P<inside>(?i:{_after_words(language)}))\s+)?(?P<nouns>(?!(?i:{joints})\b){word}(?: {word}){{0,2}})"
    )


@cache
def date(language: str) -> re.Pattern[str]:
    """A date in words or figures, a year, a day of any year ("31. mars"), or a time of the day ("kl. 22.30")."""
    months = alternatives(name for month in table(language).get("months", []) for name in month)
    clock = alternatives(words(language, "context", "clock"))
    behind = alternatives(words(language, "clauses", "prepositions"))
    return re.compile(
        rf"\b(?:(?P<day>\d{{1,2}})\.?\s+(?P<month>{months})(?:\s+(?P<year>(?:18|19|20)\d\d))?"
        r"|(?P<day2>\d{1,2})\.(?P<month2>\d{1,2})\.(?P<year2>(?:18|19|20)\d\d)|(?P<iso>(?:18|19|20)\d\d-\d\d-\d\d)"
        rf"|(?:{clock})\s*(?P<hour>[0-2]?\d)(?:[.:](?P<minute>[0-5]\d))?"
        rf"(?:{_join(language)}(?P<hour2>[0-2]?\d)(?:[.:](?P<minute2>[0-5]\d)|(?=\s*(?:[.,;)]|$|(?:{behind})\b))))?"
        r"|(?<![\w§.,/-])(?P<only>1\d{3}|20\d\d)(?![.,/-]?\d))\b",
        re.IGNORECASE,
    )
