"""The language of a text that names none: the one of whose words without content it has most."""

from collections import Counter
from functools import cache

from registry.harmonisation.packs import families, table
from registry.harmonisation.words import is_known, spellings

_NORWEGIAN = "no"


def guessed(text: str) -> str:
    """The language tag of a family that has a pack; bokmål where nothing speaks for another."""
    found = Counter(spellings(text.casefold()))
    hits = {family: sum(found[word] for word in _stop(family)) for family in families()}
    best = max(hits, key=lambda family: (hits[family], family == _NORWEGIAN), default=_NORWEGIAN)
    if best != _NORWEGIAN:
        return best
    return "nn" if any(found[word] for word in _only_nynorsk()) else "nb"


@cache
def _stop(family: str) -> frozenset[str]:
    return frozenset(table(family).get("stop", "").split())


@cache
def _only_nynorsk() -> frozenset[str]:
    """Those of the Norwegian words without content that bokmål's dictionary lacks and nynorsk's has."""
    return frozenset(word for word in _stop(_NORWEGIAN) if is_known(word, "nn") and not is_known(word, "nb"))
