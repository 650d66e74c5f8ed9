"""JSON that is written again in the layout that it had, and the member that says what was repaired."""

import json
import re
from typing import Any

from importers.base import UnreadableSourceError
from importers.json_entries import REPAIR_MARK as MARK
from importers.report import Where

__all__ = ["CAME", "CODES", "MARK", "indentation", "parsed_json", "written_json"]

CODES = "codes"
CAME = "asItCame"
_HALF = re.compile("[\ud800-\udfff]")
"""Halves of characters, which no parser takes."""
_INDENT = re.compile(r"[\[{]\r?\n([ \t]+)")


def parsed_json(text: str, name: str) -> Any:
    """The document.

    Raises:
        UnreadableSourceError: it is broken JSON.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = Where(name, line=error.lineno, column=error.colno)
        raise UnreadableSourceError(f"The JSON is broken: {error.msg}.", where, "Mend it at this place.") from error


def indentation(text: str) -> str | None:
    """What each level is set in by; None for JSON on one line."""
    found = _INDENT.search(text)
    return found[1] if found else None


def written_json(document: Any, indent: str | None) -> str:
    """The document as text that ends in a line feed."""
    return _HALF.sub("\ufffd", json.dumps(document, ensure_ascii=False, indent=indent)) + "\n"
