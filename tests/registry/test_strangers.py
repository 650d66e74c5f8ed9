"""A stranger changes nothing: every address that takes POST, PUT, PATCH or DELETE, as the application itself lists them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pages_register import VESSEL, fill

from registry.app import create_app
from registry.cases.keeping import open_case
from registry.editing.drafts import COMMON, begin
from registry.ledger.ledger import Put
from registry.services import Services

READING = {
    "comparing.compared",
    "comparing.comparing",
    "draft_check.answered",
    "draft_check.checked",
    "known_tables.guess",
    "legal_references.legal_references",
    "national.search_kind",
    "national.searched",
    "national.some",
    "reconciling.draft_candidates",
    "reconciling.draft_values",
    "reconciling.service",
    "repairs.sent",
    "sparql.sparql",
    "sparql_form.ask",
    "table_mapping.downloaded",
}
"""What is asked with POST and answers anybody, and may write nothing: a new one is named here by somebody who thought."""
LEAVING = "account.leave"
"""Whoever is not signed in may sign out."""
CHANGING = {"POST", "PUT", "PATCH", "DELETE"}
OWN = {"Sec-Fetch-Site": "same-origin"}
JSON = {"fields": {"title": "mine"}, "id": "mine", "url": "https://mine.example/", "about": VESSEL, "text": "mine"}
FORM = {"f:title": "mine", "title": "mine", "about": VESSEL, "text": "mine", "concept": VESSEL, "state": "review"}


@dataclass(frozen=True)
class Route:
    """One method at one address, with something that is there in place of what varies."""

    endpoint: str
    method: str
    path: str


@pytest.fixture
def filled(services: Services) -> Services:
    fill(services)
    return services


@pytest.fixture
def app(filled: Services) -> Flask:
    return create_app(filled.settings)


def routes(app: Flask, services: Services) -> Iterator[Route]:
    """Every route that could change something; those of cases and drafts lead to ones that there are."""
    who = services.tokens.create("administrator")[0]
    case = open_case(services, who, [Put("title", "fartøy"), Put(f"concept:{VESSEL}", "yes")]).id
    draft = begin(services.ledger, who, COMMON, {"term:nb": "lekter"}).id
    for rule in app.url_map.iter_rules():
        methods = sorted((rule.methods or set()) & CHANGING)
        name = draft if "/drafts" in rule.rule else case if "/cases" in rule.rule else "x"
        values = {each: {"step": "choose", "kind": "concepts"}.get(each, name) for each in rule.arguments}
        _, path = (rule.build(values) if methods else None) or ("", "")
        named = "?graph=https://mine.example/graph" if rule.rule == "/graphs" else ""
        yield from (Route(rule.endpoint, method, f"{path}{named}") for method in methods)


def kept(services: Services) -> tuple[object, ...]:
    """Everything that the register keeps: its generation, state.db row by row, the files of imports and previews."""
    data = services.settings.data
    with closing(sqlite3.connect(data / "state.db")) as database:
        state = sha256("\n".join(database.iterdump()).encode()).hexdigest()
    files = {
        str(each.relative_to(data))
        for part in ("blobs", "jobs", "previews", "tables", "generations")
        for each in (data / part).rglob("*")
    }
    return (services.store.reader().generation, state, frozenset(files))


def sent(client: FlaskClient, route: Route, number: int, headers: dict[str, str]) -> int:
    """The status of what is sent there as a form, or as JSON where programs write; each from an address of its own."""
    body = {"json": JSON} if route.path.startswith("/api/") else {"data": FORM}
    asked = client.open(
        route.path,
        method=route.method,
        headers={**OWN, **headers},
        environ_overrides={"REMOTE_ADDR": f"192.0.2.{number}"},
        **body,
    )
    return asked.status_code


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer samsvar_made-up"}, {"Authorization": "Basic eDp5"}])
def test_who_has_no_token_changes_nothing(app: Flask, filled: Services, header: dict[str, str]) -> None:
    every = list(routes(app, filled))
    before = kept(filled)
    client = app.test_client(use_cookies=False)
    said = {each: sent(client, each, number, header) for number, each in enumerate(every)}
    refused = {each: status for each, status in said.items() if each.endpoint not in READING | {LEAVING}}
    assert {each: status for each, status in refused.items() if status != 401} == {}
    assert max(said.values()) < 500
    assert kept(filled) == before


def test_what_only_reads_is_still_there(app: Flask) -> None:
    assert set(app.view_functions) >= READING


@pytest.mark.parametrize("role", ["reader", "contributor"])
def test_who_has_a_token_of_somebody_else_changes_nothing(app: Flask, filled: Services, role: str) -> None:
    """A reader's token, and one of an organisation that takes no part; all but what such a token is for."""
    every = list(routes(app, filled))
    text = filled.tokens.create(role, organisation="999100099")[1]
    own = {"comments.written", "comments.say_by_token"} if role == "contributor" else set()
    client = app.test_client()
    client.set_cookie("samsvar-token", text)
    before = kept(filled)
    for number, each in enumerate(every):
        if each.endpoint not in own | {LEAVING, "account.enter"}:
            status = sent(client, each, number, {"Authorization": f"Bearer {text}"})
            assert status < 500, each
            assert each.endpoint in READING or status in {400, 403, 404, 415, 422}, (each, status)
    assert kept(filled) == before


def test_no_other_site_has_a_browser_write(app: Flask, filled: Services) -> None:
    every = [each for each in routes(app, filled) if not each.path.startswith("/api/")]
    text = filled.tokens.create("administrator")[1]
    client = app.test_client()
    client.set_cookie("samsvar-token", text)
    before = kept(filled)
    for number, each in enumerate(every):
        status = sent(client, each, number, {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"})
        assert each.endpoint in READING or status in {401, 403}, (each, status)
    assert kept(filled) == before


@pytest.mark.parametrize("media_type", ["application/sparql-update", "application/x-www-form-urlencoded"])
def test_the_endpoint_takes_no_update_of_a_stranger(app: Flask, filled: Services, media_type: str) -> None:
    filled.tokens.create("reader")
    update = "INSERT DATA { <https://mine.example/a> <https://mine.example/b> 1 }"
    body = update if media_type.endswith("update") else {"update": update}
    before = kept(filled)
    client = app.test_client()
    for header in ({}, {"Authorization": "Bearer samsvar_made-up"}):
        assert client.post("/sparql", data=body, content_type=media_type, headers=header).status_code == 401
    assert kept(filled) == before
