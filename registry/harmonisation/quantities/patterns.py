"""The patterns that limits are read with, built from language/quantities.toml and language/units.toml."""

import re
from dataclasses import dataclass
from functools import cache

from registry.harmonisation.words import language_data

SYMBOLS = {"at_least": ">=", "more_than": ">", "at_most": "<=", "less_than": "<"}
NEGATED = {">=": "<", ">": "<=", "<=": ">", "<": ">="}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: its key, what it can be compared with, its factor to the base unit."""

    key: str
    family: str
    factor: float


def _alternatives(words: list[str]) -> str:
    """The words as one pattern, longest first, blanks matching any white space."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


@cache
def units() -> dict[str, Unit]:
    """Unit by its words in lower case."""
    found: dict[str, Unit] = {}
    for key, unit in language_data("units").items():
        for word in unit["words"]:
            found[written(word)] = Unit(key, unit["family"], unit["factor"])
    return found


def written(word: str) -> str:
    """A unit's word as the table has it: lower case, but for single letters (G is not g)."""
    return word if len(word) == 1 else " ".join(word.lower().split())


@cache
def number() -> str:
    """Digits in any Norwegian or English grouping, or a number word."""
    words = _alternatives(list(language_data("quantities")["numbers"]))
    return rf"(?:\d{{1,3}}(?:[ .\u00a0\u202f]\d{{3}})+(?:,\d+)?|\d+(?:[.,]\d+)?|\b(?:{words})\b)"


@cache
def measure() -> re.Pattern[str]:
    """A number or a span of numbers with a unit; "kr 500" and "10 eller flere prosent" as well."""
    words = [
        word
        for unit in language_data("units").values()
        for word in unit["words"]
        if len(word) > 1 or not word.isalpha()
    ]
    short = [
        word for unit in language_data("units").values() for word in unit["words"] if len(word) == 1 and word.isalpha()
    ]
    unit = rf"(?:(?i:{_alternatives(words)})|{_alternatives(short)})(?![\w/²³])"
    join = r"\s*(?:-|–|til|og|and|to)\s*"
    part = rf"(?:(?P<part>(?i:{number()}))\s+(?:av\s+de[in]?|of\s+the)\s+(?:siste|last|foregående)\s+)?"
    return re.compile(
        rf"(?<![\w§.,/-]){part}(?:(?P<first>(?i:{number()})){join})?(?P<number>(?i:{number()}))(?:-|\s)*"
        rf"(?P<inside>(?i:{after_words()})\s+)?(?P<unit>{unit})"
        rf"|(?<!\w)(?i:kr\.?|kroner|nok)\s+(?:(?P<kfirst>(?i:{number()})){join})?(?P<krone>{number()})(?P<scale>\s+(?i:millioner|millionar|million|mill\.?|milliarder|tusen))?"
    )


@cache
def after_words() -> str:
    """Comparators behind a number, as one pattern."""
    return _alternatives([word for words in language_data("quantities")["after"].values() for word in words])


@cache
def after() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Comparators behind a number, with their symbols."""
    table = language_data("quantities")["after"]
    return tuple(
        (re.compile(rf"\s*,?\s*(?:{_alternatives(words)})\b", re.IGNORECASE), SYMBOLS[name])
        for name, words in table.items()
        if words
    )


@cache
def before() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Comparators before a number, with their symbols: group `negation` is set if negated."""
    table = language_data("quantities")["before"]
    negation = _alternatives(table["negation"])
    filler = rf"(?:{_alternatives(table['fillers'])})"
    found = []
    for name in ("at_least", "more_than", "at_most", "less_than"):
        words = _alternatives(table[name])
        found.append(
            (
                re.compile(
                    rf"(?:\b(?P<negation>{negation})\s+(?:(?:er|utgjør|har|være|blir|ha|være|vere|utgjer|be|is)\s+)?)?"
                    rf"(?<!\w)(?P<comparator>{words})(?:(?<=[gr])\s+(?P<late>ikke|ikkje))?\s+(?:{filler}\s+)*$",
                    re.IGNORECASE,
                ),
                SYMBOLS[name],
            )
        )
    return tuple(found)


@cache
def fraction() -> re.Pattern[str]:
    """A share in words ("halvparten", "to tredjedeler") or as "2/3"."""
    return re.compile(
        rf"\b(?P<words>{_alternatives(list(language_data('quantities')['fractions']))})\b|(?<![\w/.])(?P<top>[1-9])/(?P<bottom>[2-9])(?![\w/])(?=\s+(?:av|of))",
        re.IGNORECASE,
    )


@cache
def basic_amount() -> re.Pattern[str]:
    """Multiples of the basic amount: "to ganger grunnbeløpet", "halvparten av folketrygdens grunnbeløp"."""
    return re.compile(
        rf"(?:(?P<number>{number()})\s*(?:ganger|gonger|x|×|times)|(?P<half>halvparten\s+av|halve)|(?P<double>(?:det\s+)?dobbelte\s+av))"
        r"\s+(?:(?:folketrygdens|folketrygdas|folketrygda\s+sitt|the|det)\s+)*(?P<unit>grunnbeløp\w*|basic\s+amount|G\b)",
        re.IGNORECASE,
    )


@cache
def age() -> re.Pattern[str]:
    """An age in English: "reached the age of 16", where no unit follows."""
    return re.compile(
        rf"\b(?:age\s+of|alder\s+(?:av|på))\s+(?P<number>{number()})(?!\s*(?:år|måned|månad|year|month|[-–]))",
        re.IGNORECASE,
    )


@cache
def count() -> re.Pattern[str]:
    """A number of things: "12 passasjerer", "to eller flere foretak"."""
    return re.compile(
        rf"(?<![\w§.,/-])(?P<number>(?i:{number()}))\s+(?P<inside>(?i:{after_words()})\s+)?(?P<noun>[^\W\d_][\w-]+)"
    )


@cache
def date() -> re.Pattern[str]:
    """A date in words or figures."""
    months = "|".join(names for month in language_data("quantities")["months"] for names in month)
    return re.compile(
        rf"\b(?:(?P<day>\d{{1,2}})\.?\s+(?P<month>{months})\s+(?P<year>(?:18|19|20)\d\d)"
        r"|(?P<day2>\d{1,2})\.(?P<month2>\d{1,2})\.(?P<year2>(?:18|19|20)\d\d)|(?P<iso>(?:18|19|20)\d\d-\d\d-\d\d))\b",
        re.IGNORECASE,
    )
