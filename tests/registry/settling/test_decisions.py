"""What people decide about two concepts: who may, what follows, what it survives, and what makes it stale."""

import pytest
from flask.testing import FlaskClient
from pages_register import BASE, FISHERY, FISHING_VESSEL, HARBOUR, OLD_SHIP, QUAY, VESSEL, arrival, fill
from pyoxigraph import NamedNode

from importers.report import RecordReport
from ontologies.namespaces import DCT, SKOS, SSSOM
from registry import storing
from registry.app import create_app
from registry.errors import BadRequestError, ForbiddenError, NotFoundError, PreconditionError
from registry.harmonisation.finding_table import rows_of_concept
from registry.services import Services, build_services
from registry.settings import Settings
from registry.settling.deciding import Asked, IntegrityError, confirm, decide
from registry.settling.decisions import decisions, of_pair
from registry.settling.integrity import violations
from registry.settling.states import moved, stale, state_of, states

LAW = f"{BASE}/concepts/law-vessel"
OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def filled(services: Services) -> Services:
    fill(services)
    return services


def token(services: Services, role: str = "coordinator", organisation: str = "999100009", owner: str = ""):
    return services.tokens.create(role, organisation=organisation, owner=owner)[0]


def row_between(services: Services, first: str = VESSEL, second: str = FISHING_VESSEL):
    rows = rows_of_concept(services.store.reader(), first)
    return next(row for row in rows if set(row.concepts) == {first, second})


def state(services: Services, first: str = VESSEL, second: str = FISHING_VESSEL) -> str:
    row = row_between(services, first, second)
    return state_of(services.store.reader(), row.uri, row.concepts).state


def import_again(services: Services, catalogue: str, title: str, number: str, text: str, subjects: list[str]) -> None:
    held = [RecordReport(each) for each in subjects]
    storing.store(services, [arrival(catalogue, "catalogue", title, number, text, held)], lambda _: None)


def test_a_mapping_stands_in_its_graph_with_a_decision_behind_it(filled: Services) -> None:
    made = decide(filled, token(filled), Asked(VESSEL, FISHING_VESSEL, "broadMatch", "the length differs"))
    reader = filled.store.reader()
    [mapping] = reader.quads(NamedNode(VESSEL), SKOS.broadMatch)
    assert (mapping.object, mapping.graph_name) == (NamedNode(FISHING_VESSEL), filled.urls.graph("mappings"))
    [kept] = decisions(reader)
    assert kept == made
    assert (kept.why, kept.organisation.rpartition("/")[2]) == ("the length differs", "999100009")
    assert {text.value for text in kept.texts[1]} == {"flytende innretning på minst 24 meter"}
    [predicate] = reader.quads(NamedNode(kept.uri), SSSOM.predicate_id)
    assert predicate.object == SKOS.broadMatch
    assert state(filled) == "settled"
    assert states(reader, rows_of_concept(reader, VESSEL)) == {row_between(filled).uri: "settled"}


def test_an_import_of_the_same_text_reopens_nothing(filled: Services) -> None:
    decide(filled, token(filled), Asked(VESSEL, FISHING_VESSEL, "closeMatch"))
    renamed = FISHERY.replace("Fiskeribegreper", "Fiskens begreper")
    import_again(filled, "fisk", "Fiskeri", "999100002", renamed, [FISHING_VESSEL])
    assert state(filled) == "settled"
    assert list(filled.store.reader().quads(NamedNode(VESSEL), SKOS.closeMatch, graph=filled.urls.graph("mappings")))


def test_a_changed_text_makes_it_stale_and_shows_the_difference(filled: Services) -> None:
    made = decide(filled, token(filled), Asked(VESSEL, FISHING_VESSEL, "closeMatch"))
    assert moved(filled.store.reader(), made) == ()
    changed = FISHERY.replace("24 meter", "12 meter")
    import_again(filled, "fisk", "Fiskeri", "999100002", changed, [FISHING_VESSEL])
    assert state(filled) == "stale"
    [(standing, [change])] = stale(filled.store.reader())
    assert (standing.decision.uri, change.concept) == (made.uri, FISHING_VESSEL)
    assert "24 meter" in change.then[0].value
    assert "12 meter" in change.now[0].value


def test_a_dismissal_is_of_one_finding_and_says_why(filled: Services) -> None:
    row = row_between(filled)
    asked = Asked(VESSEL, FISHING_VESSEL, "dismissed", finding=row.uri)
    with pytest.raises(BadRequestError, match="lawful-difference"):
        decide(filled, token(filled), asked)
    decide(filled, token(filled), Asked(VESSEL, FISHING_VESSEL, "dismissed", "", "lawful-difference", row.uri))
    assert state(filled) == "dismissed"
    assert not list(filled.store.reader().quads(graph=filled.urls.graph("mappings")))


