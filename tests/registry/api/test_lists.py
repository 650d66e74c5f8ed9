"""The lists of the API: all items are reachable by cursor, sorted, filtered, with chosen members."""

import pytest

from registry.api.cursors import Cursor
from registry.api.held_lists import LISTS
from registry.api.schemas import properties_of

NAMES = [each.path for each in LISTS]


def _all(client, address):
    found = []
    while address:
        page = client.get(address)
        assert page.status_code == 200, page.text
        found += page.json["items"]
        assert bool(page.json["next"]) == ('rel="next"' in page.headers.get("Link", ""))
        address = page.json["next"]
    return found, page.json["total"]


@pytest.mark.parametrize("listed", LISTS, ids=NAMES)
def test_every_order_gives_every_item_once(listed, demo_client):
    whole, total = _all(demo_client, f"/api/v1/{listed.path}?size=1000")
    uris = {item["uri"] for item in whole}
    assert len(uris) == total == len(whole)
    for sort in listed.sorts:
        found, _ = _all(demo_client, f"/api/v1/{listed.path}?size=3&sort={sort}&fields=uri")
        assert {item["uri"] for item in found} == uris
        assert len(found) == total


@pytest.mark.parametrize("listed", LISTS, ids=NAMES)
def test_an_item_has_the_members_that_openapi_says(listed, demo_client):
    for item in demo_client.get(f"/api/v1/{listed.path}").json["items"]:
        assert set(properties_of(listed.item)) <= set(item)


def test_a_hyphen_turns_the_order_round(demo_client):
    forwards, _ = _all(demo_client, "/api/v1/concepts?sort=name&size=7&fields=uri")
    backwards, _ = _all(demo_client, "/api/v1/concepts?sort=-name&size=11&fields=uri")
    assert forwards == backwards[::-1]


def test_the_gravest_findings_come_first(demo_client):
    found, _ = _all(demo_client, "/api/v1/findings?fields=severity")
    order = ["critical", "major", "minor", "information"]
    places = [order.index(item["severity"]) for item in found]
    assert places == sorted(places)
    assert len(set(places)) > 1


def test_filters_choose_and_say_what_they_do_not_know(demo_client):
    every = demo_client.get("/api/v1/concepts").json["total"]
    one = demo_client.get("/api/v1/concepts?catalogue=eksempel-skatt&size=1000").json
    assert 0 < one["total"] < every
    assert all("eksempel-skatt" in item["catalogues"] for item in one["items"])
    assert demo_client.get("/api/v1/concepts?catalogue=nowhere").status_code == 404
    barn = demo_client.get("/api/v1/findings?term=barnet&severity=critical").json
    assert {(item["term"], item["severity"]) for item in barn["items"]} == {("barn", "critical")}


def test_texts_come_in_one_language_or_the_next(demo_client):
    uri = "https://eksempel-skatt.example/begrep/barn"
    plain = {item["uri"]: item for item in demo_client.get("/api/v1/concepts?size=1000").json["items"]}
    in_english = {item["uri"]: item for item in demo_client.get("/api/v1/concepts?size=1000&language=en").json["items"]}
    assert plain[uri]["term"]["nb"] == "barn"
    for name, item in in_english.items():
        texts = plain[name]["term"]
        assert item["term"] == (texts.get("en") or texts.get("nb") or next(iter(texts.values())))
        assert isinstance(item["definitions"], list)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("siz=3", "There is no parameter 'siz' here"),
        ("size=0&lang=en", "from 1 to 1000"),
        ("sort=size", "sort is one of name, -name, uri, -uri"),
        ("fields=uri,colour", "'colour': the members are uri, term"),
        ("language=de", "nb, nn, en"),
        ("after=%00", "send it unchanged"),
        ("sort=uri&sort=name", "is there twice"),
        (f"sort=uri&after={Cursor('name', 'barn', 'https://x.example/')}", "sorted by name, and not by uri"),
    ],
)
def test_what_cannot_be_used_is_said(query, said, demo_client):
    answer = demo_client.get(f"/api/v1/concepts?{query}")
    assert answer.status_code == 400
    assert said in answer.json["detail"]


def test_a_cursor_goes_on_where_its_item_has_gone(demo_client):
    cursor = Cursor("uri", "https://eksempel-skatt.example/begrep/barm", "https://eksempel-skatt.example/begrep/barm")
    page = demo_client.get(f"/api/v1/concepts?sort=uri&size=1&after={cursor}").json
    assert page["items"][0]["uri"] == "https://eksempel-skatt.example/begrep/barn"


def test_one_thing_with_the_fields_that_are_asked_for(demo_client):
    address = "/api/v1/things?uri=https%3A%2F%2Feksempel-skatt.example%2Fbegrep%2Fbarn"
    whole = demo_client.get(address).json
    assert demo_client.get(f"{address}&fields=term,uri").json == {"term": whole["term"], "uri": whole["uri"]}
    assert "'colour'" in demo_client.get(f"{address}&fields=colour").json["detail"]
    assert demo_client.get("/api/v1/things?uri=https://x.example/").status_code == 404


def test_a_catalogue_is_told_whole_with_the_report_of_its_import(demo_client):
    catalogue = demo_client.get("/catalogues/eksempel-velferd.json").json
    told = demo_client.get("/api/v1/things", query_string={"uri": catalogue["uri"]})
    assert told.status_code == 200
    assert told.json == catalogue
