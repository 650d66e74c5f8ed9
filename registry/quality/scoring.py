"""What a description scores: by indicator, by dimension and in all, and the level of its profile that it reaches."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from pyoxigraph import NamedNode

from ontologies.namespaces import CPSV, CPSVNO, CV, DCAT, MODELLDCATNO, RDF, SKOS
from ontologies.shapes import Level
from registry.quality import (
    concept_indicators,
    dataset_indicators,
    model_indicators,
    public_service_indicators,
    service_indicators,
)
from registry.quality.conformance import Fault, faults, level_of
from registry.quality.facts import Facts
from registry.quality.indicators import DIMENSIONS, Dimension, Indicator, mandatory

Grade: TypeAlias = Literal["excellent", "good", "sufficient", "poor"]
GRADES: tuple[tuple[Grade, float], ...] = (("excellent", 351 / 405), ("good", 221 / 405), ("sufficient", 121 / 405))
"""The share of tested points from which each grade is given: the limits of the European portal, of its 405 points."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of description: what it is called in addresses, its classes, its indicators, what is judged with it."""

    code: str
    types: tuple[NamedNode, ...]
    profile: str
    indicators: tuple[Indicator, ...]
    parts: Callable[[Facts, NamedNode], list[NamedNode]]

    @property
    def points(self) -> int:
        """The points of all indicators, tested or not."""
        return sum(indicator.points for indicator in self.indicators)


KINDS: tuple[Kind, ...] = (
    Kind("dataset", (DCAT.Dataset,), "dcat-ap-no", dataset_indicators.INDICATORS, dataset_indicators.parts),
    Kind("concept", (SKOS.Concept,), "skos-ap-no", concept_indicators.INDICATORS, concept_indicators.parts),
    Kind(
        "informationModel",
        (MODELLDCATNO.InformationModel,),
        "modelldcat-ap-no",
        model_indicators.INDICATORS,
        model_indicators.parts,
    ),
    Kind("dataService", (DCAT.DataService,), "dcat-ap-no", service_indicators.INDICATORS, service_indicators.parts),
    Kind(
        "service",
        (CPSV.PublicService, CPSVNO.Service),
        "cpsv-ap-no",
        public_service_indicators.OF_SERVICES,
        public_service_indicators.parts,
    ),
    Kind(
        "event",
        (CV.LifeEvent, CV.BusinessEvent, CV.Event),
        "cpsv-ap-no",
        public_service_indicators.OF_EVENTS,
        public_service_indicators.parts,
    ),
)


@dataclass(frozen=True, slots=True)
class Result:
    """One indicator's answer: the share of its points, None where it is not tested."""

    indicator: Indicator
    share: float | None

    @property
    def points(self) -> float:
        """The points that it gives."""
        return round(self.indicator.points * (self.share or 0.0), 1)

    def as_json(self) -> dict[str, Any]:
        """Code, dimension, points and what there is to get."""
        return {
            "indicator": self.indicator.code,
            "dimension": self.indicator.dimension,
            "tested": self.share is not None,
            "points": self.points,
            "of": self.indicator.points,
        }


@dataclass(frozen=True, slots=True)
class Score:
    """What one thing scores. `level` is None where what its profile makes mandatory is missing."""

    thing: NamedNode
    kind: Kind
    results: tuple[Result, ...]
    faults: tuple[Fault, ...]

    @property
    def level(self) -> Level | None:
        """The highest level of its profile that it reaches."""
        return level_of(self.faults)

    @property
    def points(self) -> float:
        """The points in all."""
        return round(sum(result.points for result in self.results), 1)

    @property
    def tested(self) -> int:
        """The points that could be had from what is tested."""
        return sum(result.indicator.points for result in self.results if result.share is not None)

    @property
    def share(self) -> float:
        """The points, of those that were tested."""
        return self.points / self.tested if self.tested else 0.0

    @property
    def grade(self) -> str:
        """The grade of that share."""
        return grade_of(self.share)

    def dimensions(self) -> list[tuple[Dimension, float, int, list[Result]]]:
        """Each dimension with its points, its tested points and its results."""
        grouped = [(name, [each for each in self.results if each.indicator.dimension == name]) for name in DIMENSIONS]
        return [
            (
                name,
                round(sum(each.points for each in results), 1),
                sum(each.indicator.points for each in results if each.share is not None),
                results,
            )
            for name, results in grouped
        ]

    def as_json(self) -> dict[str, Any]:
        """Points, grade, level and every indicator."""
        return {
            "uri": self.thing.value,
            "kind": self.kind.code,
            "points": self.points,
            "tested": self.tested,
            "of": self.kind.points,
            "grade": self.grade,
            "profile": self.kind.profile,
            "level": self.level,
            "indicators": [result.as_json() for result in self.results],
            "faults": [
                {
                    "uri": fault.thing.value,
                    "level": fault.constraint.level,
                    "message": dict(fault.constraint.messages),
                }
                for fault in self.faults
            ],
        }


def kind_of(facts: Facts, thing: NamedNode) -> Kind | None:
    """Which kind of description a thing is; None for what is not scored."""
    types = facts.values(thing, RDF.type)
    return next((kind for kind in KINDS if any(each in types for each in kind.types)), None)


def score(facts: Facts, thing: NamedNode, kind: Kind) -> Score:
    """What a thing scores by the indicators of its kind."""
    found = tuple(faults(facts, kind.parts(facts, thing)))
    acceptable = float(level_of(found) is not None)
    shares = (acceptable if each.test is mandatory else each.test(facts, thing) for each in kind.indicators)
    return Score(thing, kind, tuple(map(Result, kind.indicators, shares)), found)


def grade_of(share: float) -> Grade:
    """The grade of a share of the tested points."""
    return next((grade for grade, least in GRADES if share >= least), "poor")


def indicators_of(kinds: Iterable[Kind]) -> dict[str, Indicator]:
    """Every indicator by the kind and code that its addresses have: ``dataset.keyword``."""
    return {f"{kind.code}.{indicator.code}": indicator for kind in kinds for indicator in kind.indicators}
