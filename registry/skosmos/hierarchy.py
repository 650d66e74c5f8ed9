"""What is wider than what, in the whole register: one read a generation."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from registry.catalogue.per_generation import per_generation
from registry.catalogue.queries import iri
from sparql.store import Reader

_QUERY = (files(__package__) / "wider.rq").read_text(encoding="utf-8")
_MOST = 5_000
"""Concepts that a walk visits."""


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Direct steps: a concept's IRI to the IRIs of those above and below it, in order."""

    above: Mapping[str, tuple[str, ...]]
    below: Mapping[str, tuple[str, ...]]

    def ancestors(self, uri: str) -> list[str]:
        """The concept and all above it, nearest first; a circle is walked once."""
        return _walk(uri, self.above)

    def descendants(self, uri: str) -> list[str]:
        """The concept and all below it, nearest first."""
        return _walk(uri, self.below)


@per_generation
def hierarchy(reader: Reader) -> Hierarchy:
    """The hierarchy of one generation."""
    above: defaultdict[str, set[str]] = defaultdict(set)
    below: defaultdict[str, set[str]] = defaultdict(set)
    for row in reader.select(_QUERY):
        narrow, wide = iri(row, "narrow"), iri(row, "wide")
        above[narrow].add(wide)
        below[wide].add(narrow)
    return Hierarchy(_sorted(above), _sorted(below))


def _sorted(steps: Mapping[str, set[str]]) -> dict[str, tuple[str, ...]]:
    return {uri: tuple(sorted(others)) for uri, others in steps.items()}


def _walk(start: str, steps: Mapping[str, tuple[str, ...]]) -> list[str]:
    seen = {start: None}
    for uri in seen.copy():
        waiting = [uri]
        while waiting and len(seen) < _MOST:
            waiting = [other for one in waiting for other in steps.get(one, ()) if other not in seen]
            seen |= dict.fromkeys(waiting)
    return list(seen)
