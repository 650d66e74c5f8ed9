"""Imports that happened, as pages, JSON and CSV, and undoing them there: who may, what is shown, what is refused."""

import csv
import io
import json
import re
import shutil

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.testing import FlaskClient
from harbour_catalogue import AFTER, BEFORE, BUOY, QUAY, catalogue, iri, run, terms
from register_support import settings_at

from registry import pipeline
from registry.app import create_app
from registry.cli import main
from registry.documents import as_json
from registry.history import changes
from registry.services import Services, build_services

OWN = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
FIRST, SECOND = "1-catalogue-havn", "2-catalogue-havn"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """A register with the catalogue before and after an edit.

    It is kept as long as it is copied: SQLite removes files beside its own when the last connection to it closes.
    """
    services = build_services(settings_at(tmp_path_factory.mktemp("twice") / "data"))
    run(services, BEFORE)
    run(services, AFTER)
    return services


@pytest.fixture
def twice(filled: Services, services: Services) -> Services:
    """A register of its own with the catalogue before and after an edit."""
    shutil.copytree(filled.settings.data, services.settings.data)
    return services


def bearer(services: Services, role: str = "editor", organisation: str = "999000009") -> dict[str, str]:
    organisation = organisation if role == "editor" else ""
    return {"Authorization": f"Bearer {services.tokens.create(role, organisation=organisation)[1]}"}


def test_the_difference_is_that_of_the_preview(services: Services, client: FlaskClient) -> None:
    run(services, BEFORE)
    document = run(services, AFTER, dry_run=True).as_json()
    shown = json.loads("".join(as_json(document)))["difference"]["graphs"]
    run(services, AFTER)
    told = client.get(f"/api/v1/imports/{SECOND}").get_json()
    assert told["difference"]["graphs"] == shown
    assert told["reports"][0]["counts"]["unchanged"] == 1
    assert client.get(f"/imports/{SECOND}.json").get_json() == told
    assert client.get(f"/imports/{SECOND}", headers={"Accept": "application/json"}).status_code == 303


def test_of_a_first_import_everything_is_new(twice: Services, client: FlaskClient) -> None:
    [graph] = client.get(f"/api/v1/imports/{FIRST}").get_json()["difference"]["graphs"]
    assert graph["counts"] == {"new": 3, "changed": 0, "gone": 0, "unchanged": 0}
    assert {thing["name"].get("nb") for thing in graph["things"]} >= {"kai", "los", "taubåt", "Havnebegreper"}


def test_a_part_leaves_the_rest_unchanged(services: Services, client: FlaskClient) -> None:
    run(services, BEFORE)
    run(services, catalogue(BUOY), partial=True)
    [graph] = client.get(f"/api/v1/imports/{SECOND}").get_json()["difference"]["graphs"]
    assert graph["counts"] == {"new": 1, "changed": 0, "gone": 0, "unchanged": 3}


def test_the_table_has_a_row_for_each_value(twice: Services, client: FlaskClient) -> None:
    for answer in (
        client.get(f"/api/v1/imports/{SECOND}?format=csv"),
        client.get(f"/api/v1/imports/{SECOND}", headers={"Accept": "text/csv"}),
    ):
        assert answer.mimetype == "text/csv"
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        changed = next(row for row in rows if row["what"] == "changed" and row["uri"] == iri("los"))
        assert changed["after"] == "person over 20 år som viser fartøy vei (nb)"


def test_the_page_shows_report_and_difference(twice: Services, client: FlaskClient) -> None:
    page = client.get(f"/imports/{SECOND}.html?lang=en").text
    assert "Import of Havnebegreper" in page
    assert "person over 20 år som viser fartøy vei" in page
    assert f'href="/imports/{SECOND}/undo"' in page
    assert "Import report" in page
    gone = client.get(f"/imports/{SECOND}.html?lang=en&change=gone").text
    assert "taubåt" in gone
    assert "person over 20 år" not in gone
    by_code = client.get(f"/imports/{SECOND}.html?lang=en&code=publisher-normalised").text
    assert "publisher-normalised" in by_code
    assert f'href="/imports/{SECOND}"' in client.get("/imports").text
    assert f'href="/imports/{SECOND}"' in client.get("/catalogues/havn.html").text


def test_what_is_no_import_is_not_found(twice: Services, client: FlaskClient) -> None:
    for path in ("/api/v1/imports/9-catalogue-x", "/imports/9-catalogue-x", "/imports/9-catalogue-x/undo"):
        assert client.get(path, headers={"Accept": "application/json"}).status_code == 404
    answer = client.get("/api/v1/imports/9-catalogue-x/undo", headers=bearer(twice))
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_what_was_deleted_or_is_too_large_is_said(
    twice: Services, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "MOST", 3)
    assert client.get(f"/api/v1/imports/{FIRST}").get_json()["difference"] is None
    assert "too much to be listed" in client.get(f"/imports/{FIRST}.html?lang=en").text
    for path in twice.blobs.directory.glob("??/*.gz"):
        path.unlink()
    told = client.get(f"/api/v1/imports/{SECOND}").get_json()
    assert (told["difference"], told["reports"]) == (None, [])
    assert client.get(f"/imports/{SECOND}.html?lang=en").status_code == 200
    assert client.get(f"/api/v1/imports/{SECOND}?format=csv").status_code == 200


