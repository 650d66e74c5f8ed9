"""Choosing by facets: several values of one facet widen, several facets narrow; every value counts under the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from registry.browsing.further import Facets
from registry.browsing.shelf import members


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen: values by facet. `among` is a set of things to which everything is held, None for all."""

    facets: Facets
    values: Mapping[str, Sequence[str]]
    among: int | None = None

    @property
    def chosen(self) -> int:
        """The set of things that all choices let through."""
        return self._under(self.values)

    def counts(self, facet: str) -> dict[str, int]:
        """How many things have each value of a facet under the choices of the others; 0 for what is chosen."""
        others = {name: values for name, values in self.values.items() if name != facet}
        under = self._under(others)
        found = {value: (chosen & under).bit_count() for value, chosen in self.facets.sets.get(facet, {}).items()}
        own = dict.fromkeys(self.values.get(facet, ()), 0)
        return {**own, **{value: count for value, count in found.items() if count}}

    def newest(self, first: int, size: int) -> list[str]:
        """So many of the things, the last changed first, from a place on."""
        shelf = self.facets.shelf
        found = list[str]()
        for place, number in enumerate(members(self.chosen, shelf.newest)):
            if place >= first + size:
                break
            if place >= first:
                found.append(shelf.uris[number])
        return found

    def lets_through(self, uris: Sequence[str]) -> list[bool]:
        """Of each thing whether the choices let it through; all are where nothing is chosen."""
        if self.among is None and not any(self.values.values()):
            return [True] * len(uris)
        chosen, numbers = self.chosen, self.facets.shelf.numbers
        return [(number := numbers.get(uri)) is not None and bool(chosen >> number & 1) for uri in uris]

    def _under(self, choices: Mapping[str, Sequence[str]]) -> int:
        found = self.facets.shelf.everything if self.among is None else self.among
        for facet, values in choices.items():
            if values:
                sets = self.facets.sets.get(facet, {})
                widened = 0
                for value in values:
                    widened |= sets.get(value, 0)
                found &= widened
        return found
