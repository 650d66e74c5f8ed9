"""Words of titles brought to one form, so that aksjeloven, aksjelova, aksjelov and aksjelovens are one name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’][^\W_]+)*")
_SIGNS = str.maketrans("", "", "-‐‑'’")
_HEADED = re.compile(
    r"(?P<stem>.*?)(?P<joint>s?)(?P<head>lov|forskrift|instruks|reglement|konvensjon|forordning|vedtak)"
    r"(?:en|et|a|i|er|ene|ar|ane)?s?"
)
_SHORTENED = re.compile(r"(?P<stem>\w*?)s?(?:forskr|fskr)")
_INFLECTED = re.compile(r"(?:ene|ane|ar|er|en|et|e|a|s)$")
_NYNORSK = (
    ("eigedom", "eiendom"),
    ("verksemd", "virksomhet"),
    ("offentleg", "offentlig"),
    ("skule", "skole"),
    ("veg", "vei"),
)
"""Spellings that are one where titles of both written forms are compared."""
_LETTERS_OF_A_STEM = 4
_IGNORED = frozenset({"mv", "m", "v", "mm"})
"""What titles end in and people leave off."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text in its common form, with its place in code points."""

    form: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of a text in order, without those that titles may or may not have ("mv.")."""
    for found in _WORD.finditer(text):
        form = common_form(found.group())
        if form not in _IGNORED:
            yield Word(form, found.start(), found.end())


def forms(text: str) -> tuple[str, ...]:
    """The common forms of the words of a name."""
    return tuple(word.form for word in words(text))


@lru_cache(maxsize=65_536)
def common_form(word: str) -> str:
    """One form for the inflections of a word, bokmål and nynorsk, with or without hyphens and linking s.

    "Merverdiavgiftslovens" gives "merverdiavgiftlov", "Fregforskr" "fregforskrift", "personar" "person".
    """
    plain = word.casefold().translate(_SIGNS)
    for nynorsk, bokmaal in _NYNORSK:
        plain = plain.replace(nynorsk, bokmaal)
    if headed := _HEADED.fullmatch(plain):
        stem = headed["stem"] or headed["joint"]
        return stem + headed["head"]
    if shortened := _SHORTENED.fullmatch(plain):
        return shortened["stem"] + "forskrift"
    stem = _INFLECTED.sub("", plain)
    return stem if len(stem) >= _LETTERS_OF_A_STEM else plain


def head_of(form: str) -> str:
    """What a word in common form says that it names: "lov", "forskrift" ..., "" for any other word."""
    found = _HEADED.fullmatch(form)
    return found["head"] if found else ""
