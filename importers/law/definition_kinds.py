"""What a definition does with its word, told from the words that it begins with, or from what it refers to."""

import re

from importers.law.defining_sentences import Kind

_EXTENDS = re.compile(r"^(?:også|òg|dessuten|i\s+tillegg)\b", re.IGNORECASE)
_EXCLUDES = re.compile(r"^(?:likevel\s+)?(?:ikke|ikkje)\b", re.IGNORECASE)
_REFERS = re.compile(
    r"\b(?:definert|definisjon\w*)\b.{0,60}?(?:§|\blov|\bforskrift|artikkel|forordning)"
    r"|\b(?:nevnt|nemnt|omhandlet|fastsatt|fastsett)\s+i\s+(?!denne|dette|eller\b|og\b)[^,;]{0,60}?(?:§|\blov|\bforskrift|artikkel|forordning)"
    r"[^,;]{0,60}(?:,\s*(?:jfr?\.|nr\.|\d).{0,60})?$",
    re.IGNORECASE,
)
_SHORT = 160
"""Characters of a text that may do no more than refer."""


def kind_of(text: str) -> Kind:
    """Whether a definition defines, extends or excludes, or only refers to a definition elsewhere."""
    if _EXTENDS.match(text):
        return "extends"
    if _EXCLUDES.match(text):
        return "excludes"
    if len(text) < _SHORT and _REFERS.search(text):
        return "refers"
    return "defines"
