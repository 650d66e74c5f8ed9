"""The genus of a definition: the nearest superordinate concept that it begins with (ISO 704, 6.2)."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from registry.harmonisation.quantities import quantities
from registry.harmonisation.records import DefinitionRecord
from registry.harmonisation.words import Token, content_lemmas, family, language_data, stop_words, tokens

_COMPOUND_TAIL = 4
_LONGEST = 6
"""A genus stands within so many words from the beginning."""
_ADJECTIVE = ("ig", "ige", "lig", "fret", "løs", "løst", "ert", "erte", "bar", "bart", "isk", "al", "alt")
_PAIRED = (
    *_ADJECTIVE,
    "iske",
    "bare",
    "elle",
    "ell",
    "elt",
    "ende",
    "ande",
    "ede",
    "et",
    "ete",
    "ate",
    "at",
    "rt",
    "iv",
    "ive",
    "æte",
    "ale",
    "ile",
    "il",
    "ær",
    "ære",
    "lagt",
    "lagte",
    "satt",
    "satte",
)
"""Endings of adjectives that stand in pairs before one noun: "fysisk eller juridisk person"."""
_NO_ADJECTIVE = frozenset({"bolig", "krig", "tilfelle"})
_JOINING = frozenset({"og", "eller", "og/eller", "samt", "and", "or"})
_BETWEEN = frozenset({"ikke", "ikkje", "not", "den", "det", "de", "the"})
_WHO = re.compile(
    r"(?:(?:den|de|en|ein|dei|enhver|alle|noen|nokon|hver|kvar)(?:/\w+)?"
    r"|(?:(?:en|ein|enhver|einkvar|alle)\s+)?fysiske?\s+(?:eller|og|og/eller)\s+juridiske?\s+person(?:er|ar)?)\s+som\b",
    re.IGNORECASE,
)
_PERSON = "person"
_ENDINGS = re.compile(r"(?:e?n|e?t|a|e?ne|e?r|ar|ane|e|m?en|m?er)?s?$")


@dataclass(frozen=True, slots=True)
class Genus:
    """The head noun of a definition, as lemma and as it stands."""

    lemma: str
    text: str
    start: int
    end: int

    @property
    def shown(self) -> str:
        """The noun as people are shown it: without inflection where that leaves a noun, else as it stands."""
        word = self.text.lower()
        if self.lemma in language_data("genus")["plural_only"]:
            return word
        stem = self.lemma.removesuffix("e") if word.startswith(self.lemma.removesuffix("e")) else ""
        return self.lemma if stem and _ENDINGS.fullmatch(word[len(stem) :]) else word


@cache
def _boundaries(language: str) -> frozenset[str]:
    return frozenset(language_data("genus")["boundaries" if language == "no" else "boundaries_english"].split())


@cache
def _openers(language: str) -> frozenset[str]:
    return frozenset(language_data("genus")["openers" if language == "no" else "openers_english"].split())


def _paired(words: tuple[Token, ...], index: int) -> bool:
    """Whether the joining word at this place stands between two adjectives: "private eller offentlige foretak"."""
    if words[index].text.lower() not in _JOINING or not 0 < index < len(words) - 2:
        return False
    skip = 1 if words[index + 1].text.lower() in _BETWEEN else 0
    if index + skip + 2 >= len(words):
        return False
    before, after = words[index - 1].text.lower(), words[index + skip + 1].text.lower()
    return before.endswith(_PAIRED) and after.endswith(_PAIRED)


def _phrase(text: str, language: str, words: tuple[Token, ...]) -> list[Token]:
    """The words of the first noun phrase: from the first word that opens nothing to the first boundary."""
    openers = _openers(language)
    phrase: list[Token] = []
    beside = frozenset(token for index in range(len(words)) if _paired(words, index) for token in _pair(words, index))
    for token in words:
        gap = text[phrase[-1].end : token.start] if phrase else ""
        hyphened = text[token.end : token.end + 2] in {"-,", "- "}
        if token in beside or hyphened or gap.startswith("-") or (phrase and phrase[-1].text.endswith("-")):
            continue
        if _closes(token, gap, phrase, language):
            if gap == " " and token.text.lower() in language_data("genus")["finite"].split():
                return []
            break
        if token.text.lower() not in openers:
            phrase.append(token)
    return phrase if len(phrase) <= _LONGEST else []


def _pair(words: tuple[Token, ...], index: int) -> tuple[Token, ...]:
    """The joining word between two adjectives, with a "not" or an article behind it."""
    return words[index : index + 2] if words[index + 1].text.lower() in _BETWEEN else words[index : index + 1]


def _closes(token: Token, gap: str, phrase: list[Token], language: str) -> bool:
    """Whether the noun phrase ends before a word."""
    word = token.text.lower()
    if word in _boundaries(language):
        return True
    return bool(phrase) and (word in _openers(language) or _breaks(gap, phrase[-1]) or _participle(token))


def _participle(token: Token) -> bool:
    """Whether a word is a verb behind the noun: "gebyr ilagt av ...", "system bestående av ..."."""
    word = token.text.lower()
    if word in language_data("genus")["participles"].split():
        return True
    if word.endswith(("ende", "ande")):
        return word.startswith("bestå")
    return word.endswith("t") and token.lemma.endswith("e") and not word.startswith(token.lemma)


def _breaks(gap: str, before: Token) -> bool:
    """Whether a sign ends the phrase; a comma between adjectives does not ("entydig, varig nummer")."""
    if gap.strip() == "," and before.text.lower().endswith(_ADJECTIVE) and before.lemma not in _NO_ADJECTIVE:
        return False
    return any(sign in gap for sign in ",.;:(–")


def opening(text: str, language: str, words: tuple[Token, ...]) -> list[Token]:
    """The words that name what kind of thing is defined: all up to the first boundary, through "og" and "eller"."""
    boundaries = _boundaries(language) - _JOINING
    found: list[Token] = []
    for token in words:
        gap = text[found[-1].end : token.start] if found else ""
        if token.text.lower() in boundaries or any(sign in gap for sign in ".;:"):
            break
        found.append(token)
    return found


def person_named(text: str) -> str:
    """The text with a person for "den som", "enhver som" and the like at its beginning."""
    who = _WHO.match(text)
    return f"{_PERSON} som{text[who.end() :]}" if who else text


@lru_cache(maxsize=8_000)
def genus(text: str, language: str) -> Genus | None:
    """The genus, or None where the definition does not begin with a plain noun phrase.

    "den som ..." is a person; "en samling av filer" are files: words for many or for a part let through what follows.
    """
    if language == "no" and (who := _WHO.match(text)):
        return Genus(_PERSON, _PERSON, who.start(), who.end())
    words = tokens(text, language)
    limits = [(each.start, each.end) for each in quantities(text, language)]
    found = _head(text, language, words)
    transparent: list[str] = language_data("genus")["transparent"]
    if found is not None and found.lemma in transparent:
        rest = tuple(token for token in words if token.start >= found.end)
        if rest and rest[0].text.lower() in {"av", "for", "of"}:
            return _head(text, language, rest[1:]) or None
    if found is None or any(start <= found.start < end for start, end in limits):  # "to uker" is a limit
        return None
    return None if _is_empty(found, language) or _is_list(text, language, words) else found


def _head(text: str, language: str, words: tuple[Token, ...]) -> Genus | None:
    phrase = _phrase(text, language, words[: 3 * _LONGEST])
    return Genus(phrase[-1].lemma, phrase[-1].text, phrase[-1].start, phrase[-1].end) if phrase else None


def _is_list(text: str, language: str, words: tuple[Token, ...]) -> bool:
    """Whether the first sentence only lists what is meant ("sau og geit"): then it names no genus."""
    zone = opening(text, language, words)
    behind = text[zone[-1].end :].lstrip()[:1] if zone else ""
    joined = any(token.text.lower() in _JOINING for token in zone[1:-1])
    return joined and behind in {"", ".", ";"} and not any(_paired(tuple(zone), index) for index in range(len(zone)))


def _is_empty(head: Genus, language: str) -> bool:
    """Whether a word names no kind of thing."""
    empty: list[str] = language_data("genus")["empty"]
    return (
        head.lemma in empty
        or head.lemma in stop_words(language)
        or head.text[0].isdigit()
        or not content_lemmas(head.text, language)
    )


def same_genus(a: DefinitionRecord, b: DefinitionRecord) -> bool | None:
    """Whether both name one superordinate concept; None where one names none that can be read."""
    space = family(a.language)
    first, second = genus(a.text, space), genus(b.text, space)
    if first is None or second is None:
        return None
    return related_words(first.lemma, second.lemma)


def related_words(a: str, b: str) -> bool:
    """The same lemma, or a compound and its last part (fritidsbåt and båt)."""
    shorter, longer = sorted((a, b), key=len)
    return a == b or (len(shorter) >= _COMPOUND_TAIL and longer.endswith(shorter))
