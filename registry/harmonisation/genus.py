"""The genus of a definition: the nearest superordinate concept that it begins with (ISO 704, 6.2)."""

from dataclasses import dataclass
from functools import lru_cache

from registry.harmonisation.words import Token, content_lemmas, language_data, stop_words, tokens

_LONGEST = 6
"""A genus stands within so many words from the beginning."""
_ADJECTIVE = ("ig", "ige", "lig", "fret", "løs", "løst", "ert", "erte", "bar", "bart", "isk", "al", "alt")


@dataclass(frozen=True, slots=True)
class Genus:
    """The head noun of a definition, as lemma and as it stands."""

    lemma: str
    text: str
    start: int
    end: int


def _boundaries(language: str) -> frozenset[str]:
    return frozenset(language_data("genus")["boundaries" if language == "no" else "boundaries_english"].split())


def _openers(language: str) -> frozenset[str]:
    return frozenset(language_data("genus")["openers" if language == "no" else "openers_english"].split())


def _phrase(text: str, language: str, words: tuple[Token, ...]) -> list[Token]:
    """The words of the first noun phrase: from the first word that opens nothing to the first boundary."""
    boundaries, openers = _boundaries(language), _openers(language)
    phrase: list[Token] = []
    for token in words:
        word = token.text.lower()
        gap = text[phrase[-1].end : token.start] if phrase else ""
        if gap.startswith("-") or (phrase and phrase[-1].text.endswith("-")):
            continue
        if phrase and (word in boundaries or word in openers or _breaks(gap, phrase[-1]) or _participle(token)):
            break
        if word in boundaries and not phrase:
            return []
        if word not in openers:
            phrase.append(token)
        if len(phrase) > _LONGEST:
            return []
    return phrase


def _participle(token: Token) -> bool:
    """Whether a word is a verb behind the noun: "gebyr ilagt av ...", "system bestående av ..."."""
    word = token.text.lower()
    if word.endswith(("ende", "ande")):
        return word.startswith("bestå")
    return word.endswith("t") and token.lemma.endswith("e") and not word.startswith(token.lemma)


def _breaks(gap: str, before: Token) -> bool:
    """Whether a sign ends the phrase; a comma between adjectives does not ("entydig, varig nummer")."""
    if gap.strip() == "," and before.text.lower().endswith(_ADJECTIVE):
        return False
    return any(sign in gap for sign in ",.;:(–")


@lru_cache(maxsize=50_000)
def genus(text: str, language: str) -> Genus | None:
    """The genus, or None where the definition does not begin with a plain noun phrase."""
    words = tokens(text, language)
    phrase = _phrase(text, language, words[: 3 * _LONGEST])
    if not phrase:
        return None
    head = phrase[-1]
    empty: list[str] = language_data("genus")["empty"]
    if (
        head.lemma in empty
        or head.lemma in stop_words(language)
        or head.text[0].isdigit()
        or not content_lemmas(head.text, language)
    ):
        return None
    return Genus(head.lemma, head.text, head.start, head.end)
