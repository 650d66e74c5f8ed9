"""Places in an act as written after (or before) its name: sections, chapters and articles.

"§ 5-1 første ledd bokstav a, § 5-10 og § 5-15", "§§ 6-1 og 6-11", "§ 2-10 - § 2-16", "$ 4", "5 §", "kap. 3",
"art. 4 (1)".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from importers.references.details import Details, details

_LETTER = r"(?:\s?[a-hj-zæø](?![\wæøå]|\.\w))"
_NUMBER = rf"\d+(?:[-_.]\d+){{0,3}}{_LETTER}?"
_SIGN = r"(?:[§$]+|paragraf(?:ene|en)?\b|(?:%C2%A7)+)"
_SIGN_BEHIND = r"\s*[§$](?!\s*\d)"
"""Some write "5 §" for "§ 5"."""
_ARTICLE = r"(?:artikkelen|artikkel|artiklene|artikel|art)\b\.?"
_CHAPTER = r"(?:kapittel|kapitlet|kapitlene|kapitel|kap)\b\.?"
_MARKED = (
    rf"(?:(?P<section>{_SIGN})|(?P<article>{_ARTICLE})|(?P<chapter>{_CHAPTER})|(?<![\d.-])(?={_NUMBER}{_SIGN_BEHIND}))"
    rf"\s*(?P<number>{_NUMBER}|(?<=\s)[IVX]+(?!\w))(?:{_SIGN_BEHIND})?"
)
_NAMED = re.compile(_MARKED, re.IGNORECASE)
_FIRST = re.compile(
    rf"[\s,.:;)\]_/-]{{0,5}}(?:m\.?\s?[mv]\.?\s+)?(?:\([^()§$]{{0,60}}\)[\s,.:]{{0,3}})?[(\[]?(?:nye?\s+|dens\s+|s(?:in|i|itt|ine)\s+)?(?:kapittel\s+(?=[§$]))?{_MARKED}",
    re.IGNORECASE,
)
_BARE = re.compile(r"[\s.]{0,3}(?P<number>\d+-\d+(?:-\d+)*)")
_SEE = r"(?:jf|jfr|jamfør|jmf|sml|kfr|cf)\b\.?"
_AND = rf"(?:(?:og|eller|samt|sammenholdt\s+med|se|også)\b|{_SEE})"
_RANGE = r"(?P<range>til(?:\s+og\s+med)?\b|t\.?o\.?m\.?|[-–])"
_NEXT = re.compile(rf"\s*[,;/(]?\s*(?:{_RANGE}|(?:{_AND}\s*)+)?\s*\(?{_MARKED}", re.IGNORECASE)
_NOT_BELOW = r"(?!\.?\s*(?:ledd|punktum|setning|strekpunkt|avsnitt)\b)"
_LISTED = re.compile(
    rf"\s*(?:{_RANGE}|,?\s*(?:og|eller|samt)\b|,)\s*(?P<number>-?{_NUMBER}|[a-zæø](?!\w|\.\w)){_NOT_BELOW}",
    re.IGNORECASE,
)
_SEEN = re.compile(rf"\s*,?\s*(?:og\s+)?{_SEE}\s*(?P<number>\d+-\d+(?:-\d+)*{_LETTER}?)", re.IGNORECASE)
_CONTINUED = re.compile(r"\s*(?:,|og|eller)\s*(?P<number>-\d+)\b")
_OPEN_LIST = re.compile(rf"(?:\s*,\s*\d[\d-]*)+\s*(?:og|eller|samt)\s+\d[\d-]*{_NOT_BELOW}", re.IGNORECASE)
_BEFORE = re.compile(r"[\s)]+(?:i|av|etter)\s+(?:den\s+|nye?\s+)?", re.IGNORECASE)
_WINDOW = 120


@dataclass(frozen=True, slots=True)
class Place:
    """A section ("§ 1-2"), an article ("Artikkel 4") or, without those, a chapter ("kapittel 4").

    `start` and `end` are code points, with what is named below it. `closes_range`: the place before it begins a range
    that ends here.
    """

    section: str
    chapter: str
    start: int
    end: int
    below: Details
    closes_range: bool = False


@dataclass(frozen=True, slots=True)
class _Step:
    """A place that was matched: what it is, whether the number is one of several behind one sign, and the match."""

    kind: str
    several: bool
    match: re.Match[str]


def places_after(text: str, position: int, limit: int, *, bare: bool = False) -> list[Place]:
    """The places named from `position` on, at most to `limit`; `bare` lets the first stand without a section sign."""
    first = _FIRST.match(text, position, limit) or (_BARE.match(text, position, limit) if bare else None)
    return list(_chain(text, first, limit)) if first else []


def places_on(text: str, position: int, limit: int) -> list[Place]:
    """The places that go on from one that ends at `position`: "… og § 10-32"."""
    found = _NEXT.match(text, position, limit)
    return list(_chain(text, found, limit)) if found else []


def places_before(text: str, position: int) -> list[Place]:
    """The places named before `position` in the manner of "§§ 27 og 28 i personopplysningsloven"."""
    for first in _NAMED.finditer(text, max(0, position - _WINDOW), position):
        places = list(_chain(text, first, position))
        if _BEFORE.fullmatch(text, places[-1].end, position):
            return places
    return []


def _chain(text: str, found: re.Match[str], limit: int) -> Iterator[Place]:
    """One place after the other, as long as they hang together; a chapter goes with the section named in it."""
    step: _Step | None = _Step(_kind(found, "section"), several=False, match=found)
    last, chapter = "", ""
    while step is not None:
        number = _written(step.match["number"], last)
        below = details(text, step.match.end(), limit)
        following = _following(text, below.end, limit, step)
        if step.kind == "chapter" and following is not None and following.kind == "section":
            chapter = f"kapittel {number}"
        else:
            yield _place(step, number, chapter, below)
        last, step = number, following


def _kind(found: re.Match[str], otherwise: str) -> str:
    groups = found.groupdict()
    return next((name for name in ("section", "article", "chapter") if groups.get(name)), otherwise)


def _start(found: re.Match[str]) -> int:
    """Where the sign stands, or the number where no sign does."""
    groups = found.groupdict()
    named = next((name for name in ("section", "article", "chapter") if groups.get(name)), "number")
    return found.start(named)


def _place(step: _Step, number: str, chapter: str, below: Details) -> Place:
    sign = {"section": "§ ", "article": "Artikkel ", "chapter": ""}[step.kind]
    return Place(
        section=f"{sign}{number}" if sign else "",
        chapter=chapter if sign else f"kapittel {number}",
        start=_start(step.match),
        end=below.end,
        below=below,
        closes_range=bool(step.match.groupdict().get("range")),
    )


def _following(text: str, position: int, limit: int, step: _Step) -> _Step | None:
    sign = step.match.groupdict().get("section") or ""
    several = step.several or sign.count("§") > 1 or sign.count("$") > 1
    several = several or _OPEN_LIST.match(text, position, limit) is not None
    if found := _NEXT.match(text, position, limit):
        return _Step(_kind(found, step.kind), several, found)
    found = _LISTED.match(text, position, limit) if several else _CONTINUED.match(text, position, limit)
    found = found or _SEEN.match(text, position, limit)
    return _Step(step.kind, several, found) if found else None


def _written(number: str, last: str) -> str:
    """The number with a blank before its letter; "-14" after "6-44-12" is 6-44-14, "b" after "18 a" is 18 b."""
    plain = number.strip().replace("_", "-")
    if plain.startswith("-"):
        plain = last.rpartition("-")[0] + plain
    elif plain.isalpha() and last[:1].isdecimal():
        plain = f"{last.rstrip('abcdefghijklmnopqrstuvwxyzæøå ')} {plain}"
    return re.sub(r"\s+", " ", re.sub(r"(?<=\d)(?=[a-zæø]$)", " ", plain, flags=re.IGNORECASE))
