"""Coordination cases: from a finding through the five steps to decisions, common concepts and what owners are asked."""

import re
import threading
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from pages_register import BASE, FISHERY, FISHING_VESSEL, PUBLISHER, VESSEL, arrival, fill
from pyoxigraph import Literal, NamedNode

from importers.report import RecordReport
from ontologies.namespaces import DCT, RDF, SAMSVAR, SKOS
from registry import storing
from registry.app import create_app
from registry.cases.answers import proposals, questions
from registry.cases.case import Case, case
from registry.cases.changes import as_triples, changes
from registry.cases.closing import UnfinishedError, close, unfinished
from registry.cases.keeping import open_case, write
from registry.cases.letters import letters
from registry.cases.lining_up import characteristics, line_up, others
from registry.cases.ranking import ranked
from registry.catalogue.texts import Reference, Text
from registry.editing.drafts import COMMON, begin, drafts, missing
from registry.editing.publishing import NotReadyError, move, uri_of
from registry.editing.publishing import write as write_draft
from registry.errors import BadRequestError, ForbiddenError
from registry.harmonisation.finding_table import rows_of_concept
from registry.ledger.ledger import EditedMeanwhileError, Put
from registry.services import Services, build_services
from registry.settling.deciding import Asked, decide
from registry.settling.decisions import decisions

LAW = f"{BASE}/concepts/law-vessel"
OWN = {"Sec-Fetch-Site": "same-origin"}
HARBOUR_OFFICE, FISHERY_OFFICE, STRANGER = "999100001", "999100002", "999100008"


@pytest.fixture
def filled(services: Services) -> Services:
    fill(services)
    return services


def token(services: Services, organisation: str = HARBOUR_OFFICE, role: str = "coordinator"):
    return services.tokens.create(role, organisation=organisation)[0]


def opened(services: Services, *more: Put) -> Case:
    puts = [
        Put("title", "fartøy"),
        Put("parties", FISHERY_OFFICE),
        Put(f"concept:{VESSEL}", "yes"),
        Put(f"concept:{FISHING_VESSEL}", "yes"),
    ]
    return open_case(services, token(services), [*puts, *more])


def finding(services: Services) -> str:
    rows = rows_of_concept(services.store.reader(), VESSEL)
    return next(row.uri for row in rows if set(row.concepts) == {VESSEL, FISHING_VESSEL})


def test_a_case_stands_in_the_store(filled: Services) -> None:
    made = opened(filled, Put(f"finding:{finding(filled)}", "yes"), Put("deadline", "2027-01-31"))
    reader = filled.store.reader()
    node = NamedNode(f"{BASE}/cases/{made.id}")
    held = {(quad.predicate, quad.object) for quad in reader.quads(node, graph=filled.urls.graph("cases"))}
    assert (RDF.type, SAMSVAR.Case) in held
    assert (DCT.title, Literal("fartøy")) in held
    assert {each for each in held if each[0] == SAMSVAR.party} == {
        (SAMSVAR.party, NamedNode(f"{PUBLISHER}{number}")) for number in (HARBOUR_OFFICE, FISHERY_OFFICE)
    }
    assert (SAMSVAR.finding, NamedNode(finding(filled))) in held
    again = write(filled, token(filled), made.id, [Put("title", "fartøy og båt")])
    titles = [quad.object for quad in filled.store.reader().quads(node, DCT.title)]
    assert (again.title, titles) == ("fartøy og båt", [Literal("fartøy og båt")])


def test_only_parties_write_and_only_coordinators_open(filled: Services) -> None:
    made = opened(filled)
    with pytest.raises(ForbiddenError):
        write(filled, token(filled, STRANGER), made.id, [Put("title", "mine")])
    with pytest.raises(ForbiddenError):
        write(filled, token(filled, HARBOUR_OFFICE, "reader"), made.id, [Put("title", "mine")])
    with pytest.raises(ForbiddenError):
        open_case(filled, token(filled, HARBOUR_OFFICE, "contributor"), [Put("title", "x")])
    write(filled, token(filled, FISHERY_OFFICE, "contributor"), made.id, [Put("title", "felles")])


