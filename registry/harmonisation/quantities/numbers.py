"""Numbers as a language writes them: figures grouped its way, words ("atten", "hundre og femti"), halves."""

import re
from functools import cache, lru_cache
from itertools import islice

from registry.harmonisation.packs import alternatives, table, words

_HALVES = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_BLANKS = "\u00a0\u202f"
_TENS, _ONES = (20, 30, 40, 50, 60, 70, 80, 90), range(1, 10)
_HUNDRED = 100
_MOST = 2_000
"""Numbers of one text that are looked at; no definition has so many, and a hostile one costs no more."""
_WORD = re.compile(r"[½¼¾]|[^\W_]+")


@cache
def number_words(language: str) -> dict[str, float]:
    """Every number word of a language with its value, tens and ones in one word as well."""
    plain: dict[str, float] = table(language, "numbers")
    compound: str = table(language, "counting").get("compound", "")
    articles = articles_of(language)
    joined = {
        compound.format(tens=tens, ones=ones): value + more
        for tens, value in plain.items()
        for ones, more in plain.items()
        if compound and value in _TENS and more in _ONES and (ones not in articles)
    }
    return {**joined, **plain}


@cache
def articles_of(language: str) -> frozenset[str]:
    """Number words that are articles as well: "en", "et"."""
    return frozenset(words(language, "counting", "articles"))


@cache
def number(language: str) -> str:
    """A number as a pattern without groups: figures in the language's grouping, or number words."""
    thousands = re.escape(table(language).get("thousands", " ")) + _BLANKS
    decimal = re.escape(table(language).get("decimal", ","))
    known = number_words(language)
    hundreds = alternatives(word for word, value in known.items() if value == _HUNDRED)
    conjunction = re.escape(table(language, "counting").get("conjunction", "+"))
    written = alternatives(known)
    half = alternatives(words(language, "counting", "and_a_half"))
    return (
        rf"(?:(?:\b(?:{written})|\d+)\s+(?:{half})\b|\d{{1,3}}(?:[{thousands}]\d{{3}}){{1,5}}(?!\d)(?:{decimal}\d+)?|[1-9]/[2-9](?![\d/])|\d+(?:[.,]\d+)?(?:\s?[½¼¾])?|[½¼¾]"
        rf"|\b(?:(?:{hundreds})\s+{conjunction}\s+)?(?:{written})\b)"
    )


def value(text: str, language: str) -> float | None:
    """The number that a text writes: "1 000,5", "5.700", "0.5", "½", "atten", "hundre og femti"; None if it is none."""
    word = " ".join(text.lower().split())
    known = number_words(language)
    if word in known:
        return float(known[word])
    for half in words(language, "counting", "and_a_half"):
        if word.endswith(f" {half}"):
            whole = value(word.removesuffix(f" {half}"), language)
            return None if whole is None else whole + 0.5
    head, joint, rest = word.partition(f" {table(language, 'counting').get('conjunction', '+')} ")
    if joint and head in known and rest in known:
        return float(known[head] + known[rest])
    if word[-1:] in _HALVES:
        whole = value(word[:-1].strip(), language) if word[:-1].strip() else 0.0
        return None if whole is None else whole + _HALVES[word[-1]]
    return _figures(word, language)


def _figures(word: str, language: str) -> float | None:
    thousands = re.escape(table(language).get("thousands", " ")) + _BLANKS
    decimal: str = table(language).get("decimal", ",")
    if re.fullmatch(rf"\d{{1,3}}(?:[{thousands}]\d{{3}})+(?:{re.escape(decimal)}\d+)?", word):
        word = re.sub(rf"[{thousands}](?=\d{{3}})", "", word).replace(decimal, ".")
    top, slash, bottom = word.partition("/")
    try:
        return float(top) / float(bottom) if slash else float(word.replace(",", "."))
    except ValueError:
        return None


@cache
def _beginnings(language: str) -> frozenset[str]:
    """The words that a number or a share begins with."""
    phrases = (
        *number_words(language),
        *table(language, "fractions"),
        *words(language, "multiples", "half"),
        *words(language, "multiples", "double"),
    )
    return frozenset(re.split(r"[\s-]", phrase)[0] for phrase in phrases)


@lru_cache(maxsize=1_000)
def starts(text: str, language: str) -> tuple[int, ...]:
    """Where numbers may begin, so that no pattern need look for them at every letter."""
    known = _beginnings(language)
    found = (
        match.start()
        for match in _WORD.finditer(text)
        if not match.group()[0].isalpha() or match.group().lower() in known
    )
    return tuple(islice(found, _MOST))
