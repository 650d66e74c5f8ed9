"""The journal: every write with its author, its time and what was there before, found by `samsvar changes`."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from registry.app import create_app
from registry.cli import main
from registry.journal.entries import Entry, operator, pack, unpack
from registry.settings import Settings

BASE = "http://localhost:8000"
GRAPH = f"{BASE}/graph/catalogue/eksempel"
CATALOGUE = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> .
<http://c.example/samling> a skos:Collection ; dct:title "Eksempel"@nb ; dct:identifier "eksempel" ;
    skos:member <http://c.example/hus> .
<http://c.example/hus> a skos:Concept ; skos:prefLabel "{term}"@nb ; dct:identifier "hus" .
"""


class Register:
    def __init__(self, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SAMSVAR_DATA", str(data))
        monkeypatch.setenv("SAMSVAR_URI_BASE", BASE)
        app = create_app(Settings())
        self.client: FlaskClient = app.test_client()
        self.services = app.extensions["samsvar"]
        token, text = self.services.tokens.create("administrator", owner="Kari")
        self.author = token.id
        self.headers = {"Authorization": f"Bearer {text}"}

    def update(self, text: str) -> None:
        answer = self.client.post("/sparql", data=text, content_type="application/sparql-update", headers=self.headers)
        assert answer.status_code == 204, answer.text

    def run(self, *arguments: str) -> str:
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 0, done.output
        return done.output

    def changes(self, *arguments: str) -> list[dict]:
        return [json.loads(line) for line in self.run("changes", "--json", *arguments).splitlines()]


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Register:
    return Register(tmp_path / "data", monkeypatch)


def triple(value: int, graph: str = "a:g") -> str:
    return f'<a:a> <a:b> "{value}"^^<http://www.w3.org/2001/XMLSchema#integer> <{graph}> .'


def test_what_an_update_replaced_is_found_again(register: Register) -> None:
    register.update("INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 1 } }")
    step = "WITH <a:g> DELETE { <a:a> <a:b> ?n } INSERT { <a:a> <a:b> 2 } WHERE { <a:a> <a:b> ?n }"
    register.update(step)
    newest, oldest = register.changes()
    assert (newest["removed"], newest["added"]) == ([triple(1)], [triple(2)])
    assert (oldest["removed"], oldest["added"]) == ([], [triple(1)])
    assert (newest["author"], newest["request"], newest["graphs"]) == (register.author, step, ["a:g"])
    assert newest["time"] >= oldest["time"]
    shown = register.run("changes", newest["write"])
    assert f"- {triple(1)}" in shown
    assert f"+ {triple(2)}" in shown
    assert step in shown
    assert register.run("changes", "--limit", "1").count("removed,") == 1


def test_only_what_was_there_is_written_down(register: Register) -> None:
    register.update("INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 1 } <a:a> <a:b> 1 }")
    register.update("INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 01, 2 } } ; DELETE DATA { GRAPH <a:g> { <a:a> <a:b> 3 } }")
    assert register.changes()[0]["added"] == [triple(2)]
    register.update("CLEAR ALL")
    assert register.changes()[0]["removed"] == sorted([triple(1).replace(" <a:g>", ""), triple(1), triple(2)])


def test_an_upload_names_its_bytes_and_what_it_replaced(register: Register) -> None:
    for value in (1, 2):
        answer = register.client.put(
            "/graphs?graph=a:g", data=f"<a:a> <a:b> {value} .", content_type="text/turtle", headers=register.headers
        )
        assert answer.status_code in (201, 204)
    newest = register.changes("--graph", "a:g")[0]
    assert (newest["removed"], newest["added"], newest["request"]) == ([triple(1)], [triple(2)], "PUT a:g")
    register.client.delete("/graphs?graph=a:g", headers=register.headers)
    gone = register.changes()[0]
    assert (gone["removed"], gone["added"], gone["request"]) == ([triple(2)], [], "DELETE a:g")


def test_imports_and_removals_are_written_down_too(register: Register, tmp_path: Path) -> None:
    source = tmp_path / "eksempel.ttl"
    for term in ("hus", "hytte"):
        source.write_text(CATALOGUE.format(term=term), encoding="utf-8")
        register.run("import", str(source))
    newest, first = register.changes()
    assert first["removed"] == first["added"] == []  # the graph was new: the import's own bytes say what came
    assert any('"hus"@nb' in line for line in newest["removed"])
    assert any('"hytte"@nb' in line for line in newest["added"])
    assert (newest["author"], newest["request"]) == (operator(), f"import {source.name}")
    register.run("remove", newest["graphs"][0].rpartition("/")[2])
    gone = register.changes()[0]
    assert any('"hytte"@nb' in line for line in gone["removed"])
    assert gone["added"] == []
    assert gone["author"] == operator()


def test_writes_of_one_thing(register: Register) -> None:
    register.update("INSERT DATA { GRAPH <a:g> { <a:a> <a:b> <a:c> } }")
    register.update("INSERT DATA { GRAPH <a:h> { <a:x> <a:b> <a:y> } }")
    assert [each["graphs"] for each in register.changes("--thing", "a:c")] == [["a:g"]]
    assert [each["graphs"] for each in register.changes("--graph", "a:h")] == [["a:h"]]
    assert register.changes("--thing", "a:none") == []
    missing = CliRunner().invoke(main, ["changes", f"{BASE}/updates/none"])
    assert (missing.exit_code, "samsvar changes" in missing.output) == (3, True)


def test_updates_that_share_a_generation_are_told_apart(register: Register) -> None:
    """They wait behind an import that has the lock, and are written together when it is done."""
    with ThreadPoolExecutor(8) as pool:
        with register.services.store.session():
            texts = [f"INSERT DATA {{ GRAPH <a:g> {{ <a:a> <a:b> {value} }} }}" for value in range(8)]
            waiting = [pool.submit(register.update, text) for text in texts]
        for each in waiting:
            each.result()
    found = register.changes()
    assert sorted(line for each in found for line in each["added"]) == sorted(triple(value) for value in range(8))
    assert {each["request"] for each in found} == set(texts)
    assert len({each["write"] for each in found}) == 8


def test_a_journal_that_was_deleted_is_left_out(register: Register) -> None:
    register.update("INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 1 } }")
    for path in register.services.blobs.directory.glob("??/*.gz"):
        path.unlink()
    register.update("INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 2 } }")
    assert [each["added"] for each in register.changes()] == [[triple(2)]]


def test_entries_come_back_as_they_were() -> None:
    kept = [Entry(f"a:{n}", "æ", "", "2026-01-01T00:00:00+00:00", "a\nb\u2028", ("a:g", ""), [], []) for n in range(3)]
    assert list(unpack(pack(kept))) == kept
    assert list(unpack(b"")) == []


def test_an_import_over_http_has_its_token_as_author(register: Register) -> None:
    answer = register.client.post(
        "/api/v1/imports", data=CATALOGUE.format(term="hus"), content_type="text/turtle", headers=register.headers
    )
    assert answer.status_code == 200, answer.text
    assert [each["author"] for each in register.changes()] == [register.author]


def test_a_first_import_is_told_by_its_records(register: Register, tmp_path: Path) -> None:
    source = tmp_path / "eksempel.ttl"
    source.write_text(CATALOGUE.format(term="hus"), encoding="utf-8")
    register.run("import", str(source))
    assert "nothing was there before: 1 records stored" in register.run("changes")
