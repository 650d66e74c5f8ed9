"""Whether two things mean the same: their concepts in pairs, with what is known of each pair."""

import csv
import io
import json
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from pages_register import BASE, DATASET, FISHING_VESSEL, MODEL, QUAY, SERVICE, VESSEL, arrival, fill

from registry import storing
from registry.app import create_app
from registry.services import Services, build_services
from registry.settings import Settings

CATCH = "https://fisk.example/datasett/fangst"
BERTH = "https://fisk.example/begrep/kai"
TIDE = "https://fisk.example/begrep/tidevann"
OTHER_TIDE = "https://havn.example/begrep/tidevann"
CALLS = "https://havn.example/datasett/kaier"
NAMELESS = "https://fisk.example/datasett/uten"
FISHERIES = f"""
@prefix dcatap: <http://data.europa.eu/r5r/> .
<{BERTH}> a skos:Concept ; skos:prefLabel "fiskekai"@nb ; skos:closeMatch <{QUAY}> .
<{TIDE}> a skos:Concept ; skos:prefLabel "tidevann"@nb .
<{CATCH}> a dcat:Dataset ; dct:title "Fangster"@nb ; dct:publisher org:999100002 ;
  dct:subject <{FISHING_VESSEL}>, <{BERTH}>, <{TIDE}>, <https://emner.example/sjo> ;
  dct:accessRights <http://publications.europa.eu/resource/authority/access-right/NON_PUBLIC> ;
  dcatap:applicableLegislation <https://lovdata.no/lov/2098-02-03-4/§2> .
<{NAMELESS}> a dcat:Dataset ; dct:title "Uten begreper"@nb .
"""
HARBOURS = f"""
<{OTHER_TIDE}> a skos:Concept ; skos:prefLabel "tidevann"@nb .
<{CALLS}> a dcat:Dataset ; dct:title "Kaier"@nb ; dct:conformsTo <{MODEL}> ;
  dct:subject <{QUAY}>, <{OTHER_TIDE}>, <https://emner.example/sjo>, <https://havn.example/begrep/skip> .
"""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Services:
    services = build_services(Settings(data=tmp_path_factory.mktemp("meaning") / "data", uri_base=BASE))
    fill(services)
    more = [
        arrival("fangst", "catalogue", "Fangst", "999100002", FISHERIES, []),
        arrival("kaier", "catalogue", "Kaier", "999100001", HARBOURS, []),
    ]
    storing.store(services, more, lambda _: None)
    return services


@pytest.fixture(scope="module")
def client(held: Services) -> FlaskClient:
    return create_app(held.settings).test_client()


def address(path: str, first: str, second: str = "", **more: str) -> str:
    tail = "".join(f"&{name}={value}" for name, value in more.items())
    return f"{path}?first={quote(first, safe='')}&second={quote(second, safe='')}{tail}"


def compared(client: FlaskClient, first: str, second: str, **more: str) -> dict[str, object]:
    answer = client.get(address("/api/v1/same-meaning", first, second, **more))
    assert answer.status_code == 200, answer.get_data(as_text=True)
    found: dict[str, object] = json.loads(answer.data)
    return found


def verdicts(document: dict[str, object]) -> dict[tuple[str, str], str]:
    pairs = document["pairs"]
    assert isinstance(pairs, list)
    return {tuple((pair[end] or {"uri": ""})["uri"] for end in ("first", "second")): pair["verdict"] for pair in pairs}


def test_each_pair_of_concepts_has_its_verdict(client: FlaskClient) -> None:
    assert verdicts(compared(client, CALLS, CATCH)) == {
        (VESSEL, FISHING_VESSEL): "disagreeing",
        ("https://emner.example/sjo", "https://emner.example/sjo"): "same",
        (QUAY, BERTH): "mapped",
        (OTHER_TIDE, TIDE): "sameWord",
        ("https://havn.example/begrep/skip", ""): "onlyFirst",
    }


def test_the_other_way_round_says_the_same(client: FlaskClient) -> None:
    here, there = (verdicts(compared(client, *pair)) for pair in ((CALLS, CATCH), (CATCH, CALLS)))
    turned = {"onlyFirst": "onlySecond", "onlySecond": "onlyFirst"}
    assert there == {(second, first): turned.get(verdict, verdict) for (first, second), verdict in here.items()}


def test_a_disagreement_leads_to_its_finding(client: FlaskClient) -> None:
    document = compared(client, CALLS, CATCH, size="1")
    (pair,) = document["pairs"]  # type: ignore[misc] # JSON
    assert pair["findings"][0]["severity"] in {"critical", "major", "minor", "information"}
    assert client.get(pair["findings"][0]["uri"].removeprefix(BASE) + ".json").status_code == 200
    assert (document["total"], document["pages"]) == (5, 5)


def test_access_and_law_stand_beside_it(client: FlaskClient) -> None:
    document = compared(client, DATASET, CATCH)
    assert document["first"]["accessRights"] == "PUBLIC"  # type: ignore[index] # JSON
    second = document["second"]
    assert isinstance(second, dict)
    assert second["accessRights"] == "NON_PUBLIC"
    assert [law["label"]["nb"] for law in second["legislation"]] == ["Prøvehavneloven § 2"]
    body = client.get(address("/same-meaning", DATASET, CATCH), headers={"Accept-Language": "nb"}).get_data(
        as_text=True
    )
    assert "Rød: ikke-allmenn tilgang" in body
    assert "Definert ulikt" in body


def test_an_api_has_the_concepts_of_its_datasets(client: FlaskClient) -> None:
    found = verdicts(compared(client, SERVICE, CATCH))
    assert found[VESSEL, FISHING_VESSEL] == "disagreeing"


def test_what_names_no_concepts_cannot_be_compared(client: FlaskClient) -> None:
    body = client.get(address("/same-meaning", DATASET, NAMELESS), headers={"Accept-Language": "nb"}).get_data(
        as_text=True
    )
    assert "Det er ingenting å sammenligne" in body


def test_the_other_is_found_by_words(client: FlaskClient) -> None:
    body = client.get(f"{address('/same-meaning', DATASET)}&q=fangster", headers={"Accept-Language": "nb"}).get_data(
        as_text=True
    )
    assert quote(CATCH, safe="") in body
    assert "Anløp i havnene" in body


def test_the_table_has_every_pair(client: FlaskClient) -> None:
    text = client.get(address("/same-meaning.csv", CALLS, CATCH)).get_data(as_text=True)
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [line["verdict"] for line in lines] == ["disagreeing", "same", "mapped", "sameWord", "onlyFirst"]
    assert lines[2]["mapping"] == "skos:closeMatch"


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [("", "", 400), (DATASET, "", 400), (DATASET, VESSEL, 404), ("https://no.example/", DATASET, 404)],
)
def test_wrong_questions_are_answered(client: FlaskClient, first: str, second: str, status: int) -> None:
    assert client.get(address("/api/v1/same-meaning", first, second)).status_code == status
