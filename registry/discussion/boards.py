"""Boards: for each organisation and ministry its open findings, what was settled, and its open cases with their age.

Reads: findings, decisions, cases. Writes: nothing.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from registry.cases.case import Case, cases
from registry.catalogue.finding_facets import facets
from registry.services import Services
from registry.settling.decisions import standing
from sparql.store import Reader

_OPEN = ("open", "stale", "proposed")
BY = ("publisher", "ministry")


@dataclass(frozen=True, slots=True)
class Row:
    """One organisation (nine digits) or ministry (its name). `oldest` is the age of its oldest open case in days."""

    who: str
    open: int
    severe: int
    settled: int
    this_year: int
    cases: int
    oldest: int

    def as_json(self) -> dict[str, Any]:
        """Its members."""
        return {
            "who": self.who,
            "open": self.open,
            "severe": self.severe,
            "settled": self.settled,
            "settledThisYear": self.this_year,
            "openCases": self.cases,
            "oldestCaseDays": self.oldest,
        }


def board(services: Services, reader: Reader, by: str) -> list[Row]:
    """By publisher or by ministry, those with the most open findings first."""
    sets = facets(reader).sets
    waiting = frozenset[int]().union(*(sets["state"].get(each, frozenset()) for each in _OPEN))
    severe = frozenset[int]().union(*(sets["severity"].get(each, frozenset()) for each in ("critical", "major")))
    recent = _of_this_year(reader)
    own = _open_cases(services) if by == "publisher" else {}
    rows = []
    for who, numbers in sets[by].items():
        done = numbers - waiting
        held = own.get(who, [])
        rows.append(
            Row(
                who,
                len(numbers & waiting),
                len(numbers & waiting & severe),
                len(done),
                sum(frozenset(facets(reader).rows[number].concepts) in recent for number in done),
                len(held),
                max(map(_age, held), default=0),
            )
        )
    return sorted(rows, key=lambda row: (-row.open, row.who))


def _of_this_year(reader: Reader) -> set[frozenset[str]]:
    """The pairs of concepts that were decided about this year."""
    year = str(datetime.now(UTC).year)
    return {
        pair for pair, held in standing(reader).items() if any(each.decision.time.startswith(year) for each in held)
    }


def _open_cases(services: Services) -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = {}
    for each in cases(services.ledger):
        if each.is_open:
            for number in {*each.parties, each.get("responsible")} - {""}:
                found.setdefault(number, []).append(each)
    return found


def _age(found: Case) -> int:
    return (datetime.now(UTC) - datetime.fromisoformat(found.opened)).days


def states(reader: Reader) -> Counter[str]:
    """How many findings are in each state."""
    return Counter({state: len(numbers) for state, numbers in facets(reader).sets["state"].items()})
