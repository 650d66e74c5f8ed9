"""Reconciliation over HTTP, as OpenRefine and clients of the 1.0 draft ask: candidates, values, suggestions, preview."""

import json

import pytest

CONCEPT = "http://www.w3.org/2004/02/skos/core#Concept"
STATUTORY = "https://w3id.org/samsvar/ontology#StatutoryConcept"


def candidates(client, **query):
    answer = client.post("/reconcile", data={"queries": json.dumps({"q0": query})})
    assert answer.status_code == 200, answer.text
    return answer.json["q0"]["result"]


def test_the_manifest_says_where_everything_is(demo_client):
    manifest = demo_client.get("/reconcile").json
    assert manifest["versions"] == ["0.2"]
    assert {one["id"] for one in manifest["defaultTypes"]} == {CONCEPT, STATUTORY}
    assert manifest["view"]["url"].endswith("/resource?uri={{id}}")
    for name, where in manifest["suggest"].items():
        path = where["service_url"].partition("localhost:8000")[2] + where["service_path"]
        assert demo_client.get(f"{path}?prefix=b").status_code == 200, name
    draft = demo_client.get("/reconcile/1.0").json
    assert draft["versions"] == ["1.0-draft"]
    assert draft["standardizedScore"] is True


def test_a_word_with_one_definition_is_certain_and_one_with_several_is_not(demo_client):
    (only,) = candidates(demo_client, query="allmennaksjeselskap", limit=1)
    assert only["name"] == "allmennaksjeselskap"
    assert only["match"]
    several = candidates(demo_client, query="barn")
    assert [one["score"] for one in several[:2]] == [100, 100]
    assert not any(one["match"] for one in several)
    only = candidates(demo_client, query="langtidsledig", properties=[{"pid": "publisher", "v": "velferd"}], limit=1)
    assert only[0]["name"] == "langtidsledig"


@pytest.mark.parametrize("form", ["Barnet", "barna", "BARN "])
def test_other_forms_of_a_word_find_it(demo_client, form):
    assert candidates(demo_client, query=form)[0]["name"] == "barn"


def test_conditions_order_the_candidates_and_required_ones_select(demo_client):
    with_publisher = candidates(demo_client, query="barn", properties=[{"pid": "publisher", "v": "skatt"}])
    assert with_publisher[0]["score"] == 100
    assert with_publisher[1]["score"] == 80
    body = {
        "queries": [
            {
                "type": CONCEPT,
                "conditions": [
                    {"matchType": "name", "v": "barn"},
                    {"matchType": "property", "pid": "publisher", "v": "skatt", "required": True},
                ],
            }
        ]
    }
    answer = demo_client.post("/reconcile/1.0/reconcile", json=body).json
    (only,) = [one for one in answer["results"][0]["candidates"] if one["name"] == "barn"]
    assert only["id"] == with_publisher[0]["id"]
    assert only["match"]


def test_values_of_what_was_matched(demo_client):
    uri = candidates(demo_client, query="barn", type=STATUTORY)[0]["id"]
    asked = {"ids": [uri, "urn:unknown"], "properties": [{"id": "definition"}, {"id": "act"}]}
    answer = demo_client.post("/reconcile", data={"extend": json.dumps(asked)}).json
    assert answer["meta"][0] == {"id": "definition", "name": "definisjon"}
    assert "18 år" in answer["rows"][uri]["definition"][0]["str"]
    assert answer["rows"][uri]["act"][0]["id"].startswith("http://localhost:8000/legislation/lov/")
    assert answer["rows"]["urn:unknown"] == {"definition": [], "act": []}
    draft = demo_client.post("/reconcile/1.0/extend", json=asked).json
    assert draft["rows"][0]["properties"][0]["values"] == answer["rows"][uri]["definition"]
    assert len(demo_client.get("/reconcile/extend/propose?limit=3").json["properties"]) == 3


def test_the_preview_may_stand_in_a_frame_and_nothing_else_may(demo_client):
    uri = candidates(demo_client, query="barn", type=STATUTORY)[0]["id"]
    answer = demo_client.get("/reconcile/preview", query_string={"id": uri})
    assert answer.status_code == 200
    assert "18 år" in answer.text
    assert "X-Frame-Options" not in answer.headers
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert demo_client.get("/").headers["X-Frame-Options"] == "DENY"
    assert demo_client.get("/reconcile/preview", query_string={"id": "urn:x"}).status_code == 404


def test_scripts_of_other_sites_may_post(demo_client):
    asked = {"Origin": "https://other.example", "Access-Control-Request-Method": "POST"}
    answer = demo_client.options("/reconcile/1.0/reconcile", headers=asked)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(
    ("queries", "said"),
    [
        ("{", "not JSON"),
        ("[]", "queries is an object"),
        ('{"q0": {}}', "queries.q0"),
        ('{"q0": {"query": "x", "type": "urn:no"}}', "urn:no"),
        ('{"q0": {"query": "x", "limit": 0}}', "queries.q0.limit"),
        ('{"q0": {"query": "x", "limit": NaN}}', "queries.q0.limit"),
        ('{"q0": {"query": "x", "limit": Infinity}}', "queries.q0.limit"),
        ('{"q0": {"query": "x", "properties": [{"pid": "colour", "v": "red"}]}}', "colour"),
        ('{"q0": {"query": "x", "properties": [{"pid": "act"}]}}', "properties[0]"),
        (json.dumps({str(n): {"query": "x"} for n in range(501)}), "501"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_what_is_no_query_is_named(demo_client, queries, said):
    answer = demo_client.post("/reconcile", data={"queries": queries})
    assert answer.status_code == 400
    assert said in answer.json["detail"]


def test_an_empty_name_has_no_candidates(demo_client):
    assert candidates(demo_client, query="  ") == []
    assert demo_client.get("/reconcile/suggest/entity").json == {"result": []}
