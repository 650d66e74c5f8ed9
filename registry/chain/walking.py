"""Following the chain from one thing: to all that it rests on, or to all that rests on it."""

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

from ontologies.namespaces import RDFS
from registry.chain.links import BEARS, BETWEEN, RESTS_ON, Property
from registry.chain.neighbours import Found, Neighbours

MOST = 5000
"""Things that one walk meets before it stops."""
_ANY = Property(RDFS.seeAlso)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing rests on another, by a property; all are IRIs."""

    dependant: str
    foundation: str
    by: str


@dataclass(frozen=True, slots=True)
class Walk:
    """What was met: each thing with its kind and the number of steps to it, and the steps; `cut` if it met too much."""

    start: str
    kinds: dict[str, str]
    distance: dict[str, int]
    steps: tuple[Step, ...]
    cut: bool


def foundations(neighbours: Neighbours, start: str, most: int = MOST) -> Walk:
    """All that the thing rests on, but for the parts of models that lead no further."""
    walk = _walk(neighbours, start, neighbours.foundations, Step, most)
    return _without_idle_parts(walk)


def dependants(neighbours: Neighbours, start: str, most: int = MOST) -> Walk:
    """All that rests on the thing."""
    return _walk(neighbours, start, neighbours.dependants, lambda thing, other, by: Step(other, thing, by), most)


def _walk(
    neighbours: Neighbours,
    start: str,
    following: Callable[[str], Found],
    step_of: Callable[[str, str, str], Step],
    most: int,
) -> Walk:
    distance, steps, waiting = {start: 0}, dict[Step, None](), deque([start])
    while waiting and len(distance) < most:
        thing = waiting.popleft()
        for by, other in following(thing):
            step = step_of(thing, other, by)
            if other == thing or not _joins(neighbours, step):
                continue
            steps[step] = None
            if other not in distance:
                distance[other] = distance[thing] + 1
                waiting.append(other)
    return Walk(start, {uri: neighbours.kind(uri) for uri in distance}, distance, tuple(steps), bool(waiting))


def _joins(neighbours: Neighbours, step: Step) -> bool:
    rule = RESTS_ON.get(step.by) or BEARS.get(step.by) or _ANY
    return rule.joins(neighbours.kind(step.dependant), neighbours.kind(step.foundation))


def _without_idle_parts(walk: Walk) -> Walk:
    """The walk without parts of models that rest on nothing but such parts."""
    resting = defaultdict[str, list[str]](list)
    for step in walk.steps:
        resting[step.foundation].append(step.dependant)
    kept = {uri for uri, kind in walk.kinds.items() if kind != "modelElement"} | {walk.start}
    waiting = list(kept)
    while waiting:
        for uri in resting[waiting.pop()]:
            if uri not in kept:
                kept.add(uri)
                waiting.append(uri)
    return Walk(
        walk.start,
        {uri: kind for uri, kind in walk.kinds.items() if uri in kept},
        {uri: distance for uri, distance in walk.distance.items() if uri in kept},
        tuple(step for step in walk.steps if {step.dependant, step.foundation} <= kept),
        walk.cut,
    )


def without_between(walk: Walk) -> tuple[Step, ...]:
    """The steps with what only joins two things left out: an API rests on a dataset, whatever distribution is between.

    The property is that of the step from the dependant.
    """
    onward = defaultdict[str, list[Step]](list)
    for step in walk.steps:
        onward[step.dependant].append(step)
    joined: dict[tuple[str, str], Step] = {}
    for thing in walk.kinds:
        if not _is_between(walk, thing):
            for step in _beyond(walk, onward, thing):
                joined.setdefault((step.dependant, step.foundation), step)
    return tuple(joined.values())


def _beyond(walk: Walk, onward: dict[str, list[Step]], thing: str) -> list[Step]:
    """The steps from a thing to the first things that are not between."""
    found, seen, waiting = [], {thing}, [(step, step.by) for step in onward[thing]]
    while waiting:
        step, by = waiting.pop()
        if step.foundation in seen:
            continue
        seen.add(step.foundation)
        if _is_between(walk, step.foundation):
            waiting += [(further, by) for further in onward[step.foundation]]
        else:
            found.append(Step(thing, step.foundation, by))
    return found


def _is_between(walk: Walk, uri: str) -> bool:
    return walk.kinds.get(uri) == BETWEEN and uri != walk.start
