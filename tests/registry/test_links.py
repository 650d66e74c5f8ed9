"""Proposed links: how names meet, how candidates are ranked, and what people decide about them."""

import csv
import io
import math

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from pages_register import BASE, MODEL, PUBLISHER, VESSEL, arrival, fill
from pyoxigraph import NamedNode, RdfFormat, parse

from importers.report import RecordReport
from ontologies.namespaces import DCT
from registry import storing
from registry.app import create_app
from registry.catalogue.concepts import concept
from registry.catalogue.texts import Text
from registry.cli import main
from registry.errors import BadRequestError, ForbiddenError
from registry.linking.candidates import Linker
from registry.linking.decisions import Asked, decide, decisions, standing
from registry.linking.labels import keys, rarity, written_out
from registry.linking.proposals import chosen, coverage, proposals
from registry.linking.things import things
from registry.services import Services

X = "https://mangler.example/"
LENGTH = f"{X}begrep/fartoylengde"
WORD = f"{X}begrep/lengde"
NAME = f"{X}modell/fartoy/lengde"
MISSING = f"""
@prefix x: <{X}> .
<{X}begrep/fartoylengde> a skos:Concept ; skos:prefLabel "fartøylengde"@nb ; dct:publisher org:999100003 ;
  euvoc:xlDefinition <{X}d1> .
<{X}d1> a euvoc:XlNote ; rdf:value "avstand fra baug til hekk på et fartøy"@nb .
<{X}begrep/lengde> a skos:Concept ; skos:prefLabel "lengde"@nb ; skos:altLabel "utstrekning"@nb ; dct:publisher org:999100001 ;
  dct:subject "geometri"@nb ; euvoc:xlDefinition <{X}d2> .
<{X}d2> a euvoc:XlNote ; rdf:value "største utstrekning i én retning"@nb .
<{X}modell> a modelldcatno:InformationModel ; dct:title "Skip i kystfart"@nb ; dct:publisher org:999100003 ;
  modelldcatno:containsModelElement <{X}modell/fartoy> .
<{X}modell/fartoy> a modelldcatno:ObjectType ; dct:title "Fartøy"@nb ; modelldcatno:hasProperty <{NAME}> .
<{NAME}> a modelldcatno:Attribute ; dct:title "lengde"@nb ; dct:description "Avstanden fra baug til hekk."@nb .
<{X}data> a dcat:Dataset ; dct:title "Ukjent"@nb ; dcat:keyword "fartøylengde"@nb ; dct:publisher org:999100001 .
<{X}uten> a dcat:Dataset ; dct:title "Noe som ingen kaller noe"@nb ; dct:publisher org:999100001 .
"""


def filled(services: Services) -> Services:
    fill(services)
    held = [RecordReport(LENGTH), RecordReport(WORD), RecordReport(f"{X}modell"), RecordReport(f"{X}data")]
    storing.store(services, [arrival("mangler", "catalogue", "Mangler", "999100003", MISSING, held)], lambda _: None)
    return services


def editor(services: Services, organisation: str = "999100003", role: str = "editor"):
    return services.tokens.create(role, organisation=organisation)


def candidates(services: Services, uri: str):
    reader = services.store.reader()
    return Linker(reader, services.urls).candidates(things(reader)[uri])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("harInntekt", "inntekt"),
        ("antall_barn", "antall barn"),
        ("Eiendoms-ID", "eiendoms ID"),
        ("antallBarn", "antall barn"),
        ("erDød", "død"),
        ("er", "er"),
        ("KID", "KID"),
    ],
)
def test_names_are_read_as_words(name: str, words: str) -> None:
    assert written_out(name) == words


def test_keys_of_a_name_say_how_they_come_from_it() -> None:
    found = keys((Text("personNummer", "nb"),), (Text("Adresse", "nb"),))
    assert found["personnummer"].way == "joined"
    assert found["nummer"].way == "part"
    assert keys((Text("lengde", "nb"),), (Text("Fartøy", "nb"),))["fartøylengde"].way == "withHolder"
    assert keys((Text("Fartøyet", "nb"),))["fartøy"].way == "same"
    assert "nummer" not in keys((Text("personNummer", "nb"),), parts=False)


def test_common_names_are_worth_less() -> None:
    assert rarity(1) == rarity(3) == 1
    assert math.isclose(rarity(30), 0.5)
    assert keys((Text("type", "nb"),), holders=lambda _: 300)["type"].worth < 0.4


