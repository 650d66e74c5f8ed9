"""The chain from law to life event: what rests on what, both ways, on pages, in the API and on the command line."""

import csv
import io
import json
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from pages_register import ACT, BASE, DATASET, MODEL, QUAY, SERVICE, VESSEL, arrival, fill
from pyoxigraph import RdfFormat, parse

from registry import storing
from registry.chain import walking
from registry.chain.chain import chain, triples
from registry.chain.neighbours import Neighbours
from registry.chain.owners import owner_of
from registry.cli import main
from registry.services import Services, build_services
from registry.settings import Settings

PILOTAGE = "https://havn.example/tjeneste/los"
ARRIVING = "https://havn.example/hendelse/anlop"
LAW_VESSEL = f"{BASE}/concepts/law-vessel"
FEE = "https://havn.example/datasett/avgift"
SERVICES = f"""
@prefix cpsv: <http://purl.org/vocab/cpsv#> .
@prefix cpsvno: <https://data.norge.no/vocabulary/cpsvno#> .
@prefix cv: <http://data.europa.eu/m8g/> .
@prefix dcatap: <http://data.europa.eu/r5r/> .
<{PILOTAGE}> cpsv:hasInput <{PILOTAGE}/melding> ; cpsv:produces <{PILOTAGE}/bekreftelse> .
<{PILOTAGE}/melding> a cv:Evidence ; dct:title "Anløpsmelding"@nb ; dct:isPartOf <{DATASET}> .
<{PILOTAGE}/bekreftelse> a cpsv:Output ; dct:description "Bekreftelse på losoppdrag"@nb .
<{PILOTAGE}> a cpsv:PublicService ; dct:title "Losing"@nb ; cv:hasCompetentAuthority org:999100001 ;
  cpsv:follows <{PILOTAGE}/regel> ; cv:hasChannel <{PILOTAGE}/kanal> ; cv:isGroupedBy <{ARRIVING}> .
<{PILOTAGE}/regel> a cpsv:Rule ; dct:title "Losplikt"@nb ; cpsv:implements <{PILOTAGE}/rettsgrunnlag>, <{PILOTAGE}> .
<{PILOTAGE}/rettsgrunnlag> a eli:LegalResource ; rdfs:seeAlso <https://lovdata.no/lov/2098-02-03-4/§2> .
<{PILOTAGE}/kanal> a cv:Channel ; cpsvno:dataService <{SERVICE}> .
<{ARRIVING}> a cv:LifeEvent ; dct:title "Komme til havn"@nb ; dct:relation <{PILOTAGE}>, <{VESSEL}> .
<{SERVICE}> samsvar:hasOperation <{SERVICE}/hent> ; dct:license <https://havn.example/vilkaar> .
<{SERVICE}/hent> a samsvar:Operation ; dct:title "Hent et anløp"@nb ; samsvar:method "GET" ; samsvar:path "/anlop/{{id}}" ;
  samsvar:hasParameter <{SERVICE}/hent/id> ; samsvar:hasResponse <{SERVICE}/hent/200> .
<{SERVICE}/hent/id> a samsvar:Parameter ; dct:title "id" ; samsvar:parameterIn "path" ; samsvar:required true ;
  dct:subject <{QUAY}> .
<{SERVICE}/hent/200> a samsvar:Message ; samsvar:statusCode "200" ; modelldcatno:hasType <{MODEL}/fartoy> .
<{FEE}> a dcat:Dataset ; dct:title "Avgifter"@nb ; dct:publisher org:999100001 ; dcat:distribution <{FEE}/fil> ;
  dcatap:applicableLegislation <https://lovdata.no/lov/2098-02-03-4> .
<{FEE}/fil> a dcat:Distribution ; dcat:accessService <{SERVICE}> ; dct:conformsTo <{MODEL}> .
"""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Services:
    services = build_services(Settings(data=tmp_path_factory.mktemp("chain") / "data", uri_base=BASE))
    fill(services)
    storing.store(services, [arrival("los", "catalogue", "Losing", "999100001", SERVICES, [])], lambda _: None)
    return services


