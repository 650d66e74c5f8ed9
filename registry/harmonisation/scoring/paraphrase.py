"""How far two texts say the same in another construction: "driver salg av varer", "selger varer".

Stricter means (`wording`, `leftovers`) decide what is shown; this only weighs in what the scorer learns from.
"""

from functools import cache, lru_cache

from registry.harmonisation.leftovers import but_genus
from registry.harmonisation.records import DefinitionRecord
from registry.harmonisation.words import content_lemmas, family, language_data

_ENGLISH = "en"
_PART = 4
"""Letters from which the beginning or the end of a compound is a word of it: "forsikringsavtale" is an "avtale"."""


@cache
def _data(name: str, language: str) -> str:
    found: str = language_data("paraphrases")[f"{name}_english" if language == _ENGLISH else name]
    return found


@cache
def light(language: str) -> frozenset[str]:
    """Words that carry a construction and no content."""
    return frozenset(_data("light", language).split())


@cache
def _groups(language: str) -> dict[str, frozenset[str]]:
    """A word to all words that it is akin to."""
    found: dict[str, frozenset[str]] = {}
    for line in _data("akin", language).splitlines():
        for word in (group := frozenset(line.split())):
            found[word] = found.get(word, frozenset()) | group
    return found


def unmatched(a: DefinitionRecord, b: DefinitionRecord) -> int:
    """How many content words of a have no partner in b, not even an akin word or a part of a compound."""
    space = family(a.language)
    alone = {token.lemma for token in but_genus(a, b)} - light(space)
    return sum(not _said(word, b.text, space) for word in alone)


@lru_cache(maxsize=50_000)
def _said(word: str, text: str, language: str) -> bool:
    said = frozenset(content_lemmas(text, language))
    near = _near(word, language)
    return not near.isdisjoint(said) or any(_compound(word, other) or _compound(other, word) for other in said)


def _near(word: str, language: str) -> frozenset[str]:
    return _groups(language).get(word, frozenset())


def _compound(word: str, part: str) -> bool:
    return len(part) >= _PART and word != part and (word.startswith(part) or word.endswith(part))
