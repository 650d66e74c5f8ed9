"""Under which keys the concept of a name is looked for: the name itself, joined, with what holds it, and its parts.

Names of parts of models are written in every way: "harInntekt", "antall_barn", "Eiendoms-ID", "person nummer".
"""

import math
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from registry.catalogue.texts import Text, Texts
from registry.harmonisation.terms import term_key
from registry.harmonisation.words import family, is_known

Way: TypeAlias = Literal["same", "withHolder", "joined", "part"]

STRENGTH: dict[Way, float] = {"same": 1.0, "withHolder": 0.95, "joined": 0.9, "part": 0.4}
"""How much each way of meeting a label is worth."""
_HUMP = re.compile(r"(?<=[a-zæøå0-9])(?=[A-ZÆØÅ])|(?<=[A-ZÆØÅ])(?=[A-ZÆØÅ][a-zæøå])|[_.:/-]+")
_LEADING = frozenset({"har", "er", "has", "is"})
_SHORTEST_PART = 4


_COMMON = 3
"""So many different things may have a part of one name before the name says less of what it means."""


class Meeting(NamedTuple):
    """How a key comes from a name, and what meeting a label by it is worth, from 0 to 1."""

    way: Way
    worth: float


def keys(
    words: Texts, holder: Texts = (), holders: Callable[[str], int] = lambda _: 1, *, parts: bool = True
) -> dict[str, Meeting]:
    """The keys of the names that one thing goes by, each with its best meeting.

    `holder` are the names of what the thing is a part of; `holders` says how many different things have a part that is
    called so: "type" stands in everything and means nothing by itself. Without `parts` only whole names are looked for.
    """
    found: dict[str, Meeting] = {}
    for word in words:
        rare = rarity(holders(written_out(word.value)))
        for key, way in _ways(word, holder, parts=parts):
            meeting = Meeting(way, STRENGTH[way] * (1.0 if way == "withHolder" else rare))
            if key and (key not in found or meeting.worth > found[key].worth):
                found[key] = meeting
    return found


def rarity(holders: int) -> float:
    """What a name is worth that so many different things have a part of: 1 up to three, a half at thirty."""
    return 1 / (1 + math.log10(max(holders, _COMMON) / _COMMON))


def written_out(name: str) -> str:
    """The words of a name: "harInntektKode" is "inntekt kode"."""
    words = [word for word in _HUMP.sub(" ", name).split() if word]
    if len(words) > 1 and words[0].lower() in _LEADING:
        words = words[1:]
    return " ".join(word if word.isupper() else word.lower() for word in words)


@lru_cache(maxsize=50_000)
def _ways(word: Text, holder: Texts, *, parts: bool) -> tuple[tuple[str, Way], ...]:
    """The keys of a name; the names of models stay the same from generation to generation."""
    return tuple(_keys(word, holder, with_parts=parts))


def _keys(word: Text, holder: Texts, *, with_parts: bool) -> Iterator[tuple[str, Way]]:
    name = written_out(word.value)
    for language in _languages(word):
        yield (term_key(name, language), "same")
        parts = name.split()
        for joined in _joined(parts, language):
            yield (term_key(joined, language), "joined")
        for held in holder:
            whole = written_out(held.value)
            for joined in (*_joined([whole, name], language), f"{whole} {name}"):
                yield (term_key(joined, language), "withHolder")
        for part in _parts(parts, language) if with_parts else ():
            yield (term_key(part, language), "part")


def _languages(word: Text) -> list[str]:
    """Its own language, and the others in which names are written by who does not say."""
    own = family(word.primary)
    return list(dict.fromkeys((own, "no", "en"))) if own in {"no", "en"} else [own]


def _joined(parts: list[str], language: str) -> Iterator[str]:
    """Several words as one compound."""
    if len(parts) > 1 and language == "no" and all(" " not in part for part in parts):
        yield "".join(parts)
        yield f"{''.join(parts[:-1])}s{parts[-1]}"


def _parts(parts: list[str], language: str) -> Iterator[str]:
    """The last word, and the last part of a compound: what the name is a kind of."""
    if len(parts) > 1:
        yield parts[-1]
    if language == "no" and (tail := _tail(parts[-1] if parts else "")):
        yield tail


def _tail(word: str) -> str:
    """The longest ending of a Norwegian compound that is a word, where what is before it is one too; else ""."""
    for place in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        head, tail = word[:place], word[place:]
        if is_known(tail, "nb") and (is_known(head, "nb") or (head.endswith("s") and is_known(head[:-1], "nb"))):
            return tail
    return ""
