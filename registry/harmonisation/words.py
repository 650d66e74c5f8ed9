"""Words of a text: tokens with their place, lemmas, nynorsk folded to bokmål, content words.

Lemmas come from simplemma's dictionaries; a compound that no dictionary knows gets the lemma of its longest known
ending ("opplysningspliktige" becomes "opplysningspliktig" because "pliktige" is "pliktig"). Everything is memoised.
"""

import re
import tomllib
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from operator import attrgetter
from typing import Any, NamedTuple

import simplemma
from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY, SUPPORTED_LANGUAGES

from registry.harmonisation.packs import table

_WORD = re.compile(r"\w+(?:(?:\.-|[-/.'])\w+)*", re.UNICODE)
_APOSTROPHES = frozenset("'’ʼ")
_ENGLISH = "en"
_SAMI = "se"
_SHORTEST_TAIL, _SHORTEST_HEAD = 4, 3
_LONGEST_WORD = 200
"""Letters; a longer one is no word, and seeking its parts takes time by the square."""
_HALF_COMPOUND = re.compile(r"[sS]-[ ,]")
"""The end of a word whose other half stands further on."""
_ABBREVIATION = 5
"""Capitals of two to five letters are an abbreviation, which is not inflected: ASA is no form of AS."""


class Token(NamedTuple):
    """A word as it stands, its lemma, and its place in the text (characters)."""

    text: str
    lemma: str
    start: int
    end: int


_start = attrgetter("start")


@cache
def language_data(name: str) -> dict[str, Any]:
    """A data file of `language/`, parsed."""
    text = files("registry.harmonisation").joinpath("language", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=1_000)
def family(language: str) -> str:
    """The language that a text is compared in: nb and nn (and no tag) are one, every other is its own."""
    tag = language.lower().partition("-")[0]
    return "no" if tag in {"", "nb", "nn", "no", "nob", "nno", "und"} else tag


