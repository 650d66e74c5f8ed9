"""Pairs of definitions that people labelled: what the scorer is trained on, and what it is measured by.

One JSON object a line, as `samsvar compare` reads them, with what a person says of the pair: `label`, and where it is
known `relation`, `evidence` (kinds that must be found) and `not` (kinds that look alike and must not be found).
`weight` says how much the pair counts in training, 1 if nothing is said.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from registry.harmonisation.compare_cli import record
from registry.harmonisation.comparison import evidence_of
from registry.harmonisation.records import DefinitionRecord, Label
from registry.harmonisation.relations import likeness, suggest
from registry.harmonisation.scoring.model import LABELS, numbers_of
from registry.harmonisation.scoring.training import LabelledPair
from registry.harmonisation.words import family


class LabelledPairError(ValueError):
    """A line that holds no labelled pair; says which and why."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair and what a person says of it; `relation` is "" where nothing is said."""

    id: str
    a: DefinitionRecord
    b: DefinitionRecord
    label: Label
    relation: str = ""
    evidence: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    weight: float = 1.0

    def learned_from(self) -> LabelledPair | None:
        """The pair as the scorer learns from it; None where words cannot be compared across languages."""
        if family(self.a.language) != family(self.b.language):
            return None
        evidence = evidence_of(self.a, self.b)
        relation = suggest(self.a, self.b, likeness(self.a, self.b), evidence)
        kinds = {item.kind for item in evidence}
        return LabelledPair(numbers_of(self.a, self.b, relation, kinds), self.label, self.weight)


def read(lines: Iterable[str]) -> list[Judged]:
    """The pairs of a file.

    Raises:
        LabelledPairError: a line holds no pair, or no label; it says which line.
    """
    return [_judged(line, number) for number, line in enumerate(lines, 1) if line.strip()]


def _judged(line: str, number: int) -> Judged:
    try:
        pair: dict[str, Any] = json.loads(line)
        label = _label(pair["label"])
        evidence, absent = (frozenset(map(str, pair.get(name, ()))) for name in ("evidence", "not"))
        identifier, relation = str(pair.get("id", number)), str(pair.get("relation", ""))
        weight = float(pair.get("weight", 1))
        return Judged(identifier, record(pair["a"]), record(pair["b"]), label, relation, evidence, absent, weight)
    except KeyError as error:
        raise LabelledPairError(f"line {number} has no {error}: a labelled pair has a, b and label.") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise LabelledPairError(f"line {number} is no labelled pair: {error}.") from error


def _label(value: object) -> Label:
    for label in LABELS:
        if value == label:
            return label
    raise ValueError(f"label is {value!r}, and must be one of {', '.join(LABELS)}")
