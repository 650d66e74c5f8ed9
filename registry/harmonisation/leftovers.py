"""The content words that only one of two definitions has, near forms of one word taken for the same."""

import re
from functools import lru_cache

from rapidfuzz import fuzz

from registry.harmonisation.definiens import term_lemmas
from registry.harmonisation.genus import genus
from registry.harmonisation.quantities import quantities
from registry.harmonisation.records import DefinitionRecord
from registry.harmonisation.similarity import without_boilerplate
from registry.harmonisation.words import Token, content_lemmas, family, language_data, stop_words, tokens

_LIKE = 82
"""Two lemmas with this rapidfuzz ratio are forms or misspellings of one word."""
_STEM, _ROOT = 6, 3
_APART = re.compile(
    r"\{[^}]*\}|<[^>]+>|\[[^\]]*\]|\b(?:jf|jfr|jamfør|se)\b\.?\s[^;]*?(?:§+\s*[\d-]+|kapittel\s+\d+)(?:[^.;\w]*(?:og|til|§|[\d-])+)*"
    r"|\b\w+(?:loven|lova|forskriften|forskrifta)\b\s+§+\s*[\d-]+",
    re.IGNORECASE,
)
"""What is no part of the definition itself: markup, insertions in brackets, citations of provisions."""
_SUFFIX = re.compile(r"(?:elses|else|ning|ing|sjon|ende|bar|lig|ere|er|het|e|t)$")


@lru_cache(maxsize=200_000)
def alike(a: str, b: str) -> bool:
    """The same word in another form: "utøving" and "utøvelse", "tidvatn" and "tidevann"."""
    if a == b or fuzz.ratio(a, b) >= _LIKE:
        return True
    root = _root(a)
    if root == _root(b) and len(root) >= _ROOT:
        return True
    shorter, longer = sorted((a, b), key=len)
    return len(shorter) >= _STEM and (longer.startswith(shorter[:_STEM]) or longer.endswith(shorter))


@lru_cache(maxsize=100_000)
def _root(word: str) -> str:
    """A word without the suffix that makes a noun or an adjective of a verb."""
    return _SUFFIX.sub("", word)


@lru_cache(maxsize=20_000)
def synonyms(word: str) -> frozenset[str]:
    """The words that a word is used for, itself among them; none if it has no synonyms."""
    groups: list[list[str]] = language_data("genus")["synonyms"]
    return frozenset(other for group in groups if word in group for other in group)


def _in_some_form(word: str, others: set[str]) -> bool:
    return word in others or any(alike(word, other) for other in others)


@lru_cache(maxsize=256)
def leftover(a: DefinitionRecord, b: DefinitionRecord) -> tuple[Token, ...]:
    """The content words of a that b has in no form, in the order of the text; none of the term's own words."""
    space = family(a.language)
    names: dict[str, str] = language_data("abbreviations")
    others = set(content_lemmas(b.text, space))
    theirs = {names.get(other, other) for other in others}
    own = {*term_lemmas(a.term, space), *term_lemmas(b.term, space)}
    stop = stop_words(space)
    begin = len(a.text) - len(without_boilerplate(a.text))
    apart = [match.span() for match in _APART.finditer(a.text)] + [
        (quantity.start, quantity.end) for quantity in quantities(a.text, space)
    ]
    return tuple(
        token
        for token in tokens(a.text, space)
        if token.start >= begin
        and token.lemma not in stop
        and token.text.casefold() not in stop
        and not token.text[0].isdigit()
        and not any(start < token.end and token.start < end for start, end in apart)
        and token.lemma not in own
        and len(token.lemma) > 1
        and not synonyms(token.lemma) & others
        and not _in_some_form(names.get(token.lemma, token.lemma), theirs)
    )


def but_genus(a: DefinitionRecord, b: DefinitionRecord) -> tuple[Token, ...]:
    """The same but for b's genus, which may be in no word of b: "den som" is a person."""
    named = genus(b.text, family(b.language))
    return tuple(token for token in leftover(a, b) if named is None or token.lemma != named.lemma)


def common(a: DefinitionRecord, b: DefinitionRecord) -> tuple[float, int]:
    """The share of the shorter side's content words that the other has in some form, the term's own words aside.

    With it comes the number of words that only one side has, of the side that has fewest.
    """
    space = family(a.language)
    own = {*term_lemmas(a.term, space), *term_lemmas(b.term, space)}
    words = [len(set(content_lemmas(side.text, space)) - own) for side in (a, b)]
    alone = [len({token.lemma for token in leftover(one, other)}) for one, other in ((a, b), (b, a))]
    shares = [1 - min(lonely, count) / count if count else 0.0 for lonely, count in zip(alone, words, strict=True)]
    share = max(shares) if words[0] == words[1] else shares[words.index(min(words))]
    return share, min(alone)
