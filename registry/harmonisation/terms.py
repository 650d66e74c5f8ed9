"""Term keys: the form in which labels of one word meet, whatever their case, inflection, spelling or qualifier.

"Arbeidsgivere", "arbeidsgjevar" and "arbeidsgiver (i henhold til NAV)" have one key. Bokmål and nynorsk share a
space; every other language has its own, marked by its tag ("en:employer").
"""

import re
import unicodedata
from functools import lru_cache

from registry.harmonisation.words import family, lemmas

_QUALIFIER = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_EDGES = " \t\r\n\"'«»“”„.,;:"
_ARTICLES = {"no": frozenset({"en", "et", "å", "den", "det", "de"}), "en": frozenset({"a", "an", "the"})}


def split_qualifier(term: str) -> tuple[str, str]:
    """A label and its qualifier: "avskrivning (regnskap)" is ("avskrivning", "regnskap"); without one, ""."""
    if "(" not in term and "[" not in term:
        return (" ".join(term.split()) or term.strip("()[] "), "")
    qualifiers = [found.strip() for found in _QUALIFIER.findall(term)]
    label = " ".join(_QUALIFIER.sub(" ", term).split())
    return (label or term.strip("()[] "), "; ".join(filter(None, qualifiers)))


@lru_cache(maxsize=50_000)
def term_key(term: str, language: str) -> str:
    """The key of a label; "" if the label has no words. Words are lemmas, sorted, without leading articles."""
    label, _ = split_qualifier(unicodedata.normalize("NFKC", term).strip(_EDGES))
    space = family(language)
    joined = label.replace("-", " ").replace("/", " ") if " " in label.strip() else label
    words = lemmas(joined, space)
    articles = _ARTICLES.get(space, frozenset())
    while len(words) > 1 and words[0] in articles:
        words = words[1:]
    key = " ".join(sorted(words))
    return key if space == "no" or not key else f"{space}:{key}"


def spelled_in(key: str, space: str) -> str:
    """A key of a language family without the mark of its space: "en:employer" is "employer" in English."""
    return key.removeprefix(f"{space}:")
