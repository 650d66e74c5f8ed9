"""Why a source could not be read, in Norwegian: sentences with blanks, found by the English one that was said.

Reads: `translations/refusals.tsv`. Writes: nothing. What fills a blank stays as it is, unless it is such a sentence.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from importers.base import UnreadableSourceError
from importers.report import Where

_BLANK = "{}"
_PLACES = {
    "nb": {"line": "linje", "row": "rad", "column": "kolonne"},
    "nn": {"line": "linje", "row": "rad", "column": "kolonne"},
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is wrong with a source, and how to mend it, in one language."""

    message: str
    fix: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence whose blanks the English one has; `said` by language."""

    pattern: re.Pattern[str]
    said: Mapping[str, str]


def refusal_in(message: str, fix: str, language: str) -> Refusal:
    """Both sentences in a language; both in English where one of them is not known in it."""
    said, mended = sentence_in(message, language), sentence_in(fix, language)
    if said is None or mended is None:
        return Refusal(message, fix)
    return Refusal(said, mended, language)


def detail_in(error: UnreadableSourceError, language: str) -> str | None:
    """All that an error says, with its place, in a language; None where that is not known."""
    said = refusal_in(error.message, error.fix, language)
    if said.language == "en":
        return None
    return f"{_place(error.where, language)}: {said.message} {said.fix}".strip()


def unreadable_in(source: Mapping[str, Any], language: str) -> dict[str, Any]:
    """A source of a report that could not be read, in a language."""
    said = refusal_in(source["message"], source["fix"], language)
    return {**source, "message": said.message, "fix": said.fix}


def sentence_in(text: str, language: str) -> str | None:
    """A sentence in a language; None where it has none of these."""
    if not text:
        return ""
    for sentence in _sentences():
        if language in sentence.said and (found := sentence.pattern.fullmatch(text)):
            filled = [sentence_in(each, language) or each for each in found.groups()]
            return sentence.said[language].format(*filled)
    return None


def _place(where: Where, language: str) -> str:
    words = _PLACES[language]
    known = ((words["line"], where.line), (words["row"], where.row), (words["column"], where.column))
    return ", ".join([where.file, *(f"{word} {number}" for word, number in known if number is not None)])


@cache
def _sentences() -> tuple[_Sentence, ...]:
    """Those with the most words first, so that the plainest fits."""
    text = files("registry").joinpath("translations", "refusals.tsv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    rows.sort(key=lambda row: -len(row["en"]))
    return tuple(_Sentence(_pattern(row["en"]), {"nb": row["nb"], "nn": row["nn"]}) for row in rows)


def _pattern(english: str) -> re.Pattern[str]:
    return re.compile("(.*?)".join(map(re.escape, english.split(_BLANK))), re.DOTALL)
