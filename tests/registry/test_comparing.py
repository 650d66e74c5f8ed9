"""Two pasted definitions: over the API and on the page."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from pages_register import FISHING_VESSEL, OLD_SHIP, VESSEL

A = {"term": "kai", "definition": "brygge på minst 10 meter"}
B = {"term": "kai", "definition": "brygge på minst 20 meter", "publisher": "Kystetaten"}


def test_a_pair_is_answered_with_a_verdict_in_the_readers_language(pages: FlaskClient) -> None:
    answer = pages.post("/api/v1/compare?lang=en", json={"id": "p1", "a": A, "b": B})
    assert answer.status_code == 200
    assert answer.json is not None
    assert (answer.json["id"], answer.json["label"], answer.json["severity"]) == ("p1", "conflict", "major")
    evidence = answer.json["evidence"][0]
    assert evidence["kind"] == "ThresholdDifference"
    assert evidence["explanation"] == evidence["explanations"]["en"]
    assert (evidence["a_span"], evidence["b_span"]) == ([10, 24], [10, 24])


def test_several_pairs_are_answered_in_order(pages: FlaskClient) -> None:
    answer = pages.post("/api/v1/compare", json={"pairs": [{"a": A, "b": B}, {"id": 7, "a": A, "b": A}]})
    assert answer.json is not None
    assert [pair["label"] for pair in answer.json["pairs"]] == ["conflict", "same"]
    assert [pair.get("id") for pair in answer.json["pairs"]] == [None, 7]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (None, '{"a": {"term"'),
        ([A, B], '{"a": {"term"'),
        ({"pairs": []}, '{"a": {"term"'),
        ({"a": A}, "b.term is missing"),
        ({"a": A, "b": {"term": "kai", "definition": " "}}, "b.definition is missing"),
        ({"pairs": [{"a": A, "b": B}, {"a": {"term": 3}, "b": B}]}, "pairs[1].a.term is missing"),
        ({"a": A, "b": {**B, "scope": ["kapittel"]}}, "b.scope is no text"),
        ({"a": A, "b": {**B, "definition": "x" * 10_001}}, "b.definition is longer than"),
        ({"pairs": [{"a": A, "b": B}] * 101}, "At most 100 pairs"),
        ({"pairs": [{"a": A, "b": {**B, "definition": "x" * 9_000}}] * 30}, "At most 200000 characters"),
    ],
)
def test_what_is_no_pair_is_refused_with_its_place(pages: FlaskClient, body: Any, place: str) -> None:
    answer = pages.post("/api/v1/compare?lang=en", json=body, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert place in answer.json["detail"]


def test_the_page_shows_verdict_differences_and_reasons(pages: FlaskClient) -> None:
    form = {
        "a_term": "kai",
        "a_definition": A["definition"],
        "b_definition": B["definition"],
        "a_source": "havneloven § 4",
    }
    answer = pages.post("/compare?lang=nb", data=form)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    text = answer.text
    assert "Lengdegrensen er minst 10 meter i den ene og minst 20 meter i den andre." in text
    assert '<mark class="sv-evidence" data-kind="ThresholdDifference">' in text
    assert '<del class="sv-removed">' in text
    assert "havneloven § 4" in text
    assert 'name="b_term" value="kai"' in text


def test_the_page_can_be_linked_to_with_both_definitions(pages: FlaskClient) -> None:
    query = {"lang": "nb", "a_term": "kai", "a_definition": A["definition"], "b_definition": B["definition"]}
    assert "minst 20 meter i den andre" in pages.get("/compare", query_string=query).text


def test_the_page_says_what_is_missing(pages: FlaskClient) -> None:
    assert "ds-validation-message" not in pages.get("/compare").text
    text = pages.post("/compare?lang=nb", data={"a_term": "kai", "a_definition": A["definition"]}).text
    assert 'id="b_definition-error"' in text
    assert 'aria-describedby="b_definition-error"' in text
    assert 'id="a_definition-error"' not in text
    assert "Lim inn definisjonen." in text


def test_definitions_of_the_register_are_held_against_each_other(pages: FlaskClient) -> None:
    query = {"lang": "nb", "a_concept": VESSEL, "b_concept": FISHING_VESSEL}
    text = pages.get("/compare", query_string=query).text
    assert "Lengdegrensen er minst 15 meter i den ene og minst 24 meter i den andre." in text
    assert ">flytende innretning på minst 15 meter</textarea>" in text
    verdict = text.partition('id="verdict"')[2]
    assert "Prøvehavnene" in verdict
    assert "Prøvefiskeriet" in verdict


def test_one_definition_of_the_register_waits_for_another(pages: FlaskClient) -> None:
    text = pages.get("/compare", query_string={"lang": "nb", "a_concept": VESSEL}).text
    assert ">flytende innretning på minst 15 meter</textarea>" in text
    assert 'name="b_term" value="fartøy"' in text
    assert 'id="verdict"' not in text
    assert "ds-validation-message" not in text


@pytest.mark.parametrize("uri", [OLD_SHIP, "https://nowhere.example/1", "no uri"])
def test_what_has_no_definition_cannot_be_compared(pages: FlaskClient, uri: str) -> None:
    answer = pages.get("/compare", query_string={"a_concept": uri}, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json is not None
    assert uri in answer.json["detail"]


def test_pasted_markup_is_only_text(pages: FlaskClient) -> None:
    form = {"a_term": "<b>kai", "a_definition": "<script>alert(1)</script>", "b_definition": '"><img src=x>'}
    text = pages.post("/compare", data=form).text
    assert "<script>alert" not in text
    assert "<img src=x" not in text


def test_a_text_full_of_limits_is_compared_in_time(pages: FlaskClient) -> None:
    pair = {"a": {**A, "definition": "under 18 år " * 800}, "b": {**B, "definition": "under 15 år " * 800}}
    answer = pages.post("/api/v1/compare", json=pair)
    assert answer.json is not None
    assert {item["kind"] for item in answer.json["evidence"]} >= {"ThresholdDifference"}
