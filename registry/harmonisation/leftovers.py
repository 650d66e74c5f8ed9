"""The content words that only one of two definitions has, near forms of one word taken for the same."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

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
    if of_one_root(a, b):
        return True
    shorter, longer = sorted((a, b), key=len)
    return len(shorter) >= _STEM and (longer.startswith(shorter[:_STEM]) or longer.endswith(shorter))


def of_one_root(a: str, b: str) -> bool:
    """The same root with another suffix: "utøving" and "utøvelse"."""
    root = _root(a)
    return len(root) >= _ROOT and root == _root(b)


@lru_cache(maxsize=100_000)
def _root(word: str) -> str:
    """A word without the suffix that makes a noun or an adjective of a verb."""
    return _SUFFIX.sub("", word)


@lru_cache(maxsize=8_000)
def synonyms(word: str) -> frozenset[str]:
    """The words that a word is used for, itself among them; none if it has no synonyms."""
    groups: list[list[str]] = language_data("genus")["synonyms"]
    return frozenset(other for group in groups if word in group for other in group)


@dataclass(frozen=True, slots=True)
class _Said:
    """The content words of a text, made ready to be asked whether a word is among them in some form.

    `words` are as they stand, `named` with the full names of acts for short ones; the rest is of those.
    """

    words: frozenset[str]
    named: frozenset[str]
    roots: frozenset[str]
    long: tuple[str, ...]
    lines: str

    def in_some_form(self, word: str) -> bool:
        """Whether a word is `alike` one of the words; the cheapest tests first."""
        if word in self.named or ((root := _root(word)) in self.roots and len(root) >= _ROOT):
            return True
        if len(word) >= _STEM and (f"\n{word[:_STEM]}" in self.lines or f"{word}\n" in self.lines):
            return True
        return word.endswith(self.long) or (
            process.extractOne(word, self.named, scorer=fuzz.ratio, score_cutoff=_LIKE) is not None
        )


@lru_cache(maxsize=4_000)
def _said(text: str, language: str) -> _Said:
    names: dict[str, str] = language_data("abbreviations")
    words = frozenset(content_lemmas(text, language))
    named = frozenset(names.get(word, word) for word in words)
    long = tuple(word for word in named if len(word) >= _STEM)
    return _Said(words, named, frozenset(map(_root, named)), long, "\n".join(("", *named, "")))


@lru_cache(maxsize=4_000)
def _own_words(text: str, language: str) -> tuple[Token, ...]:
    """The content words of the definition itself, in the order of the text."""
    stop = stop_words(language)
    begin = len(text) - len(without_boilerplate(text))
    apart = [match.span() for match in _APART.finditer(text)] + [
        (quantity.start, quantity.end) for quantity in quantities(text, language)
    ]
    content = tuple(
        token
        for token in tokens(text, language)
        if token.start >= begin
        and token.lemma not in stop
        and token.text.casefold() not in stop
        and not token.text[0].isdigit()
        and len(token.lemma) > 1
    )
    if not apart:
        return content
    return tuple(each for each in content if not any(start < each.end and each.start < end for start, end in apart))


@lru_cache(maxsize=256)
def leftover(a: DefinitionRecord, b: DefinitionRecord) -> tuple[Token, ...]:
    """The content words of a that b has in no form, in the order of the text; none of the term's own words."""
    space = family(a.language)
    names: dict[str, str] = language_data("abbreviations")
    theirs = _said(b.text, space)
    own = {*term_lemmas(a.term, space), *term_lemmas(b.term, space)}
    return tuple(
        token
        for token in _own_words(a.text, space)
        if (lemma := token.lemma) not in own
        and not theirs.in_some_form(names.get(lemma, lemma))
        and synonyms(lemma).isdisjoint(theirs.words)
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
    words = [len(_said(side.text, space).words - own) for side in (a, b)]
    alone = [len({token.lemma for token in leftover(one, other)}) for one, other in ((a, b), (b, a))]
    shares = [1 - min(lonely, count) / count if count else 0.0 for lonely, count in zip(alone, words, strict=True)]
    share = max(shares) if words[0] == words[1] else shares[words.index(min(words))]
    return share, min(alone)
