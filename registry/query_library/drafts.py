"""A query that somebody wants to save: what may be said of it, and what must be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from registry.errors import BadRequestError
from sparql.queries import VIEWS

LANGUAGES = ("nb", "nn", "en")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_NAME = 80
_LONGEST = {"title": 200, "description": 2000, "folder": 60}
"""Characters."""
_MEMBERS = ("query", "title", "description", "folder", "view")


@dataclass(frozen=True, slots=True)
class Draft:
    """`title` and `description` by language, all three or none; `view` is one of sparql.queries.VIEWS."""

    name: str
    query: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    folder: str = ""
    view: str = "table"


def draft(name: str, said: Any) -> Draft:
    """The draft that a JSON document holds; a text in one language alone stands for all.

    Raises:
        BadRequestError: the name or a member cannot be used.
    """
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        raise BadRequestError(
            f"A query's name has small letters a-z, digits and single hyphens, {_LONGEST_NAME} at most."
        )
    if not isinstance(said, dict):
        raise BadRequestError(
            "Send a JSON object with a member query, or the query itself as application/sparql-query."
        )
    if unknown := sorted(said.keys() - set(_MEMBERS)):
        raise BadRequestError(f"There is no member {unknown[0]}: a saved query has {', '.join(_MEMBERS)}.")
    query = said.get("query")
    if not isinstance(query, str) or not query.strip():
        raise BadRequestError("The member query is missing: it is the text of the query.")
    view = said.get("view") or "table"
    if view not in VIEWS:
        raise BadRequestError(f"The view is one of {', '.join(VIEWS)}.")
    title = _by_language("title", said.get("title")) or dict.fromkeys(LANGUAGES, name)
    folder = _text("folder", said.get("folder") or "")
    return Draft(name, query, title, _by_language("description", said.get("description")), folder, view)


def _by_language(member: str, said: Any) -> dict[str, str]:
    if isinstance(said, dict):
        if unknown := sorted(said.keys() - set(LANGUAGES)):
            raise BadRequestError(f"The member {member} has texts in {', '.join(LANGUAGES)}, not in {unknown[0]}.")
        texts = {language: _text(member, text) for language, text in said.items() if text}
    else:
        texts = dict.fromkeys(LANGUAGES, _text(member, said)) if said else {}
    if not texts:
        return {}
    first = next(texts[language] for language in LANGUAGES if language in texts)
    return {language: texts.get(language, first) for language in LANGUAGES}


def _text(member: str, said: Any) -> str:
    """One line."""
    if not isinstance(said, str):
        raise BadRequestError(f"The member {member} is a text, or an object of texts by language.")
    text = " ".join(said.split())
    if len(text) > _LONGEST[member]:
        raise BadRequestError(f"The member {member} has {_LONGEST[member]} characters at most.")
    return text
