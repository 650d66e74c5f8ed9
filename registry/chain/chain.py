"""The chain of one thing as pages and the API show it: by kind, closest first, and as steps for a picture."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode, Triple

from ontologies.namespaces import SAMSVAR
from registry.catalogue.citations import cited
from registry.catalogue.paging import Page, page_of
from registry.catalogue.texts import Reference
from registry.catalogue.thing_tables import short_name
from registry.chain import walking
from registry.chain.links import LEVELS
from registry.chain.neighbours import Neighbours
from registry.chain.walking import Step, Walk
from registry.urls import Urls
from sparql.store import Reader

_DRAWN = 40
"""Steps that a picture has at most, in each direction,"""
_BESIDE = 5
"""and things of one kind in it."""


@dataclass(frozen=True, slots=True)
class Level:
    """The things of one kind, closest first, by IRI."""

    kind: str
    uris: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many they are."""
        return len(self.uris)


@dataclass(frozen=True, slots=True)
class Side:
    """One direction: the kinds from law to life event, the steps between things, how far and of what kind each is.

    `cut` says that there is more than was followed.
    """

    levels: tuple[Level, ...]
    steps: tuple[Step, ...]
    distance: dict[str, int]
    kinds: dict[str, str]
    cut: bool

    @property
    def total(self) -> int:
        """How many things there are of all kinds."""
        return sum(level.total for level in self.levels)

    def level(self, kind: str) -> Level:
        """The things of one kind."""
        return next((level for level in self.levels if level.kind == kind), Level(kind, ()))


@dataclass(frozen=True, slots=True)
class Chain:
    """What a thing rests on, and what rests on it."""

    uri: str
    kind: str
    foundations: Side
    dependants: Side

    @property
    def total(self) -> int:
        """How many things there are in both directions."""
        return self.foundations.total + self.dependants.total

    @property
    def cut(self) -> bool:
        """Whether there is more than was followed."""
        return self.foundations.cut or self.dependants.cut


@dataclass(frozen=True, slots=True)
class Item:
    """A thing in the chain: `distance` counts the steps from the thing that the chain is of."""

    reference: Reference
    kind: str
    distance: int

    def as_json(self) -> dict[str, Any]:
        """The thing, its kind and the number of steps."""
        return {**self.reference.as_json(), "kind": self.kind, "distance": self.distance}


def chain(reader: Reader, urls: Urls, uri: str, most: int = walking.MOST) -> Chain | None:
    """The chain of a thing, following at most so many things each way; None for what has no place in it."""
    neighbours = Neighbours(reader, urls)
    kind = neighbours.kind(uri)
    if not kind:
        return None
    down = side_of(walking.foundations(neighbours, uri, most))
    return Chain(uri, kind, down, side_of(walking.dependants(neighbours, uri, most)))


def dependants_of(reader: Reader, urls: Urls, uri: str) -> tuple[str, Side] | None:
    """The kind of a thing and what rests on it; None for what has no place in the chain."""
    neighbours = Neighbours(reader, urls)
    kind = neighbours.kind(uri)
    return (kind, side_of(walking.dependants(neighbours, uri))) if kind else None


def side_of(walk: Walk) -> Side:
    """What a walk met, by kind."""
    groups: dict[str, list[str]] = {kind: [] for kind in LEVELS}
    for uri in sorted(walk.distance, key=walk.distance.__getitem__):
        if uri != walk.start and walk.kinds[uri] in groups:
            groups[walk.kinds[uri]].append(uri)
    levels = tuple(Level(kind, tuple(uris)) for kind, uris in groups.items() if uris)
    return Side(levels, walking.without_between(walk), walk.distance, walk.kinds, walk.cut)


def items(named: Callable[[str], Reference], side: Side, kind: str, number: int, size: int) -> Page[Item]:
    """One page of the things of a kind, each as `named` names it."""
    listed = page_of(side.level(kind).uris, number, size)
    return listed.map(lambda uri: Item(named(uri), kind, side.distance[uri]))


def named(reader: Reader, uri: str) -> Reference:
    """The thing by its name; a provision as it is cited."""
    return cited(reader, uri)


def drawn(side: Side, start: str) -> tuple[Step, ...]:
    """The steps to draw: those between the closest things of each kind, each joined to the one that it was met from."""
    chosen = {start} | {uri for level in side.levels for uri in level.uris[:_BESIDE]}
    steps = (step for step in side.steps if {step.dependant, step.foundation} <= chosen)
    return tuple(sorted(steps, key=lambda step: _farthest(side, step))[:_DRAWN])


def _farthest(side: Side, step: Step) -> int:
    return max(side.distance[step.dependant], side.distance[step.foundation])


def triples(*sides: Side) -> Iterator[Triple]:
    """Each step as ``samsvar:restsOn``."""
    for step in (step for side in sides for step in side.steps):
        yield Triple(NamedNode(step.dependant), SAMSVAR.restsOn, NamedNode(step.foundation))


def step_as_json(step: Step) -> dict[str, Any]:
    """Both ends, and the property that joins them, short where its prefix is known."""
    return {"dependant": step.dependant, "foundation": step.foundation, "property": short_name(step.by)}
