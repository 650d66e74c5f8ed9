"""Addresses of Lovdata in their many spellings, and ELI: which act or regulation they lead to, and where in it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias
from urllib.parse import unquote

from importers.law.identifiers import Refid

Kind: TypeAlias = Literal["lov", "forskrift"]

ADDRESS = re.compile(r"(?:https?://)?(?:www\.|min\.|rettsdata\.)*lovdata\.no/[^\s<>\"\]|]+", re.IGNORECASE)
ELI_PATH = re.compile(
    r"(?<![\w/])/?eli/(?P<kind>lov|forskrift)/(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?:/(?P<number>\d+))?"
    r"(?:/[^\s<>\"\]|,;)]*)?",
    re.IGNORECASE,
)
_REFID = re.compile(
    r"\b(?P<kind>lov|forskrift|for)/(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?:-(?P<number>\d+))?", re.IGNORECASE
)
_OLD = re.compile(
    r"\b(?P<kind>hl|nl|sf|lf|for|lov)-(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})-0*(?P<number>\d+)", re.IGNORECASE
)
_ELI = re.compile(ELI_PATH.pattern.replace(r"(?<![\w/])/?", "", 1), re.IGNORECASE)
_SECTION = re.compile(
    r"(?:[§$]+|PARAGRAF_|[_/]P)\s*(?P<number>\d+(?:[-_.]\d+)*)(?P<letter>[a-z](?!\w))?", re.IGNORECASE
)
_ARTICLE = re.compile(r"\b(?:ARTIKKEL|ART)_(?P<number>\d+)", re.IGNORECASE)
_CHAPTER = re.compile(r"\bKAPITTEL_(?P<number>\d+(?:-\d+)?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """What an address leads to; `section` is "§ 1-2" or "Artikkel 4", `chapter` "kapittel 2", "" where not named."""

    refid: Refid
    section: str = ""
    chapter: str = ""


def target(address: str) -> Target | None:
    """The act that an address names, None for other pages of Lovdata."""
    plain = unquote(address)
    found = _REFID.search(plain) or _ELI.search(plain) or _OLD.search(plain)
    refid = _refid(found) if found else None
    if refid is None or found is None:
        return None
    rest = plain[found.end() :]
    if section := _SECTION.search(rest):
        number, letter = section["number"].replace("_", "-"), section["letter"] or ""
        return Target(refid, f"§ {number} {letter}".strip())
    if article := _ARTICLE.search(rest):
        return Target(refid, f"Artikkel {article['number']}")
    chapter = _CHAPTER.search(rest)
    return Target(refid, chapter=f"kapittel {chapter['number']}" if chapter else "")


def _refid(found: re.Match[str]) -> Refid | None:
    kind: Kind = "lov" if found["kind"].casefold() in {"lov", "hl", "nl"} else "forskrift"
    return made_refid(kind, found["year"], found["month"], found["day"], found["number"])


def made_refid(kind: Kind, year: str, month: str, day: str, number: str | None) -> Refid | None:
    """The id of these numbers, None where there is no such day; number 0 is that of acts of old, which have none."""
    try:
        return Refid(kind, date(int(year), int(month), int(day)), int(number or 0) or None)
    except ValueError:
        return None
