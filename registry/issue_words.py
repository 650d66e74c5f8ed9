"""Issues of import reports in Norwegian: sentences by code, with the value in its place; English is what reports hold.

Reads: `translations/issues.tsv`. Writes: nothing; reports are kept as they were written.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from registry.documents import KeptRows, Row, Rows
from registry.refusal_words import unreadable_in

_VALUE = "{value}"


@dataclass(frozen=True, slots=True)
class Words:
    """What an issue says, in which language; `fix` is "" where there is nothing to do."""

    message: str
    fix: str
    language: str = "en"


def in_words(code: str, value: str, english: Words, language: str) -> Words:
    """An issue in a language; in English where its code has no sentence in that."""
    sentences = _table().get((code, language))
    if sentences is None:
        return english
    message, fix = (each.replace(_VALUE, value) for each in sentences)
    return Words(message, fix, language)


def translated(document: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The document of an import or a preview with the issues of its reports in a language."""
    if language == "en" or "reports" not in document:
        return dict(document)
    reports = [report_in(report, language) for report in document["reports"]]
    unread = [unreadable_in(source, language) for source in document.get("unreadable", ())]
    return {**document, "reports": reports, "unreadable": unread}


def report_in(report: Mapping[str, Any], language: str) -> dict[str, Any]:
    """One report with its issues in a language."""

    def in_language(record: Row) -> Row:
        return {**record, "issues": _issues(record["issues"], language)} if record["issues"] else record

    records = report["records"]
    told = records.map(in_language) if isinstance(records, Rows | KeptRows) else list(map(in_language, records))
    return {**report, "issues": _issues(report["issues"], language), "records": told}


def _issues(issues: list[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    made = ((one, in_words(one["code"], one["value"], Words(one["message"], one["fix"]), language)) for one in issues)
    return [{**one, "message": words.message, "fix": words.fix} for one, words in made]


@cache
def _table() -> Mapping[tuple[str, str], tuple[str, str]]:
    """Message and fix by code and language."""
    text = files("registry").joinpath("translations", "issues.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return MappingProxyType({(row["code"], tag): (row[tag], row[f"{tag}-fix"]) for row in rows for tag in ("nb", "nn")})