def test_the_likeliest_concept_comes_first_with_its_reasons(services: Services) -> None:
    first, second = candidates(filled(services), NAME)
    assert (first.concept.uri, second.concept.uri) == (LENGTH, WORD)
    assert (first.meeting.way, first.same_owner, first.statutory) == ("withHolder", True, False)
    assert first.text > 0.5
    assert (second.meeting.way, second.same_owner) == ("same", False)
    assert first.score > second.score > 0.45


def test_a_concept_of_law_comes_after_that_of_a_catalogue(services: Services) -> None:
    found = candidates(filled(services), f"{X}modell/fartoy")
    assert {each.statutory for each in found[:2]} == {False}
    scores = {each.concept.uri: each.score for each in found}
    assert scores[VESSEL] >= 0.6
    assert scores.get(f"{BASE}/concepts/law-vessel", 0) < scores[VESSEL]


def test_only_what_has_a_candidate_is_listed(services: Services) -> None:
    filled(services)
    reader = services.store.reader()
    wanted = chosen(reader, services.urls, catalogue="mangler")
    assert {thing.uri for thing in wanted} == {NAME, f"{X}modell/fartoy", f"{X}data"}
    assert [thing.uri for thing in chosen(reader, services.urls, kind="dataset")] == [f"{X}data"]
    assert {thing.owner_number for thing in chosen(reader, services.urls, owner="999100001")} == {"999100001"}
    [data] = proposals(reader, services.urls, [things(reader)[f"{X}data"]])
    assert data.candidates[0].concept.uri == LENGTH
    owners = {each.owner: each for each in coverage(reader, services.urls)}
    harbour = owners[f"{PUBLISHER}999100001"]
    assert (harbour.linked, harbour.things) == (3, 7)
    assert owners[f"{PUBLISHER}999100003"].proposed == 2


def test_an_accepted_link_is_a_decision_and_survives_every_import(services: Services) -> None:
    filled(services)
    token, _ = editor(services)
    made = decide(services, token, Asked(NAME, LENGTH, "accepted", "same definition"))
    reader = services.store.reader()
    [kept] = decisions(reader)
    assert (kept, kept.organisation, kept.reason) == (made, f"{PUBLISHER}999100003", "same definition")
    [link] = reader.quads(NamedNode(NAME), DCT.subject)
    assert (link.object, link.graph_name) == (NamedNode(LENGTH), services.urls.graph("links"))
    assert things(reader)[NAME].linked
    shown = concept(reader, LENGTH)
    assert shown is not None
    assert NAME in {use.thing.uri for use in shown.uses}
    changed = MISSING.replace('"Skip i kystfart"', '"Skip"')
    again = arrival("mangler", "catalogue", "Mangler", "999100003", changed, [RecordReport(LENGTH)])
    storing.store(services, [again], lambda _: None)
    assert things(services.store.reader())[NAME].linked


def test_what_is_refused_is_not_proposed_again_until_that_is_withdrawn(services: Services) -> None:
    filled(services)
    token, _ = editor(services, role="coordinator")
    decide(services, token, Asked(NAME, LENGTH, "refused"))
    reader = services.store.reader()
    [proposal] = proposals(reader, services.urls, [things(reader)[NAME]])
    assert [each.concept.uri for each in proposal.candidates] == [WORD]
    assert not list(reader.quads(NamedNode(NAME), DCT.subject))
    decide(services, token, Asked(NAME, LENGTH, "withdrawn"))
    reader = services.store.reader()
    assert standing(reader) == {}
    assert len(decisions(reader)) == 2, "nothing is forgotten"
    assert proposals(reader, services.urls, [things(reader)[NAME]])[0].candidates[0].concept.uri == LENGTH


def test_a_withdrawn_link_is_gone(services: Services) -> None:
    filled(services)
    token, _ = services.tokens.create("administrator")
    decide(services, token, Asked(NAME, LENGTH, "accepted"))
    decide(services, token, Asked(NAME, LENGTH, "withdrawn"))
    assert not things(services.store.reader())[NAME].linked


def test_who_may_decide(services: Services) -> None:
    filled(services)
    for role, organisation in (("editor", "999100001"), ("contributor", "999100003"), ("reader", "")):
        token, _ = services.tokens.create(role, organisation=organisation)
        with pytest.raises(ForbiddenError, match="an editor or a coordinator of its owner"):
            decide(services, token, Asked(NAME, LENGTH, "accepted"))
    token, _ = services.tokens.create("administrator")
    with pytest.raises(BadRequestError, match="no concept"):
        decide(services, token, Asked(NAME, MODEL, "accepted"))
    with pytest.raises(BadRequestError, match="no part of a model"):
        decide(services, token, Asked(VESSEL, LENGTH, "accepted"))
    with pytest.raises(BadRequestError, match="more than 2000"):
        decide(services, token, Asked(NAME, LENGTH, "accepted", "x" * 2001))
    assert decisions(services.store.reader()) == ()


