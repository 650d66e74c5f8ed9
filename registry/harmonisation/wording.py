"""Whether two texts say the same in other words: every content word of one stands in the other, in some form.

Stricter than `leftovers`, which asks what is worth showing. Nothing but the same word, a synonym or another form of
its root will do, and words that turn on what follows them ("fra Norge til Sverige") must be followed by the same.
"""

from functools import lru_cache
from typing import NamedTuple, TypeAlias

from registry.harmonisation.leftovers import of_one_root, synonyms
from registry.harmonisation.packs import words
from registry.harmonisation.quantities import quantities
from registry.harmonisation.similarity import without_boilerplate
from registry.harmonisation.words import stop_words, tokens

_Following: TypeAlias = frozenset[tuple[str, str]]


class _Said(NamedTuple):
    """The content lemmas of a text outside its limits, and what follows each preposition."""

    content: frozenset[str]
    following: _Following


def only_reworded(a: str, b: str, language: str) -> bool:
    """Whether two texts in one language family differ only in order and in forms and synonyms of their words."""
    first, second = _said(a, language), _said(b, language)
    if not first.content or not _keep_their_order(first.following, second.following, language):
        return False
    return _stands_in(first.content, second.content) and _stands_in(second.content, first.content)


def _keep_their_order(first: _Following, second: _Following, language: str) -> bool:
    """Whether a word that turns on what follows it is followed by the same in both; and both or none name a doer."""
    mine, theirs = {word for word, _ in first}, {word for word, _ in second}
    if (mine ^ theirs) & frozenset(words(language, "clauses", "agent")):
        return False
    return all(
        any(word == other and _same(said, again) for other, again in second) for word, said in first if word in theirs
    )


def swapped(a: str, b: str, language: str) -> bool:
    """Whether two things change places: "fra Bergen til Bodø", "fra Bodø til Bergen"."""
    first, second = _said(a, language).following, _said(b, language).following
    alone = first - second
    return any(
        word != other and {(word, again), (other, said)} <= second for word, said in alone for other, again in alone
    )


def _stands_in(some: frozenset[str], others: frozenset[str]) -> bool:
    return all(word in others or any(_same(word, other) for other in others) for word in some)


def _same(a: str, b: str) -> bool:
    return a == b or b in synonyms(a) or of_one_root(a, b)


@lru_cache(maxsize=8_000)
def _said(text: str, language: str) -> _Said:
    begin = len(text) - len(without_boilerplate(text))
    limits = [(each.start, each.end) for each in quantities(text, language)]
    stop = stop_words(language)
    turning = frozenset(words(language, "clauses", "turning"))
    content: set[str] = set()
    following: set[tuple[str, str]] = set()
    last = ""
    for token in tokens(text, language):
        if token.start < begin or any(start < token.end and token.start < end for start, end in limits):
            last = ""
            continue
        word = token.text.casefold()
        if word in turning:
            last = word
        elif token.lemma not in stop and word not in stop:
            content.add(token.lemma)
            if last:
                following.add((last, token.lemma))
            last = ""
    return _Said(frozenset(content), frozenset(following))
