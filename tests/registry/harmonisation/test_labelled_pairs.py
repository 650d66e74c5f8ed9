"""The rules against pairs that a person has read; the figures are the targets of the standard of work, not a fit."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from registry.harmonisation.comparison import compare
from registry.harmonisation.evidence import KINDS
from registry.harmonisation.records import DefinitionRecord

PAIRS = Path(os.environ.get("SAMSVAR_SHARED", Path(__file__).parents[3] / ".." / "shared")) / "data" / "pairs"

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not PAIRS.is_dir(), reason="the folder with the labelled pairs is not here"),
]
LABELS = {
    "same": "same",
    "compatible": "harmonisable",
    "harmonisable": "harmonisable",
    "conflict": "conflict",
    "homonym": "homonym",
}
ORDER = ("same", "harmonisable", "conflict", "homonym")


def load(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((PAIRS / name).read_text(encoding="utf-8"))
    return document


def record(side: dict[str, Any]) -> DefinitionRecord:
    return DefinitionRecord(
        side["term"], side["definition"], side.get("lang") or "nb", publisher=side.get("publisher") or ""
    )


def judged(kind: str, code: str) -> list[tuple[bool, bool]]:
    """(found, judged correct) per pair of evidence of a kind."""
    return [
        (
            bool(KINDS[code].find(*(DefinitionRecord(item["term"], item[side]["def"]) for side in "ab"))),
            bool(item["correct"]),
        )
        for item in load("labelled_dev.json")["evidence"]
        if item["kind"] == kind
    ]


@pytest.mark.parametrize(
    ("kind", "code", "recall"),
    [
        ("ThresholdConflict", "ThresholdDifference", 0.8),
        ("InclusionExclusionContradiction", "InclusionExclusionContradiction", 1.0),
        ("ExceptionConflict", "ExceptionDifference", 0.6),
    ],
)
def test_evidence_that_was_judged_correct_is_found_and_none_that_was_not(kind: str, code: str, recall: float) -> None:
    pairs = judged(kind, code)
    found = [correct for hit, correct in pairs if hit]
    assert sum(found) / len(found) >= 0.95
    assert sum(found) / sum(correct for _, correct in pairs) >= recall


@pytest.mark.parametrize("code", ["ThresholdDifference", "InclusionExclusionContradiction"])
def test_pairs_that_say_the_same_have_no_threshold_and_no_contradiction(code: str) -> None:
    pairs = [
        pair
        for name in ("gold_dev.json", "labelled_dev.json")
        for pair in load(name)["pairs"]
        if pair["label"] == "same"
    ]
    assert len(pairs) > 25
    assert [pair for pair in pairs if KINDS[code].find(record(pair["a"]), record(pair["b"]))] == []


def test_four_way_labels() -> None:
    pairs = [
        (LABELS[pair["label"]], compare(record(pair["a"]), record(pair["b"])).label)
        for pair in load("gold_dev.json")["pairs"]
        if pair["label"] in LABELS
    ]
    right = sum(wanted == found for wanted, found in pairs) / len(pairs)
    near = sum(abs(ORDER.index(wanted) - ORDER.index(found)) <= 1 for wanted, found in pairs) / len(pairs)
    assert right >= 0.6
    assert near >= 0.95


EXPECTED = {
    ("kulturminne", "kommune A", "virksomhet B"): ("overlapping", "harmonisable", {"CharacteristicDifference"}),
    ("avløpsvann", "A", "B"): ("narrower", "harmonisable", {"CharacteristicDifference"}),
    ("gjennomføringsgrad", "A", "B"): ("overlapping", "harmonisable", {"CharacteristicDifference"}),
    ("heltidsstudent", "A", "B"): ("broader", "conflict", {"ThresholdDifference"}),
    ("heltidsstudent", "A", "NAOB"): ("overlapping", "conflict", {"CircularDefinition"}),
}


@pytest.mark.parametrize(("term", "first", "second"), EXPECTED)
def test_the_examples_of_the_coordination_standard(term: str, first: str, second: str) -> None:
    records = {
        (publisher, label.split("|")[-1]): DefinitionRecord(label.split("|")[-1], text, publisher=publisher)
        for example in load("begrepskoordinering_examples.json")["examples"]
        for publisher, label, text, _ in example["records"]
    }
    found = compare(records[(first, term)], records[(second, term)])
    relation, label, kinds = EXPECTED[(term, first, second)]
    assert (found.relation, found.label) == (relation, label)
    assert kinds <= {item.kind for item in found.evidence}
