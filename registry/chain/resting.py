"""What rests on things that are about to change or go: each dependant once, with what it rests on and whose it is.

The findings about such things are not here: they are compared anew (`registry.previews.outlook`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from registry.chain.chain import named, side_of
from registry.chain.impact import Touched
from registry.chain.neighbours import Neighbours
from registry.chain.owners import Owners
from registry.chain.walking import dependants
from registry.urls import Urls
from sparql.store import Reader

MOST = 500
"""Changing things that are followed,"""
_EACH = 400
"""and things that are followed from each."""


@dataclass(frozen=True, slots=True)
class Resting:
    """A thing that rests on what is about to change: `on` has those by IRI, with how each changes."""

    thing: Touched
    on: tuple[tuple[str, str], ...]

    def as_json(self) -> dict[str, Any]:
        """The thing with its owner and contact points, and what it rests on."""
        on = [{"uri": uri, "change": change} for uri, change in self.on]
        return {**self.thing.as_json(), "on": on}


def resting(reader: Reader, urls: Urls, changing: Mapping[str, str]) -> tuple[Resting, ...]:
    """What rests on the changing things, an IRI to how it changes, and does not change itself; closest first."""
    neighbours = Neighbours(reader, urls)
    distance: dict[str, tuple[int, str]] = {}
    on: dict[str, list[tuple[str, str]]] = {}
    for uri, change in islice(((uri, how) for uri, how in changing.items() if neighbours.kind(uri)), MOST):
        side = side_of(dependants(neighbours, uri, _EACH))
        for level in side.levels:
            for other in level.uris:
                if other not in changing:
                    on.setdefault(other, []).append((uri, change))
                    reached = side.distance[other], level.kind
                    distance[other] = min(distance.get(other, reached), reached)
    found = sorted(distance.items(), key=lambda each: (each[1], each[0]))
    owners = Owners(reader)
    return tuple(
        Resting(Touched(named(reader, uri), kind, steps, owners.of(uri)), tuple(on[uri]))
        for uri, (steps, kind) in found
    )