@pytest.fixture
def client(services: Services) -> FlaskClient:
    app = create_app(filled(services).settings)
    app.testing = True
    return app.test_client()


def test_pages_list_and_show_the_competing_concepts(client: FlaskClient) -> None:
    listed = client.get("/link-proposals?catalogue=mangler&lang=en").text
    assert "fartøylengde" in listed
    assert "name with what it is a part of" in listed
    one = client.get(f"/link-proposals/thing?uri={NAME}&lang=en")
    assert "avstand fra baug til hekk" in one.text
    assert "Accept" not in one.text.replace("Accessib", ""), "nobody is signed in"
    assert one.headers["Cache-Control"] == "no-store"
    assert client.get("/link-proposals/thing?uri=https://x.example/no").status_code == 404
    table = list(csv.DictReader(io.StringIO(client.get("/link-proposals.csv?catalogue=mangler").text)))
    assert {row["rank"] for row in table if row["uri"] == NAME} == {"1", "2"}
    assert "Prøvehavnene" in client.get("/link-proposals?state=coverage").text
    assert "kan ikke" not in client.get("/link-proposals?state=refused&lang=nb").text


def test_decisions_over_the_api_and_as_rdf(client: FlaskClient, services: Services) -> None:
    _, text = editor(services)
    sent = {"thing": NAME, "concept": LENGTH, "decision": "accepted"}
    assert client.post("/api/v1/link-proposals", json=sent).status_code == 401
    carrying = {"Authorization": f"Bearer {text}"}
    assert client.post("/api/v1/link-proposals", json=sent | {"decision": "maybe"}, headers=carrying).status_code == 400
    assert client.post("/api/v1/link-proposals", json=sent | {"concept": "x y"}, headers=carrying).status_code == 400
    assert client.post("/api/v1/link-proposals", json=["x"], headers=carrying).status_code == 400
    made = client.post("/api/v1/link-proposals", json=sent, headers=carrying)
    assert (made.status_code, made.json["outcome"]) == (201, "accepted")
    assert client.get("/api/v1/link-decisions").json["decisions"] == [made.json]
    assert client.get(f"/api/v1/link-proposals?uri={NAME}").json["decisions"] == [made.json]
    quads = list(
        parse(client.get("/link-proposals.ttl?state=accepted&catalogue=mangler").data, format=RdfFormat.TURTLE)
    )
    assert (NamedNode(NAME), DCT.subject, NamedNode(LENGTH)) in {(q.subject, q.predicate, q.object) for q in quads}
    [row] = csv.DictReader(io.StringIO(client.get("/link-proposals.csv?state=accepted").text))
    assert (row["uri"], row["term"], row["decision"]) == (NAME, "fartøylengde", "accepted")
    assert client.get("/link-proposals.csv?state=accepted&catalogue=prove-fisk").text.count("\n") == 1
    counts = {each["owner"]: each["linked"] for each in client.get("/api/v1/link-coverage").json["owners"]}
    assert counts[f"{PUBLISHER}999100003"] == 1


def test_deciding_on_the_page_with_a_session(client: FlaskClient, services: Services) -> None:
    _, text = editor(services)
    own = {"Sec-Fetch-Site": "same-origin"}
    address = f"/link-proposals/thing?uri={NAME.replace(':', '%3A').replace('/', '%2F')}"
    signed = client.post("/account/sign-in", data={"token": text, "next": address}, headers=own)
    assert signed.headers["Location"] == address
    assert "Godta" in client.get(f"{address}&lang=nb").text
    form = {"thing": NAME, "concept": LENGTH, "decision": "accepted", "reason": "passer"}
    assert client.post("/link-proposals/thing", data=form, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post("/link-proposals/thing", data=form, headers=own).status_code == 303
    page = client.get(f"{address}&lang=nb").text
    assert "passer" in page
    assert "Trekk tilbake" in page


def test_the_command_line_lists_them(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(services)
    monkeypatch.setenv("SAMSVAR_DATA", str(services.settings.data))
    run = CliRunner()
    assert "fartøylengde" in run.invoke(main, ["links", "--catalogue", "mangler"]).output
    assert '"owners"' in run.invoke(main, ["links", "--coverage", "--json"]).output
    decide(services, services.tokens.create("administrator")[0], Asked(NAME, LENGTH, "accepted"))
    assert f"accepted: {NAME} -> {LENGTH}" in run.invoke(main, ["links", "--decisions"]).output