@pytest.mark.parametrize(
    "put",
    [
        Put("titel", "x"),
        Put("deadline", "tomorrow"),
        Put("parties", "12"),
        Put("concept:https://nobody.example/1", "yes"),
        Put(f"outcome:{VESSEL}", "perhaps"),
        Put("question:free", "very"),
        Put("overlap:weather", "great"),
        Put("existing", "not a URI"),
    ],
)
def test_what_a_case_cannot_hold_is_refused_whole(filled: Services, put: Put) -> None:
    made = opened(filled)
    with pytest.raises(BadRequestError):
        write(filled, token(filled), made.id, [Put("description", "good"), put])
    assert case(filled.ledger, made.id) == made


def test_two_who_write_at_once_lose_nothing(filled: Services) -> None:
    made = opened(filled)
    ours, theirs = token(filled), token(filled, FISHERY_OFFICE)
    seen = made.number("description")
    write(filled, ours, made.id, [Put("description", "first", seen)])
    write(filled, theirs, made.id, [Put("deadline", "2027-02-01", made.number("deadline"))])
    with pytest.raises(EditedMeanwhileError) as clash:
        write(filled, theirs, made.id, [Put("description", "second", seen), Put("title", "t", made.number("title"))])
    [only] = clash.value.clashes
    assert (only.yours, only.theirs.value) == ("second", "first")
    held = case(filled.ledger, made.id)
    assert (held.get("description"), held.get("deadline"), held.title) == ("first", "2027-02-01", "fartøy")
    write(filled, theirs, made.id, [Put("description", "first", seen)])  # the same words clash with nobody


def test_many_writers_in_threads_keep_every_word(filled: Services) -> None:
    made = opened(filled)
    writer = token(filled)
    fields = [f"essential:{VESSEL}", f"supplementary:{VESSEL}", "description", "notice-harmonised", "preferred-reason"]
    failed: list[Exception] = []

    def writing(field: str) -> None:
        try:
            for number in range(4):
                write(filled, writer, made.id, [Put(field, f"{field} {number}")])
        except Exception as error:  # noqa: BLE001 - told below
            failed.append(error)

    threads = [threading.Thread(target=writing, args=(field,)) for field in fields]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not failed
    held = case(filled.ledger, made.id)
    assert {held.get(field) for field in fields} == {f"{field} 3" for field in fields}
    assert len(held.entries) == len(made.entries) + 20
    assert [each.number for each in held.entries] == list(range(1, len(held.entries) + 1))


def test_characteristics_are_proposed_for_sorting() -> None:
    said = list(characteristics(Text("student som har planlagt minst 75 % studieprogresjon", "nb")))
    assert [(each.text, each.is_genus) for each in said] == [
        ("student", True),
        ("har planlagt minst 75 % studieprogresjon", False),
    ]


def test_lining_up_shows_what_the_register_knows(filled: Services) -> None:
    reader = filled.store.reader()
    lined_up = line_up(reader, (VESSEL, FISHING_VESSEL, "https://gone.example/1"))
    assert [each.concept.uri for each in lined_up] == [VESSEL, FISHING_VESSEL]
    assert [entry.concept.uri for entry in others(reader, lined_up, (VESSEL, FISHING_VESSEL))] == [LAW]
    answers = proposals(lined_up)
    assert (answers["terms"].degree, answers["terms"].because) == ("great", "same-term")
    assert answers["characteristics"].because == "same-score"
    assert proposals(line_up(reader, (VESSEL, LAW)))["free"].degree == "little"
    assert {"terminological", "administrative"} == {each.kind for each in questions()}
    best = ranked(line_up(reader, (FISHING_VESSEL, VESSEL, LAW)))
    assert [each.lined_up.concept.uri for each in best] == [LAW, VESSEL, FISHING_VESSEL]


def published(services: Services, made: Case) -> str:
    """The URI of the common concept of a case, written, reviewed, approved and published."""
    who = token(services)
    written = {
        "term:nb": "fartøy",
        "definition:nb": "flytende innretning som er bygget for å bevege seg på vann",
        "admitted:nb": "båt\nfarkost",
        "source": "Prøvehavneloven",
        "source-uri": f"{BASE}/legislation/lov/2098/02/03/4/2",
        "owner": HARBOUR_OFFICE,
        "case": made.id,
        "parties": "\n".join(made.parties),
        "origins": "\n".join(made.concepts),
    }
    draft = begin(services.ledger, who, COMMON, written)
    write(services, who, made.id, [Put("common", draft.id)])
    for state in ("review", "approved", "published"):
        draft = move(services, who, draft.id, state)
    return uri_of(services.urls, draft)