@pytest.fixture(scope="module")
def client(held: Services) -> FlaskClient:
    from registry.app import create_app

    return create_app(held.settings).test_client()


def by_kind(held: Services, uri: str, side: str) -> dict[str, set[str]]:
    found = chain(held.store.reader(), held.urls, uri)
    assert found is not None
    return {level.kind: set(level.uris) for level in getattr(found, side).levels}


def asked(client: FlaskClient, path: str, uri: str, **more: str) -> str:
    tail = "".join(f"&{name}={value}" for name, value in more.items())
    answer = client.get(f"{path}?uri={quote(uri, safe='')}{tail}", headers={"Accept-Language": "nb"})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def test_a_section_bears_all_that_comes_of_it(held: Services) -> None:
    assert by_kind(held, f"{ACT}/2", "dependants") == {
        "provision": {ACT},
        "statutoryConcept": {LAW_VESSEL},
        "concept": {VESSEL},
        "modelElement": {f"{MODEL}/fartoy", f"{MODEL}/lengde"},
        "informationModel": {MODEL},
        "dataset": {DATASET, FEE},
        "dataService": {SERVICE},
        "service": {PILOTAGE},
        "event": {ARRIVING},
    }


def test_an_event_rests_on_everything_down_to_the_law(held: Services) -> None:
    found = by_kind(held, ARRIVING, "foundations")
    assert found["service"] == {PILOTAGE}
    assert found["dataService"] == {SERVICE}
    assert found["dataset"] == {DATASET, FEE}
    assert found["concept"] >= {VESSEL}
    assert found["statutoryConcept"] == {LAW_VESSEL}
    assert found["provision"] >= {ACT, f"{ACT}/2"}


def test_both_directions_tell_the_same_steps(held: Services) -> None:
    neighbours = Neighbours(held.store.reader(), held.urls)
    for thing in (VESSEL, f"{MODEL}/lengde", MODEL, DATASET, FEE, SERVICE, PILOTAGE):
        for foundation in {uri for _, uri in neighbours.foundations(thing) if neighbours.kind(uri)}:
            assert thing in walking.dependants(neighbours, foundation).kinds, (thing, foundation)


def test_parts_of_a_model_that_mean_nothing_are_left_out(held: Services) -> None:
    assert by_kind(held, MODEL, "foundations")["modelElement"] == {f"{MODEL}/fartoy", f"{MODEL}/lengde"}


def test_what_only_joins_two_things_is_no_step(held: Services) -> None:
    found = chain(held.store.reader(), held.urls, FEE)
    assert found is not None
    ends = {(step.dependant, step.foundation) for side in (found.foundations, found.dependants) for step in side.steps}
    assert {(FEE, ACT), (FEE, MODEL), (SERVICE, FEE)} <= ends
    assert not {uri for pair in ends for uri in pair if uri.endswith(("/fil", "/kanal", "/regel"))}


def test_a_rule_that_names_a_service_as_its_law_joins_nothing(held: Services) -> None:
    assert PILOTAGE not in by_kind(held, PILOTAGE, "foundations").get("service", set())


def test_following_stops_where_there_is_too_much(held: Services) -> None:
    found = chain(held.store.reader(), held.urls, f"{ACT}/2", most=3)
    assert found is not None
    assert found.cut
    assert 0 < found.dependants.total < 12


def test_what_has_no_place_in_the_chain_has_no_chain(held: Services, client: FlaskClient) -> None:
    assert chain(held.store.reader(), held.urls, "https://havn.example/samling") is None
    for uri, status in (
        ("https://havn.example/samling", 404),
        ("https://nowhere.example/", 404),
        ("no uri", 400),
        ("", 400),
    ):
        assert client.get(f"/api/v1/chain?uri={quote(uri, safe='')}").status_code == status


