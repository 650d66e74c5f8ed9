"""An indicator: one thing that can be tested of a description, with the points that it gives.

A test answers how much of the points a description gets, from 0 to 1, or None where the register cannot tell: links are
never followed, so what depends on an answer from elsewhere is *not tested*, and the points are said apart.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pyoxigraph import NamedNode

from registry.catalogue.texts import LANGUAGES, Language
from registry.quality.facts import Facts, has

Dimension: TypeAlias = Literal["findability", "accessibility", "interoperability", "reusability", "contextuality"]
Words: TypeAlias = Mapping[Language, str]
Test: TypeAlias = Callable[[Facts, NamedNode], float | None]

DIMENSIONS: tuple[Dimension, ...] = (
    "findability",
    "accessibility",
    "interoperability",
    "reusability",
    "contextuality",
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is tested (`name`, in three languages), in which dimension, for how many points."""

    code: str
    dimension: Dimension
    points: int
    name: Words
    test: Test


def words(nb: str, nn: str, en: str) -> Words:
    """The same in the three languages of the interface."""
    return dict(zip(LANGUAGES, (nb, nn, en), strict=True))


def says(*properties: NamedNode) -> Test:
    """A test: whether one of the properties has a value."""
    return lambda facts, thing: float(has(facts, thing, *properties))


def mandatory(_facts: Facts, _thing: NamedNode) -> None:
    """Stands for a test that `scoring.score` answers: whether the thing is at least acceptable by its profile."""


def not_tested(_facts: Facts, _thing: NamedNode) -> None:
    """A test that the register does not make, because it would have to follow a link."""