def test_harmonising_ends_in_a_concept_that_others_dereference(filled: Services) -> None:
    made = opened(filled)
    who = token(filled)
    assert "no-concepts" not in unfinished(filled, made)
    with pytest.raises(UnfinishedError):
        close(filled, who, made.id)
    write(filled, who, made.id, [Put(f"outcome:{each}", "harmonise") for each in made.concepts])
    assert unfinished(filled, case(filled.ledger, made.id)) == ["no-common"]
    common = published(filled, made)
    write(filled, who, made.id, [Put(f"tie:{FISHING_VESSEL}", "narrowMatch")])
    done = close(filled, who, made.id)
    assert not done.is_open
    reader = filled.store.reader()
    mappings = {
        (q.subject.value, q.predicate, q.object.value) for q in reader.quads(graph=filled.urls.graph("mappings"))
    }
    assert mappings == {(VESSEL, DCT.isReplacedBy, common), (FISHING_VESSEL, SKOS.narrowMatch, common)}
    assert {each.outcome for each in decisions(reader)} == {"isReplacedBy", "narrowMatch", "harmonised"}
    assert {each.case for each in decisions(reader)} == {f"{BASE}/cases/{made.id}"}
    [row] = [row for row in reader.select(ANSWER) if row]
    assert (row["term"].value, row["common"].value) == ("fartøy", common)
    client = create_app(filled.settings).test_client()
    answer = client.get(common.removeprefix(BASE), headers={"Accept": "text/turtle"}, follow_redirects=True)
    assert "bevege seg på vann" in answer.text
    assert [each["uri"] for each in client.get("/harmonised.json").json["concepts"]] == [common]
    with pytest.raises(BadRequestError, match="closed"):
        write(filled, who, made.id, [Put("title", "late")])


ANSWER = f"""
PREFIX samsvar: <{SAMSVAR.iri}>
PREFIX skos: <{SKOS.iri}>
SELECT ?common ?term WHERE {{
  ?case a samsvar:Case ; samsvar:caseState "closed" ; samsvar:commonConcept ?common .
  ?common a skos:Concept ; skos:prefLabel ?term ; samsvar:case ?case .
}}"""


def test_differentiating_asks_the_owners_and_sees_when_they_have(filled: Services) -> None:
    made = opened(filled)
    who = token(filled)
    puts = [Put(f"outcome:{each}", "differentiate") for each in made.concepts]
    puts += [
        Put(f"new-term:{FISHING_VESSEL}", "fiskefartøy"),
        Put(f"see-also:{FISHING_VESSEL}", VESSEL),
        Put(f"new-note:{VESSEL}", "Defineres annerledes i fiskeriforvaltningen."),
    ]
    write(filled, who, made.id, puts)
    close(filled, who, made.id)
    found = case(filled.ledger, made.id)
    asked = {(each.concept.uri, each.what): each for each in changes(filled, found)}
    assert asked.keys() == {(FISHING_VESSEL, "term"), (FISHING_VESSEL, "seeAlso"), (VESSEL, "note")}
    assert not any(each.adopted for each in asked.values())
    triples = set(as_triples(filled, list(asked.values())))
    terms = {
        each.object.value
        for each in triples
        if each.subject.value == FISHING_VESSEL and each.predicate == SKOS.prefLabel
    }
    assert terms == {"fiskefartøy"}
    [decision] = decisions(filled.store.reader())
    assert decision.outcome == "differentiated"
    changed = FISHERY.replace(
        'skos:prefLabel "fartøy"@nb', f'skos:prefLabel "fiskefartøy"@nb ; rdfs:seeAlso <{VESSEL}>'
    )
    again = arrival(
        "prove-fisk", "catalogue", "Fiskeribegreper", FISHERY_OFFICE, changed, [RecordReport(FISHING_VESSEL)]
    )
    storing.store(filled, [again], lambda _: None)
    adopted = {(each.concept.uri, each.what) for each in changes(filled, found) if each.adopted}
    assert adopted == {(FISHING_VESSEL, "term"), (FISHING_VESSEL, "seeAlso")}
    assert {each.kind for each in letters(filled, found)} == {"owner"}


