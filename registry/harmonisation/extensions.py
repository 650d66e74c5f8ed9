"""Clauses that only add to a definition: "Som X regnes også Y", "Med X likestilles Y".

They define nothing by themselves.
"""

import re
from functools import cache, lru_cache

from registry.harmonisation.packs import alternatives, may_say, words

_TERM = r"[^.,;:]{1,80}?"


@cache
def _opening(language: str) -> re.Pattern[str]:
    openers = alternatives(words(language, "extension", "openers"))
    verbs = alternatives(words(language, "extension", "verbs"))
    return re.compile(rf"\W*(?:{openers})\s+{_TERM}\s+(?:{verbs})\s+(?=\w)", re.IGNORECASE)


@lru_cache(maxsize=8_000)
def extension(text: str, language: str) -> int | None:
    """Where in a text stands what it adds, if the text only adds to a definition; None if it defines."""
    if not may_say(text, language, "extension", "verbs"):
        return None
    match = _opening(language).match(text)
    return match.end() if match else None
