"""Search and lists over all kinds: every facet counts, chooses and widens; pages and JSON say the same."""

import re
from pathlib import Path
from typing import Any

import ferry_register as ferries
import pytest
from flask.testing import FlaskClient
from pages_register import arrival

from registry import storing
from registry.app import create_app
from registry.browsing.shelf import bits, members, shelf_of
from registry.search.index import SearchIndex
from registry.search.making import reindex
from registry.search.things import Thing, packed
from registry.services import Services, build_services
from registry.settings import Settings


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    found = build_services(Settings(data=tmp_path_factory.mktemp("ferries") / "data", uri_base=ferries.BASE))
    ferries.fill(found)
    return found


@pytest.fixture(scope="module")
def client(services: Services) -> FlaskClient:
    made = create_app(services.settings).test_client()
    made._cookies = None
    return made


def listed(client: FlaskClient, **choices: Any) -> dict[str, Any]:
    answer = client.get("/api/v1/search", query_string={"size": 100, **choices})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json or {}
    assert len(found["hits"]) == found["total"]
    return found


def counts(found: dict[str, Any], facet: str) -> dict[str, int]:
    return {one["value"]: one["count"] for one in found["facets"][facet]["values"]}


def uris(found: dict[str, Any]) -> set[str]:
    return {hit["uri"] for hit in found["hits"]}


def test_everything_is_counted_by_every_facet(client: FlaskClient) -> None:
    found = listed(client)
    assert counts(found, "kind") == {"concept": 3, "dataset": 3, "service": 1, "event": 1}
    assert counts(found, "org") == {ferries.MINISTRY: 6, ferries.FERRIES: 6, ferries.QUAYS: 2}
    assert counts(found, "theme")["http://publications.europa.eu/resource/authority/data-theme/TRAN"] == 2
    assert counts(found, "theme")["ferjer"] == 1
    assert "ferries" not in counts(found, "theme"), "a subject counts in one language"
    assert counts(found, "access") == {"PUBLIC": 1, "RESTRICTED": 1}
    assert counts(found, "licence") == {"open": 1, "other": 1}
    assert counts(found, "file_format") == {"CSV": 1, "SHAPE": 1}
    assert counts(found, "status") == {"COMPLETED": 1}
    assert counts(found, "disagreement")["yes"] == 4, "two concepts, and what names one of them"
    assert counts(found, "links") == {"yes": 2, "no": 6}


def test_a_value_gives_as_many_as_were_counted(client: FlaskClient) -> None:
    everything = listed(client)
    for facet, offered in everything["facets"].items():
        for each in offered["values"]:
            assert listed(client, **{facet: each["value"]})["total"] == each["count"] > 0, (facet, each)


def test_values_of_one_facet_widen_and_facets_narrow(client: FlaskClient) -> None:
    wide = listed(client, access=["PUBLIC", "RESTRICTED"])
    assert uris(wide) == {ferries.ROUTES, ferries.STOPS}
    assert counts(wide, "access") == {"PUBLIC": 1, "RESTRICTED": 1}, "a facet is not narrowed by its own choices"
    assert counts(wide, "file_format") == {"CSV": 1, "SHAPE": 1}
    assert uris(listed(client, access=["PUBLIC", "RESTRICTED"], licence="open")) == {ferries.ROUTES}
    assert listed(client, access="PUBLIC", licence="other")["total"] == 0


def test_an_event_has_what_it_rests_on(client: FlaskClient) -> None:
    found = uris(listed(client, event=ferries.EVENT))
    assert {ferries.EVENT, "https://ferje.example/tjeneste/kort", ferries.CONCEPT} <= found
    assert ferries.CREWS not in found


def test_organisations_stand_below_what_they_are_part_of(client: FlaskClient) -> None:
    text = client.get("/search?lang=nb").text
    tree = re.findall(r'data-depth="(\d)">\s*<input[^>]* name="org" value="(\d+)"', text)
    assert tree == [("0", ferries.MINISTRY), ("1", ferries.FERRIES), ("0", ferries.QUAYS)]


def test_the_last_changed_come_first(client: FlaskClient) -> None:
    days = [hit["modified"] for hit in listed(client, kind="dataset")["hits"]]
    assert days == ["2026-04-01", "2026-03-01", ""]
    by_words = listed(client, q="ferje", kind="dataset", sort="newest")
    assert [hit["modified"] for hit in by_words["hits"]] == days


