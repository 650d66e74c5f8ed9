"""Definitions that point elsewhere: "som definert i ...", "avfall etter forurensningsloven"."""

import re
from functools import cache, lru_cache

from registry.harmonisation.packs import Marks, marks
from registry.harmonisation.words import content_lemmas, family, language_data, tokens

_BESIDE = 3
_SHARE_OF_REFERENCE = 12
"""A definition by reference has at most so many content words beside the reference."""
_CITES = re.compile(r"§|\b(?:nr|no)\.?\s*\d|\(E[UFØ]+\)|\w{4}(?:loven|lova|forskriften|forskrifta)\b", re.IGNORECASE)
"""A provision, an act or a regulation by its name."""


@cache
def _reference() -> re.Pattern[str]:
    data = language_data("relations")
    phrases = "|".join(re.escape(phrase) for phrase in sorted(data["reference"], key=len, reverse=True))
    targets = "|".join(re.escape(word) for word in sorted(data["targets"], key=len, reverse=True))
    return re.compile(rf"\b(?:{phrases})\s+(?:\S+\s+){{0,6}}?[^\s,.;]*(?:{targets})", re.IGNORECASE)


@cache
def _reference_marks() -> Marks:
    return marks(language_data("relations")["reference"])


@lru_cache(maxsize=8_000)
def _reference_in(text: str) -> int | None:
    """Where a definition begins to point to another one; None if it does not."""
    match = _reference().search(text) if _reference_marks().may_stand_in(text) else None
    return None if match is None else match.start()


def refers(text: str) -> bool:
    """Whether a definition says somewhere that another one holds."""
    return _reference_in(text) is not None


def cites(text: str) -> bool:
    """Whether a definition names a provision, an act or a regulation."""
    return _CITES.search(text) is not None


def leans_on_law(text: str, language: str) -> bool:
    """Whether a short definition leaves it to a provision what it means ("avfall etter forurensningsloven")."""
    return cites(text) and len(content_lemmas(text, family(language))) <= _SHARE_OF_REFERENCE


@lru_cache(maxsize=8_000)
def by_reference(text: str, language: str) -> bool:
    """Whether a definition does nothing but point to another one."""
    start = _reference_in(text)
    if start is None:
        return False
    return (
        len(content_lemmas(text[:start], family(language))) <= _BESIDE
        and len(tokens(text, family(language))) <= 2 * _SHARE_OF_REFERENCE
    )