def test_neither_must_say_why_and_writes_to_the_ministry(filled: Services) -> None:
    made = opened(filled, Put(f"concept:{LAW}", "yes"))
    who = token(filled)
    write(filled, who, made.id, [Put(f"outcome:{each}", "neither") for each in made.concepts])
    assert {each.partition(":")[0] for each in unfinished(filled, case(filled.ledger, made.id))} == {"no-reason"}
    write(filled, who, made.id, [Put(f"outcome-reason:{each}", "bundet av loven") for each in made.concepts])
    done = close(filled, who, made.id)
    [letter] = [each for each in letters(filled, done) if each.kind == "ministry"]
    assert (letter.who, [each.uri for each in letter.concepts]) == ("Prøvedepartementet", [LAW])
    assert decisions(filled.store.reader()) == ()


def test_a_draft_is_in_no_generation_until_it_is_published(filled: Services) -> None:
    who = token(filled)
    generation = filled.store.reader().generation
    draft = begin(filled.ledger, who, COMMON, {"term:nb": "lekter", "admitted:nb": "lekter"})
    assert filled.store.reader().generation == generation
    assert missing(draft) == ["no-definition", "no-owner", "S13:lekter"]
    move(filled, who, draft.id, "review")
    with pytest.raises(NotReadyError):
        move(filled, who, draft.id, "approved")
    puts = [Put("definition:nb", "fartøy uten egen fremdrift"), Put("admitted:nb", ""), Put("owner", HARBOUR_OFFICE)]
    write_draft(filled, who, draft.id, puts)
    with pytest.raises(BadRequestError):
        move(filled, who, draft.id, "published")
    for state in ("approved", "published"):
        move(filled, who, draft.id, state)
    node = NamedNode(uri_of(filled.urls, draft))
    assert any(True for _ in filled.store.reader().quads(node))
    move(filled, who, draft.id, "draft")
    write_draft(filled, who, draft.id, [Put("definition:nb", "lasteskip uten egen fremdrift")])
    definitions = {quad.object.value for quad in filled.store.reader().quads(node, SKOS.definition)}
    assert definitions == {"fartøy uten egen fremdrift"}
    for state in ("review", "approved", "published"):
        move(filled, who, draft.id, state)
    definitions = {quad.object.value for quad in filled.store.reader().quads(node, SKOS.definition)}
    assert definitions == {"lasteskip uten egen fremdrift"}
    client = create_app(filled.settings).test_client()
    assert len(client.get(f"/concepts/{draft.id}.json").json["versions"]) == 1
    move(filled, who, draft.id, "withdrawn")
    assert client.get(f"/concepts/{draft.id}.json").status_code == 410


def test_who_may_write_drafts(filled: Services) -> None:
    editor = token(filled, HARBOUR_OFFICE, "editor")
    own = begin(
        filled.ledger, editor, HARBOUR_OFFICE, {"term:nb": "moringsbøye", "definition:nb": "bøye for fortøyning"}
    )
    for state in ("review", "approved", "published"):
        move(filled, editor, own.id, state)
    assert any(True for _ in filled.store.reader().quads(NamedNode(uri_of(filled.urls, own))))
    with pytest.raises(ForbiddenError):
        begin(filled.ledger, token(filled, STRANGER, "editor"), HARBOUR_OFFICE, {"term:nb": "x"})
    with pytest.raises(ForbiddenError):
        begin(filled.ledger, token(filled, HARBOUR_OFFICE, "contributor"), COMMON, {"term:nb": "x"})
    common = begin(filled.ledger, editor, COMMON, {"term:nb": "x", "definition:nb": "y", "owner": HARBOUR_OFFICE})
    move(filled, editor, common.id, "review")
    with pytest.raises(ForbiddenError):
        move(filled, editor, common.id, "approved")
    assert len(drafts(filled.ledger)) == 2


@pytest.fixture
def browser(filled: Services) -> FlaskClient:
    client = create_app(filled.settings).test_client()
    text = filled.tokens.create("coordinator", organisation=HARBOUR_OFFICE)[1]
    client.post("/account/sign-in", data={"token": text}, headers=OWN)
    return client


