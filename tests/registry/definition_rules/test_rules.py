"""Each rule by its own examples, and what holds for all."""

from collections.abc import Mapping
from typing import Any

import pytest

from registry.definition_rules.base import rule_texts
from registry.definition_rules.checking import OUTER, RULES, check, check_all
from registry.harmonisation.records import DefinitionRecord, SourceReference

EXAMPLES = [
    pytest.param(rule.code, example, id=f"{rule.code}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.text.examples)
]


def record_of(example: Mapping[str, Any]) -> DefinitionRecord:
    sources = (SourceReference(example["source"]),) if "source" in example else ()
    return DefinitionRecord(
        example["term"], example["text"], sources=sources, relationship=example.get("relationship", "")
    )


@pytest.mark.parametrize(("code", "example"), EXAMPLES)
def test_a_rule_finds_what_its_examples_say(code: str, example: Mapping[str, Any]) -> None:
    found = [finding for finding in check(record_of(example)) if finding.rule.code == code]
    assert bool(found) is example["trips"]
    for finding in found:
        assert finding.span is None or example["text"][slice(*finding.span)].strip()
        assert "mended" not in example or finding.mended == example["mended"]


@pytest.mark.parametrize("code", [code for code in rule_texts() if code != OUTER])
def test_every_rule_has_examples_of_both_kinds(code: str) -> None:
    assert {example["trips"] for example in rule_texts()[code].examples} == {True, False}


def test_the_points_of_all_rules_make_a_hundred() -> None:
    assert sum(text.points for text in rule_texts().values()) == 100


def test_what_is_mended_does_not_break_the_rule_again() -> None:
    for rule in RULES:
        for example in rule.text.examples:
            for finding in check(record_of(example)):
                if finding.mended:
                    again = check(record_of({**example, "text": finding.mended}))
                    assert finding.rule.code not in {each.rule.code for each in again}


def test_two_definitions_that_are_made_of_each_other_make_an_outer_circle() -> None:
    a = DefinitionRecord("kaileie", "avtale med en kaileier", concept="urn:a", catalogue="urn:c")
    b = DefinitionRecord("kaileier", "person som har en kaileie", concept="urn:b", catalogue="urn:c")
    found = [finding for finding in check_all([a, b]) if finding.rule.code == OUTER]
    assert {finding.record.term for finding in found} == {"kaileie", "kaileier"}
    assert "«kaileier»" in found[0].explanations["nb"]


def test_acts_are_not_judged_by_how_term_bases_dress_definitions() -> None:
    record = DefinitionRecord("kai", "Et anlegg ved sjø, f.eks. en molo.", statutory=True)
    assert {finding.rule.code for finding in check(record)} == {"exampleInside"}


def test_a_language_that_the_rules_have_no_words_for_is_left_alone() -> None:
    assert not list(check(DefinitionRecord("Kai", "Eine Anlage am Meer.", "de")))


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_explanations_are_filled_in(language: str) -> None:
    for rule in RULES:
        for example in rule.text.examples:
            for finding in check(record_of(example)):
                assert "{" not in finding.explanations[language]