def test_the_api_pages_through_a_kind(client: FlaskClient) -> None:
    whole = json.loads(asked(client, "/api/v1/chain", f"{ACT}/2", kind="dataset"))
    (level,) = whole["dependants"]["levels"]
    assert (level["kind"], level["total"], level["pages"]) == ("dataset", 2, 1)
    pages = [
        json.loads(asked(client, "/api/v1/chain", f"{ACT}/2", kind="dataset", size="1", page=str(n))) for n in (1, 2)
    ]
    items = [page["dependants"]["levels"][0]["items"] for page in pages]
    assert [item for (item,) in items] == level["items"]


@pytest.mark.parametrize(
    ("path", "says"),
    [
        (f"{ACT}/2", "Anløps-API"),
        (LAW_VESSEL, "Anløp i havnene"),
        (VESSEL, "Anløps-API"),
        (f"{MODEL}/lengde", "Anløps-API"),
        (MODEL, "Anløps-API"),
        (DATASET, "Prøvehavneloven § 2"),
        (SERVICE, "Prøvehavneloven § 2"),
        (PILOTAGE, "Komme til havn"),
        (ARRIVING, "Losing"),
    ],
)
def test_every_page_shows_the_chain(client: FlaskClient, path: str, says: str) -> None:
    answer = client.get(f"/resource?uri={quote(path, safe='')}", headers={"Accept": "text/html"}, follow_redirects=True)
    body = answer.get_data(as_text=True)
    assert "Fra lov til livshendelse" in body
    assert says in body.partition('id="chain"')[2]


def test_the_picture_and_its_table_have_the_same_steps(client: FlaskClient) -> None:
    body = asked(client, "/chain", VESSEL)
    assert f'data-node="{DATASET}" data-label="Datasett: Anløp i havnene"' in body
    assert f'data-source="{DATASET}" data-target="{VESSEL}"' in body


def test_one_kind_can_be_listed_whole(client: FlaskClient) -> None:
    body = asked(client, "/chain", f"{ACT}/2", side="dependants", kind="dataset")
    assert "Viser 1–2 av 2" in body
    assert "3 steg unna" in body


def test_the_chain_is_rdf_too(held: Services, client: FlaskClient) -> None:
    found = chain(held.store.reader(), held.urls, VESSEL)
    assert found is not None
    said = {quad.triple for quad in parse(asked(client, "/chain.ttl", VESSEL).encode(), format=RdfFormat.TURTLE)}
    assert said == set(triples(found.foundations, found.dependants))
    assert said


def test_owners_come_from_the_nearest_whole(held: Services) -> None:
    reader = held.store.reader()
    part, section, vessel = (owner_of(reader, uri) for uri in (f"{MODEL}/lengde", f"{ACT}/2", VESSEL))
    assert part.organisation is not None
    assert part.organisation.name("nb") == "Prøvehavnene"
    assert section.organisation is not None
    assert section.organisation.name("nb") == "Prøvedepartementet"
    assert [point.email for point in vessel.contacts] == ["post@havn.example"]


def test_impact_says_whom_to_ask(client: FlaskClient) -> None:
    document = json.loads(asked(client, "/api/v1/impact", f"{ACT}/2"))
    assert document["counts"]["dataset"] == 2
    owner = document["owners"][0]
    assert owner["owner"]["label"] == {"nb": "Prøvehavnene"}
    assert owner["contacts"][0]["email"] == "post@havn.example"
    assert (
        document["total"]
        == sum(document["counts"].values())
        == sum(sum(one["counts"].values()) for one in document["owners"])
    )
    page = asked(client, "/impact", f"{ACT}/2")
    assert "mailto:post@havn.example" in page
    lines = list(csv.DictReader(io.StringIO(asked(client, "/impact.csv", f"{ACT}/2"))))
    assert {line["uri"] for line in lines} >= {DATASET, SERVICE, PILOTAGE, ARRIVING}


def test_what_nothing_rests_on_says_so(client: FlaskClient) -> None:
    assert "Ingenting i registeret bygger på det." in asked(client, "/impact", ARRIVING)
    assert "Ingenting i registeret sier hva dette bygger på" in asked(client, "/chain", "https://emner.example/sjo")