def test_words_and_choices_go_together(client: FlaskClient) -> None:
    found = listed(client, q="ferje")
    assert counts(found, "kind") == {"dataset": 3, "concept": 2, "service": 1}
    assert {hit["reason"] for hit in found["hits"]} >= {"prefix"}
    assert uris(listed(client, q="ferje", licence="open")) == {ferries.ROUTES}
    assert listed(client, q="rekkverk", licence="open")["total"] == 0


def test_the_page_has_a_fieldset_and_labels_for_every_choice(client: FlaskClient) -> None:
    text = client.get("/search?access=PUBLIC&access=RESTRICTED&lang=en").text
    main = text.partition("<main")[2]
    boxes = re.findall(r'<input[^>]* type="checkbox" id="([^"]+)"', main)
    assert len(boxes) > 10
    assert all(f'<label class="ds-label" for="{box}">' in main for box in boxes)
    assert main.count("<legend") == main.count("<fieldset") > 3
    assert main.count(" checked") == 2
    assert "Green: public access" in main
    assert 'href="/search?access=RESTRICTED&amp;lang=en"' in main, "each choice can be taken away alone"


@pytest.mark.parametrize(
    "query", ["sort=best", "size=0", "size=501", "kind=" + "x" * 501, "&".join(f"kind={n}" for n in range(101))]
)
def test_what_cannot_be_asked_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/api/v1/search?{query}").status_code == 400


def test_what_nobody_has_gives_nothing(client: FlaskClient) -> None:
    found = listed(client, file_format="PAPYRUS")
    assert (found["total"], counts(found, "file_format")["PAPYRUS"]) == (0, 0)
    assert client.get("/search?format=html&status=none", headers={"Accept": "text/html"}).status_code == 200


def test_an_empty_register_has_nothing_to_choose(tmp_path: Path) -> None:
    client = create_app(Settings(data=tmp_path / "data")).test_client()
    assert client.get("/search").status_code == 200
    assert client.get("/search.json").json["facets"] == {}


def test_lists_follow_what_is_written(tmp_path: Path) -> None:
    services = build_services(Settings(data=tmp_path / "data", uri_base=ferries.BASE))
    ferries.fill(services)
    client = create_app(services.settings).test_client()
    assert listed(client, access="PUBLIC")["total"] == 1
    changed = ferries.FERRY_THINGS.replace("access-right/RESTRICTED", "access-right/PUBLIC")
    changed = changed.replace('dct:title "Ferjemannskap"@nb', 'dct:title "Mannskap"@nb ; dct:modified "2026-09-01"')
    storing.store(services, [arrival("ferjer", "catalogue", "Ferjer", "", changed, [])], lambda _: None)
    found = listed(client, kind="dataset")
    assert counts(found, "access") == {"PUBLIC": 2}
    assert found["hits"][0]["uri"] == ferries.CREWS
    storing.remove(services, "catalogue", "ferjer")
    assert counts(listed(client), "kind") == {"concept": 3}
    reindex(services)
    assert counts(listed(client), "kind") == {"concept": 3}


def _thing(name: str, **traits: str) -> Thing:
    return Thing(f"http://test/{name}", "dataset", "", packed(traits.items()))


def test_a_shelf_that_follows_is_the_one_that_is_made_anew(tmp_path: Path) -> None:
    index, steps = SearchIndex(tmp_path / "index.db"), []
    with index.writing() as writer:
        writer.describe("a", [_thing(f"{number}", file_format="CSV") for number in range(50)], 1)
        writer.describe("b", [_thing("7", theme="havn"), _thing("99", theme="havn")], 1)
    steps.append(shelf_of(index, 1))
    with index.writing() as writer:
        writer.describe("a", [_thing(f"{number}", file_format="XML") for number in range(3, 8)], 2, ["http://test/3"])
        writer.describe("b", [_thing("7", theme="sjø"), _thing("50", theme="sjø")], 2)
    steps.append(shelf_of(index, 2))
    fresh = shelf_of(SearchIndex(index.path), 2)
    for facet in ("kind", "file_format", "theme"):
        for value in {**steps[1].sets[facet], **fresh.sets[facet]}:
            one, other = (
                {shelf.uris[number] for number in members(shelf.sets[facet].get(value, 0), range(len(shelf.uris)))}
                for shelf in (steps[1], fresh)
            )
            assert one == other, (facet, value)
    assert steps[0].sets["theme"].keys() == {"havn"}, "an older generation stays as it was"


def test_sets_are_read_back_in_the_order_asked_for() -> None:
    assert list(members(bits([0, 9, 300]), [300, 5, 9, 301, 0])) == [300, 9, 0]
    assert list(members(0, range(10))) == []
