"""The axis of what the register knew: time gate, time map, mementos, versions, and what came after what is gone."""

from itertools import count
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from harbour_catalogue import AFTER, BEFORE, BUOY, PILOT, QUAY, TUG, catalogue, iri, run
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from registry import provenance
from registry.history.timeline import timeline
from registry.services import Services

OLD_TEXT, NEW_TEXT = "person som viser fartøy vei", "person over 20 år som viser fartøy vei"
FIRST, SECOND, THIRD = (f"2026-01-0{day}T12:00:00Z" for day in (1, 2, 3))
HTTP_FIRST, HTTP_SECOND = "Thu, 01 Jan 2026 12:00:00 GMT", "Fri, 02 Jan 2026 12:00:00 GMT"


@pytest.fixture(autouse=True)
def _a_day_an_import(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every import ends at noon of the next day."""
    days = count(1)
    times: dict[str, str] = {}

    def described(graph: object, activity: NamedNode, origin: object, generation: int) -> object:
        times.setdefault(str(generation), f"2026-01-0{next(days)}T12:00:00+00:00")
        monkeypatch.setattr(provenance, "now", lambda: times[str(generation)])
        return original(graph, activity, origin, generation)

    original = provenance._activity
    monkeypatch.setattr(provenance, "_activity", described)


def at(name: str, page: str, **parameters: str) -> str:
    more = "".join(f"&{key}={quote(value, safe='')}" for key, value in parameters.items())
    return f"/{page}?uri={quote(iri(name), safe='')}{more}"


def texts(answer: object) -> set[str]:
    found = parse(answer.data, RdfFormat.TURTLE)
    return {quad.object.value for quad in found if isinstance(quad.object, Literal)}


def periods(services: Services, name: str) -> list[tuple[str, str]]:
    found = timeline(services.store.reader(), services.blobs, services.urls, iri(name))
    return [(state.since, state.until) for state in found]


def test_states_follow_each_other_without_a_gap(services: Services) -> None:
    run(services, BEFORE)
    run(services, AFTER)
    assert periods(services, "los") == [(FIRST, SECOND), (SECOND, "")]
    assert periods(services, "kai") == [(FIRST, "")]
    assert periods(services, "taubat") == [(FIRST, SECOND)]
    assert periods(services, "boye") == [(SECOND, "")]
    run(services, BEFORE)
    assert periods(services, "taubat") == [(FIRST, SECOND), (THIRD, "")]
    assert periods(services, "boye") == [(SECOND, THIRD)]


def test_a_thing_as_the_register_knew_it_at_a_time(services: Services, client: FlaskClient) -> None:
    run(services, BEFORE)
    run(services, AFTER)
    turtle = {"Accept": "text/turtle"}
    old = client.get(at("los", "memento", at="2026-01-01T18:00:00Z"), headers=turtle)
    assert OLD_TEXT in texts(old)
    assert NEW_TEXT not in texts(old)
    assert old.headers["Memento-Datetime"] == HTTP_FIRST
    assert f'<{iri("los")}>; rel="original"' in old.headers["Link"]
    assert NEW_TEXT in texts(client.get(at("los", "memento", at="2026-01-02T12:00:00Z"), headers=turtle))
    gone = client.get(at("taubat", "memento", at="2026-01-01T18:00:00Z"), headers=turtle)
    assert "fartøy som sleper andre fartøy" in texts(gone), "what is gone was there then"
    for day in ("2025-12-31", "2026-01-05"):
        assert client.get(at("taubat", "memento", at=day)).status_code == 404
    assert client.get(at("los", "memento", at="yesterday")).status_code == 400
    assert (
        client.get(at("los", "memento", at="2026-01-01T18:00:00Z"), headers={"Accept": "image/png"}).status_code == 406
    )


@pytest.mark.parametrize("page", ["timegate", "resource"])
def test_the_time_gate_leads_to_the_state_of_a_date(services: Services, client: FlaskClient, page: str) -> None:
    run(services, BEFORE)
    run(services, AFTER)

    def led(asked: str) -> str:
        answer = client.get(at("los", page), headers={"Accept-Datetime": asked})
        assert answer.status_code == 302
        assert "accept-datetime" in answer.headers["Vary"].lower()
        assert 'rel="timemap"' in answer.headers["Link"]
        return client.get(answer.headers["Location"]).headers["Memento-Datetime"]

    assert led("Thu, 01 Jan 2026 23:00:00 GMT") == HTTP_FIRST
    assert led("Fri, 02 Jan 2026 12:00:00 GMT") == HTTP_SECOND
    assert led("Mon, 01 Jan 2001 00:00:00 GMT") == HTTP_FIRST, "before the first there is the first"
    assert client.get(at("los", page), headers={"Accept-Datetime": "soon"}).status_code == 400
    present = client.get(at("los", "timegate"))
    assert client.get(present.headers["Location"]).headers["Memento-Datetime"] == HTTP_SECOND
    assert client.get(at("never-was", "timegate")).status_code == 404


def test_the_time_map_lists_mementos_and_says_what_changed(services: Services, client: FlaskClient) -> None:
    run(services, BEFORE)
    run(services, AFTER)
    links = client.get(at("los", "timemap"))
    assert links.mimetype == "application/link-format"
    assert f'rel="first memento"; datetime="{HTTP_FIRST}"' in links.text
    assert f'rel="last memento"; datetime="{HTTP_SECOND}"' in links.text
    assert f'<{iri("los")}>; rel="original"' in links.text
    states = client.get(at("los", "timemap"), headers={"Accept": "application/json"}).get_json()["states"]
    assert [state["changes"] == [] for state in states] == [True, False]
    assert states[1]["changes"][0]["after"][0]["value"] == NEW_TEXT
    assert OLD_TEXT in texts(client.get(states[0]["memento"], headers={"Accept": "text/turtle"}))
    assert states[0]["version"].startswith(f"{services.urls.base}/versions/")
    document = client.get(at("los", "resource", format="ttl"))
    assert 'rel="timegate"' in document.headers["Link"]


def test_a_version_answers_at_its_uri_with_what_it_said(services: Services, client: FlaskClient) -> None:
    run(services, BEFORE)
    run(services, AFTER)
    [version] = client.get(at("los", "resource", format="json")).get_json()["versions"]
    path = version["uri"].removeprefix(services.urls.base)
    assert OLD_TEXT in texts(client.get(f"{path}.ttl"))
    assert client.get(f"{path}.json").get_json()["isVersionOf"] == iri("los")
    page = client.get(f"{path}.html?lang=en").text
    assert OLD_TEXT in page
    assert "Earlier version" in page
    graphs = {str(quad.graph_name) for quad in parse(client.get(f"{path}.nq").data, RdfFormat.N_QUADS)}
    assert f"<{version['uri']}>" in graphs, "what it said stands in a graph of its name"


def test_a_tombstone_says_what_replaces_the_thing(services: Services, client: FlaskClient) -> None:
    run(services, catalogue(QUAY, TUG))
    content = catalogue(QUAY, BUOY).decode() + ":boye <http://purl.org/dc/terms/replaces> :taubat .\n"
    run(services, content.encode())
    gone = client.get(at("taubat", "resource"), headers={"Accept": "application/json"})
    assert gone.status_code == 410
    assert gone.get_json()["replacedBy"] == [iri("boye")]
    assert gone.get_json()["retired"] == SECOND
    page = client.get(at("taubat", "resource"), headers={"Accept": "text/html"})
    assert at("boye", "resource") in page.text


def test_what_was_merged_redirects(services: Services, client: FlaskClient) -> None:
    run(services, catalogue(QUAY, PILOT))
    content = catalogue(QUAY).decode() + ":kai <http://www.w3.org/2002/07/owl#sameAs> :los .\n"
    run(services, content.encode())
    answer = client.get(at("los", "resource"))
    assert (answer.status_code, answer.headers["Location"]) == (301, at("kai", "resource"))
