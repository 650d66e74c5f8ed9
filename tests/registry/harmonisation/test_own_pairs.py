"""The pairs worded for the purpose (pairs.jsonl): what must be found is found, and what looks alike is not."""

from collections import Counter
from pathlib import Path

import pytest

from registry.harmonisation import labelled
from registry.harmonisation.comparison import compare
from registry.harmonisation.evidence import EVIDENCE, PROVING
from registry.harmonisation.labelled import Judged
from registry.harmonisation.records import Comparison
from registry.harmonisation.scoring.model import LABELS
from registry.harmonisation.scoring.training import figures, held_out

PAIRS = labelled.read(Path(__file__).with_name("pairs.jsonl").read_text(encoding="utf-8").splitlines())
CODES = frozenset(kind.code for kind in (*EVIDENCE, *PROVING))


@pytest.fixture(scope="module")
def verdicts() -> list[tuple[Judged, Comparison, frozenset[str]]]:
    found = [(pair, compare(pair.a, pair.b)) for pair in PAIRS]
    return [(pair, verdict, frozenset(item.kind for item in verdict.evidence)) for pair, verdict in found]


def test_every_kind_is_covered_both_ways() -> None:
    present, alike = (
        Counter(code for pair in PAIRS for code in getattr(pair, name)) for name in ("evidence", "absent")
    )
    assert len(PAIRS) >= 150
    assert set(present) >= CODES
    assert set(alike) >= CODES


def test_evidence_is_found_where_it_is_and_not_where_it_only_seems_to_be(
    verdicts: list[tuple[Judged, Comparison, frozenset[str]]],
) -> None:
    wanted = [(code, code in kinds) for pair, _, kinds in verdicts for code in pair.evidence & CODES]
    alike = [(code, code in kinds) for pair, _, kinds in verdicts for code in pair.absent & CODES]
    assert sum(hit for _, hit in wanted) / len(wanted) >= 0.9
    assert sum(hit for _, hit in alike) / len(alike) <= 0.03


def test_relations(verdicts: list[tuple[Judged, Comparison, frozenset[str]]]) -> None:
    right = [pair.relation == verdict.relation for pair, verdict, _ in verdicts if pair.relation]
    assert sum(right) / len(right) >= 0.8


def test_labels_of_pairs_that_were_held_out() -> None:
    pairs = [learned for pair in PAIRS if (learned := pair.learned_from())]
    found = held_out(pairs)
    worth = figures([pair.label for pair in pairs], [one.label for one in found], [one.same_score for one in found])
    assert worth.accuracy >= 0.55
    assert worth.off_by_at_most_one >= 0.88
    assert worth.auc >= 0.85


def test_labels_are_those_of_the_scorer() -> None:
    assert {pair.label for pair in PAIRS} == set(LABELS)
