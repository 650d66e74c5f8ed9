"""What people have decided, and are working on, about concepts that somebody wants to change.

A decision about a concept whose definition changes becomes stale; a case about it is to be told.

Reads: decisions, cases. Writes: nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode

from ontologies.namespaces import SAMSVAR
from registry.catalogue.labels import labelled
from registry.catalogue.texts import Reference
from registry.settling.decisions import Decision, standing
from sparql.store import Reader


@dataclass(frozen=True, slots=True)
class Resting:
    """The decisions that count about any of some concepts, oldest first, and the open cases about them."""

    decisions: tuple[Decision, ...]
    cases: tuple[Reference, ...]

    def as_json(self) -> dict[str, Any]:
        """Decisions, and cases with their titles."""
        return {
            "decisions": [each.as_json() for each in self.decisions],
            "cases": [each.as_json() for each in self.cases],
        }


def resting_on(reader: Reader, concepts: Iterable[str]) -> Resting:
    """What rests on the concepts."""
    wanted = set(concepts)
    held = [each.decision for pair, found in standing(reader).items() if pair & wanted for each in found]
    cases = {
        quad.subject.value
        for concept in wanted
        for quad in reader.quads(predicate=SAMSVAR.concerns, object=NamedNode(concept))
        if isinstance(quad.subject, NamedNode) and _is_open(reader, quad.subject)
    }
    return Resting(
        tuple(sorted(held, key=lambda each: (each.time, each.uri))),
        tuple(labelled(reader, uri) for uri in sorted(cases)),
    )


def _is_open(reader: Reader, case: NamedNode) -> bool:
    return any(quad.object == Literal("open") for quad in reader.quads(case, SAMSVAR.caseState))