def test_a_program_foresees_and_undoes(twice: Services, client: FlaskClient) -> None:
    headers = bearer(twice)
    address = f"/api/v1/imports/{SECOND}/undo"
    shown = client.get(address, headers=headers).get_json()
    assert shown["undoes"].endswith(SECOND)
    assert shown["difference"]["graphs"][0]["counts"] == {"new": 1, "changed": 1, "gone": 1, "unchanged": 1}
    assert shown["conflicts"] == []
    assert twice.store.reader().generation == 2
    done = client.post(address, json={"state": shown["state"]}, headers=headers)
    assert done.status_code == 200
    assert done.get_json()["import"].endswith("/imports/3-catalogue-havn")
    assert terms(twice) == {"kai", "los", "taubåt"}
    past = client.get("/api/v1/imports/3-catalogue-havn").get_json()
    assert past["undoes"].endswith(SECOND)
    assert past["token"] == twice.tokens.verify(headers["Authorization"].split()[1]).id
    assert client.get(f"/api/v1/imports/{SECOND}").get_json()["undoneBy"].endswith("3-catalogue-havn")
    again = client.post(address, headers=headers)
    assert (again.status_code, again.get_json()["type"]) == (409, "/problems/cannot-undo")
    assert "undone already" in again.get_json()["detail"]
    listed = client.get(f"/api/v1/imports/{SECOND}/undo?format=csv", headers=headers)
    assert listed.status_code == 409


def test_what_was_changed_since_is_listed(twice: Services, client: FlaskClient) -> None:
    run(twice, catalogue(QUAY, ("los", "los", "person over 30 år"), BUOY))
    headers = bearer(twice)
    [conflict] = client.get(f"/api/v1/imports/{SECOND}/undo", headers=headers).get_json()["conflicts"]
    assert (conflict["uri"], conflict["property"]) == (iri("los"), "euvoc:xlDefinition")
    assert conflict["undoFirst"].endswith("3-catalogue-havn")
    assert conflict["by"][0]["author"] == ""
    rows = csv.DictReader(io.StringIO(client.get(f"/api/v1/imports/{SECOND}/undo?format=csv", headers=headers).text))
    assert [row["uri"] for row in rows if row["code"] == "changed-since"] == [iri("los")]
    third = client.get("/api/v1/imports/3-catalogue-havn/undo", headers=headers).get_json()
    assert third["conflicts"] == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_undo(twice: Services, client: FlaskClient, method: str) -> None:
    address = f"/api/v1/imports/{SECOND}/undo"
    nobody = getattr(client, method)(address)
    assert (nobody.status_code, nobody.mimetype) == (401, "application/problem+json")
    reader = getattr(client, method)(address, headers=bearer(twice, "reader"))
    assert reader.status_code == 403
    assert twice.store.reader().generation == 2


def test_of_another_organisation_nothing_is_undone(twice: Services, client: FlaskClient) -> None:
    answer = client.post(f"/api/v1/imports/{SECOND}/undo", headers=bearer(twice, organisation="999000017"))
    assert answer.status_code == 403
    assert twice.store.reader().generation == 2
    done = client.post(f"/api/v1/imports/{SECOND}/undo", headers=bearer(twice, "administrator"))
    assert done.status_code == 200


@pytest.mark.parametrize("body", [b"[]", b"{", b'{"state": 3}'])
def test_a_body_that_is_none_is_refused(twice: Services, client: FlaskClient, body: bytes) -> None:
    headers = {**bearer(twice), "Content-Type": "application/json"}
    answer = client.post(f"/api/v1/imports/{SECOND}/undo", data=body, headers=headers)
    assert (answer.status_code, answer.get_json()["type"]) == (400, "/problems/bad-request")


def test_an_old_preview_is_refused(twice: Services, client: FlaskClient) -> None:
    answer = client.post(f"/api/v1/imports/{SECOND}/undo", json={"state": "0" * 64}, headers=bearer(twice))
    assert answer.status_code == 412


@pytest.fixture
def browser(app: Flask, twice: Services) -> FlaskClient:
    """Signed in from the page of the undo."""
    client = app.test_client()
    page = client.get(f"/imports/{SECOND}/undo?lang=en", headers=OWN).text
    [then] = re.findall(r'name="next" value="([^"]+)"', page)
    token = bearer(twice)["Authorization"].removeprefix("Bearer ")
    answer = client.post("/account/sign-in", data={"token": token, "next": then}, headers=OWN)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/imports/{SECOND}/undo")
    return client


