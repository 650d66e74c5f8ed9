"""A register that is built out of an export answers what the exported one did."""

import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fault_server import catalogue
from flask.testing import FlaskClient
from pages_register import BASE, DATASET, QUAY, VESSEL, fill

from registry.app import create_app
from registry.cli import main
from registry.services import build_services
from registry.settings import Settings
from sparql.embedded.backup import backup
from sparql.embedded.doctor import doctor

ADDRESSES = (
    "/search?q=fartøy",
    "/api/v1/search?q=havn",
    "/api/v1/concepts",
    "/api/v1/findings",
    "/api/v1/imports",
    "/api/v1/comments?about=" + VESSEL,
    f"/resource?uri={VESSEL}&format=ttl",
    f"/resource?uri={VESSEL}&format=html",
    f"/resource?uri={DATASET}&format=jsonld",
    "/concepts/0b7a6c1e-1111-5222-8333-944455566677.html",
    "/api/v1/catalogues",
    "/catalogues",
    "/sparql?format=csv&query=SELECT * { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s ?p ?o",
    "/sparql?format=csv&query=SELECT ?c ?t { ?c a skos:Concept ; skos:prefLabel ?t } ORDER BY ?c ?t",
)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register with one of everything, two editions of a catalogue, an empty graph and triples in none."""
    place = tmp_path / "data"
    monkeypatch.setenv("SAMSVAR_DATA", str(place))
    monkeypatch.setenv("SAMSVAR_URI_BASE", BASE)
    services = build_services(Settings())
    fill(services)
    for word in ("hus", "båt"):
        (tmp_path / "feil.ttl").write_bytes(catalogue(3, word))
        assert run("import", tmp_path / "feil.ttl", "--catalogue", "feil").exit_code == 0
    (tmp_path / "feil.ttl").write_bytes(catalogue(2, "båt"))
    assert run("import", tmp_path / "feil.ttl", "--catalogue", "feil").exit_code == 0
    _, token = services.tokens.create("administrator", owner="Kari")
    client = create_app(Settings()).test_client()
    head = {"Authorization": f"Bearer {token}"}
    update = "INSERT DATA { <a:b> <a:c> 1 } ; CREATE GRAPH <https://e.example/tom>"
    assert (
        client.post("/sparql", data=update, content_type="application/sparql-update", headers=head).status_code == 204
    )
    said = {"about": VESSEL, "text": "Er dette hele definisjonen?"}
    assert client.post("/api/v1/comments", json=said, headers=head).status_code in {200, 201}
    return place


def answers(client: FlaskClient) -> dict[str, tuple[int, bytes]]:
    found = {}
    for address in (*ADDRESSES, *versions(client)):
        answer = client.get(address)
        found[address] = (answer.status_code, answer.data)
    return found


def versions(client: FlaskClient) -> list[str]:
    """The history of a concept that was edited, and of one that is gone, and their versions."""
    edited, gone = "https://e.example/feil/1", "https://e.example/feil/2"
    known = client.get(f"/resource?uri={edited}&format=json").get_json()["versions"]
    assert known
    paths = [each["uri"].removeprefix(BASE) for each in known]
    return [
        f"/resource?uri={gone}&format=html",
        f"/resource?uri={edited}&format=json",
        *(f"{path}.ttl" for path in paths),
    ]


def test_a_register_that_is_built_out_of_an_export_answers_the_same(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported = run("export", tmp_path / "export")
    assert exported.exit_code == 0, exported.output
    before = answers(create_app(Settings()).test_client())
    assert {address: status for address, (status, _) in before.items() if status not in {200, 303, 410}} == {}
    monkeypatch.setenv("SAMSVAR_DATA", str(tmp_path / "anew"))
    built = run("rebuild", tmp_path / "export")
    assert built.exit_code == 0, built.output
    after = answers(create_app(Settings()).test_client())
    assert [address for address in before if before[address] != after[address]] == []
    assert [check for check in doctor(tmp_path / "anew") if not check.ok] == []
    records = [backup(place, tmp_path / f"backup-{place.name}") for place in (data, tmp_path / "anew")]
    assert records[0].canonical == records[1].canonical
    assert records[0].canonical == json.loads((tmp_path / "export" / "export.json").read_bytes())["canonical"]
    services = build_services(Settings())
    assert services.store.reader().generation == records[0].generation
    (tmp_path / "feil.ttl").write_bytes(catalogue(4, "båt"))
    assert run("import", tmp_path / "feil.ttl", "--catalogue", "feil").exit_code == 0
    assert services.store.reader().generation == records[0].generation + 1
    assert services.published.kinds([QUAY], records[0].generation + 1) == {QUAY: frozenset({"concept"})}


def test_an_export_needs_no_samsvar_to_be_read(data: Path, tmp_path: Path) -> None:
    assert run("export", tmp_path / "export").exit_code == 0
    place = tmp_path / "export"
    lines = (place / "register.nq").read_bytes().splitlines()
    assert b'<a:b> <a:c> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .' in lines
    assert all(line.endswith(b" .") for line in lines)
    head, *rows = [row.split("\t") for row in (place / "sources.tsv").read_text().splitlines()]
    named = [dict(zip(head, row, strict=True)) for row in rows]
    mine = [row["blob"] for row in named if row["source"] == "feil.ttl"]
    assert len(mine) == 3
    assert all((place / "blobs" / blob[:2] / f"{blob}.gz").is_file() for blob in mine)
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript((place / "state.sql").read_text())
        assert database.execute("SELECT owner FROM token").fetchall() == [("Kari",)]
    assert stat.S_IMODE((place / "state.sql").stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["register.nq", "state.sql", "export.json"])
def test_a_damaged_export_is_refused_and_nothing_is_made(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    assert run("export", tmp_path / "export").exit_code == 0
    path = tmp_path / "export" / name
    path.write_bytes(path.read_bytes()[:-3])
    monkeypatch.setenv("SAMSVAR_DATA", str(tmp_path / "anew"))
    refused = run("rebuild", tmp_path / "export")
    assert refused.exit_code == 3
    assert "is damaged" in refused.stderr
    assert not (tmp_path / "anew").exists()


def test_a_register_is_never_built_over_another_or_with_another_base(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("export", tmp_path / "export").exit_code == 0
    assert "exists already" in run("export", tmp_path / "export").stderr
    assert "is not empty" in run("rebuild", tmp_path / "export").stderr
    monkeypatch.setenv("SAMSVAR_DATA", str(tmp_path / "anew"))
    monkeypatch.setenv("SAMSVAR_URI_BASE", "https://begrep.example")
    assert BASE in run("rebuild", tmp_path / "export").stderr
    assert not (tmp_path / "anew").exists()
