"""Legal references as people write them, in free text or as an address: which act or regulation, which section.

`resolve` knows refids, Lovdata's addresses in their many spellings, "lov 8. februar 1980 nr. 2 om pant § 1-1", short
titles with genitives and abbreviations. It says what a text refers to, not whether the register holds it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from importers.law.identifiers import Refid, act_path, parse_refid
from importers.law.names import NameTable, well_known
from importers.law.provisions import Provision, provision_before, provisions_after

__all__ = ["LegalReference", "act_path", "resolve"]

Kind: TypeAlias = Literal["url", "refid", "date", "name", "abbreviation"]

_URL = re.compile(r"(?:https?://)?(?:www\.)?lovdata\.no/[^\s<>\"\]|]+", re.IGNORECASE)
_URL_REFID = re.compile(r"(?:lov|forskrift|for)/\d{4}-\d{2}-\d{2}(?:-\d+)?", re.IGNORECASE)
_URL_ELI = re.compile(r"eli/(lov|forskrift)/(\d{4})/(\d{1,2})/(\d{1,2})(?:/(\d+))?", re.IGNORECASE)
_URL_OLD = re.compile(r"\b(hl|nl|sf|lf)-(\d{4})(\d{2})(\d{2})-0*(\d+)", re.IGNORECASE)
_REFID = re.compile(
    r"\b(?P<kind>lov|for|forskrift)(?:[-/]|\s+)(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:(?:-|[\s,]*nr\.?\s*)(?P<number>\d+))?(?!\d)",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]{{0,7}}\.?"
_DATED = re.compile(
    rf"\b(?P<kind>lov|forskrift|forskr\.)(?:a|en|i)?\s+(?:av\s+|frå\s+|fra\s+)?(?P<day>\d{{1,2}})\.?\s*"
    rf"(?:(?P<month>{_MONTH})|(?P<digits>\d{{1,2}})\.)\s*(?P<year>\d{{4}})(?:[\s,]*nr\.?\s*(?P<number>\d+))?",
    re.IGNORECASE,
)
_STOP = r"\.\s+[A-ZÆØÅ]|,?\s*(?:lov|for)[-\s]\d{4}"
_ABOUT = re.compile(
    rf"\s*[:,]?\s*(?:(?:lov|forskrift)\s+)?(?:om|til)\s(?:(?!{_STOP})[^§$;\n]){{0,200}}?"
    rf"(?=[\s,(.]*(?:[§$;\n]|kap|$)|{_STOP})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LegalReference:
    """A reference found in a text: `span` in code points of that text; `provision` is "§ 1-1" or ""."""

    text: str
    span: tuple[int, int]
    refid: str
    provision: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    refid: Refid
    kind: Kind


def resolve(text: str, names: NameTable | None = None) -> list[LegalReference]:
    """The references in a text, in order; one for each section where several are named.

    `names` are the short titles to know besides refids and dates; those of well-known acts if nothing is given.
    """
    mentions: list[_Mention] = []
    for mention in _mentions(text, names or well_known()):
        if not any(mention.start < other.end and other.start < mention.end for other in mentions):
            mentions.append(mention)
    return [
        reference for mention in sorted(mentions, key=lambda one: one.start) for reference in _expand(text, mention)
    ]


def _mentions(text: str, names: NameTable) -> Iterator[_Mention]:
    """Every mention of an act; the surest kind first, so that it wins where two overlap."""
    for found in _URL.finditer(text):
        refid = _from_url(found.group())
        if refid is not None:
            yield _Mention(found.start(), found.start() + len(found.group().rstrip(".,;)")), refid, "url")
    for found in _REFID.finditer(text):
        refid = _from_parts(found)
        if refid is not None:
            yield _Mention(found.start(), _after_title(text, found.end()), refid, "refid")
    for found in _DATED.finditer(text):
        refid = _from_date(found)
        if refid is not None:
            yield _Mention(found.start(), _after_title(text, found.end()), refid, "date")
    for found, refid in names.find(text):
        yield _Mention(found.start(), found.end(), refid, "name" if found["name"] else "abbreviation")


def _after_title(text: str, position: int) -> int:
    """Where the title ends that may follow an act's number: "nr. 2 om pant (panteloven)"."""
    about = _ABOUT.match(text, position)
    return about.end() if about else position


def _expand(text: str, mention: _Mention) -> Iterator[LegalReference]:
    """One reference for each section named with the act, or one for the act itself."""
    if mention.kind == "url":
        address = text[mention.start : mention.end]
        inside = re.search(r"(?:[§$]|%C2%A7)+\s*(\d[\d-]*(?:[a-z](?!\w))?)", address, re.IGNORECASE)
        number = re.sub(r"(?<=\d)(?=[a-z]$)", " ", inside.group(1).strip("-")) if inside else ""
        section = f"§ {number}" if number else ""
        yield LegalReference(address, (mention.start, mention.end), str(mention.refid), section, "url")
        return
    provisions = provisions_after(text, mention.end, bare=mention.kind == "abbreviation")
    if not provisions:
        before = provision_before(text, mention.start)
        yield _reference(text, mention, before, before.start if before else mention.start, mention.end)
        return
    first, *others = provisions
    yield _reference(text, mention, first, mention.start, first.end)
    for provision in others:
        yield _reference(text, mention, provision, provision.start, provision.end)


def _reference(text: str, mention: _Mention, provision: Provision | None, start: int, end: int) -> LegalReference:
    number = provision.number if provision else ""
    return LegalReference(text[start:end], (start, end), str(mention.refid), number, mention.kind)


def _from_url(address: str) -> Refid | None:
    if found := _URL_REFID.search(address):
        return parse_refid(found.group())
    if found := _URL_ELI.search(address):
        return _refid("lov" if found[1].lower() == "lov" else "forskrift", found[2], found[3], found[4], found[5])
    if found := _URL_OLD.search(address):
        kind: Literal["lov", "forskrift"] = "lov" if found[1].lower() in {"hl", "nl"} else "forskrift"
        return _refid(kind, found[2], found[3], found[4], found[5])
    return None


def _from_parts(found: re.Match[str]) -> Refid | None:
    year, month, day = found["day"].split("-")
    kind: Literal["lov", "forskrift"] = "lov" if found["kind"].casefold() == "lov" else "forskrift"
    return _refid(kind, year, month, day, found["number"])


def _from_date(found: re.Match[str]) -> Refid | None:
    month = found["digits"]
    if found["month"]:
        month = str(_MONTHS.index(found["month"][:3].casefold()) + 1)
    kind: Literal["lov", "forskrift"] = "lov" if found["kind"].casefold() == "lov" else "forskrift"
    return _refid(kind, found["year"], month, found["day"], found["number"])


def _refid(kind: Literal["lov", "forskrift"], year: str, month: str, day: str, number: str | None) -> Refid | None:
    try:
        return Refid(kind, date(int(year), int(month), int(day)), int(number or 0) or None)
    except ValueError:
        return None