def test_the_pages_of_a_case(browser: FlaskClient, filled: Services) -> None:
    name = finding(filled).rpartition("/")[2]
    assert "Open the case" in browser.get(f"/cases/new?finding={name}&lang=en").text
    form = {"f:title": "fartøy", "f:parties": FISHERY_OFFICE, "concept": [VESSEL, FISHING_VESSEL], "finding": name}
    assert browser.post("/cases/new", data=form).status_code == 403
    done = browser.post("/cases/new", data=form, headers=OWN)
    address = done.headers["Location"]
    assert "Findings between them" in browser.get(f"{address}?lang=en").text
    base = address.removesuffix(".html")
    for step in ("line-up", "choose", "harmonise", "differentiate", "manage", "proposals", "letters", "feed.atom"):
        assert browser.get(f"{base}/{step}").status_code == 200, step
    shown = browser.get(f"{base}/choose?lang=en").text
    assert "Are the terms the same?" in shown
    assert "They have a recommended term in common" in shown
    sent = {
        "f:question:terms": "great",
        "n:question:terms": "0",
        f"f:outcome:{VESSEL}": "harmonise",
        f"n:outcome:{VESSEL}": "0",
    }
    assert browser.post(f"{base}/choose", data=sent, headers=OWN).status_code == 303
    clash = browser.post(f"{base}/choose?lang=en", data=sent | {f"f:outcome:{VESSEL}": "neither"}, headers=OWN)
    assert clash.status_code == 409
    assert "Somebody else has written meanwhile" in clash.text
    begun = browser.post(f"{base}/common", data={"concept": VESSEL}, headers=OWN)
    draft = begun.headers["Location"]
    assert "flytende innretning på minst 15 meter" in browser.get(draft).text
    assert browser.get("/drafts").status_code == browser.get("/harmonised").status_code == 200
    assert browser.post(f"{base}/close", headers=OWN).status_code == 409
    listed = browser.get("/cases.json?state=open").json["cases"]
    assert [each["title"] for each in listed] == ["fartøy"]
    assert browser.get("/cases.csv").text.count("\n") == 2
    assert browser.get("/boards").status_code == browser.get("/boards?by=ministry").status_code == 200


def test_the_editor_shows_what_the_rules_say_of_what_is_kept_and_of_what_is_typed(
    browser: FlaskClient, filled: Services
) -> None:
    address = browser.post("/drafts", data={"catalogue": "common"}, headers=OWN).headers["Location"]
    assert "There is no definition yet." in browser.get(f"{address}?lang=en").text
    typed = {"f:term:nb": "molo", "f:definition:nb": "en vegg mot bølger"}
    before = drafts(filled.ledger)
    said = browser.post(f"{address}/rules?lang=en", data=typed, headers=OWN)
    assert "Article first" in said.text
    assert 'data-text="vegg mot bølger"' in said.text
    assert drafts(filled.ledger) == before
    assert browser.post(f"{address}/rules", data=typed).status_code == 403
    assert browser.post(address, data=typed, headers=OWN).status_code == 303
    assert "Article first" in browser.get(f"{address}?lang=en").text
    mended = typed | {"f:definition:nb": "vegg mot bølger", "f:relationship": "self-composed"}
    assert "breaks none of the rules" in browser.post(f"{address}/rules?lang=en", data=mended, headers=OWN).text


def test_a_stranger_changes_nothing(browser: FlaskClient, filled: Services) -> None:
    made = opened(filled)
    anybody = create_app(filled.settings).test_client()
    posts = [
        *(f"/cases/{made.id}/{step}" for step in ("line-up", "choose", "close", "open", "common")),
        *("/cases/new", "/drafts", "/decisions/new", "/decisions/confirm", "/comments", f"/cases/{made.id}.html"),
    ]
    for path in posts:
        assert anybody.post(path, data={"f:title": "mine"}, headers=OWN).status_code == 401, path
        assert (
            browser.post(path, data={"f:title": "mine"}, headers={"Origin": "https://evil.example"}).status_code == 403
        )
    for method, path in (
        ("post", "/api/v1/cases"),
        ("patch", f"/api/v1/cases/{made.id}"),
        ("post", f"/api/v1/cases/{made.id}/closing"),
        ("post", "/api/v1/drafts"),
        ("get", "/api/v1/drafts"),
        ("post", "/api/v1/decisions"),
        ("post", "/api/v1/comments"),
    ):
        assert getattr(anybody, method)(path, json={"fields": {"title": "mine"}}).status_code == 401, path
    assert case(filled.ledger, made.id) == made


