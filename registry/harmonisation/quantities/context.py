"""What stands beside a number: whether years are an age, whether a number belongs to a citation."""

import re
from functools import cache

from registry.harmonisation.words import language_data

_ADJACENT = 2
_BACK = 48


@cache
def _words(name: str) -> re.Pattern[str]:
    words: list[str] = language_data("quantities")["context"][name]
    alternatives = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


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
    if any(match.end() >= len(close.rstrip()) for match in _words("duration_before").finditer(close)):
        return False
    words = close.split()[-3:]
    person = any(_words("persons").fullmatch(word.strip("()")) for word in words)
    limits = ("under", "over", "below", "opp", "inntil")
    return (comparator.startswith(limits) or close.rstrip().endswith(("mellom", "fra"))) and (
        person or close.rstrip().endswith((" er", " is", " are")) or not close.strip()
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
