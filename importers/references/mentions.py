"""Where a text names an act: by address, id, date, name or abbreviation. What it says of a place in it comes later."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from importers.law.identifiers import Refid
from importers.references.acts import ActIndex, KnownAct, Name
from importers.references.addresses import ADDRESS, ELI_PATH, Target, made_refid, target
from importers.references.words import Word, common_form, head_of, words

Kind: TypeAlias = Literal["url", "refid", "date", "number", "name", "abbreviation", "eu"]
ActKind: TypeAlias = Literal["lov", "forskrift"]
Guess: TypeAlias = Literal["", "spelling", "title", "day", "misprint"]
"""Why an act is guessed: a name a letter or two away; a title that is cut short; an id without its number; an id that
contradicts the name beside it, or whose day and month are swapped."""

_REFID = re.compile(
    r"(?<![^\W_])(?P<kind>lov|for|forskrift)(?:[-/–]+|\s+)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
    r"(?:(?:-|[\s,]*nr\.?\s*)(?P<number>\d+))?(?!\d)",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")
_DAY = (
    rf"(?P<day>\d{{1,2}})(?:(?:\.?\s*|\s*/\s*)(?P<month>(?:{'|'.join(_MONTHS)})[a-z]{{0,7}}\.?)"
    r"|(?:\.\s*|\s*/\s*|\s+)(?P<digits>\d{1,2})[./-])\s*(?P<year>\d{4})"
)
_DATED = re.compile(
    r"(?<![^\W_])(?P<kind>lov|(?:samle)?forskrift|forskr\.)(?:a|en|i)?\s+(?:(?:av|frå|fra|datert)\s+)?"
    rf"{_DAY}(?:[\s,]*nr\.?\s*(?P<number>\d+))?",
    re.IGNORECASE,
)
_OF_A_DAY = re.compile(
    rf"[\s,)]{{1,3}}(?:(?:av|frå|fra|datert)\s+)?{_DAY}(?:[\s,]*nr\.?\s*(?P<number>\d+))?", re.IGNORECASE
)
_OF_A_YEAR = re.compile(
    r"(?P<of>\s+(?:av|frå|fra))?\s+\(?(?P<year>(?:18|19|20)\d{2})\)?(?![-./]?\d)(?!\s*nr)", re.IGNORECASE
)
"""What follows a name and tells acts of one name apart: "av 18. juni 1965 nr. 4", "av 1902"."""
_EU = re.compile(
    r"\b(?:(?P<type>\w*forordning|\w*direktiv)\w*)\s*\(?(?P<body>E[FUØ]F?)?\)?\s*(?:nr\.?\s*)?(?P<one>\d{1,4})/(?P<other>\d{2,4})"
    r"(?:/(?:EF|EU|EØF))?",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"(?<![\w-])(?P<short>[^\W\d_][^\W\d_]{0,3}\.?(?:[^\W\d_.-]|(?<=\w)[.-](?=[^\W\d_])){0,12})\.?"
    r"(?P<of>\s+(?:av\s+|\()?(?P<year>(?:18|19|20)\d{2})\)?)?"
    r"(?=(?:\s*/\s*[^\W\d_]{2,12}\.?)?\s*(?:[§$]|\d+-\d|\d+\s?[a-z]?\s*[§$](?!\s*\d)|kap(?:ittel|\.|\s)))"
)
_TITLE_ENDS = re.compile(
    r"[§$;\n()\[\]:]|\s\d[\d-]*\s?[a-z]?\s*[§$](?!\s*\d)|\.\s+[A-ZÆØÅ]|,?\s+(?:kap(?:ittel|\.)|art(?:ikkel|\.)|datert|nr\.)\s?|\.\s*$|\s-\s"
)
_NO_NAMES = re.compile(
    r"(?:endring|sær|ramme|natur|hjemmel|fullmakt|tillegg|ny|del|sentral|standard|moral|lokal|over|års?|for|til|u|av|på|"
    r"etter|samle|års|overgang|ikrafttred\w*|ikraftsett\w*)?(?:lov|forskrift)"
)
_PROPOSED = re.compile(r"\b(?:nye?|forslag\s+til|utkast\s+til|høring\w*)\s+$", re.IGNORECASE)
_SHORT_STEM = 4
_WORDS_BEFORE = 30
_TITLED = frozenset({"lov", "forskrift"})
_WHOLE_TITLE = 3
_LONGEST_TITLE = 200
_YEARS_TO_FORCE = 3
"""Acts are called after the year of their making, or of their coming into force up to so many years later."""
_CENTURY, _OLD_NUMBERS, _YEARS_END = 100, 2014, 2100


@dataclass(frozen=True, slots=True)
class Mention:
    """An act named in a text: `start` and `end` in code points, `written` the id or name as it stands there.

    `refid` is None where no act is known by that name, or no such day exists; `successor` is set where the id is that
    of an earlier act of the name beside it. `target` is what an address leads to, `celex` the number of an EU act.
    """

    start: int
    end: int
    kind: Kind
    written: str
    refid: Refid | None = None
    guess: Guess = ""
    successor: Refid | None = None
    target: Target | None = None
    celex: str = ""


def strong(text: str) -> Iterator[Mention]:
    """What names an act without any doubt about which: addresses, ids, dates, numbers of the EU."""
    for found in (*ADDRESS.finditer(text), *ELI_PATH.finditer(text)):
        address = found.group().rstrip(".,;)")
        if european := re.search(r"/(3\d{4})([rl])(\d{4})\.pdf", address, re.IGNORECASE):
            celex = "".join(european.groups()).upper()
            yield Mention(found.start(), found.start() + len(address), "eu", address, celex=celex)
        elif led := target(address):
            yield Mention(found.start(), found.start() + len(address), "url", address, led.refid, target=led)
    for found in _REFID.finditer(text):
        yield Mention(found.start(), found.end(), "refid", found.group(), _refid(_kind(found), found, found["month"]))
    for found in _DATED.finditer(text):
        yield Mention(found.start(), found.end(), "date", found.group(), _refid(_kind(found), found, _month(found)))
    for found in _EU.finditer(text):
        if celex := _celex(found):
            yield Mention(found.start(), found.end(), "eu", found.group(), celex=celex)


def _kind(found: re.Match[str]) -> ActKind:
    return "lov" if found["kind"].casefold() == "lov" else "forskrift"


def _month(found: re.Match[str]) -> str:
    return found["digits"] or str(_MONTHS.index(found["month"][:3].casefold()) + 1)


def _refid(kind: ActKind, found: re.Match[str], month: str) -> Refid | None:
    return made_refid(kind, found["year"], month, found["day"], found["number"])


def _celex(found: re.Match[str]) -> str:
    """The number of an EU act: of "forordning (EF) nr 1221/2009" 32009R1221; since 2015 the year stands first."""
    one, other = int(found["one"]), int(found["other"])
    number, year = (
        (other, one)
        if _OLD_NUMBERS < one < _YEARS_END or found["type"].casefold().endswith("direktiv")
        else (one, other)
    )
    year += 1900 if year < _CENTURY else 0
    letter = "L" if found["type"].casefold().endswith("direktiv") else "R"
    return f"3{year}{letter}{number:04}" if 1950 < year < _YEARS_END else ""  # noqa: PLR2004 - years of the EU


def named(text: str, acts: ActIndex) -> Iterator[Mention]:
    """Names of acts: titles, short titles in any inflection, guesses at misspelt ones, and names that no act has."""
    found = list(words(text))
    forms = tuple(word.form for word in found)
    at = 0
    while at < len(found):
        act, guess, length = _name_at(text, found, forms, at, acts)
        if length:
            yield _mention(text, found[at], found[at + length - 1], act, guess)
        at += max(length, 1)


def _name_at(text: str, found: list[Word], forms: Name, at: int, acts: ActIndex) -> tuple[KnownAct | None, Guess, int]:
    """The act that a name beginning with this word means, why it is a guess, and how many words it has; 0 for none."""
    first = forms[at]
    for length in acts.lengths(first):
        if at + length <= len(forms) and (known := acts.named(forms[at : at + length])):
            return known[0], "", length
    if not (head := head_of(first)) or head not in _TITLED:
        return None, "", 0
    if first == head:
        return _title_at(text, found, forms, at, acts)
    if _NO_NAMES.fullmatch(first):
        return None, "", 0
    near = acts.near(first) or acts.described(first)
    return (near[0], "spelling", 1) if len(near) == 1 else (None, "", 1)


def _title_at(text: str, found: list[Word], forms: Name, at: int, acts: ActIndex) -> tuple[KnownAct | None, Guess, int]:
    """A title that no act has as it stands: the one act with nearly that title, else a name that no act has."""
    limit = min(found[at].start + _LONGEST_TITLE, len(text))
    ends = _TITLE_ENDS.search(text, found[at].end, limit)
    stop = ends.start() if ends else limit
    length = sum(word.end <= stop for word in found[at : at + _LONGEST_TITLE])
    title = forms[at : at + length]
    if length < _WHOLE_TITLE:
        return None, "", 0
    likely = acts.beginning(title) or acts.like(title)
    if len(likely) == 1:
        return likely[0], "title", length
    if _PROPOSED.search(text, max(0, found[at].start - _WORDS_BEFORE), found[at].start):
        return None, "", 0
    plain = forms[at + 1] in {"om", "til"} and not any(acts.lengths(form) for form in title[2:] if head_of(form))
    return None, "", length if plain else 0


def _mention(text: str, first: Word, last: Word, act: KnownAct | None, guess: Guess = "") -> Mention:
    """The mention of a name with the day or year that stands behind it, which say which act of that name it is."""
    if act is None:
        return Mention(first.start, last.end, "name", text[first.start : last.end])
    refid: Refid | None = act.refid
    end = last.end
    if found := _OF_A_DAY.match(text, last.end):
        end = found.end()
        if (dated := _refid(act.refid.kind, found, _month(found))) and not _same(dated, act.refid):
            refid = dated
    elif (found := _OF_A_YEAR.match(text, last.end)) and not text[first.start : last.end].endswith(found["year"]):
        near = _can_be_of(found["year"], act)
        end = found.end() if near or found["of"] else last.end
        refid = refid if near or not found["of"] else None
    return Mention(first.start, end, "name", text[first.start : end], refid, guess if refid == act.refid else "")


def _can_be_of(year: str | None, act: KnownAct) -> bool:
    return year is None or abs(int(year) - act.refid.day.year) <= _YEARS_TO_FORCE


def _same(dated: Refid, act: Refid) -> bool:
    return dated.day == act.day and dated.number in {None, act.number}


def abbreviated(text: str, acts: ActIndex) -> Iterator[Mention]:
    """Abbreviations with a section or chapter behind them."""
    for found in _SHORT.finditer(text):
        short = found["short"] + (found["of"] or "")
        if known := acts.abbreviated(short):
            yield Mention(found.start(), found.end(), "abbreviation", short, known[0].refid)
        elif known := acts.abbreviated(found["short"]) or _cut_short(found["short"], acts):
            refid = known[0].refid if _can_be_of(found["year"], known[0]) else None
            yield Mention(found.start(), found.end(), "abbreviation", short, refid)


def _cut_short(short: str, acts: ActIndex) -> tuple[KnownAct, ...]:
    """What is short for a short title by its last letters: "utlendingsl." is utlendingsloven."""
    stem = short.rstrip(".").casefold()
    return acts.named((common_form(f"{stem}ov"),)) if stem.endswith("l") and len(stem) > _SHORT_STEM else ()