@cache
def _stems() -> tuple[re.Pattern[str], dict[str, str]]:
    """What to replace wherever it stands, longest first; by first letters, so that most places are passed at once."""
    stems = {old: new for old, new in language_data("nn")["stems"].items() if old != new}
    rests: dict[str, list[str]] = {}
    for stem in sorted(stems, key=len, reverse=True):
        rests.setdefault(stem[0], []).append(re.escape(stem[1:]))
    return re.compile("|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items())), stems


@cache
def _endings() -> list[tuple[str, str]]:
    endings: dict[str, str] = language_data("nn")["endings"]
    return sorted(endings.items(), key=lambda pair: -len(pair[0]))


@cache
def _nynorsk_endings() -> tuple[str, ...]:
    return tuple(old for old, _ in _endings())


@cache
def _dictionary(language: str) -> Mapping[str, str]:
    """The dictionary of a language, the very one that simplemma asks."""
    return DEFAULT_DICTIONARY_FACTORY.get_dictionary(language)


@cache
def _capitalised(language: str) -> frozenset[str]:
    """What a dictionary has with a capital letter only ("Oslo"), in lower case."""
    return frozenset(word.lower() for word in _dictionary(language) if word[0].isupper())


def is_known(word: str, language: str) -> bool:
    """Whether a dictionary has a lower-case word: simplemma's `is_known`, asked for every ending of every compound."""
    if _dictionary(language).get(word) is not None or word in _capitalised(language):
        return True
    return not _APOSTROPHES.isdisjoint(word) and simplemma.is_known(word, lang=language)


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """A nynorsk word in the spelling of bokmål, as far as the map goes; bokmål words stay as they are."""
    words: dict[str, str] = language_data("nn")["words"]
    if word in words:
        return words[word]
    pattern, stems = _stems()
    folded = pattern.sub(lambda match: stems[match.group()], word)
    if len(folded) <= _SHORTEST_TAIL or is_known(folded, "nb"):
        return folded
    if folded.endswith(_nynorsk_endings()):
        for old, new in _endings():
            candidate = folded[: -len(old)] + new
            if folded.endswith(old) and _known_tail(candidate):
                return candidate
    return folded


@cache
def _agents() -> tuple[str, ...]:
    return tuple(language_data("nn")["agents"]["tails"])


def _known_tail(word: str) -> bool:
    """Whether a dictionary knows the word or, for a compound, its longest ending of four letters or more."""
    return is_known(word, "nb") or bool(_longest_known_tail(word, "nb"))


def _longest_known_tail(word: str, language: str) -> str:
    """The longest ending of a compound that a dictionary knows; "" if it knows none of four letters or more."""
    return _longest_known(word[_SHORTEST_HEAD:], language)


@lru_cache(maxsize=100_000)
def _longest_known(ending: str, language: str) -> str:
    """The same of an ending, itself the longest; remembered, since the compounds of one word end alike."""
    if len(ending) < _SHORTEST_TAIL or is_known(ending, language):
        return ending if len(ending) >= _SHORTEST_TAIL else ""
    return _longest_known(ending[1:], language)


@lru_cache(maxsize=50_000)
def _dictionary_form(word: str, language: str) -> str:
    """The dictionary's form, but for the words that it takes for others."""
    own: dict[str, str] = language_data("nn")["lemmas"] if language in {"nb", "nn"} else {}
    if word in own:
        return own[word]
    if own and word.endswith(_agents()):
        return word
    found: str = simplemma.lemmatize(word, lang=language)
    found = found.lower()
    if found == word + "e":  # "avgift" is the noun, not the verb that looks like it
        return word
    return own.get(found, found)


def _compound_form(word: str, language: str) -> str:
    """The lemma of a compound through its longest known ending, else the word."""
    tail = _longest_known_tail(word, language)
    return word.removesuffix(tail) + _dictionary_form(tail, language) if tail else word


@lru_cache(maxsize=100_000)
def lemma(word: str, language: str) -> str:
    """The lemma of one lower-case word in a language family; the word itself where no pack names a dictionary."""
    if len(word) > _LONGEST_WORD or word[-1:].isdecimal():  # numbers, and names such as "covid-19"
        return word
    if language == "no":
        word = fold(word)
        if is_known(word, "nb"):
            return _dictionary_form(word, "nb")
        if is_known(word, "nn"):
            return _dictionary_form(fold(_dictionary_form(word, "nn")), "nb")
        return _compound_form(word, "nb")
    dictionary = _dictionary_of(language)
    return _dictionary_form(word, dictionary) if dictionary else word


@cache
def _dictionary_of(language: str) -> str:
    """The dictionary that a language's pack names, if simplemma has it; else ""."""
    name: str = table(language).get("dictionary", "")
    return name if name in SUPPORTED_LANGUAGES else ""


def load_dictionaries() -> None:
    """Reads the dictionaries of all languages, which the first word of each does otherwise (seconds in all)."""
    for language in ("nb", "nn", _ENGLISH, _SAMI):
        _dictionary(language)
    fold("aa")


def spellings(text: str) -> list[str]:
    """The words as they stand."""
    return _WORD.findall(text)


@lru_cache(maxsize=4_000)
def tokens(text: str, language: str) -> tuple[Token, ...]:
    """The words of a text in a language family, in order; some 10 kB each, and their lemmas are remembered anyway."""
    if _HALF_COMPOUND.search(text):
        return tuple(
            Token(match.group(), _lemma_at(match, text, language), *match.span()) for match in _WORD.finditer(text)
        )
    return tuple(
        Token(written := match.group(), _lemma_of(written, language), *match.span()) for match in _WORD.finditer(text)
    )


def tokens_between(text: str, language: str, start: int, end: int) -> tuple[Token, ...]:
    """The words of a part of a text that stand in it whole."""
    found = tokens(text, language)
    first = bisect_left(found, start, key=_start)
    behind = bisect_left(found, end, first, key=_start)
    return found[first : behind - 1] if first < behind and found[behind - 1].end > end else found[first:behind]


def lemmas(text: str, language: str) -> tuple[str, ...]:
    """The lemmas alone of the same words: a third of the work where nobody asks for their places."""
    if _HALF_COMPOUND.search(text):
        return tuple(token.lemma for token in tokens(text, language))
    return tuple(_lemma_of(written, language) for written in _WORD.findall(text))


@lru_cache(maxsize=4_000)
def lemma_set(text: str, language: str) -> frozenset[str]:
    """The lemmas without their order."""
    return frozenset(lemmas(text, language))


def _lemma_at(match: re.Match[str], text: str, language: str) -> str:
    """The lemma of a word where it stands: "husholdnings- og industriavløp" has the word "husholdning"."""
    written = match.group()
    if len(written) > _SHORTEST_TAIL and _HALF_COMPOUND.match(text, match.end() - 1):
        written = written[:-1]
    return _lemma_of(written, language)


@lru_cache(maxsize=100_000)
def _lemma_of(written: str, language: str) -> str:
    """The lemma of a word as it is written."""
    word = written.strip(".").casefold()
    if written.isupper() and 1 < len(word) <= _ABBREVIATION:
        return word
    return lemma(unicodedata.normalize("NFC", word), language)


@cache
def stop_words(language: str) -> frozenset[str]:
    """Words without content of their own, as they stand and as lemmas."""
    words: list[str] = table(language).get("stop", "").split()
    return frozenset(words) | frozenset(lemma(word, language) for word in words)


@lru_cache(maxsize=8_000)
def content_lemmas(text: str, language: str) -> tuple[str, ...]:
    """Lemmas of the words that carry content, in order, without numbers."""
    stop = stop_words(language)
    return tuple(
        token.lemma
        for token in tokens(text, language)
        if token.lemma not in stop and token.text.casefold() not in stop and not token.text[0].isdigit()
    )


@cache
def names_only(language: str) -> frozenset[str]:
    """The words, in lower case, that a dictionary has with a capital letter only ("Oslo", "Skotte")."""
    dictionary = _dictionary(language)
    return frozenset(word for word in _capitalised(language) if dictionary.get(word) is None)
