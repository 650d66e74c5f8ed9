"""What stands beside a number: whether years are an age, whether a number belongs to a citation."""

import re
from functools import cache

from registry.harmonisation.words import language_data

_ADJACENT = 2
_BACK = 48
_TITLE_BACK = 160


@cache
def _words(name: str) -> re.Pattern[str]:
    words: list[str] = language_data("quantities")["context"][name]
    alternatives = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


_AT = frozenset(
    {
        "høyst",
        "høgst",
        "maks",
        "maks.",
        "maksimalt",
        "minst",
        "minimum",
        "inntil",
        "opptil",
        "opp til",
        "at most",
        "at least",
        "",
    }
)
"""Comparators between "på" and somebody's age."""
_TITLE = re.compile(
    r"\b(?:lov|lova|loven|\w*forskrift|\w*forskrifta|\w*forskriften|direktiv|forordning|instruks|act|regulation|directive)"
    r"(?:\s+(?:av\s+)?\d{1,2}\.?\s+\w+\s+\d{4}(?:\s+nr\.?\s*\d+)?|\s+(?:nr\.?\s*)?[\d/]+|\s+\(\w+\)(?:\s+nr\.)?\s+[\d/]+)?"
    r"\s+(?:om|for|on)\s+(?:(?!\b(?:som|der|har|er|skal|kan|dersom|når|hvis|which|that|has|is|shall)\b)[^.;:()§])*$",
    re.IGNORECASE,
)
_WINDOW = re.compile(
    r"(?:\bi\s+løpet\s+av|\bi\s+laupet\s+av|\binnenfor|\binnanfor|\bover|\bi|\bfor|\bduring|\bwithin|\bin|\bover)\s+(?:(?:de|dei|den|det|en|et|ein|ei|hver|kvar|any|a|an|the)\s+)?"
    r"(?:(?:siste|foregående|føregåande|påfølgende|sammenhengende|samanhengande|løpende|last|preceding|consecutive)\s+)*"
    r"(?:(?:periode|tidsrom|tolvmånedersperiode|period)(?:n|en|et)?\s+(?:på|av|of)\s+)?(?:(?:siste|sammenhengende|samanhengande|til\s+sammen)\s+)*$",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"løpet|laupet|during|periode|period|tidsrom|siste|last|foregående|preceding|innenfor|innanfor", re.IGNORECASE
)


def in_title(text: str, start: int) -> bool:
    """Whether a place lies in the title of an act that is cited: "forskrift om fartøy under 15 meter"."""
    return _TITLE.search(text[max(0, start - _TITLE_BACK) : start]) is not None


def is_window(text: str, start: int, comparator: str) -> bool:
    """Whether a duration is the time in which something is counted: "183 dager i løpet av tolv måneder"."""
    found = None if comparator else _WINDOW.search(text[max(0, start - _BACK) : start])
    return found is not None and _WITHIN.search(found.group()) is not None


def is_age(text: str, start: int, end: int, comparator: str) -> bool:
    """Whether years or months beside a comparator are somebody's age."""
    left, right = text[max(0, start - _BACK) : start], text[end : end + 24]
    close = re.split(r"[,;:.]", left)[-1]
    age_after = _words("age_after").search(right)
    if (
        (age_after and age_after.start() <= _ADJACENT)
        or _words("age_before").search(comparator)
        or comparator.endswith(("eldre", "yngre", "older", "younger"))
    ):
        return True
    if any(match.end() >= len(close) - 8 for match in _words("age_before").finditer(close)):
        return True
    if re.search(r"\b(?:på|av)\s*$", close) and comparator in _AT and _person_before(close):
        return True
    if any(match.end() >= len(close.rstrip()) for match in _words("duration_before").finditer(close)):
        return False
    words = close.split()[-3:]
    person = any(_words("persons").fullmatch(word.strip("()")) for word in words)
    limits = ("under", "over", "below", "opp", "inntil")
    return (comparator.startswith(limits) or close.rstrip().endswith(("mellom", "fra"))) and (
        person or close.rstrip().endswith((" er", " is", " are")) or not close.strip()
    )


def _person_before(close: str) -> bool:
    """Whether the word before a preposition at the end is a person: "person på høyst 16 år"."""
    words = close.split()
    return (
        len(words) > 1
        and _words("persons").fullmatch(words[-2]) is not None
        and not _words("duration_nouns").search(close)
    )


def is_reference(text: str, start: int, end: int) -> bool:
    """Whether the number belongs to a citation of a provision, act, standard or table."""
    left = text[max(0, start - 24) : start].rstrip()
    if any(match.end() == len(left) for match in _words("citation_before").finditer(left)):
        return True
    return bool(
        re.match(r"\s*(?:nr\b|første|andre|annet|tredje|ledd|punktum|bokstav|/EU|/EF|/EØF)", text[end : end + 12])
    )


def is_cited_date(text: str, start: int, end: int) -> bool:
    """Whether a date is part of an act's name ("lov 17. juni 2005 nr. 62")."""
    left = text[:start].rstrip()[-24:]
    cited = any(found.end() == len(left) for found in _words("citation_before").finditer(left))
    return cited or bool(re.match(r"\s*(?:nr\b|\()", text[end : end + 5]))
