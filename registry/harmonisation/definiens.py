"""Where a definition proper begins: behind "Med X menes", "X er", "X:" and the like."""

import re
from functools import lru_cache

from registry.harmonisation.terms import split_qualifier
from registry.harmonisation.words import Token, lemmas, tokens

_BOILERPLATE = re.compile(
    r"^\W*(?:med|som|by)\s+[^,.;:]{1,60}?\s+(?:menes|forstås|meines|forstår|reknes|regnes|er\s+meint|is\s+meant)"
    r"(?:\s+(?:her|i\s+denne\s+\w+|i\s+denne\s+lov(?:en|a)?|en|et))?\s*:?\s*",
    re.IGNORECASE,
)
_COPULA = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:,(?=\s+(?:en|et|ei|ein|eit)\s)|er|is|are|means|betyr|betyder|tyder|vil\s+si|brukes\s+om|:|=|–|-)\s+(?:(?:en|et|ei|ein|eit|a|an|the)\s+)?",
    re.IGNORECASE,
)
_LATE_COPULA = re.compile(
    r"[^.;:]{0,80}?\s(?:er|betyr|brukes|benyttes|beskriver|omfatter|består|består av|gis|innebærer|angir|viser|utgjør|"
    r"kan|skal|vil|har|blir|gir|nyttast|blir brukt|is|are|means|consists)\s",
    re.IGNORECASE,
)
_LIST_MARKER = re.compile(r"\W*(?:[a-zæøå]|\d{1,2})[.)]\s+(?=\w)")
_ENDS = re.compile(r"[.!?;](?:\s|$)")
_ANOTHER = re.compile(r"[.;]\s+[-*]*\s*[A-ZÆØÅ][\w/ -]{1,40}:\s|[.;,]\s+«[^»]{2,60}»\s+\w")
_ABBREVIATED = 4
"""A word of so few letters before a full stop and a figure may be an abbreviation ("pkt. 3")."""
_STEM = 8
_RELATIVE = re.compile(r"\b(?:som|der|hvor|når|that|which|who)\b", re.IGNORECASE)


@lru_cache(maxsize=8_000)
def beginning(text: str, term: str, language: str) -> int:
    """The offset at which the definition proper begins; 0 if it begins at once."""
    if (marker := _LIST_MARKER.match(text)) and marker.end() < len(text):
        return marker.end() + beginning(text[marker.end() :], term, language)
    if match := _BOILERPLATE.match(text):
        return match.end() if match.end() < len(text) else 0
    wanted = term_lemmas(term, language)
    if not wanted:
        return 0
    words = tokens(text, language)
    skip = 1 if words and words[0].lemma in {"en", "et", "a", "an", "the"} else 0
    head = words[skip : skip + len(wanted)]
    if [token.lemma for token in head] != wanted:
        return 0
    copula = _COPULA.match(text, head[-1].end)
    if copula is None:
        copula = _LATE_COPULA.match(text, head[-1].end)
        if copula and _RELATIVE.search(text, head[-1].end, copula.end()):
            return 0
    return copula.end() if copula else 0


def first_sentence(text: str, start: int, language: str) -> list[Token]:
    """The words of the definition proper, to its first full stop; "nr. 5" and "jf. 3" are no stops."""
    found: list[Token] = []
    for token in tokens(text, language):
        if token.start < start:
            continue
        if found and _ends_sentence(text, found[-1], token):
            break
        found.append(token)
    return found


def _ends_sentence(text: str, last: Token, following: Token) -> bool:
    gap = text[last.end : following.start]
    if not _ENDS.search(gap):
        return False
    if ";" in gap or following.text[0].isupper():
        return True
    return following.text[0].isdigit() and len(last.text) > _ABBREVIATED and last.text.isalpha()


@lru_cache(maxsize=8_000)
def own_part(text: str) -> int:
    """Where the definition of another word begins (of "... til havs. Småbåt: båt under 8 meter"); else the end."""
    match = _ANOTHER.search(text)
    return match.start() if match else len(text)


def term_lemmas(term: str, language: str) -> list[str]:
    """The lemmas of a term without its qualifier, in order."""
    return list(_term_lemmas(term, language))


@lru_cache(maxsize=8_000)
def _term_lemmas(term: str, language: str) -> tuple[str, ...]:
    return lemmas(split_qualifier(term)[0], language)


def of_one_stem(word: str, term: str) -> bool:
    """Whether a word is another term of the same coinage: "prissikringsverdi" beside "prissikringsbeløp"."""
    return len(word) > _STEM and len(term) > _STEM and word[:_STEM] == term.casefold()[:_STEM]
