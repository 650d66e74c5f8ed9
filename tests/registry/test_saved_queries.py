"""Queries that users save: who may, what is refused, versions, their URI in every format, and running them by REST."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef
from register_support import BASE

from registry.access.tokens import TokenStore
from registry.app import create_app
from registry.query_library import saving

QUERY = "# param: word text barn Word | Ord | Ord\nSELECT ?c { ?c samsvar:termKey $word }"
SH = "http://www.w3.org/ns/shacl#"
PATH = "/api/v1/queries/concepts-of-a-word"
SAID = {
    "query": QUERY,
    "title": {"nb": "Begreper med et ord", "en": "Concepts of a word"},
    "description": "Med ordet som parameter",
    "folder": "Våre",
    "view": "table",
}


@pytest.fixture
def tokens(demo_services):
    store = TokenStore(demo_services.settings.data / "state.db")
    roles = {"administrator": "", "editor": "123456785", "contributor": "987654321", "reader": ""}
    made = {role: store.create(role, organisation=number)[1] for role, number in roles.items()}
    made["colleague"] = store.create("contributor", organisation="123456785")[1]
    return {role: {"Authorization": f"Bearer {text}"} for role, text in made.items()}


@pytest.fixture
def web(demo_services) -> FlaskClient:
    """The sample register, without saved queries before and after."""
    client = create_app(demo_services.settings).test_client()
    yield client
    with closing(sqlite3.connect(demo_services.settings.data / "state.db")) as database, database:
        database.execute("DELETE FROM saved_query WHERE 1 IN (SELECT 1 FROM sqlite_master WHERE name = 'saved_query')")


@pytest.fixture
def saved(web, tokens):
    answer = web.put(PATH, json=SAID, headers=tokens["editor"])
    assert answer.status_code == 201
    return answer


def test_it_is_listed_and_has_a_uri(web, saved):
    assert saved.headers["Location"] == f"{BASE}/queries/concepts-of-a-word"
    listed = web.get("/api/v1/queries").json["queries"]
    assert listed[-1] == saved.json
    assert saved.json["title"] == {"nb": "Begreper med et ord", "nn": "Begreper med et ord", "en": "Concepts of a word"}
    assert saved.json["parameters"][0]["label"]["nb"] == "Ord"
    assert saved.json["saved"]["version"] == 1
    assert saved.json["saved"]["organisation"] == "123456785"
    assert "Bearer" not in json.dumps(listed)


def test_its_uri_answers_in_every_format(web, saved):
    uri = "/queries/concepts-of-a-word"
    assert web.get(uri).text == QUERY
    assert web.get(uri, headers={"Accept": "application/sparql-query"}).text == QUERY
    assert web.get(f"{uri}?format=json").json == saved.json
    page = web.get(uri, headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["Location"]) == (303, "/sparql?example=concepts-of-a-word")
    for accept, name in (("text/turtle", "turtle"), ("application/n-triples", "nt"), ("application/rdf+xml", "xml")):
        graph = Graph().parse(data=web.get(uri, headers={"Accept": accept}).text, format=name)
        (text,) = graph.objects(URIRef(saved.json["uri"]), URIRef(f"{SH}select"))
        assert str(text) == QUERY
        assert len(list(graph.subjects(None, URIRef(f"{SH}Parameter")))) == 1
    assert web.get(f"{uri}?format=docx").status_code == 406


def test_queries_that_come_with_the_register_are_rdf_too(web):
    graph = Graph().parse(data=web.get("/queries/chain-as-graph?format=ttl").text, format="turtle")
    assert (URIRef(f"{BASE}/queries/chain-as-graph"), None, URIRef(f"{SH}SPARQLConstructExecutable")) in graph


def test_it_runs_with_parameters_as_json_and_csv(web, saved):
    children = web.get(PATH).json
    assert (children["query"], children["parameters"]) == ("concepts-of-a-word", {"word": "barn"})
    assert children["rows"]
    others = web.get(f"{PATH}?word=samboer").json["rows"]
    assert others
    assert others != children["rows"]
    table = web.get(f"{PATH}?word=samboer&format=csv")
    assert table.content_type == "text/csv; charset=utf-8"
    assert table.text.split("\r\n")[1:-1] == [each["c"] for each in others]
    assert web.get(f"{PATH}?other=1").status_code == 400


def test_the_editor_shows_it_in_a_folder_of_its_own(web, saved):
    page = web.get("/sparql?example=concepts-of-a-word&lang=nb", headers={"Accept": "text/html"}).text
    assert "Lagret av brukere: Våre" in page
    assert "Begreper med et ord" in page
    assert "samsvar:termKey $word" in page.split("<textarea")[1].split("</textarea>")[0]


def test_a_change_is_a_version_more(web, saved, tokens):
    changed = web.put(PATH, json=SAID | {"query": "ASK {}"}, headers=tokens["colleague"])
    assert (changed.status_code, changed.json["saved"]["version"]) == (200, 2)
    assert changed.json["saved"]["created"] == saved.json["saved"]["created"]
    assert web.get(PATH).json["boolean"] is True
    assert web.get("/queries/concepts-of-a-word?version=1").text == QUERY
    assert web.get("/queries/concepts-of-a-word?version=3").status_code == 404
    same = web.put(PATH, json=SAID | {"query": "ASK {}"}, headers=tokens["editor"])
    assert same.json["saved"]["version"] == 2


def test_conditions(web, saved, tokens):
    tag = web.get("/queries/concepts-of-a-word?format=json").headers["ETag"]
    assert saved.headers["ETag"] == tag

    def put(**headers):
        sent = tokens["editor"] | {name.replace("_", "-"): value for name, value in headers.items()}
        return web.put(PATH, json=SAID | {"query": "ASK {}"}, headers=sent).status_code

    assert put(If_None_Match="*") == 412
    assert put(If_Match='"v7"') == 412
    assert put(If_Match=tag) == 200
    assert put(If_Match=tag) == 412
    assert web.post(PATH, json=SAID, headers=tokens["editor"]).status_code == 409


def test_a_deleted_name_is_not_given_to_others(web, saved, tokens):
    assert web.delete(PATH, headers=tokens["editor"]).status_code == 204
    assert web.get(PATH).status_code == 404
    assert web.get("/queries/concepts-of-a-word").status_code == 404
    assert web.delete(PATH, headers=tokens["editor"]).status_code == 404
    assert web.put(PATH, json=SAID, headers=tokens["contributor"]).status_code == 409
    again = web.post(PATH, json=SAID, headers=tokens["editor"])
    assert (again.status_code, again.json["saved"]["version"]) == (201, 3)


@pytest.mark.parametrize(
    ("who", "method", "path", "status", "slug"),
    [
        (None, "put", PATH, 401, "unauthorized"),
        ("reader", "put", PATH, 403, "forbidden"),
        ("contributor", "put", PATH, 409, "name-taken"),
        ("contributor", "delete", PATH, 409, "name-taken"),
        ("administrator", "put", "/api/v1/queries/publishers", 409, "name-taken"),
        ("administrator", "delete", "/api/v1/queries/publishers", 409, "name-taken"),
        ("editor", "delete", "/api/v1/queries/there-is-none", 404, "not-found"),
    ],
)
def test_who_may_not(web, saved, tokens, who, method, path, status, slug):
    before = web.get("/api/v1/queries").json
    answer = web.open(path, method=method.upper(), json=SAID | {"query": "ASK {}"}, headers=tokens.get(who, {}))
    assert (answer.status_code, answer.json["type"]) == (status, f"/problems/{slug}")
    assert web.get("/api/v1/queries").json == before


def test_an_administrator_may_change_anybodys(web, saved, tokens):
    changed = web.put(PATH, json=SAID | {"query": "ASK {}"}, headers=tokens["administrator"])
    assert (changed.status_code, changed.json["saved"]["organisation"]) == (200, "123456785")


@pytest.mark.parametrize(
    ("name", "said", "status", "part"),
    [
        ("Stor", SAID, 400, "small letters"),
        ("a" * 81, SAID, 400, "80 at most"),
        ("x", {}, 400, "query is missing"),
        ("x", {"query": 1}, 400, "query is missing"),
        ("x", [], 400, "JSON object"),
        ("x", SAID | {"author": "me"}, 400, "no member author"),
        ("x", SAID | {"view": "pie"}, 400, "table, bar"),
        ("x", SAID | {"title": {"fr": "Titre"}}, 400, "not in fr"),
        ("x", SAID | {"title": "x" * 201}, 400, "200 characters"),
        ("x", SAID | {"folder": ["a"]}, 400, "folder is a text"),
        ("x", {"query": "SELECT * { ?s ?p }"}, 400, "Line 1, column"),
        ("x", {"query": "INSERT DATA { <a:b> <a:b> <a:b> }"}, 403, "update"),
        ("x", {"query": "# param: n integer many N\nSELECT ($n AS ?m) {}"}, 400, "of type integer"),
        ("x", {"query": "ASK {" + "{" * 300 + "}" * 300 + "}"}, 400, "deeper than"),
    ],
)
def test_what_cannot_be_saved_says_why(web, tokens, name, said, status, part):
    answer = web.put(f"/api/v1/queries/{name}", json=said, headers=tokens["editor"])
    assert answer.status_code == status, answer.text
    assert part in answer.json["detail"]
    assert web.get(f"/api/v1/queries/{name}").status_code == 404


def test_bodies(web, tokens):
    plain = {**tokens["editor"], "Content-Type": "application/sparql-query"}
    saved = web.put("/api/v1/queries/plain", data="\ufeffASK { ?blåbær ?p ?o }", headers=plain)
    assert saved.json["title"] == dict.fromkeys(("nb", "nn", "en"), "plain")
    assert web.put("/api/v1/queries/x", data=b"ASK { # \xff\n}", headers=plain).status_code == 400
    other = {**tokens["editor"], "Content-Type": "text/plain"}
    assert web.put("/api/v1/queries/x", data="ASK {}", headers=other).status_code == 415
    broken = {**tokens["editor"], "Content-Type": "application/json"}
    assert web.put("/api/v1/queries/x", data="{", headers=broken).status_code == 400


def test_two_at_once_make_two_versions(demo_services, web, saved, tokens):
    """Eight writers in processes' stead: each has a connection of its own, and none is lost."""

    def change(number):
        client = create_app(demo_services.settings).test_client()
        body = SAID | {"description": f"Nummer {number}"}
        return client.put(PATH, json=body, headers=tokens["editor"]).json["saved"]["version"]

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(change, range(8))) == list(range(2, 10))


