"""The words that the acts behind a service, an event or two services define differently: page, JSON and CSV."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
import workbench_register
from flask.testing import FlaskClient
from pages_register import PUBLISHER, arrival
from workbench_register import BASE, EVENT, LOCK_ACT, QUAY_ACT, QUAY_RULE, SERVICE

from registry import storing
from registry.app import create_app
from registry.services import build_services
from registry.settings import Settings

QUAY_SERVICE = "https://kai.example/tjeneste/kaibygging"
BARE = "https://kai.example/tjeneste/uten-lov"
SERVICES = f"""
@prefix cpsv: <http://purl.org/vocab/cpsv#> .
@prefix cv: <http://data.europa.eu/m8g/> .
<{QUAY_SERVICE}> a cpsv:PublicService ; dct:title "Bygging av kai"@nb ; cv:hasCompetentAuthority <{PUBLISHER}999100002> ;
  cv:hasLegalResource <{BASE}/{QUAY_ACT}>, <{BASE}/{QUAY_RULE}>, <{BASE}/legislation/lov/2011/01/02/3> .
<{BARE}> a cpsv:PublicService ; dct:title "Tjeneste uten lov"@nb .
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    settings = Settings(data=tmp_path_factory.mktemp("shared") / "data", uri_base=BASE)
    services = build_services(settings)
    workbench_register.fill(services)
    storing.store(services, [arrival("kaitjenester", "catalogue", "Kaitjenester", "", SERVICES, [])], lambda _: None)
    made = create_app(settings).test_client()
    made._cookies = None
    return made


def found(client: FlaskClient, *uris: str) -> dict[str, Any]:
    answer = client.get("/api/v1/shared-terms", query_string=[("uri", uri) for uri in uris])
    assert answer.status_code == 200
    document: dict[str, Any] = answer.json or {}
    return document


def terms(document: dict[str, Any]) -> dict[str, set[str]]:
    return {one["term"]: {source["uri"] for source in one["sources"]} for one in document["terms"]}


def test_one_service_shows_what_its_own_acts_define_differently(client: FlaskClient) -> None:
    document = found(client, QUAY_SERVICE)
    both = {f"{BASE}/{QUAY_ACT}", f"{BASE}/{QUAY_RULE}"}
    assert terms(document) == {"kai": both, "kaileier": both}
    acts = {act["uri"]: (act["held"], act["findings"]) for act in document["acts"]}
    assert acts[f"{BASE}/{QUAY_ACT}"][0]
    assert acts[f"{BASE}/{QUAY_ACT}"][1] == acts[f"{BASE}/{QUAY_RULE}"][1] == 2
    assert acts[f"{BASE}/legislation/lov/2011/01/02/3"] == (False, 0)


def test_two_services_show_only_what_differs_between_them(client: FlaskClient) -> None:
    document = found(client, SERVICE, QUAY_SERVICE)
    assert terms(document) == {"kai": {f"{BASE}/{act}" for act in (LOCK_ACT, QUAY_ACT, QUAY_RULE)}}
    assert len(document["terms"][0]["findings"]) == 2, "the lock act against the quay act, and against its regulation"
    assert terms(found(client, QUAY_SERVICE, SERVICE)) == terms(document)


def test_an_event_has_the_acts_of_its_services(client: FlaskClient) -> None:
    document = found(client, EVENT)
    assert [act["uri"] for act in document["acts"]] == [f"{BASE}/{LOCK_ACT}"]
    assert (document["areas"][0]["kind"], document["total"]) == ("event", 0)


def test_the_page_and_the_table_say_the_same(client: FlaskClient) -> None:
    text = client.get("/shared-terms", query_string={"uri": QUAY_SERVICE, "lang": "nb"}).text
    assert 'href="/terms/kaileier"' in text
    assert "2 ord er definert ulikt" in text
    assert "ikke i registeret" in text
    rows = list(csv.DictReader(io.StringIO(client.get("/shared-terms.csv", query_string={"uri": QUAY_SERVICE}).text)))
    shown = [one["uri"] for term in found(client, QUAY_SERVICE)["terms"] for one in term["findings"]]
    assert [row["finding"] for row in rows] == shown
    assert {row["term"] for row in rows} == {"kai", "kaileier"}


def test_the_other_service_is_found_by_words(client: FlaskClient) -> None:
    text = client.get("/shared-terms", query_string={"uri": SERVICE, "q": "kai"}).text
    assert f"uri={QUAY_SERVICE.replace(':', '%3A')}" in text
    assert text.count("/shared-terms?uri=") == 1, "not itself"


def test_a_service_that_names_no_act_says_how_to_mend_it(client: FlaskClient) -> None:
    text = client.get("/shared-terms", query_string={"uri": BARE, "lang": "en"}).text
    assert "cpsv:follows" in text


def test_pages_of_services_and_events_lead_there(client: FlaskClient) -> None:
    for uri in (SERVICE, EVENT):
        page = client.get("/resource", query_string={"uri": uri, "format": "html"}).text
        assert 'href="/shared-terms?uri=' in page


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 400), ("uri=a&uri=b&uri=c", 400), ("uri=nothing", 404), (f"uri={BASE}/{QUAY_ACT}", 404)],
)
def test_what_is_no_service_is_refused(client: FlaskClient, query: str, status: int) -> None:
    for path in ("/shared-terms", "/api/v1/shared-terms"):
        assert client.get(f"{path}?{query}").status_code == status


def test_an_empty_register_holds_no_service(tmp_path: Path) -> None:
    client = create_app(Settings(data=tmp_path / "data")).test_client()
    assert client.get(f"/shared-terms?uri={SERVICE}").status_code == 404
