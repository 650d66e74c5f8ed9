"""What became of findings and decisions: open, proposed, settled, dismissed or stale.

    open        nobody has decided
    proposed    somebody has, and a second person is to confirm it
    settled     the concepts are mapped, harmonised or differentiated
    dismissed   it is no disagreement to settle
    stale       it was decided, and one of the definitions reads otherwise since

Reads: findings, decisions, definitions. Writes: nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode

from ontologies.namespaces import SAMSVAR
from registry.catalogue.per_generation import per_generation
from registry.catalogue.texts import Texts
from registry.harmonisation.finding_table import FindingRow, rows_of_concept
from registry.settling.deciding import definitions
from registry.settling.decisions import Decision, Standing, of_pair, standing
from sparql.store import Reader

State: TypeAlias = Literal["open", "proposed", "settled", "dismissed", "stale"]
STATES: tuple[State, ...] = ("open", "proposed", "settled", "dismissed", "stale")


@dataclass(frozen=True, slots=True)
class Settled:
    """The state of a finding and the decision that it follows from; None where it is open."""

    state: State
    decision: Decision | None = None


_OPEN = Settled("open")


def state_of(reader: Reader, finding: str, concepts: Iterable[str]) -> Settled:
    """What became of a finding (its IRI) about two concepts, or about one."""
    pair = frozenset(concepts)
    held = of_pair(reader, pair)
    if not held:
        return _OPEN
    current = _current(reader, pair)
    own = current.get(finding, frozenset())
    for each in reversed(held):
        if each.decision.fingerprints & own:
            return Settled(_meaning(each), each.decision)
    last = held[-1].decision
    others = frozenset[str]().union(*current.values())
    if last.outcome == "dismissed" and last.fingerprints & others:
        return _OPEN
    return Settled("stale", last)


def states(reader: Reader, rows: Iterable[FindingRow]) -> dict[str, State]:
    """The states of those findings that are not open, by the findings' IRIs."""
    known = standing(reader)
    decided = (row for row in rows if frozenset(row.concepts) in known)
    found = {row.uri: state_of(reader, row.uri, row.concepts).state for row in decided}
    return {uri: state for uri, state in found.items() if state != "open"}


@dataclass(frozen=True, slots=True)
class Moved:
    """A definition that reads otherwise than when it was decided on: its concept, the texts then and now."""

    concept: str
    then: Texts
    now: Texts


def moved(reader: Reader, decision: Decision) -> tuple[Moved, ...]:
    """Whose definitions have changed since a decision; nothing as long as it stands on what it stood on."""
    pairs = zip(decision.concepts, decision.texts, strict=True)
    found = (Moved(concept, then, definitions(reader, concept)) for concept, then in pairs)
    return tuple(each for each in found if set(each.then) != set(each.now))


def stale(reader: Reader) -> list[tuple[Standing, tuple[Moved, ...]]]:
    """The decisions that count and whose definitions have changed, oldest first."""
    found = [(each, moved(reader, each.decision)) for held in standing(reader).values() for each in held]
    return sorted((pair for pair in found if pair[1]), key=lambda pair: pair[0].decision.time)


def _meaning(held: Standing) -> State:
    if not held.confirmed:
        return "proposed"
    return "dismissed" if held.decision.outcome == "dismissed" else "settled"


@per_generation
def _current(reader: Reader, pair: frozenset[str]) -> dict[str, frozenset[str]]:
    """The findings about two concepts, each with the texts that it compares."""
    rows = (row for row in rows_of_concept(reader, next(iter(pair))) if frozenset(row.concepts) == pair)
    return {row.uri: frozenset(_fingerprints(reader, row.uri)) for row in rows}


def _fingerprints(reader: Reader, finding: str) -> list[str]:
    quads = reader.quads(NamedNode(finding), SAMSVAR.fingerprint)
    return [quad.object.value for quad in quads if isinstance(quad.object, RdfLiteral)]
