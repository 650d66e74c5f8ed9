import json

import pytest
from click.testing import CliRunner

from registry.cli import main
from registry.harmonisation.compare_cli import answers
from registry.harmonisation.guessing import guessed

PAIR = {
    "id": "p1",
    "a": {"term": "kai", "definition": "brygge på minst 10 meter"},
    "b": {
        "term": "kai",
        "definition": "brygge på minst 20 meter",
        "publisher": "Kystetaten",
        "language": "nb",
        "subject": None,
    },
}


def test_an_answer_has_the_promised_members() -> None:
    answer = next(answers([json.dumps(PAIR)]))
    assert answer["id"] == "p1"
    assert (answer["relation"], answer["label"], answer["severity"]) == ("broader", "conflict", "major")
    assert 0 <= answer["same_score"] <= 1
    evidence = answer["evidence"][0]
    assert evidence["kind"] == "ThresholdDifference"
    assert evidence["explanation"] == "Lengdegrensen er minst 10 meter i den ene og minst 20 meter i den andre."
    assert (evidence["a_span"], evidence["b_span"]) == ([10, 24], [10, 24])
    json.dumps(answer)


def test_one_publisher_is_weighed() -> None:
    a = {**PAIR["a"], "publisher": "Kystetaten"}
    answer = next(answers([json.dumps({**PAIR, "a": a})]))
    assert answer["severity"] == "critical"


def test_lines_that_hold_no_pair_are_answered_with_an_error() -> None:
    lines = [
        "{",
        "[]",
        '{"a": {"term": "kai"}, "b": {}}',
        '{"a": {"term": "kai", "definition": 3}, "b": {}}',
        "",
        json.dumps(PAIR),
    ]
    found = list(answers(lines))
    assert [answer["id"] for answer in found] == [1, 2, 3, 4, "p1"]
    assert all(answer["error"].startswith(f"line {answer['id']} ") for answer in found[:4])
    assert "error" not in found[4]


def test_a_pair_without_id_gets_its_line_number() -> None:
    assert next(answers([json.dumps({"a": PAIR["a"], "b": PAIR["b"]})]))["id"] == 1


def test_the_pair_may_say_what_holds_for_both() -> None:
    short = {
        "id": 7,
        "term": "kai",
        "language": "nn",
        "a": "brygge under 10 meter",
        "b": {"definition": "brygge under 8 meter"},
    }
    answer = next(answers([json.dumps(short)]))
    assert answer["id"] == 7
    assert answer["evidence"][0]["explanation"].endswith("i den eine og under 8 meter i den andre.")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("brygge som ikke er fast", "nb"),
        ("brygge som ikkje er fast", "nn"),
        ("a quay that is afloat", "en"),
        ("gáddi mii lea johtime", "se"),
        ("brygge", "nb"),
        ("", "nb"),
    ],
)
def test_the_language_is_guessed_where_none_is_given(text: str, language: str) -> None:
    assert guessed(text) == language


def test_two_texts_are_compared_without_a_file() -> None:
    texts = ("--texts", "quay of at most 10 metres", "quay of at most 12 metres")
    result = CliRunner().invoke(main, ["compare", "--term", "quay", *texts])
    assert result.exit_code == 0
    assert result.output.startswith("quay: conflict (narrower, major)\n  - ThresholdDifference: The limit of length is")
    for arguments in (["compare"], ["compare", "-", *texts]):
        refused = CliRunner().invoke(main, arguments)
        assert refused.exit_code == 2
        assert "--texts" in refused.output