def test_undoing_is_a_new_decision(filled: Services) -> None:
    who = token(filled)
    decide(filled, who, Asked(VESSEL, FISHING_VESSEL, "closeMatch"))
    decide(filled, who, Asked(VESSEL, FISHING_VESSEL, "withdrawn", "a mistake"))
    reader = filled.store.reader()
    assert [each.outcome for each in decisions(reader)] == ["closeMatch", "withdrawn"]
    assert not list(reader.quads(graph=filled.urls.graph("mappings")))
    assert state(filled) == "open"
    with pytest.raises(BadRequestError, match="withdrawn"):
        decide(filled, who, Asked(VESSEL, FISHING_VESSEL, "withdrawn"))


def test_a_new_mapping_takes_the_place_of_the_old(filled: Services) -> None:
    who = token(filled)
    decide(filled, who, Asked(VESSEL, FISHING_VESSEL, "relatedMatch"))
    decide(filled, who, Asked(FISHING_VESSEL, VESSEL, "narrowMatch"))
    found = {
        (quad.subject.value, quad.predicate)
        for quad in filled.store.reader().quads(graph=filled.urls.graph("mappings"))
    }
    assert found == {(FISHING_VESSEL, SKOS.narrowMatch)}


@pytest.mark.parametrize(
    ("before", "asked", "condition"),
    [
        ([(VESSEL, LAW, "exactMatch"), (LAW, QUAY, "exactMatch")], (VESSEL, QUAY, "broadMatch"), "S46"),
        ([(VESSEL, LAW, "exactMatch"), (QUAY, LAW, "broadMatch")], (VESSEL, QUAY, "exactMatch"), "S46"),
        ([(VESSEL, LAW, "exactMatch"), (QUAY, VESSEL, "broadMatch")], (LAW, QUAY, "exactMatch"), "S46"),
        ([(VESSEL, LAW, "broadMatch"), (LAW, QUAY, "broadMatch")], (VESSEL, QUAY, "relatedMatch"), "S27"),
        ([(VESSEL, QUAY, "relatedMatch"), (LAW, QUAY, "broadMatch")], (VESSEL, LAW, "broadMatch"), "S27"),
        ([(VESSEL, LAW, "broadMatch"), (LAW, QUAY, "broadMatch")], (VESSEL, QUAY, "narrowMatch"), "circle"),
        ([(VESSEL, LAW, "exactMatch"), (LAW, QUAY, "homonym")], (VESSEL, QUAY, "exactMatch"), "homonym"),
        ([(VESSEL, LAW, "exactMatch"), (LAW, QUAY, "exactMatch")], (VESSEL, QUAY, "homonym"), "homonym"),
        ([(VESSEL, LAW, "closeMatch")], (VESSEL, QUAY, "broadMatch"), ""),
    ],
)
def test_what_contradicts_is_not_written(filled: Services, before, asked, condition: str) -> None:
    who = token(filled)
    for first, second, outcome in before:
        decide(filled, who, Asked(first, second, outcome))
    generation = filled.store.reader().generation
    if not condition:
        assert violations(filled.store.reader(), filled.urls, *asked) == []
        decide(filled, who, Asked(*asked))
        return
    with pytest.raises(IntegrityError) as refused:
        decide(filled, who, Asked(*asked))
    assert condition in {each.condition for each in refused.value.violations}
    assert filled.store.reader().generation == generation


def test_who_may_decide(filled: Services) -> None:
    asked = Asked(VESSEL, FISHING_VESSEL, "closeMatch")
    for role, organisation in (("contributor", "999100001"), ("editor", "999100009"), ("reader", "")):
        with pytest.raises(ForbiddenError):
            decide(filled, token(filled, role, organisation), asked)
    decide(filled, token(filled, "editor", "999100002"), asked)
    decide(filled, token(filled, "administrator", ""), asked)


def test_two_who_decide_at_once_do_not_overwrite_each_other(filled: Services) -> None:
    first = decide(filled, token(filled), Asked(VESSEL, FISHING_VESSEL, "closeMatch", seen=""))
    with pytest.raises(PreconditionError):
        decide(filled, token(filled), Asked(VESSEL, FISHING_VESSEL, "homonym", seen=""))
    decide(filled, token(filled), Asked(VESSEL, FISHING_VESSEL, "relatedMatch", seen=first.uri))


