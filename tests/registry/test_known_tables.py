"""Tables that somebody has explained go in without a question the next time, and unknown ones are always offered."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from own_tables import OWN, PUBLISHER, SAID, TABLE, labels, signed_in, upload, waiting

from importers.table_mapping import mapping_from_toml
from registry.cli import main
from registry.services import Services

TURTLE = b"""@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> .
<https://havn.example/b/1> a skos:Concept ; skos:prefLabel "b\xc3\xb8ye"@nb ; dct:publisher <https://data.norge.no/organizations/999000009> .
"""
LATER = "Nr;ORD ;Ord (engelsk);Hva det er;Kalles også\n1;kai;quay;sted der skip legger til;brygge\n3;dokk;;basseng;\n"


@pytest.fixture
def token(services: Services) -> str:
    return services.tokens.create("editor", organisation=PUBLISHER)[1]


@pytest.fixture
def browser(app: Flask, token: str) -> FlaskClient:
    return signed_in(app, token)


def explained(browser: FlaskClient) -> None:
    """The table is confirmed and imported."""
    preview = browser.post(waiting(browser), data=SAID, headers=OWN).headers["Location"]
    browser.post(preview, data={"choice": "all"}, headers=OWN)


def test_the_same_headers_are_not_asked_about_again(
    browser: FlaskClient, client: FlaskClient, services: Services, token: str
) -> None:
    explained(browser)
    form = {"file": (io.BytesIO(LATER.encode()), "desember.csv")}
    preview = browser.post("/imports/new", data=form, headers=OWN).headers["Location"]
    assert preview.startswith("/imports/previews/")
    browser.post(preview, data={"choice": "all"}, headers=OWN)
    assert labels(services) == {"kai", "quay", "dokk"}
    bearer = {"Authorization": f"Bearer {token}"}
    [known] = client.get("/api/v1/table-mappings", headers=bearer).get_json()["tables"]
    assert (known["file"], known["catalogue"]) == ("ord.csv", f"{PUBLISHER}-ord")
    assert mapping_from_toml(known["mapping"]).title == "Havneord"
    again = client.post("/api/v1/imports?name=x.csv", data=LATER.encode(), headers=bearer).get_json()
    assert (again["counts"]["unchanged"], again["reports"][0]["catalogue"]) == (2, f"{PUBLISHER}-ord")
    assert "table-known" in {issue["code"] for issue in again["reports"][0]["issues"]}
    assert not services.readings.directory.exists(), "how it is read may be explained otherwise the next time"


def test_what_is_known_is_shown_and_forgotten(browser: FlaskClient, app: Flask, services: Services) -> None:
    explained(browser)
    page = browser.get("/imports/new?lang=en", headers=OWN).text
    assert "nr; ord; ord (engelsk); hva det er; kalles også" in page
    [address] = re.findall(r'action="(/imports/mappings/[^"]+/forget)"', page)
    stranger = signed_in(app, services.tokens.create("editor", organisation="999000010")[1])
    assert "/imports/mappings/" not in stranger.get("/imports/new", headers=OWN).text
    assert stranger.post(address, headers=OWN).status_code == 403
    assert browser.post(address, headers=OWN).headers["Location"] == "/imports/new"
    assert browser.post(address, headers=OWN).status_code == 404
    assert upload(browser, LATER.encode()).headers["Location"].startswith("/imports/tables/")


def test_what_one_organisation_says_of_a_table_does_not_count_for_others(
    browser: FlaskClient, app: Flask, services: Services
) -> None:
    explained(browser)
    stranger = signed_in(app, services.tokens.create("editor", organisation="999000010")[1])
    form = {"file": (io.BytesIO(LATER.encode()), "ord.csv")}
    answer = stranger.post("/imports/new", data=form, headers=OWN)
    assert answer.headers["Location"].startswith("/imports/tables/")


def test_the_command_line_knows_them_too(
    browser: FlaskClient, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    explained(browser)
    monkeypatch.setenv("SAMSVAR_DATA", str(services.settings.data))
    monkeypatch.setenv("SAMSVAR_URI_BASE", services.settings.uri_base)
    (tmp_path / "januar.csv").write_text(LATER, encoding="utf-8")
    done = CliRunner().invoke(main, ["import", str(tmp_path / "januar.csv"), "--json"])
    assert done.exit_code == 0
    assert json.loads(done.stdout)["reports"][0]["catalogue"] == f"{PUBLISHER}-ord"
    assert labels(services) == {"kai", "quay", "dokk"}
    repaired = CliRunner().invoke(main, ["repair", str(tmp_path / "januar.csv")])
    assert repaired.exit_code == 0


def test_unknown_tables_beside_readable_files_are_offered(browser: FlaskClient, services: Services) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("havn/ord.csv", TABLE)
        archive.writestr("havn/begreper.ttl", TURTLE)
    preview = browser.post("/imports/new", data={"file": (io.BytesIO(data.getvalue()), "alt.zip")}, headers=OWN)
    assert preview.headers["Location"].startswith("/imports/previews/")
    page = browser.get(f"{preview.headers['Location']}?lang=en", headers=OWN).text
    assert "bøye" in page
    [address] = re.findall(r'href="(/imports/tables/[^"]+)"', page)
    assert "Say what the columns of this table hold" in page
    second = browser.post(address, data=SAID, headers=OWN).headers["Location"]
    browser.post(second, data={"choice": "all"}, headers=OWN)
    assert services.store.reader().generation == 1


def test_programs_are_told_of_tables_that_wait(client: FlaskClient, token: str) -> None:
    form = {"file": [(io.BytesIO(TURTLE), "a.ttl"), (io.BytesIO(TABLE), "ord.csv")]}
    told = client.post("/api/v1/imports", data=form, headers={"Authorization": f"Bearer {token}"}).get_json()
    assert told["counts"]["stored"] == 1
    assert [each["file"] for each in told["tables"]] == ["ord.csv"]


def test_a_guess_comes_as_json_and_as_toml(client: FlaskClient, token: str) -> None:
    bearer = {"Authorization": f"Bearer {token}"}
    address = "/api/v1/table-mappings/guess?name=ord.csv"
    told = client.post(address, data=TABLE, headers=bearer).get_json()
    assert [each["field"] for each in told["columns"]][:2] == ["originalt_begrep", "anbefalt_term:nb"]
    assert (told["headerRow"], told["rows"], told["columns"][0]["reason"]) == (1, 2, "by its name")
    toml = client.post(address, data=TABLE, headers=bearer | {"Accept": "application/toml"})
    assert toml.mimetype == "application/toml"
    assert toml.text == told["mapping"]
    assert len(mapping_from_toml(toml.text).columns) == 5
    nothing = client.post(address, data=b"A;B\n1;2\n3;4\n", headers=bearer).get_json()
    assert nothing["mapping"] == ""
    assert client.post(address, data=b"<p>", headers=bearer).status_code == 422
    assert client.post(address, data=TABLE).status_code == 401


MAPPING = """title = "Havneord"
[columns]
Nr = "originalt_begrep"
"Ord" = "anbefalt_term:nb"
"Ord (engelsk)" = "anbefalt_term:en"
"Hva det er" = "definisjon:nb"
"Kalles også" = "-"
"""


@pytest.mark.parametrize("wish", ["", "?dryRun=true"])
def test_a_mapping_that_was_sent_is_remembered(
    browser: FlaskClient, client: FlaskClient, services: Services, token: str, wish: str
) -> None:
    form = {"file": (io.BytesIO(TABLE), "ord.csv"), "mapping": (io.BytesIO(MAPPING.encode()), "kolonner.toml")}
    bearer = {"Authorization": f"Bearer {token}"}
    sent = client.post(f"/api/v1/imports{wish}", data=form, headers=bearer)
    assert sent.status_code == 200, sent.text
    preview = upload(browser, LATER.encode()).headers["Location"]
    assert preview.startswith("/imports/previews/")
    browser.post(preview, data={"choice": "all"}, headers=OWN)
    assert labels(services) == {"kai", "quay", "dokk"}


def command_line(services: Services, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setenv("SAMSVAR_DATA", str(services.settings.data))
    monkeypatch.setenv("SAMSVAR_URI_BASE", services.settings.uri_base)
    return CliRunner().invoke(main, ["import", *arguments]).exit_code


def test_a_mapping_of_a_command_is_remembered_for_its_publisher(
    browser: FlaskClient, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ord.csv").write_bytes(TABLE)
    (tmp_path / "kolonner.toml").write_text(MAPPING, encoding="utf-8")
    given = (str(tmp_path / "ord.csv"), "--mapping", str(tmp_path / "kolonner.toml"), "--publisher", PUBLISHER)
    command_line(services, monkeypatch, *given, "--dry-run")
    assert upload(browser, LATER.encode()).headers["Location"].startswith("/imports/tables/"), "nothing is stored"
    assert command_line(services, monkeypatch, *given) == 0
    assert upload(browser, LATER.encode()).headers["Location"].startswith("/imports/previews/")


def test_a_table_without_headers_cannot_be_known_again(services: Services, client: FlaskClient, token: str) -> None:
    mapping = 'header_row = 0\n[columns]\nA = "-"\nB = "anbefalt_term:nb"\nC = "definisjon:nb"\n'
    form = {"file": (io.BytesIO(b"1;kai;sted\n2;dokk;basseng\n"), "ord.csv"), "mapping": mapping}
    bearer = {"Authorization": f"Bearer {token}"}
    assert client.post("/api/v1/imports", data=form, headers=bearer).status_code == 200
    assert client.get("/api/v1/table-mappings", headers=bearer).get_json()["tables"] == []