def test_the_api_of_cases(filled: Services) -> None:
    client = create_app(filled.settings).test_client()
    text = filled.tokens.create("coordinator", organisation=HARBOUR_OFFICE)[1]
    bearer = {"Authorization": f"Bearer {text}"}
    made = client.post(
        "/api/v1/cases", json={"fields": {"title": "fartøy", f"concept:{VESSEL}": "yes"}}, headers=bearer
    )
    assert made.status_code == 201
    address = made.headers["Location"]
    number = client.get(address).json["fields"]["title"]["number"]
    first = client.patch(address, json={"fields": {"title": {"value": "båt", "number": number}}}, headers=bearer)
    assert first.json["title"] == "båt"
    second = client.patch(address, json={"fields": {"title": {"value": "skip", "number": number}}}, headers=bearer)
    assert second.status_code == 412
    assert client.post(f"{address}/closing", headers=bearer).status_code == 400
    for wrong in ({"fields": {"title": 3}}, {"fields": []}, [1], {"fields": {"nothing": "x"}}):
        assert client.patch(address, json=wrong, headers=bearer).status_code == 400
    assert client.get("/api/v1/cases/2026-9999").status_code == 404


def test_impact_tells_of_decisions_and_cases(filled: Services) -> None:
    made = opened(filled)
    decide(filled, token(filled), Asked(VESSEL, FISHING_VESSEL, "closeMatch"))
    client = create_app(filled.settings).test_client()
    for uri in (VESSEL, f"{BASE}/legislation/lov/2098/02/03/4/2"):
        found = client.get(f"/api/v1/impact?uri={uri}").json
        assert [each["outcome"] for each in found["decisions"]] == ["closeMatch"], uri
        assert [each["uri"] for each in found["cases"]] == [f"{BASE}/cases/{made.id}"]
    assert "would become stale" in client.get(f"/impact?uri={VESSEL}&lang=en").text
    write(filled, token(filled), made.id, [Put("state", "closed")])
    assert client.get(f"/api/v1/impact?uri={VESSEL}").json["cases"] == []


def test_comments_are_said_and_withdrawn(browser: FlaskClient, filled: Services) -> None:
    assert browser.post("/comments", data={"about": VESSEL, "text": "se også loven"}, headers=OWN).status_code == 303
    assert "se også loven" in create_app(filled.settings).test_client().get(f"/comments?about={VESSEL}").text
    assert (
        browser.post("/comments", data={"about": "https://gone.example/", "text": "x"}, headers=OWN).status_code == 404
    )
    assert browser.post("/comments", data={"about": VESSEL, "text": " "}, headers=OWN).status_code == 400
    browser.post("/comments", data={"about": VESSEL, "withdraw": "1"}, headers=OWN)
    [said] = browser.get(f"/api/v1/comments?about={VESSEL}").json["comments"]
    assert said["text"] == ""


@pytest.mark.parametrize(
    "fields",
    [
        {"deadline": "2027-02-31"},
        {f"see-also:{VESSEL}": "not a URI"},
        {f"see-also:{VESSEL}": f"{FISHING_VESSEL}\nnor this"},
        {"preferred": "x y"},
        {"common": "no such draft"},
    ],
)
def test_what_would_break_later_is_refused_at_once(filled: Services, fields: dict[str, str]) -> None:
    made = opened(filled)
    client = create_app(filled.settings).test_client()
    bearer = {"Authorization": f"Bearer {filled.tokens.create('administrator')[1]}"}
    answer = client.patch(f"/api/v1/cases/{made.id}", json={"fields": fields}, headers=bearer)
    assert answer.status_code in {400, 404}, answer.text
    assert case(filled.ledger, made.id) == made


