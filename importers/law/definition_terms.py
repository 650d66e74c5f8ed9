"""Where the word ends and its definition begins, in a list item or a paragraph of a section of definitions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

_QUOTES = "«»“”„\"'‘’"
_QUOTED = re.compile(
    r"^[«“„\"](?P<term>(?:[^«»”\"(]|\([^()]*\)){1,120})[»”\"]\s*(?:\([^)]*\)\s*)?[:,–—-]?\s*(?:(?:menes|betyr|er|forstås\s+som)\s+)?(?P<text>.*)$",
    re.DOTALL,
)
_COLON = re.compile(r"^(?P<term>[^:;]{1,160}?)\s*:(?:\s+(?P<text>.*))?$", re.DOTALL)
_DASH = re.compile(r"^(?P<term>[^–—:.;]{1,80}?)\s+[–—-]\s+(?P<text>.+)$", re.DOTALL)
_COMMA = re.compile(r"^(?P<term>(?:[^,:.;]|\.(?=\S)){1,60}?),\s+(?P<text>.+)$", re.DOTALL)
_HEADWORD = re.compile(r"^(?P<term>[^.:;,]{1,80}?)\.\s+(?P<text>(?:Med|Ved)\s.+)$", re.DOTALL)
_ENDS_IN_STOP = re.compile(r"(?:\bmv|\bm\.m|\bm\.v|\bo\.l|\b[a-zæøå]\.[a-zæøå])\.$", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:\(?(?:[a-zæøå]|\d{1,3}[a-z]?)[.)]\s+|\(\d+\)\s*|[-–]\s+|\d{1,3}(?:\.\d+)*\s+(?=[«“\"])|\d{1,3}(?:\.\d+)+\s+)",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"\s*[,;]\s*(?:(?:og|eller|samt)(?:/eller)?)?\s*$|(?<=[.;,])\s+(?:og|eller)$", re.IGNORECASE)
_PARENTHESIS = re.compile(r"(?:\s+|(?<=[a-zæøå]))\((?P<inside>[^()]{1,60})\)(?:\s\d{1,2})?\s*$")
_SENTENCE_INSIDE = re.compile(
    r"[a-zæøå]{3,}\.\s+[A-ZÆØÅ]|^(?:alle\s+)?andre\s+(?:uttrykk|begrep|ord)|\b(?:skal|kan|må|følgende|følgjande|gjelder|gjeld|omfatter|omfattar|nevnt|jf\.|regnes|anses)\b",
    re.IGNORECASE,
)
_TWICE = re.compile(r"(?P<once>.{3,60})\s(?P=once)", re.IGNORECASE)
_WORDS = 12
_MOST_WORDS = 20
_COMMA_WORDS = 5
_DEFINED = re.compile(r"^(?P<term>[^.:;,]{1,80}?),?\s+(?P<text>som\s+(?:er\s+)?definert\s+i\s.+)$", re.DOTALL)
_SEMICOLON = re.compile(r"^(?P<term>[^;,:.]{1,60}?);\s+(?P<text>.+)$", re.DOTALL)
_BEFORE_WORD = re.compile(
    r"^(?:I\s.{3,90}?\s(?:menes|meines|forstås|meinast)\s+med\s+|(?:uttrykket|begrepet|omgrepet|termen|noens)\s+(?=\S)|\*+\s*)",
    re.IGNORECASE,
)
_TWO_WORDS = re.compile(r"«(?P<first>[^»]+)»\s+(?:eller|og)\s+«(?P<second>[^»]+)»")
_RUN_ON = re.compile(
    r"(?<=[,;.])\s+(?=«[^»]{2,80}»\s*(?::|(?:en|et|ein|eit|den|det|alle|enhver|ethvert|å)\s))", re.IGNORECASE
)
_QUOTED_WORD = re.compile(r"«[^»]{2,80}»\s+(?:\([^)]*\)\s+)?[a-zæøå]")
_NEXT_QUOTED = re.compile(
    r"(?<=[,;.])\s+(?:og\s+)?(?=«[^»]{2,80}»\s+(?!omfatter\b|og\b|eller\b|samt\b|som\b|skal\b|er\b|kan\b|i\b)[a-zæøå])"
)
_NEXT_WORD = re.compile(
    r"(?<=[.;])\s+(?=(?!Eksemp|Merk|Anm|Not[ei]|Unntak|(?:Sone|Klasse|Kategori|Gruppe|Type|Nivå|Trinn|Alternativ)\s\S{1,4}:"
    r"|(?:Ved|I|For|Med|På|Til|Av|Etter|Når|Dersom|Utenfor|Innenfor|Dette|Disse|Det|Den|De)\s)"
    r"(?P<term>[A-ZÆØÅ][^.:;«»–]{1,60})(?P<mark>:|\s–)\s+\S)"
)
_MARK = re.compile(r".{2,160}?(?P<mark>:|\s–)\s", re.DOTALL)
_STATEMENT = re.compile(
    r"\b(?:er|har|blir|består|inngår|herunder|som|deles|fordeles|inneholder|regnet|inndeles)\b", re.IGNORECASE
)
Forms: TypeAlias = tuple[re.Pattern[str], ...]
SECTION_FORMS: Forms = (_QUOTED, _HEADWORD, _COLON, _DEFINED, _DASH)
"""How a word may be divided from its definition in a section of definitions."""
LIST_FORMS: Forms = (*SECTION_FORMS, _SEMICOLON, _COMMA)
"""The same in a list under words such as "menes med", where a comma is enough."""


@dataclass(frozen=True, slots=True)
class TermAndText:
    """A word as written and what follows it."""

    term: str
    text: str


def split_item(text: str, forms: Forms) -> TermAndText | None:
    """The word and its definition in the first of `forms` that fits, None if the text does not define."""
    plain = _LABEL.sub("", text.strip())
    for form in forms:
        found = form.match(plain)
        if found is None or _SENTENCE_INSIDE.search(found["term"]):
            continue
        if form in {_DASH, _COMMA} and re.match(r"(?:og|eller)\s", found["text"]):
            continue
        if len(found["term"].split()) > (_COMMA_WORDS if form is _COMMA else _WORDS):
            continue
        return TermAndText(found["term"], (found["text"] or "").strip())
    return None


def clean_term(term: str) -> tuple[str, ...] | None:
    """The word without quotation marks, and after it what a parenthesis at its end says; None if it is no word."""
    plain = _BEFORE_WORD.sub("", _LABEL.sub("", term.strip())).strip(" ,;:")
    alternatives: tuple[str, ...] = ()
    while (inside := _PARENTHESIS.search(plain)) and inside.start():
        other = inside["inside"].strip(_QUOTES + " ")
        plain = plain[: inside.start()]
        alternatives = (other, *alternatives) if re.search(r"[^\W\d_]", other) else alternatives
    if twice := _TWICE.fullmatch(plain):
        plain = twice["once"]
    if both := _TWO_WORDS.fullmatch(plain):
        plain, alternatives = both["first"], (both["second"],)
    plain = plain.strip(_QUOTES + " ")
    if plain.count("«") != plain.count("»"):
        plain = re.sub(r"[«»]", "", plain)
    plain = plain if _ENDS_IN_STOP.search(plain) else plain.rstrip(".")
    if not re.search(r"[^\W\d_]{2}|^[A-ZÆØÅ]$", plain) or len(plain.split()) > _MOST_WORDS:
        return None
    return plain, *filter(None, alternatives)


def run_on(text: str) -> list[str]:
    """The definitions that stand one after the other in a text of a section of definitions; mostly there is one.

    They are divided before "«X»:", before any «X» where the first word has no colon either, and at the end of a
    sentence before "X:" (or "X –", as the first word has it) of a few words that state nothing.
    """
    next_one = _NEXT_QUOTED if _QUOTED_WORD.match(text) else _RUN_ON
    return [one for part in next_one.split(text) for one in _before_words(part)]


def _before_words(text: str) -> Iterator[str]:
    """The parts of a text "X: .... Y: ....", each from its word on."""
    start = 0
    if (first := _MARK.match(text)) is not None:
        for found in _NEXT_WORD.finditer(text):
            if found["mark"] != first["mark"]:
                continue
            term = found["term"]
            stated = _SENTENCE_INSIDE.search(term) or _STATEMENT.search(term) or (term.isupper() and " " in term)
            if len(term.split()) <= _COMMA_WORDS and not stated:
                yield text[start : found.start()]
                start = found.end()
    yield text[start:]


def trim_end(text: str) -> str:
    """The definition without the comma, semicolon, "og" or "eller" that leads on to the next item of a list."""
    return _TRAILING.sub("", text.strip()).strip()
