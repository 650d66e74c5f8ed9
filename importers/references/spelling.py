"""Names that are one or two letters away from a word, found through what is left when letters are taken out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

_SHORTEST = 7
"""Shorter words have too many neighbours to guess."""
_LONG = 13
"""From this length on two letters may be wrong, else one."""


class NearNames:
    """Words by their deletions; made once, asked for many misspelt words."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_deletion: dict[str, list[str]] = defaultdict(list)
        for name in names:
            if len(name) >= _SHORTEST:
                for shorter in {name, *_without(name, 1)}:
                    self._by_deletion[shorter].append(name)

    def nearest(self, word: str) -> tuple[str, ...]:
        """The known words at the smallest distance that is allowed for a word of this length; none for short words."""
        if len(word) < _SHORTEST:
            return ()
        allowed = 2 if len(word) >= _LONG else 1
        shorter = {word, *_without(word, 1)} | (set(_without(word, 2)) if allowed == 2 else set())  # noqa: PLR2004
        candidates = {name for each in shorter for name in self._by_deletion.get(each, ())}
        near = [(distance(word, name), name) for name in candidates]
        closest = min((far for far, _ in near), default=allowed + 1)
        return tuple(sorted(name for far, name in near if far == closest)) if closest <= allowed else ()


def _without(word: str, letters: int) -> Iterator[str]:
    for places in combinations(range(len(word)), letters):
        yield "".join(letter for place, letter in enumerate(word) if place not in places)


def distance(one: str, other: str) -> int:
    """Edits between two words: a letter put in, left out, changed, or two neighbours swapped."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        following = [i]
        for j, opposite in enumerate(other, 1):
            cost = min(row[j] + 1, following[j - 1] + 1, row[j - 1] + (letter != opposite))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == opposite:
                cost = min(cost, before[j - 2] + 1)
            following.append(cost)
        before, row = row, following
    return row[-1]