def test_impact_on_the_command_line(held: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMSVAR_DATA", str(held.settings.data))
    monkeypatch.setenv("SAMSVAR_URI_BASE", BASE)
    found = CliRunner().invoke(main, ["impact", f"{ACT}/2", "--json"])
    assert found.exit_code == 0, found.output
    assert {thing["uri"] for thing in json.loads(found.output)["things"]} >= {VESSEL, DATASET, SERVICE}
    assert "11 things rest on" in CliRunner().invoke(main, ["impact", f"{ACT}/2"]).output
    assert CliRunner().invoke(main, ["impact", "https://nowhere.example/"]).exit_code == 2


def test_an_api_shows_its_operations(client: FlaskClient) -> None:
    address = f"/resource?uri={quote(SERVICE, safe='')}"
    document = client.get(f"{address}&format=json").json
    assert document is not None
    (operation,) = document["operations"]
    assert (operation["method"], operation["path"]) == ("GET", "/anlop/{id}")
    (parameter,), (response,) = operation["parameters"], operation["responses"]
    assert (parameter["in"], parameter["required"]) == ("path", True)
    assert (response["status"], [each["uri"] for each in response["types"]]) == ("200", [f"{MODEL}/fartoy"])
    body = client.get(f"{address}&format=html", headers={"Accept-Language": "nb"}).get_data(as_text=True)
    for words in ("GET /anlop/{id}", "Hent et anløp", "påkrevd", "Fartøyet", "https://havn.example/vilkaar"):
        assert words in body


def test_an_api_rests_on_what_its_parameters_mean(held: Services) -> None:
    assert SERVICE in by_kind(held, QUAY, "dependants")["dataService"]


def test_a_service_shows_what_it_needs_and_produces(client: FlaskClient) -> None:
    address = f"/resource?uri={quote(PILOTAGE, safe='')}"
    document = client.get(f"{address}&format=json").json
    assert document is not None
    (needed,), (rule,), (channel,) = document["needs"], document["rules"], document["channels"]
    assert needed["label"] == {"nb": "Anløpsmelding"}
    assert [thing["uri"] for thing in needed["leadsTo"]] == [DATASET]
    assert f"{PILOTAGE}/rettsgrunnlag" in {thing["uri"] for thing in rule["leadsTo"]}
    assert [thing["uri"] for thing in channel["leadsTo"]] == [SERVICE]
    assert [thing["uri"] for thing in document["events"]] == [ARRIVING]
    body = client.get(f"{address}&format=html", headers={"Accept-Language": "nb"}).get_data(as_text=True)
    for words in ("Det den trenger", "Bekreftelse på losoppdrag", "Losplikt", "Komme til havn", "Offentlig tjeneste"):
        assert words in body


def test_an_event_shows_its_services(client: FlaskClient) -> None:
    document = client.get(f"/resource?uri={quote(ARRIVING, safe='')}&format=json").json
    assert document is not None
    assert document["kind"] == "LifeEvent"
    assert [thing["uri"] for thing in document["services"]] == [PILOTAGE]


def test_services_and_events_are_listed(client: FlaskClient) -> None:
    services, events = (client.get(f"/{name}.json").json[name] for name in ("services", "events"))  # type: ignore[index] # JSON
    assert [one["uri"] for one in services] == [PILOTAGE]
    assert [one["uri"] for one in events] == [ARRIVING]
    for name in ("services", "events"):
        assert client.get(f"/{name}", headers={"Accept-Language": "nb"}).status_code == 200


def test_an_organisation_lists_what_it_publishes(client: FlaskClient) -> None:
    document = client.get("/organisations/999100001.json").json
    assert document is not None
    found = {kind: {thing["uri"] for thing in things} for kind, things in document["publishes"].items()}
    assert found == {
        "informationModel": {MODEL},
        "dataset": {DATASET, FEE},
        "dataService": {SERVICE},
        "service": {PILOTAGE},
    }
    body = client.get("/organisations/999100001", headers={"Accept-Language": "nb"}).get_data(as_text=True)
    assert "Datasett (2)" in body
    assert "Losing" in body
