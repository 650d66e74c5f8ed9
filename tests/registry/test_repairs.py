"""Repaired files by command, over HTTP and from pages: who may have them, and what they are called."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from harbour_catalogue import BEFORE, run

from importers.base import Source
from importers.repair import REPAIRS
from registry import pipeline
from registry.cli import main
from registry.services import Services

OWN = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
FIRST = "1-catalogue-havn"
MARK = "# samsvar: publisher-normalised"


def bearer(services: Services, role: str = "editor", organisation: str = "999000009") -> dict[str, str]:
    organisation = organisation if role == "editor" else ""
    return {"Authorization": f"Bearer {services.tokens.create(role, organisation=organisation)[1]}"}


@pytest.fixture
def browser(app: Flask, services: Services) -> FlaskClient:
    """Signed in."""
    client = app.test_client()
    token = bearer(services)["Authorization"].removeprefix("Bearer ")
    client.post("/account/sign-in", data={"token": token}, headers=OWN)
    return client


def test_what_is_sent_comes_back_repaired(client: FlaskClient, services: Services) -> None:
    answer = client.post("/api/v1/repairs?name=havn.ttl", data=BEFORE, headers=bearer(services))
    assert (answer.status_code, answer.mimetype) == (200, "text/turtle")
    assert answer.headers["Content-Disposition"] == "attachment; filename=havn.ttl"
    assert answer.headers["Samsvar-Repaired"] == "publisher-normalised"
    assert answer.headers["Samsvar-Left"] == ""
    assert MARK in answer.text
    assert services.store.reader().generation == 0


def test_every_repair_is_listed(client: FlaskClient) -> None:
    told = client.get("/api/v1/repairs").get_json()
    assert {each["code"] for each in told["repairs"]} == REPAIRS.keys()
    assert "rdf (Turtle)" in told["forms"]


def test_several_files_come_as_an_archive(client: FlaskClient, services: Services) -> None:
    form = {"file": [(io.BytesIO(BEFORE), "a.ttl"), (io.BytesIO(BEFORE), "../b.ttl")]}
    answer = client.post("/api/v1/repairs", data=form, headers=bearer(services))
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.namelist() == ["1-a.ttl", "2-b.ttl"]
        assert MARK in archive.read("2-b.ttl").decode()


def test_an_import_gives_its_file_back_repaired(client: FlaskClient, services: Services) -> None:
    run(services, BEFORE)
    address = f"/api/v1/imports/{FIRST}/repaired"
    assert MARK in client.get(address, headers=bearer(services)).text
    assert client.get(address).status_code == 401
    assert client.get(address, headers=bearer(services, organisation="999000017")).status_code == 403
    missing = client.get("/api/v1/imports/9-catalogue-x/repaired", headers=bearer(services))
    assert (missing.status_code, missing.mimetype) == (404, "application/problem+json")
    for path in services.blobs.directory.glob("??/*.gz"):
        path.unlink()
    assert client.get(address, headers=bearer(services)).status_code == 404


def test_the_page_of_an_import_links_to_it(browser: FlaskClient, services: Services) -> None:
    run(services, BEFORE)
    page = browser.get(f"/imports/{FIRST}.html?lang=en").text
    [link] = re.findall(r'href="([^"]+/repaired)"', page)
    assert MARK in browser.get(link).text
    assert services.store.reader().generation == 1


def test_a_form_without_has_no_link_and_is_refused_with_a_sentence(browser: FlaskClient, services: Services) -> None:
    hit = b'[{"identifier": "https://havn.example/kai", "prefLabel": {"nb": "kai"}, "definition": {"text": {"nb": "<b>x</b>"}}}]'
    source = Source("havn.json", hit)
    pipeline.run(services, pipeline.Request([source], "havn", "999000009"))
    assert "/repaired" not in browser.get(f"/imports/{FIRST}.html").text
    answer = browser.get(f"/imports/{FIRST}/repaired", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.get_json()["type"]) == (422, "/problems/unreadable-source")
    assert "search-answers" in answer.get_json()["detail"]


def test_a_table_comes_as_a_table(client: FlaskClient, services: Services) -> None:
    table = b"anbefalt_term:nb;merknad:no\nkai;sted\n"
    answer = client.post("/api/v1/repairs?name=havn.csv", data=table, headers=bearer(services))
    assert answer.mimetype == "text/csv"
    assert answer.text == "anbefalt_term:nb;merknad:nb;samsvar:repair\nkai;sted;language-no (merknad:no)\n"


def test_a_preview_gives_it_too(browser: FlaskClient, client: FlaskClient, services: Services) -> None:
    form = {"catalogue": "999000009-havn", "file": (io.BytesIO(BEFORE), "havn.ttl")}
    address = browser.post("/imports/new", data=form, headers=OWN).headers["Location"]
    page = browser.get(f"{address}?lang=en", headers=OWN).text
    [link] = re.findall(r'href="([^"]+/repaired)"', page)
    answer = browser.get(link)
    assert (answer.status_code, MARK in answer.text) == (200, True)
    assert answer.headers["Content-Disposition"] == "attachment; filename=havn.ttl"
    assert MARK in client.get(f"/api/v1{address.removeprefix('/imports')}/repaired", headers=bearer(services)).text
    other = client.get(
        f"/api/v1{address.removeprefix('/imports')}/repaired", headers=bearer(services, organisation="999000017")
    )
    assert other.status_code == 403


def test_the_command(services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMSVAR_DATA", str(services.settings.data))
    file, output = tmp_path / "havn.ttl", tmp_path / "ny.ttl"
    file.write_bytes(BEFORE)
    done = CliRunner().invoke(main, ["repair", str(file), "--output", str(output)])
    assert (done.exit_code, done.stderr) == (0, "repaired: publisher-normalised\n")
    assert MARK in output.read_text(encoding="utf-8")
    again = CliRunner().invoke(main, ["repair", str(output)])
    assert again.stdout_bytes == output.read_bytes()
    assert again.stderr == "repaired: nothing needed it\n"
    file.write_bytes(b"\x00\x01\x02")
    refused = CliRunner().invoke(main, ["repair", str(file)])
    assert refused.exit_code == 2


def test_a_table_is_repaired_through_its_mapping(client: FlaskClient, services: Services, tmp_path: Path) -> None:
    table, mapping = b"Ord;Andre\nkai;brygge, pir\n", b'[columns]\n"Ord" = "anbefalt_term"\n"Andre" = "tillatt_term"\n'
    form = {"file": (io.BytesIO(table), "havn.csv"), "mapping": (io.BytesIO(mapping), "kolonner.toml")}
    answer = client.post("/api/v1/repairs", data=form, headers=bearer(services))
    assert answer.text.splitlines()[1].startswith("kai;brygge|pir;terms-unpacked (Andre)")
    (tmp_path / "havn.csv").write_bytes(table)
    (tmp_path / "kolonner.toml").write_bytes(mapping)
    names = [str(tmp_path / "havn.csv"), "--mapping", str(tmp_path / "kolonner.toml")]
    assert CliRunner().invoke(main, ["repair", *names]).stdout == answer.text