def test_undoing_on_the_page(browser: FlaskClient, twice: Services) -> None:
    page = browser.get(f"/imports/{SECOND}/undo?lang=en", headers=OWN)
    assert page.headers["Cache-Control"] == "no-store"
    assert "What would be put back" in page.text
    assert "What stays" not in page.text
    [state] = re.findall(r'name="state" value="(\w+)"', page.text)
    done = browser.post(f"/imports/{SECOND}/undo", data={"state": state}, headers=OWN)
    assert (done.status_code, done.headers["Location"]) == (303, "/imports/3-catalogue-havn")
    assert terms(twice) == {"kai", "los", "taubåt"}
    assert "Takes back" in browser.get("/imports/3-catalogue-havn.html?lang=en").text
    assert "undone" in browser.get("/imports?lang=en").text
    again = browser.get(f"/imports/{SECOND}/undo?lang=en", headers=OWN)
    assert (again.status_code, "cannot be undone" in again.text) == (200, True)
    assert browser.post(f"/imports/{SECOND}/undo", headers=OWN).status_code == 409


def test_the_page_says_what_stays(browser: FlaskClient, twice: Services) -> None:
    run(twice, catalogue(QUAY, ("los", "los", "person over 30 år"), BUOY))
    for language, words in (("en", "What stays"), ("nb", "Dette blir stående"), ("nn", "Dette blir ståande")):
        page = browser.get(f"/imports/{SECOND}/undo?lang={language}", headers=OWN).text
        assert words in page
        assert "person over 30 år" in page
        assert "/imports/3-catalogue-havn" in page


def test_a_form_of_another_site_undoes_nothing(browser: FlaskClient, twice: Services) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}):
        assert browser.post(f"/imports/{SECOND}/undo", headers=headers).status_code == 403
    assert twice.store.reader().generation == 2


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/undo", "/\\evil.example", ""])
def test_signing_in_leads_nowhere_else(twice: Services, wanted: str) -> None:
    client = create_app(twice.settings).test_client()
    token = bearer(twice)["Authorization"].removeprefix("Bearer ")
    answer = client.post("/account/sign-in", data={"token": token, "next": wanted}, headers=OWN)
    assert answer.headers["Location"] == "/account"


def test_hostile_names_are_shown_as_text(services: Services, client: FlaskClient) -> None:
    run(services, BEFORE.replace(b'"los"@nb', b'"<script>alert(1)</script>"@nb'))
    page = client.get(f"/imports/{FIRST}.html").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_an_import_that_did_nothing_has_no_page(services: Services, client: FlaskClient) -> None:
    run(services, BEFORE)
    assert isinstance(run(services, BEFORE), pipeline.Outcome)
    assert client.get("/api/v1/imports").get_json()["imports"][0]["uri"].endswith(FIRST)
    assert client.get(f"/api/v1/imports/{SECOND}").status_code == 404


def samsvar(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture
def shell(twice: Services, monkeypatch: pytest.MonkeyPatch) -> Services:
    """The commands work on the register."""
    monkeypatch.setenv("SAMSVAR_DATA", str(twice.settings.data))
    monkeypatch.setenv("SAMSVAR_URI_BASE", twice.settings.uri_base)
    return twice


def test_the_commands_list_tell_and_undo(shell: Services) -> None:
    assert [line.split()[1] for line in samsvar("imports").output.splitlines()] == [SECOND, FIRST]
    told = samsvar("imports", SECOND)
    assert told.exit_code == 0
    assert "havn: 1 new, 1 changed, 1 gone, 1 unchanged" in told.output
    assert "information: publisher-normalised" in told.output
    assert json.loads(samsvar("imports", SECOND, "--json").output)["uri"].endswith(SECOND)
    assert samsvar("imports", SECOND, "--csv").output.startswith("catalogue,what,uri")
    before = samsvar("undo", SECOND, "--dry-run")
    assert "dry run: nothing was put back" in before.output
    assert shell.store.reader().generation == 2
    done = samsvar("undo", f"{shell.urls.base}/imports/{SECOND}")
    assert done.exit_code == 0
    assert "undone, as http://localhost:8000/imports/3-catalogue-havn" in done.output
    assert terms(shell) == {"kai", "los", "taubåt"}
    assert f"{SECOND}  havn.ttl: 3 stored  undone by 3-catalogue-havn" in samsvar("imports").output
    again = samsvar("undo", SECOND)
    assert (again.exit_code, "undone already" in again.output) == (3, True)
    assert json.loads(samsvar("imports", "--json", "--limit", "1").output)["imports"][0]["undoes"].endswith(SECOND)
    journal = samsvar("changes", "--limit", "1").output
    assert f"undo of {SECOND}" in journal


def test_the_command_says_what_stays(shell: Services) -> None:
    run(shell, catalogue(QUAY, ("los", "los", "person over 30 år"), BUOY))
    shown = json.loads(samsvar("undo", SECOND, "--dry-run", "--json").output)
    assert [each["uri"] for each in shown["conflicts"]] == [iri("los")]
    told = samsvar("undo", SECOND).output
    assert "stays, because it was changed since" in told
    assert "the command line" in told
    assert samsvar("undo", "9-catalogue-x").exit_code == 3
    assert samsvar("imports", "9-catalogue-x").exit_code == 3
    assert samsvar("imports", "--csv").exit_code == 2