@pytest.mark.parametrize(
    "fields",
    [
        {"valid-from": "2027-13-01"},
        {"source-uri": "see the act"},
        {"origins": f"{VESSEL}\nfartøy"},
        {"case": "my case"},
        {"case": "2026-0999"},
    ],
)
def test_what_would_break_a_draft_later_is_refused_at_once(filled: Services, fields: dict[str, str]) -> None:
    client = create_app(filled.settings).test_client()
    bearer = {"Authorization": f"Bearer {filled.tokens.create('administrator')[1]}"}
    answer = client.post("/api/v1/drafts", json={"fields": {"term:nb": "x", **fields}}, headers=bearer)
    assert answer.status_code in {400, 404}, answer.text
    assert drafts(filled.ledger) == []


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/cases/new", {"f:title": "x", "finding": "a b"}),
        ("/cases/new", {"f:title": "x", "concept": "not a URI"}),
        ("/cases/{id}/common", {"concept": "not a URI"}),
        ("/cases/{id}/common", {"concept": LAW}),
        ("/cases/{id}/line-up", {"concept": "not a URI"}),
        ("/decisions/new", {"finding": "a b", "outcome": "homonym"}),
        ("/decisions/confirm", {"decision": "a b"}),
        ("/comments", {"about": "a b", "text": "x"}),
        ("/comments", {"about": VESSEL, "withdraw": "-1"}),
        ("/drafts", {"catalogue": "x"}),
    ],
)
def test_forms_with_what_is_none_are_told_so_and_leave_nothing(
    browser: FlaskClient, filled: Services, path: str, form: dict[str, str]
) -> None:
    made = opened(filled)
    answer = browser.post(path.format(id=made.id), data=form, headers=OWN)
    assert answer.status_code in {400, 404}, answer.text
    assert (case(filled.ledger, made.id), drafts(filled.ledger)) == (made, [])


def test_addresses_that_name_nothing(browser: FlaskClient) -> None:
    for path in ("/cases/new?finding=a%20b", "/cases/new?term=%00", "/cases/x.html", "/cases/x/choose", "/drafts/x"):
        assert browser.get(path).status_code in {400, 404}, path
    assert browser.get("/cases/new?concept=not%20a%20URI").status_code == 200


def test_an_empty_case_is_opened_and_saved_with_the_field_for_a_concept_left_empty(
    browser: FlaskClient, filled: Services
) -> None:
    made = browser.post("/cases/new", data={"f:title": "samboer", "concept": ""}, headers=OWN)
    assert made.status_code == 303
    address = made.headers["Location"]
    saved = browser.post(address, data={"f:description": "hvem er samboer?", "concept": " "}, headers=OWN)
    assert saved.status_code == 303
    [only] = filled.ledger.all("case")
    assert case(filled.ledger, only).get("description") == "hvem er samboer?"
    for step in ("line-up", "choose", "harmonise", "differentiate", "manage"):
        assert browser.get(address.replace(".html", f"/{step}")).status_code == 200


def test_what_cannot_be_is_said_on_the_form_and_nothing_that_was_written_is_lost(
    browser: FlaskClient, filled: Services
) -> None:
    form = {"f:title": "fartøy", "f:parties": "Prøvehavnene", "f:description": "viktig", "f:deadline": "2027-01-31"}
    form |= {"offered": [VESSEL, FISHING_VESSEL], "concept": [VESSEL]}
    refused = browser.post("/cases/new?lang=nb", data=form, headers=OWN)
    assert refused.status_code == 400
    for kept in ("Et organisasjonsnummer har ni sifre", "Prøvehavnene", "viktig", "2027-01-31", 'href="#f-parties"'):
        assert kept in refused.text, kept
    ticked = re.findall(r'name="concept" value="([^"]+)"( checked)?', refused.text)
    assert ticked == [(VESSEL, " checked"), (FISHING_VESSEL, "")]
    assert filled.ledger.all("case") == []
    made = opened(filled)
    path = f"/cases/{made.id}/differentiate?lang=nn"
    write(filled, token(filled), made.id, [Put(f"outcome:{VESSEL}", "differentiate")])
    sent = {f"f:see-also:{VESSEL}": "fartøy", f"f:new-note:{VESSEL}": "lang forklaring"}
    again = browser.post(path, data=sent, headers=OWN)
    assert again.status_code == 400
    assert "Dette er ingen URI" in again.text
    assert "lang forklaring" in again.text
    draft = begin(filled.ledger, token(filled), COMMON, {"term:nb": "lekter"}).id
    wrong = browser.post(
        f"/drafts/{draft}?lang=en", data={"f:owner": "12", "f:definition:nb": "stort fartøy"}, headers=OWN
    )
    assert (wrong.status_code, "nine digits" in wrong.text, "stort fartøy" in wrong.text) == (400, True, True)


