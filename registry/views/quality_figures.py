"""What pages show of quality: the score of a thing, the figures of a catalogue and of an organisation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from registry.catalogue.labels import labelled
from registry.catalogue.texts import Reference
from registry.definition_rules.judging import NO_SCORE, RuleScore, ranked
from registry.quality.collection import Check, checks
from registry.quality.facts import Live
from registry.quality.indicators import DIMENSIONS, Indicator
from registry.quality.keeping import Kept, catalogues_of, current, states
from registry.quality.league import Point, changes, standings, summed, trend
from registry.quality.measuring import Check as Checked
from registry.quality.measuring import Measurement, Row
from registry.quality.scoring import KINDS, Kind, Score, kind_of, score
from registry.views.context import reader, register


@dataclass(frozen=True, slots=True)
class Figured:
    """The figures of descriptions of one kind."""

    kind: Kind
    row: Row

    def dimensions(self) -> list[tuple[str, list[tuple[Indicator, float | None]]]]:
        """Indicators by dimension, each with the share of its points; None where it is not tested."""
        return [
            (name, [(each, self.row.passing(each.code)) for each in self.kind.indicators if each.dimension == name])
            for name in DIMENSIONS
        ]


@dataclass(frozen=True, slots=True)
class CatalogueFigures:
    """A catalogue as it was measured last; `is_old` where it has changed since."""

    measured: str
    is_old: bool
    kinds: tuple[Figured, ...]
    found: Mapping[str, Checked]
    organisations: Mapping[str, RuleScore]
    """What the definitions of each organisation score by the rules for definitions, the best first."""

    @property
    def rules(self) -> RuleScore:
        """What all definitions score."""
        return sum(self.organisations.values(), NO_SCORE)

    def checked(self) -> list[tuple[Check, Checked | None]]:
        """Every check of concepts with what it found, those that found most first; none without concepts."""
        if not self.found:
            return []
        pairs = [(check, self.found.get(code)) for code, check in checks().items()]
        return sorted(pairs, key=lambda pair: (pair[1] is None, -(pair[1].number if pair[1] else 0), pair[0].code))

    def checks_as_json(self) -> list[dict[str, Any]]:
        """Every check with its number and its first examples."""
        return [
            {
                "code": check.code,
                "norm": check.norm,
                "tested": found is not None,
                "number": found.number if found else None,
                "examples": [{"things": list(each.things), "value": each.value} for each in found.examples]
                if found
                else [],
            }
            for check, found in self.checked()
        ]


def score_of(uri: str) -> Score | None:
    """What a thing scores; None for what has no indicators."""
    facts, thing = Live(reader()), NamedNode(uri)
    kind = kind_of(facts, thing)
    return score(facts, thing, kind) if kind else None


def figures_of(graph: str) -> CatalogueFigures:
    """The figures of one catalogue, by kind."""
    kept = _current().get(graph) or Kept(graph, "", "", Measurement())
    rows = kept.measurement.rows
    return CatalogueFigures(
        measured=kept.measured,
        is_old=kept.state != states(reader()).get(graph, ""),
        kinds=_by_kind(rows),
        found=kept.measurement.checks,
        organisations=ranked(kept.measurement.rules or {}),
    )


def rules_of_catalogues() -> dict[str, RuleScore]:
    """What the definitions of each catalogue score by the rules, by graph; the best first."""
    found = {graph: sum((kept.measurement.rules or {}).values(), NO_SCORE) for graph, kept in _current().items()}
    return ranked({graph: scored for graph, scored in found.items() if scored.of})


def rules_of_organisations() -> dict[str, RuleScore]:
    """What the definitions of each organisation score in all catalogues together, by its IRI; the best first."""
    found: dict[str, RuleScore] = {}
    for kept in _current().values():
        for organisation, scored in (kept.measurement.rules or {}).items():
            found[organisation] = found.get(organisation, NO_SCORE) + scored
    return ranked({organisation: scored for organisation, scored in found.items() if scored.of})


def of_organisation(uri: str) -> tuple[Figured, ...]:
    """The figures of one organisation, by kind."""
    return _by_kind(tuple(row for row in _rows() if row.organisation == uri))


def league(kind: str) -> list[Row]:
    """The organisations with descriptions of a kind, the best first."""
    return standings(row for row in _rows() if row.kind == kind)


def total(rows: list[Row], kind: str) -> Row:
    """All of them together."""
    return summed(rows, "", kind)


def trend_of(kind: str, organisation: str | None = None) -> list[Point]:
    """The figures of a kind over time, of one organisation or of all."""
    return trend(
        register().figures.past(),
        lambda each: each.kind == kind and organisation in {None, each.organisation},
    )


def changes_of(kind: str) -> dict[str, float]:
    """Organisation to how its share changed on the last day on which it was measured."""
    return changes(register().figures.past(), kind)


def called(organisation: str) -> Reference | None:
    """Who that is; None for nobody."""
    return labelled(reader(), organisation) if organisation else None


def _by_kind(rows: tuple[Row, ...]) -> tuple[Figured, ...]:
    groups = [(kind, [row for row in rows if row.kind == kind.code]) for kind in KINDS]
    return tuple(Figured(kind, summed(found, "", kind.code)) for kind, found in groups if found)


def _current() -> dict[str, Kept]:
    return current(register().figures, reader())


def _rows() -> list[Row]:
    held = catalogues_of(reader())
    return [row for graph, kept in _current().items() if graph in held for row in kept.measurement.rows]
