"""Reads in the shapes of the national data directory: things by id and URI, search, collections, and its old URIs."""

import uuid
from hashlib import md5

import pytest
from pyoxigraph import RdfFormat, parse

from registry.national.identifiers import directory_id

BARN = "https://eksempel-skatt.example/begrep/barn"
DATASET = "https://eksempel-data.example/datasett/barnetrygd"


def test_an_id_follows_from_the_uri_as_java_makes_it():
    expected = bytearray(md5(BARN.encode(), usedforsecurity=False).digest())
    expected[6] = expected[6] & 0x0F | 0x30
    expected[8] = expected[8] & 0x3F | 0x80
    assert directory_id(BARN) == str(uuid.UUID(bytes=bytes(expected)))
    assert uuid.UUID(directory_id(BARN)).version == 3


def test_a_concept_by_id_and_by_uri_in_the_directory_s_members(demo_client):
    found = demo_client.get(f"/v1/concepts/{directory_id(BARN)}").json
    assert found == demo_client.get("/v1/concepts/by-uri", query_string={"uri": BARN}).json
    assert (found["id"], found["uri"], found["type"]) == (directory_id(BARN), BARN, "concept")
    assert found["prefLabel"]["nb"] == "barn"
    assert found["definition"] == found["definitions"][0]
    assert "16" in found["definition"]["text"]["nb"]
    assert found["publisher"]["id"] == found["publisher"]["orgPath"].strip("/")
    assert found["collection"]["uri"] in found["memberOf"]
    assert "" not in found.values()


def test_a_statutory_concept_is_a_concept_there(demo_client):
    found = demo_client.post("/search/concepts", json={"query": "barn", "pagination": {"size": 50}}).json
    statutory = next(each for each in found["hits"] if "/concepts/" in each["uri"] and "localhost" in each["uri"])
    assert demo_client.get(f"/v1/concepts/{statutory['id']}").json["prefLabel"]["nb"] == "barn"


@pytest.mark.parametrize("accept", ["application/ld+json", "text/turtle", "application/rdf+xml", "*/*"])
def test_a_thing_as_rdf(demo_client, accept):
    for path in (f"/v1/concepts/{directory_id(BARN)}/graph", f"/v1/concepts/by-uri/graph?uri={BARN}"):
        answer = demo_client.get(path, headers={"Accept": accept})
        assert answer.mimetype == ("application/ld+json" if accept == "*/*" else accept)
        triples = list(parse(answer.data, RdfFormat.from_media_type(answer.mimetype)))
        assert BARN in {each.subject.value for each in triples}


def test_other_kinds(demo_client):
    found = demo_client.get(f"/v1/datasets/{directory_id(DATASET)}").json
    assert found["title"]["nb"].startswith("Mottakere av barnetrygd")
    assert found["catalog"]["title"]
    both = demo_client.post("/v1/datasets", json={"ids": [directory_id(DATASET), directory_id(BARN)]}).json
    assert [each["uri"] for each in both] == [DATASET]
    assert demo_client.get(f"/v1/concepts/{directory_id(DATASET)}").status_code == 404


def test_search_pages_and_counts(demo_client):
    first = demo_client.post("/search", json={"query": "barn", "pagination": {"page": 0, "size": 3}}).json
    second = demo_client.post("/search", json={"query": "barn", "pagination": {"page": 1, "size": 3}}).json
    assert len(first["hits"]) == 3
    assert not {each["id"] for each in first["hits"]} & {each["id"] for each in second["hits"]}
    assert first["page"]["totalElements"] == second["page"]["totalElements"] > 6
    assert first["page"]["totalPages"] == -(-first["page"]["totalElements"] // 3)
    assert {each["key"] for each in first["aggregations"]["searchType"]} >= {"CONCEPT", "DATASET"}


def test_everything_is_listed_where_no_words_are_given(demo_client):
    answer = demo_client.post("/search/information-models", json={}).json
    assert {each["searchType"] for each in answer["hits"]} == {"INFORMATION_MODEL"}
    listed = demo_client.get("/information-models.json").json["informationModels"]
    assert {each["uri"] for each in answer["hits"]} == {each["uri"] for each in listed}


def test_filters_select_and_unknown_ones_are_said(demo_client):
    organisation = demo_client.get(f"/v1/concepts/{directory_id(BARN)}").json["publisher"]["id"]
    asked = {"query": "barn", "filters": {"orgPath": {"value": f"/STAT/912660680/{organisation}"}, "theme": None}}
    hits = demo_client.post("/search/concepts", json=asked).json["hits"]
    assert {each["organization"]["id"] for each in hits} == {organisation}
    by_uri = {"filters": {"uri": {"value": [BARN]}}}
    assert [each["uri"] for each in demo_client.post("/search", json=by_uri).json["hits"]] == [BARN]
    unknown = demo_client.post("/search", json={"filters": {"colour": {"value": "red"}}})
    assert unknown.status_code == 400
    assert "filters.colour" in unknown.json["detail"]


def test_suggestions(demo_client):
    found = demo_client.get("/suggestions/concepts?q=heltids").json["suggestions"]
    assert {each["title"]["nb"] for each in found} == {"heltidsansatt", "heltidsstudent", "heltidsstilling"}
    assert demo_client.get("/suggestions?q=").json == {"suggestions": []}


def test_collections_of_an_organisation_and_one_of_its_concepts(demo_client):
    number = demo_client.get(f"/v1/concepts/{directory_id(BARN)}").json["publisher"]["id"]
    for path in ("/collections", f"/collections/{number}"):
        answer = demo_client.get(path)
        assert answer.mimetype == "text/turtle"
        assert list(parse(answer.data, format=RdfFormat.TURTLE))
    subjects = {
        str(each.subject.value) for each in parse(demo_client.get(f"/collections/{number}").data, RdfFormat.TURTLE)
    }
    assert BARN in subjects
    one = demo_client.get(f"/collections/{number}/concepts/{directory_id(BARN)}")
    assert BARN in one.text
    assert demo_client.get(f"/collections/{number}/concepts/ukjent").status_code == 404
    assert demo_client.get("/collections/999999999").status_code == 404


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_behind_the_host_of_older_uris_they_answer_themselves(demo_client, scheme):
    where = f"{scheme}://eksempel-skatt.example"
    answer = demo_client.get("/begrep/barn", base_url=where, headers={"Accept": "text/turtle"})
    assert answer.status_code == 303
    document = demo_client.get(answer.headers["Location"], base_url=where)
    assert f"<{BARN}>" in document.text
    assert demo_client.get("/begrep/barn.ttl", base_url=where).status_code == 200
    assert demo_client.get("/begrep/barn").status_code == 404


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("/search", {"query": 1}, "The body is"),
        ("/search", {"pagination": {"page": -1}}, "pagination.page"),
        ("/search", {"pagination": {"size": 0}}, "pagination.size"),
        ("/search", {"filters": {"uri": {"value": 3}}}, "filters.uri"),
        ("/v1/concepts", {"ids": "a"}, "ids"),
        ("/v1/concepts", ["a"], "ids"),
    ],
)
def test_what_cannot_be_read_is_said(demo_client, path, body, said):
    answer = demo_client.post(path, json=body)
    assert answer.status_code == 400
    assert said in answer.json["detail"]
