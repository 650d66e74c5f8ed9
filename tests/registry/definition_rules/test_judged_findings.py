"""What a reader judged of the rules' findings on the real catalogues: what was right is found still."""

import csv
import os
from collections import Counter

import pytest

from benchmarks.definition_rules import CATALOGUES, JUDGED, SHARED, identity, of_catalogues
from registry.definition_rules.base import rule_texts
from registry.definition_rules.checking import check_all

_LEAST = 0.95


def _judged() -> list[dict[str, str]]:
    with JUDGED.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_every_verdict_names_a_rule_and_no_finding_is_judged_twice() -> None:
    judged = _judged()
    assert {each["rule"] for each in judged} <= rule_texts().keys()
    assert {each["right"] for each in judged} == {"yes", "no"}
    assert max(Counter(each["id"] for each in judged).values()) == 1
    assert all(each["why not"] for each in judged if "no" in (each["right"], each["mended"]))
    words = max(len(each["term"].split()) for each in judged)
    assert words <= len(["no", "real", "sentences", "here"])


@pytest.mark.slow
@pytest.mark.real_data
@pytest.mark.skipif(
    not all((SHARED / name).is_file() for name in CATALOGUES),
    reason=f"the real catalogues are not in {os.environ.get('SAMSVAR_SHARED', '../shared')}",
)
def test_what_was_judged_right_is_found_and_little_of_what_was_wrong() -> None:
    found = {identity(each) for each in check_all(of_catalogues())}
    judged = [each for each in _judged() if each["of"] == "catalogues"]
    right = [each["id"] in found for each in judged if each["right"] == "yes"]
    still = [each["right"] == "yes" for each in judged if each["id"] in found]
    assert sum(right) >= _LEAST * len(right)
    assert sum(still) >= _LEAST * len(still)