def test_there_is_an_end_to_it(web, saved, tokens, monkeypatch):
    monkeypatch.setattr(saving, "_MOST_NAMES", 1)
    refused = web.put("/api/v1/queries/one-more", json=SAID, headers=tokens["editor"])
    assert (refused.status_code, "already" in refused.json["detail"]) == (400, True)
    monkeypatch.setattr(saving, "_MOST_VERSIONS", 2)
    for number in range(5):
        web.put(PATH, json=SAID | {"description": str(number)}, headers=tokens["editor"])
    kept = [web.get(f"/queries/concepts-of-a-word?version={number}").status_code for number in range(1, 7)]
    assert kept == [200, 404, 404, 404, 200, 200]


@pytest.mark.parametrize("body", ["[" * 100_000 + "]" * 100_000, '{"query":' * 30_000, "{", "\x00"], ids=len)
@pytest.mark.usefixtures("saved")
def test_json_that_cannot_be_read_is_refused(web, tokens, body):
    answer = web.put(PATH, data=body, content_type="application/json", headers=tokens["editor"])
    assert (answer.status_code, answer.json["detail"]) == (400, "The body is not JSON.")


@pytest.mark.usefixtures("saved")
def test_a_long_document_is_refused(web, tokens):
    body = json.dumps({"query": "x" * (16 << 20)})
    answer = web.put(PATH, data=body, content_type="application/json", headers=tokens["editor"])
    assert answer.status_code == 413
