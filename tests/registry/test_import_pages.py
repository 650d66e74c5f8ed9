"""Importing on pages as a browser without JavaScript does it: sign in, upload, preview, accept, and nothing from outside."""

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from harbour_catalogue import AFTER, BEFORE, iri, run, terms
from werkzeug.test import TestResponse

from registry.access.sessions import COOKIE, PATHS
from registry.services import Services

OWN = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}


@pytest.fixture
def token(services: Services) -> str:
    return services.tokens.create("editor", organisation="999000009")[1]


@pytest.fixture
def browser(app: Flask, services: Services, token: str) -> FlaskClient:
    """Signed in to a register that holds the catalogue as it was."""
    run(services, BEFORE)
    client = app.test_client()
    answer = client.post("/account/sign-in", data={"token": f" {token} ", "next": "/imports/new"}, headers=OWN)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/imports/new")
    return client


def upload(browser: FlaskClient, content: bytes = AFTER, **more: str) -> TestResponse:
    form = {"catalogue": "havn", "file": (io.BytesIO(content), "havn.ttl"), **more}
    return browser.post("/imports/new", data=form, headers=OWN)


def test_the_cookie_is_out_of_reach(app: Flask, token: str) -> None:
    answer = app.test_client().post("/account/sign-in", data={"token": token}, headers=OWN)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    for part in ("HttpOnly", "SameSite=Strict", "Path=/imports"):
        assert part in cookie
    assert {each.rpartition("Path=")[2].partition(";")[0] for each in answer.headers.getlist("Set-Cookie")} == set(
        PATHS
    )
    assert "Expires" not in cookie


def test_uploading_previewing_and_accepting(browser: FlaskClient, services: Services) -> None:
    sent = upload(browser)
    assert sent.status_code == 303
    address = sent.headers["Location"]
    page = browser.get(address + "?lang=en", headers=OWN)
    assert page.headers["Cache-Control"] == "no-store"
    assert "person over 20 år som viser fartøy vei" in page.text
    assert re.findall(r'<td class="sv-number">(\d+)</td>', page.text) == ["1", "1", "1", "1", "1"]
    assert services.store.reader().generation == 1
    done = browser.post(address, data={"choice": "all"}, headers=OWN)
    assert (done.status_code, done.headers["Location"]) == (303, "/catalogues/havn#report")
    assert terms(services) == {"kai", "los", "bøye"}


def test_choosing_some(browser: FlaskClient, services: Services) -> None:
    address = upload(browser).headers["Location"]
    browser.post(address, data={"choice": "chosen", "thing": [iri("boye")]}, headers=OWN)
    assert terms(services) == {"kai", "los", "taubåt", "bøye"}


def test_changes_are_shown_by_kind_and_as_csv(browser: FlaskClient) -> None:
    address = upload(browser).headers["Location"]
    gone = browser.get(f"{address}?change=gone", headers=OWN).text
    assert 'value="' + iri("taubat") in gone
    assert 'value="' + iri("boye") not in gone
    table = browser.get(f"{address}?format=csv", headers=OWN)
    assert table.mimetype == "text/csv"
    assert iri("boye") in table.text


def test_discarding(browser: FlaskClient) -> None:
    address = upload(browser).headers["Location"]
    assert browser.post(f"{address}/discard", headers=OWN).status_code == 303
    assert browser.get(address, headers=OWN).status_code == 404


def test_what_cannot_be_read_is_a_page(browser: FlaskClient) -> None:
    answer = upload(browser, b"<script>alert(1)</script>")
    assert (answer.status_code, answer.mimetype) == (422, "text/html")
    assert "<script>alert" not in answer.text


def test_hostile_names_are_shown_as_text(browser: FlaskClient) -> None:
    hostile = AFTER.replace(b'"los"@nb', b'"<script>alert(1)</script>"@nb')
    page = browser.get(upload(browser, hostile).headers["Location"], headers=OWN).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_signing_out(browser: FlaskClient) -> None:
    assert 'type="file"' in browser.get("/imports/new").text
    browser.post("/account/sign-out", headers=OWN)
    assert 'type="file"' not in browser.get("/imports/new").text
    assert upload(browser).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
    ],
)
def test_forms_of_other_sites_are_refused(browser: FlaskClient, headers: dict[str, str], token: str) -> None:
    address = upload(browser).headers["Location"]
    for path in ("/imports/new", address, f"{address}/discard", "/account/sign-in", "/account/sign-out"):
        answer = browser.post(path, data={"choice": "all", "token": token}, headers=headers)
        assert answer.status_code == 403, path
    assert browser.get(address, headers=OWN).status_code == 200


def test_a_browser_that_says_the_origin_alone_is_believed(browser: FlaskClient) -> None:
    answer = browser.post("/account/sign-out", headers={"Origin": "http://localhost"})
    assert answer.status_code == 303


def test_the_api_takes_no_cookie(browser: FlaskClient, token: str) -> None:
    browser.set_cookie(COOKIE, token, path="/")
    assert browser.post("/api/v1/imports", data=AFTER, headers=OWN).status_code == 401


def test_tokens_that_open_nothing_are_refused(app: Flask, services: Services) -> None:
    client = app.test_client()
    reader = services.tokens.create("reader")[1]
    assert client.post("/account/sign-in", data={"token": reader}, headers=OWN).status_code == 403
    assert client.post("/account/sign-in", data={"token": "samsvar_x_y"}, headers=OWN).status_code == 401
    assert client.get_cookie(COOKIE, path="/imports") is None
    assert upload(client).status_code == 401


def test_a_revoked_token_signs_out(browser: FlaskClient, services: Services) -> None:
    address = upload(browser).headers["Location"]
    services.tokens.revoke(services.tokens.list()[0].id)
    assert 'type="file"' not in browser.get("/imports/new").text
    assert browser.get(address, headers=OWN).status_code == 401


def test_a_preview_is_not_for_others(browser: FlaskClient, app: Flask, services: Services) -> None:
    address = upload(browser).headers["Location"]
    assert app.test_client().get(address, headers=OWN).status_code == 401
    stranger = app.test_client()
    other = services.tokens.create("editor", organisation="999000010")[1]
    stranger.post("/account/sign-in", data={"token": other}, headers=OWN)
    assert stranger.get(address, headers=OWN).status_code == 403


def test_imports_are_listed(client: FlaskClient, services: Services) -> None:
    run(services, BEFORE)
    assert "havn.ttl" in client.get("/imports", headers={"Accept": "text/html"}).text
    [one] = client.get("/imports.json").get_json()["imports"]
    assert (one["source"], one["stored"]) == ("havn.ttl", 3)
    assert client.get("/api/v1/imports").get_json()["imports"] == [one]