def test_a_form_that_is_sent_twice_opens_one_case_and_one_draft(browser: FlaskClient, filled: Services) -> None:
    form = {"f:title": "fartøy", "concept": [VESSEL], "once": "8c1f"}
    first, second = (browser.post("/cases/new", data=form, headers=OWN).headers["Location"] for _ in range(2))
    assert first == second
    assert len(filled.ledger.all("case")) == 1
    other = browser.post("/cases/new", data=form | {"once": "9d2e"}, headers=OWN).headers["Location"]
    assert other != first
    base = first.removesuffix(".html")
    drafts_made = {
        browser.post(f"{base}/common", data={"concept": VESSEL, "once": "7b"}, headers=OWN).headers["Location"]
        for _ in range(2)
    }
    assert len(drafts_made) == len(drafts(filled.ledger)) == 1


def test_what_concepts_have_in_common_is_drawn_and_said_in_a_table(browser: FlaskClient, filled: Services) -> None:
    made = opened(filled)
    page = browser.get(f"/cases/{made.id}/line-up?lang=en").text
    assert "data-concept-graph" in page
    table = page.partition("Relations of the concepts</caption>")[2].partition("</table>")[0]
    assert "etter bruk" in table
    assert f'data-node="{VESSEL}"' in table


def test_proposals_are_said_in_the_words_of_the_catalogues(filled: Services) -> None:
    lined_up = line_up(filled.store.reader(), (VESSEL, FISHING_VESSEL))
    subjects = (Reference("", (Text("Havner og Farleder", "nb"),)),)
    alike = [replace(each, concept=replace(each.concept, subjects=subjects)) for each in lined_up]
    answers = proposals(alike)
    assert (answers["subject-field"].degree, answers["subject-field"].what) == ("great", "Havner og Farleder")
    assert answers["terms"].what == "fartøy"


@pytest.fixture
def two_persons(filled: Services) -> Services:
    return build_services(filled.settings.model_copy(update={"two_persons": True}))


def signed_in(services: Services, owner: str) -> FlaskClient:
    client = create_app(services.settings).test_client()
    text = services.tokens.create("coordinator", organisation=HARBOUR_OFFICE, owner=owner)[1]
    client.post("/account/sign-in", data={"token": text}, headers=OWN)
    return client


def test_two_persons_decide_and_approve_on_the_pages(two_persons: Services) -> None:
    kari, ola = (signed_in(two_persons, name) for name in ("Kari", "Ola"))
    sent = {
        "finding": finding(two_persons).rpartition("/")[2],
        "outcome": "closeMatch",
        "seen": "",
        "why": "nesten like",
    }
    assert kari.post("/decisions/new", data=sent, headers=OWN).status_code == 303
    graph = two_persons.urls.graph("mappings")
    assert list(two_persons.store.reader().quads(graph=graph)) == []
    [waiting] = kari.get("/decisions.json?view=waiting").json["decisions"]
    assert kari.post("/decisions/confirm", data={"decision": waiting["uri"]}, headers=OWN).status_code == 403
    assert ola.post("/decisions/confirm", data={"decision": waiting["uri"]}, headers=OWN).status_code == 303
    [mapped] = two_persons.store.reader().quads(graph=graph)
    assert mapped.predicate == SKOS.closeMatch
    draft = kari.post("/drafts", data={"catalogue": "common"}, headers=OWN).headers["Location"]
    fields = {"f:term:nb": "lekter", "f:definition:nb": "fartøy uten egen fremdrift", "f:owner": HARBOUR_OFFICE}
    assert kari.post(draft, data=fields, headers=OWN).status_code == 303
    assert kari.post(f"{draft}/state", data={"state": "review"}, headers=OWN).status_code == 303
    assert ">Approve<" not in kari.get(f"{draft}?lang=en").text
    assert kari.post(f"{draft}/state", data={"state": "approved"}, headers=OWN).status_code == 403
    assert ">Approve<" in ola.get(f"{draft}?lang=en").text
    assert ola.post(f"{draft}/state", data={"state": "approved"}, headers=OWN).status_code == 303
