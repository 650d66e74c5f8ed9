"""What stands beside a number: whether years are an age, whether a number belongs to a citation."""

import re
from functools import cache

from registry.harmonisation.packs import alternatives, pattern, words

_ADJACENT = 2
_BACK = 48
_TITLE_BACK = 160


def _beside(name: str, language: str) -> re.Pattern[str]:
    return pattern(language, "context", name)


@cache
def _title(language: str) -> re.Pattern[str]:
    names, about, of, ends = (
        alternatives(words(language, "context", name)) for name in ("titles", "title_about", "title_of", "title_ends")
    )
    return re.compile(
        rf"\b\w*(?:{names})(?:\s+(?:(?:{of})\s+)?\d{{1,2}}\.?\s+\w+\s+\d{{4}}(?:\s+nr\.?\s*\d+)?|\s+(?:nr\.?\s*)?[\d/]+|\s+\(\w+\)(?:\s+nr\.)?\s+[\d/]+)?"
        rf"\s+(?:{about})\s+(?:(?!\b(?:{ends})\b)[^.;:()§])*$",
        re.IGNORECASE,
    )


@cache
def _window(language: str) -> re.Pattern[str]:
    begin, fillers = (alternatives(words(language, "context", name)) for name in ("window_before", "window_fillers"))
    return re.compile(rf"\b(?:{begin})\s+(?:(?:{fillers})\s+)*$", re.IGNORECASE)


def in_title(text: str, start: int, language: str) -> bool:
    """Whether a place lies in the title of an act that is cited: "forskrift om fartøy under 15 meter"."""
    return _title(language).search(text[max(0, start - _TITLE_BACK) : start]) is not None


def is_window(text: str, start: int, end: int, comparator: str, language: str) -> bool:
    """Whether a duration is the time in which something is counted: "183 dager i løpet av tolv måneder"."""
    if comparator and comparator not in words(language, "context", "window_before"):
        return False
    if not comparator and _beside("window_nouns", language).match(text[end : end + 24].lstrip(" -")):
        return True
    before = text[max(0, start - _BACK) : start] + (f"{comparator} " if comparator else "")
    found = _window(language).search(before)
    return found is not None and _beside("window_says", language).search(found.group()) is not None


def is_age(text: str, start: int, end: int, comparator: str, language: str) -> bool:
    """Whether years or months beside a comparator are somebody's age."""
    left, right = text[max(0, start - _BACK) : start], text[end : end + 24]
    close = re.split(r"[,;:.]", left)[-1]
    age_after = _beside("age_after", language).search(right)
    if (age_after and age_after.start() <= _ADJACENT) or _beside("age_before", language).search(comparator):
        return True
    if any(match.end() >= len(close) - 8 for match in _beside("age_before", language).finditer(close)):
        return True
    at = comparator in {"", *words(language, "context", "at")}
    if at and _ends(close, "age_preposition", language) and _person_before(close, language):
        return True
    if _ends(close, "duration_before", language):
        return False
    person = any(_beside("persons", language).fullmatch(word.strip("()")) for word in close.split()[-3:])
    limit = comparator.startswith(tuple(words(language, "context", "age_limits")) or ("\0",))
    return (limit or _ends(close, "span_before", language)) and (
        person or _ends(close, "is", language) or not close.strip()
    )


def age_from(text: str, start: int, language: str) -> int | None:
    """Where a "fra" stands right before an age that it makes the least: "barn fra 6 år"; None if there is none."""
    bare = text[max(0, start - _BACK) : start].rstrip()
    found = [match for match in _beside("age_from", language).finditer(bare) if match.end() == len(bare)]
    return max(0, start - _BACK) + found[0].start() if found else None


def _ends(text: str, name: str, language: str) -> bool:
    """Whether a text ends in one of the words."""
    bare = text.rstrip()
    return any(match.end() == len(bare) for match in _beside(name, language).finditer(bare))


def _person_before(close: str, language: str) -> bool:
    """Whether the word before a preposition at the end is a person: "person på høyst 16 år"."""
    before = close.split()
    return (
        len(before) > 1
        and _beside("persons", language).fullmatch(before[-2]) is not None
        and not _beside("duration_nouns", language).search(close)
    )


def is_reference(text: str, start: int, end: int, language: str) -> bool:
    """Whether the number belongs to a citation of a provision, act, standard or table."""
    left = text[max(0, start - 24) : start].rstrip()
    if left.endswith("§") or _ends(left, "citation_before", language):
        return True
    return _beside("citation_after", language).match(text[end : end + 16].lstrip()) is not None


def is_cited_date(text: str, start: int, end: int, language: str) -> bool:
    """Whether a date is part of an act's name ("lov 17. juni 2005 nr. 62")."""
    left = text[:start].rstrip()[-24:]
    return _ends(left, "citation_before", language) or bool(re.match(r"\s*(?:nr\b|no\.|\()", text[end : end + 5]))
