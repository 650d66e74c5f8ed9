"""What is measured of one catalogue: its descriptions by organisation and kind, and what the checks of concepts find.

Reads: the catalogue's graph. Writes: nothing; `keeping` keeps it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from pyoxigraph import NamedNode

from ontologies.namespaces import CV, DCT
from registry.definition_rules.judging import RuleScore, of_graph
from registry.quality.collection import found_by
from registry.quality.collection.base import Concepts, Found
from registry.quality.facts import Picture, iris
from registry.quality.scoring import KINDS, Kind, Score, grade_of, score
from sparql.store import Reader

EXAMPLES = 25
"""What is kept of what a check finds; the number is of all."""
_OWNERS = (DCT.publisher, CV.hasCompetentAuthority, CV.ownedBy)
"""Who answers for a description, the first that it names."""
_COMMONEST = 20
"""Faults that are kept by their message."""


@dataclass(slots=True)
class Row:
    """The descriptions of one kind by one organisation ("" where nobody is named) in one catalogue.

    `points` and `tested` are sums; `indicators` sums of shares by code, without those that are not tested; `levels`
    counts the highest level reached ("" for none); `faults` are the commonest, as messages by language and how often.
    """

    organisation: str
    kind: str
    things: int = 0
    points: float = 0.0
    tested: int = 0
    grades: dict[str, int] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=dict)
    indicators: dict[str, float] = field(default_factory=dict)
    faults: list[tuple[dict[str, str], str, int]] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The points, of those that were tested."""
        return self.points / self.tested if self.tested else 0.0

    @property
    def grade(self) -> str:
        """The grade of that share."""
        return grade_of(self.share)

    def passing(self, indicator: str) -> float | None:
        """The share of an indicator's points over all descriptions; None where it is not tested."""
        return self.indicators[indicator] / self.things if indicator in self.indicators and self.things else None


@dataclass(frozen=True, slots=True)
class Check:
    """How often a check found something, and the first of what it found."""

    number: int
    examples: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Measurement:
    """One catalogue as it was measured. Empty for one that is gone."""

    rows: tuple[Row, ...] = ()
    checks: dict[str, Check] = field(default_factory=dict)
    rules: dict[str, RuleScore] | None = field(default_factory=dict)
    """What the definitions of each organisation ("" where none is named) score by the rules; None if not measured."""

    def as_json(self) -> dict[str, Any]:
        """For keeping."""
        checks = {
            code: {"number": check.number, "examples": [[list(each.things), each.value] for each in check.examples]}
            for code, check in self.checks.items()
        }
        scores = {who: asdict(score) for who, score in (self.rules or {}).items()}
        rules = None if self.rules is None else scores
        return {"rows": [asdict(row) for row in self.rows], "checks": checks, "rules": rules}

    @classmethod
    def of_json(cls, document: dict[str, Any]) -> "Measurement":
        """What was kept."""
        checks = {
            code: Check(each["number"], tuple(Found(tuple(things), value) for things, value in each["examples"]))
            for code, each in document["checks"].items()
        }
        kept = document.get("rules")
        rules = {who: RuleScore(**score) for who, score in kept.items()} if kept is not None else None
        return cls(tuple(Row(**row) for row in document["rows"]), checks, rules)


def measure(reader: Reader, graph: NamedNode, publisher: str = "") -> Measurement:
    """Measures a catalogue; `publisher` is the IRI of who publishes what names no publisher."""
    picture = Picture(reader, graph)
    rows = [row for kind in KINDS for row in _rows(picture, kind, publisher)]
    concepts = Concepts(picture, reader)
    if not concepts.all:
        return Measurement(tuple(rows))
    rules = of_graph(reader, graph.value).by_publisher()
    return Measurement(tuple(rows), _checked(concepts), rules)


def _rows(picture: Picture, kind: Kind, publisher: str) -> Iterable[Row]:
    groups: defaultdict[str, list[Score]] = defaultdict(list)
    for thing in dict.fromkeys(thing for each in kind.types for thing in picture.of_class.get(each, ())):
        named = iris(picture, thing, *_OWNERS)
        groups[named[0].value if named else publisher].append(score(picture, thing, kind))
    return (_row(organisation, kind, scores) for organisation, scores in sorted(groups.items()))


def _row(organisation: str, kind: Kind, scores: list[Score]) -> Row:
    shares: defaultdict[str, float] = defaultdict(float)
    for each in scores:
        for result in each.results:
            if result.share is not None:
                shares[result.indicator.code] += result.share
    broken = Counter(fault.constraint for each in scores for fault in each.faults)
    return Row(
        organisation=organisation,
        kind=kind.code,
        things=len(scores),
        points=round(sum(each.points for each in scores), 1),
        tested=sum(each.tested for each in scores),
        grades=dict(Counter(each.grade for each in scores)),
        levels=dict(Counter(each.level or "" for each in scores)),
        indicators={code: round(share, 3) for code, share in shares.items()},
        faults=[(dict(rule.messages), rule.level, number) for rule, number in broken.most_common(_COMMONEST)],
    )


def _checked(concepts: Concepts) -> dict[str, Check]:
    return {code: Check(len(found), tuple(found[:EXAMPLES])) for code, found in found_by(concepts).items()}