def test_a_second_person_confirms(filled: Services) -> None:
    services = build_services(Settings(data=filled.settings.data, uri_base=BASE, two_persons=True))
    made = decide(services, token(services, owner="Kari"), Asked(VESSEL, FISHING_VESSEL, "relatedMatch"))
    assert state(services) == "proposed"
    mappings = services.urls.graph("mappings")
    assert not list(services.store.reader().quads(graph=mappings))
    with pytest.raises(ForbiddenError, match="Another person"):
        confirm(services, token(services, owner="Kari"), made.uri)
    confirm(services, token(services, owner="Ola"), made.uri)
    assert state(services) == "settled"
    assert list(services.store.reader().quads(graph=mappings))
    with pytest.raises(NotFoundError):
        confirm(services, token(services, owner="Ola"), made.uri)
    [held] = of_pair(services.store.reader(), (VESSEL, FISHING_VESSEL))
    assert (held.decision.uri, held.confirmed) == (made.uri, True)


@pytest.fixture
def browser(filled: Services) -> FlaskClient:
    client = create_app(filled.settings).test_client()
    text = filled.tokens.create("coordinator", organisation="999100009")[1]
    answer = client.post("/account/sign-in", data={"token": text, "next": "/decisions"}, headers=OWN)
    assert answer.headers["Location"] == "/decisions"
    return client


def test_deciding_on_the_page(browser: FlaskClient, filled: Services) -> None:
    name = row_between(filled).uri.rpartition("/")[2]
    page = browser.get(f"/decisions/new?finding={name}&lang=en").text
    assert "How do the two concepts stand to each other?" in page
    form = {"finding": name, "outcome": "homonym", "why": "other rules", "code": "", "seen": ""}
    assert browser.post("/decisions/new", data=form).status_code == 403
    done = browser.post("/decisions/new", data=form, headers=OWN)
    assert (done.status_code, done.headers["Location"]) == (303, f"/conflicts/{name}.html")
    assert "Different concepts that share a term" in browser.get(f"/conflicts/{name}.html?lang=en").text
    assert browser.get(f"/conflicts/{name}.json").json["state"] == "settled"
    assert browser.get("/conflicts.json?state=settled").json["total"] == 1
    assert "other rules" in browser.get("/decisions?lang=en").text
    table = browser.get("/api/v1/mappings").text
    assert "Not" in table.splitlines()[-1].split("\t")
    again = browser.post("/decisions/new", data={**form, "outcome": "exactMatch"}, headers=OWN)
    assert again.status_code == 412


def test_what_cannot_stand_is_said_on_the_form_with_what_was_written(browser: FlaskClient, filled: Services) -> None:
    who = token(filled)
    decide(filled, who, Asked(VESSEL, LAW, "exactMatch"))
    decide(filled, who, Asked(LAW, FISHING_VESSEL, "exactMatch"))
    name = row_between(filled).uri.rpartition("/")[2]
    form = {"finding": name, "outcome": "broadMatch", "why": "my long reason", "seen": ""}
    answer = browser.post("/decisions/new?lang=en", data=form, headers=OWN)
    assert answer.status_code == 409
    assert "SKOS S46" in answer.text
    assert "my long reason" in answer.text


def test_the_api_decides_and_lists(filled: Services) -> None:
    client = create_app(filled.settings).test_client()
    finding = row_between(filled).uri
    sent = {"finding": finding, "outcome": "dismissed", "reasonCode": "editorial"}
    assert client.post("/api/v1/decisions", json=sent).status_code == 401
    text = filled.tokens.create("coordinator", organisation="999100009")[1]
    bearer = {"Authorization": f"Bearer {text}"}
    made = client.post("/api/v1/decisions", json=sent, headers=bearer)
    assert (made.status_code, made.json["reasonCode"]) == (201, "editorial")
    assert client.get(f"/api/v1/decisions?concept={VESSEL}").json["decisions"][0]["uri"] == made.json["uri"]
    assert client.get("/decisions.csv").text.splitlines()[1].startswith(made.json["uri"])
    assert client.get(made.json["uri"].removeprefix(BASE), headers={"Accept": "text/turtle"}).status_code == 303
    for wrong in ({"outcome": "perhaps", "finding": finding}, {"outcome": "homonym"}, ["x"], {"outcome": 1}):
        assert client.post("/api/v1/decisions", json=wrong, headers=bearer).status_code == 400
    for view in ("waiting", "stale", "all"):
        assert client.get(f"/decisions?view={view}").status_code == 200


def test_the_original_says_what_replaces_it(filled: Services) -> None:
    decide(filled, token(filled), Asked(QUAY, OLD_SHIP, "isReplacedBy"))
    quads = filled.store.reader().quads(NamedNode(QUAY), DCT.isReplacedBy)
    assert [quad.object for quad in quads] == [NamedNode(OLD_SHIP)]
    assert HARBOUR
