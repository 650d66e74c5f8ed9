"""Runs: what changed is imported, what did not costs nothing, what fails keeps what was there and says since when."""

import io
import json
import sqlite3
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode
from source_server import SourceServer, gives, says, with_etag

from ontologies.namespaces import RDF, SKOS
from registry.access.tokens import TokenStore
from registry.app import create_app
from registry.catalogue.catalogues import import_info
from registry.cli import main
from registry.errors import BadRequestError, NameTakenError, NotFoundError
from registry.harvesting import schedule
from registry.harvesting.ready_made import ready_made
from registry.harvesting.running import ATTEMPTS, harvest
from registry.harvesting.schedule import due, harvest_forever, harvest_once, only_harvest
from registry.harvesting.sources import HarvestSource, checked, source_of
from registry.harvesting.store import Held, Run, SourceState
from registry.journal.reading import Wanted, writes
from registry.services import Services
from sparql.errors import StoreBusyError, StoreDamagedError, StoreError

PATH = "/katalog.ttl"


def catalogue(*terms: str) -> bytes:
    head = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> .
    @prefix euvoc: <http://publications.europa.eu/ontology/euvoc#> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix e: <https://eksempel.example/begrep/> .
    """
    members = ", ".join(f"e:{term}" for term in terms)
    lines = [f'e:samling a skos:Collection ; dct:title "Eksempel"@nb ; skos:member {members} .']
    lines += [
        f'e:{term} a skos:Concept ; skos:prefLabel "{term}"@nb ; '
        f'euvoc:xlDefinition [ a euvoc:XlNote ; rdf:value "noe som heter {term}"@nb ] .'
        for term in terms
    ]
    return (head + "\n".join(lines)).encode()


@pytest.fixture
def add(register: Services, server: SourceServer) -> Callable[..., None]:
    """Adds the source `a`, which answers so."""

    def adding(*answers: Callable[..., None], **said: object) -> None:
        register.harvests.add(HarvestSource("a", server(PATH, *answers), catalogue="eksempel", **said))

    return adding


def state(register: Services) -> SourceState:
    return register.harvests.find("a")


def run(register: Services, *, force: bool = False) -> str:
    made = harvest(register, state(register), force=force, pause=lambda _: None)
    return f"{made.outcome}: {made.message}"


def concepts(register: Services) -> int:
    return len(list(register.store.reader().quads(predicate=RDF.type, object=SKOS.Concept)))


def test_a_source_is_imported_and_its_report_named(register, add):
    add(gives(catalogue("ape", "bie")))
    assert run(register) == "changed: 2 stored"
    assert concepts(register) == 2
    found = state(register)
    assert (found.state, found.failures, found.failing_since) == ("good", 0, "")
    assert found.changed == found.succeeded == found.tried != ""
    assert found.last.bytes == len(catalogue("ape", "bie"))
    about = import_info(register.store.reader(), found.last.imports[0])
    assert about.source == "katalog.ttl"
    assert json.loads(register.blobs.get(about.report))["counts"]["stored"] == 2


def test_nothing_is_fetched_or_imported_where_nothing_changed(register, add, server):
    add(with_etag(catalogue("ape"), '"eins"'))
    run(register)
    before = register.store.reader().generation
    assert run(register) == "unchanged: It said that nothing has changed."
    assert state(register).last.bytes == 0
    assert server.headers(PATH)[1]["if-none-match"] == '"eins"'
    assert register.store.reader().generation == before


def test_the_same_bytes_are_not_read_again(register, add):
    add(gives(catalogue("ape")))
    run(register)
    assert run(register) == "unchanged: The same bytes as before."
    assert run(register, force=True) == "unchanged: 1 unchanged"


def test_force_asks_without_conditions(register, add, server):
    add(with_etag(catalogue("ape"), '"eins"'))
    run(register)
    assert run(register, force=True) == "unchanged: 1 unchanged"
    assert "if-none-match" not in server.headers(PATH)[1]


def test_changed_content_is_imported(register, add):
    add(with_etag(catalogue("ape"), '"1"'), with_etag(catalogue("ape", "bie"), '"2"'))
    run(register)
    assert run(register) == "changed: 1 stored, 1 unchanged"
    assert state(register).held.etag == '"2"'


def test_the_journal_says_which_source_a_harvest_was_of(register, add):
    add(gives(catalogue("ape")))
    run(register)
    [entry] = writes(register.store.reader(), register.blobs, Wanted())
    assert (entry.author, entry.organisation, entry.request) == ("harvest a", "", "import katalog.ttl")


def test_the_same_catalogue_in_another_order_is_unchanged(register, add):
    add(gives(catalogue("ape", "bie")), gives(catalogue("bie", "ape")))
    run(register)
    before = register.store.reader().generation
    assert run(register) == "unchanged: 2 unchanged"
    assert register.store.reader().generation == before


def test_a_server_that_recovers_is_asked_again(register, add, server):
    add(says(500), says(503, Retry_After="3600"), gives(catalogue("ape")))
    waits: list[float] = []
    made = harvest(register, state(register), pause=waits.append)
    assert (made.outcome, made.attempts) == ("changed", 3)
    assert waits == [2.0, 60.0]


@pytest.mark.parametrize(
    ("answer", "said", "attempts"),
    [
        (says(500), "500", ATTEMPTS),
        (says(404), "404", 1),
        (gives(catalogue("ape", "bie"), length=10_000), "bytes to go", ATTEMPTS),
        (gives(b"<!DOCTYPE html><title>Logg inn</title><p>Logg inn", "text/html"), "", 1),
        (gives(b"%PDF-1.7 \x00\x01", "application/pdf"), "", 1),
        (gives(b"x" * 2_000_000), "Larger than 1 MiB", 1),
        (gives(b""), "", 1),
    ],
    ids=["500", "404", "truncated", "html", "pdf", "too-large", "empty"],
)
def test_a_source_that_fails_keeps_what_it_brought_and_says_since_when(register, add, answer, said, attempts):
    add(gives(catalogue("ape", "bie")), *[answer] * ATTEMPTS, gives(catalogue("ape")))
    run(register)
    good = state(register)
    assert run(register).startswith("failed: ")
    found = state(register)
    assert concepts(register) == 2
    assert found.state == "failing"
    assert found.failing_since == found.last.began == found.tried
    assert found.succeeded == good.succeeded
    assert found.held == good.held
    assert said in found.last.message
    assert found.last.attempts == attempts


def test_failing_since_stays_until_it_is_good_again(register, add, monkeypatch):
    add(says(404), says(404), gives(catalogue("ape")))
    moments = iter(f"2026-11-21T10:0{minute}:00+00:00" for minute in range(9))
    monkeypatch.setattr("registry.harvesting.running._now", lambda: next(moments))
    run(register)
    run(register)
    found = state(register)
    assert (found.failing_since, found.failures) == ("2026-11-21T10:00:00+00:00", 2)
    run(register)
    assert (state(register).failing_since, state(register).state) == ("", "good")
    assert [each.outcome for each in register.harvests.runs("a")] == ["changed", "failed", "failed"]


def test_a_credential_comes_from_the_environment_and_stands_nowhere(register, add, server, monkeypatch):
    add(gives(catalogue("ape")), credential="KATALOG")
    assert "SAMSVAR_CREDENTIAL_KATALOG" in run(register)
    monkeypatch.setenv("SAMSVAR_CREDENTIAL_KATALOG", "Bearer hemmelig")
    assert run(register) == "changed: 1 stored"
    assert server.headers(PATH)[0]["authorization"] == "Bearer hemmelig"
    monkeypatch.setenv("SAMSVAR_CREDENTIAL_KATALOG", "Bearer hemmelig\nX: y")
    assert "cannot be a header" in run(register, force=True)
    assert "hemmelig" not in json.dumps([each.as_json() for each in register.harvests.runs("a")])
    assert b"hemmelig" not in (register.settings.data / "state.db").read_bytes()
    assert "credential" not in state(register).as_json()


def test_sources_are_due_by_their_interval_and_after_failures_sooner():
    tried = "2026-11-21T10:00:00+00:00"
    source = HarvestSource("a", "https://a.example/", hours=2.0)
    assert due(SourceState(source)) < datetime.now(UTC)
    at = datetime.fromisoformat(tried)
    assert due(SourceState(source, tried=tried)) == at + timedelta(hours=2)
    waits = [due(SourceState(source, tried=tried, failures=number)) - at for number in (1, 2, 3, 4, 400)]
    assert waits == [timedelta(minutes=each) for each in (15, 30, 60, 120, 120)]


def test_one_process_harvests_at_a_time(register):
    with (
        only_harvest(register),
        pytest.raises(StoreBusyError, match="Another process is harvesting"),
        only_harvest(register),
    ):
        pass


def test_ready_made_sources_are_off_until_they_are_switched_on(register):
    found = register.harvests.everything()
    assert [each.source.id for each in found] == list(ready_made())
    assert {each.state for each in found} == {"off"}
    assert harvest_once(register, [each for each in found if each.source.enabled], lambda *_: None) == []
    register.harvests.switch("los", on=True)
    assert register.harvests.find("los").state == "waiting"
    register.harvests.switch("los", on=False)
    register.harvests.remove("los")
    assert register.harvests.find("los").state == "off"


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "A b"},
        {"url": "ftp://a.example/"},
        {"url": "https://u:p@a.example/"},
        {"url": "https://a.example/\n"},
        {"format": "xls"},
        {"publisher": "12"},
        {"catalogue": "../x"},
        {"credential": "path"},
        {"hours": 0.0},
        {"hours": float("nan")},
        {"title": "x" * 201},
    ],
)
def test_what_cannot_be_used_is_not_added(register, wrong):
    source = HarvestSource("a", "https://a.example/")
    assert checked(source) == source
    with pytest.raises(BadRequestError):
        register.harvests.add(replace(source, **wrong))


@pytest.mark.parametrize(
    "document", [[], {"id": "a"}, {"id": "a", "url": 1}, {"id": "a", "url": "https://a.example/", "x": 1}]
)
def test_a_document_that_is_no_source_is_refused(document):
    with pytest.raises(BadRequestError):
        source_of(document)


def test_ids_are_not_taken_twice(register, add):
    add(says(404))
    with pytest.raises(NameTakenError):
        register.harvests.add(HarvestSource("a", "https://b.example/"))
    with pytest.raises(NameTakenError):
        register.harvests.add(HarvestSource("los", "https://b.example/"))
    with pytest.raises(NotFoundError):
        register.harvests.switch("b", on=True)


def test_the_command_line_adds_lists_runs_and_removes(register, server, monkeypatch):
    monkeypatch.setenv("SAMSVAR_DATA", str(register.settings.data))
    monkeypatch.setenv("SAMSVAR_HARVEST_ALLOW", "127.0.0.1")
    url = server(PATH, gives(catalogue("ape")), says(404))

    def said(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(main, words)
        assert result.exit_code == code, result.output
        return result.output

    assert "no source is switched on" in said("harvest")
    said("sources", "add", "a", url, "--catalogue", "eksempel", "--hours", "6")
    assert "a: changed: 1 stored" in said("harvest")
    assert "a: good, last fetched" in said("sources", "list")
    assert "a: failed" in said("harvest", "a", code=1)
    listed = json.loads(said("sources", "list", "--json"))["sources"][0]
    assert (listed["id"], listed["state"], listed["hours"]) == ("a", "failing", 6.0)
    said("sources", "disable", "a")
    assert "no source is switched on" in said("harvest")
    said("sources", "enable", "a")
    said("sources", "remove", "a")
    said("harvest", "a", code=3)
    said("harvest", "--daemon", "--force", code=2)


def test_the_page_and_the_api_say_the_state_and_need_a_token_to_change_it(register, server):
    client = create_app(register.settings).test_client()
    sent = {
        "id": "a",
        "url": server(PATH, gives(catalogue("ape")), says(404)),
        "catalogue": "eksempel",
        "title": "Aper",
    }
    assert client.post("/api/v1/sources", json=sent).status_code == 401
    tokens = TokenStore(register.settings.data / "state.db")
    editor = {"Authorization": f"Bearer {tokens.create('editor', organisation='123456785')[1]}"}
    token = {"Authorization": f"Bearer {tokens.create('administrator')[1]}"}
    assert client.post("/api/v1/sources", json=sent, headers=editor).status_code == 403
    made = client.post("/api/v1/sources", json=sent, headers=token)
    assert (made.status_code, made.json["state"], made.headers["Location"]) == (201, "waiting", "/api/v1/sources/a")
    assert client.post("/api/v1/sources", json=sent, headers=token).status_code == 409
    assert client.post("/api/v1/sources", data="{", headers=token).status_code == 400
    run(register)
    run(register)
    one = client.get("/api/v1/sources/a").json
    assert (one["state"], [each["outcome"] for each in one["runs"]]) == ("failing", ["failed", "changed"])
    assert client.get("/api/v1/sources").json["sources"][0]["id"] == "a"
    assert client.get("/sources.json").json == client.get("/api/v1/sources").json
    page = client.get("/sources?lang=nn")
    assert page.headers["Cache-Control"] == "no-store"
    for words in ("Aper", "feilar", "404", "Felles begrepskatalog"):
        assert words in page.text
    off = client.patch("/api/v1/sources/a", json={"enabled": False}, headers=token)
    assert off.json["state"] == "off"
    assert client.patch("/api/v1/sources/a", json={"enabled": 1}, headers=token).status_code == 400
    assert client.patch("/api/v1/sources/x", json={"enabled": True}, headers=token).status_code == 404
    assert client.delete("/api/v1/sources/a", headers=token).status_code == 204
    assert client.get("/api/v1/sources/a").status_code == 404
    assert concepts(register) == 1


def test_the_daemon_runs_what_is_due_and_ends_when_told(register, add):
    add(gives(catalogue("ape")))
    stop = threading.Event()
    told: list[str] = []

    def tell(found: SourceState, made: Run) -> None:
        told.append(f"{found.source.id} {made.outcome}")
        stop.set()

    daemon = threading.Thread(target=harvest_forever, args=(register, tell, stop), daemon=True)
    daemon.start()
    daemon.join(120)
    assert not daemon.is_alive()
    assert told == ["a changed"]


def test_the_daemon_waits_for_who_harvests_and_does_not_do_it_again(register, add, server):
    add(gives(catalogue("ape")))
    stop = threading.Event()
    daemon = threading.Thread(target=harvest_forever, args=(register, lambda *_: None, stop), daemon=True)
    with only_harvest(register):
        daemon.start()
        run(register)
    stop.set()
    daemon.join(120)
    assert not daemon.is_alive()
    assert [path for path, _ in server.asked] == [PATH]


def test_a_catalogue_that_was_removed_comes_back(register, add):
    add(with_etag(catalogue("ape"), '"1"'))
    run(register)
    [graph] = register.harvests.graphs("a")
    with register.alone() as writing:
        writing.session.replace_graph(NamedNode(graph), [])
    assert concepts(register) == 0
    assert run(register).startswith("changed")
    assert concepts(register) == 1
    assert run(register) == "unchanged: It said that nothing has changed."


def archive(**files: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for name, content in files.items():
            packed.writestr(f"{name}.ttl", content)
    return data.getvalue()


def test_an_archive_of_which_a_file_could_not_be_read_is_read_again(register, add):
    add(with_etag(archive(a=catalogue("ape"), b=b"<p>Logg inn"), '"1"'))
    assert "1 files not read" in run(register)
    assert state(register).held == Held()
    assert "1 files not read" in run(register)
    assert state(register).failures == 0


def test_a_source_that_is_removed_while_it_is_fetched_brings_nothing(register, add, server):
    add(gives(catalogue("ape")))
    found = state(register)

    def removing(handler: object) -> None:
        register.harvests.remove("a")
        gives(catalogue("ape"))(handler)

    server(PATH, removing)
    made = harvest(register, found)
    assert (made.outcome, concepts(register)) == ("failed", 0)
    assert "removed while it was fetched" in made.message
    add(gives(catalogue("ape")))
    assert (state(register).last, register.harvests.runs("a")) == (None, [])


def test_a_run_in_the_future_is_a_clock_that_was_wrong():
    source = HarvestSource("a", "https://eksempel.example/", hours=24.0)
    now = datetime.now(UTC)
    assert due(SourceState(source, tried=(now + timedelta(days=900)).isoformat())) < now
    assert due(SourceState(source, tried=(now + timedelta(seconds=60)).isoformat())) > now


def test_the_daemon_goes_on_where_the_state_cannot_be_used(register, add, monkeypatch):
    add(gives(catalogue("ape")))
    path = register.settings.data / "state.db"
    whole = path.read_bytes()
    path.write_bytes(b"no database " * 1000)
    stop, errors, told = threading.Event(), [], []
    monkeypatch.setattr(schedule, "_LOOK", 0.1)

    def failed(error: StoreError) -> None:
        errors.append(error)
        path.write_bytes(whole)

    def tell(_: SourceState, made: Run) -> None:
        told.append(made.outcome)
        stop.set()

    daemon = threading.Thread(target=harvest_forever, args=(register, tell, stop, failed), daemon=True)
    daemon.start()
    daemon.join(120)
    assert told == ["changed"]
    assert isinstance(errors[0], StoreDamagedError)
    assert "state.db is no database" in str(errors[0])


def test_a_register_from_before_graphs_were_written_down_is_read(register, add):
    add(with_etag(catalogue("ape"), '"1"'))
    run(register)
    with closing(sqlite3.connect(register.settings.data / "state.db")) as database:
        database.execute("DROP TABLE harvest_graph")
    assert run(register) == "unchanged: It said that nothing has changed."
