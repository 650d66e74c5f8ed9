"""How alike two texts are: `alike_score`, from 0 to 1. What that means of two definitions is `scoring`'s to say.

    x          = 0.35 dice + 0.30 ratio + 0.20 tokens + 0.15 contained
    alike_score = 1 / (1 + exp(-(x - 0.62) * 10))

`dice` is the Dice coefficient of the character 3-, 4- and 5-grams of the normalised texts; `ratio` rapidfuzz's
normalised indel similarity of the same; `tokens` its token sort ratio over content lemmas; `contained` the share of
the shorter text's content lemmas that the longer one has. Normalised: lower case, punctuation and leading
boilerplate off, words as lemmas, nynorsk in the spelling of bokmål, short names of acts in full.
"""

import math
from collections import Counter
from functools import lru_cache

from rapidfuzz import fuzz

from registry.harmonisation.definiens import beginning
from registry.harmonisation.words import content_lemmas, language_data, tokens

_MIDDLE, _STEEPNESS = 0.62, 10.0
_SHORTEST_GRAM, _LONGEST_GRAM = 3, 5


def without_boilerplate(text: str) -> str:
    """The definition without "Med X menes i denne loven" before it."""
    rest = text[beginning(text, "", "no") :]
    return rest if rest.strip() else text


@lru_cache(maxsize=8_000)
def normalised(text: str, language: str) -> str:
    """Lemmas in order: what is left when case, punctuation, inflection and boilerplate are gone."""
    names: dict[str, str] = language_data("abbreviations") if language == "no" else {}
    words = [names.get(token.lemma, token.lemma) for token in tokens(without_boilerplate(text), language)]
    return " ".join(word for word in words if word not in {"en", "et", "a", "an", "the", "den", "det", "de"})


@lru_cache(maxsize=256)
def _grams(text: str) -> frozenset[str]:
    """The character n-grams of a text: some 40 kB each, and asked for a block of definitions at a time.

    What stands more than once is there as often, marked by its number, so that sets are compared and not counts.
    """
    padded = f" {text} "
    sizes = range(_SHORTEST_GRAM, _LONGEST_GRAM + 1)
    grams = [padded[start : start + size] for size in sizes for start in range(len(padded) - size + 1)]
    found = set(grams)
    if len(found) < len(grams):
        repeated = ((gram, count) for gram, count in Counter(grams).items() if count > 1)
        found.update(f"{number}\n{gram}" for gram, count in repeated for number in range(1, count))
    return frozenset(found)


def _dice(a: str, b: str) -> float:
    first, second = _grams(a), _grams(b)
    total = len(first) + len(second)
    return 2 * len(first & second) / total if total else 0.0


def contained(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """The share of the shorter list's distinct lemmas that the longer has; 0 if one is empty."""
    shorter, longer = sorted((frozenset(a), frozenset(b)), key=len)
    return len(shorter & longer) / len(shorter) if shorter else 0.0


@lru_cache(maxsize=8_000)
def _sorted_content(text: str, language: str) -> str:
    return " ".join(sorted(content_lemmas(without_boilerplate(text), language)))


@lru_cache(maxsize=256)
def raw_similarity(a: str, b: str, language: str) -> float:
    """X of the formula above, from 0 to 1."""
    first, second = normalised(a, language), normalised(b, language)
    if first == second:
        return 1.0
    ratio = fuzz.ratio(first, second) / 100
    sorted_tokens = fuzz.ratio(_sorted_content(a, language), _sorted_content(b, language)) / 100
    share = contained(content_lemmas(a, language), content_lemmas(b, language))
    return 0.35 * _dice(first, second) + 0.30 * ratio + 0.20 * sorted_tokens + 0.15 * share


def alike_score(a: str, b: str, language: str) -> float:
    """How alike two texts in one language family are, rounded to three decimals."""
    return round(1 / (1 + math.exp(-(raw_similarity(a, b, language) - _MIDDLE) * _STEEPNESS)), 3)
