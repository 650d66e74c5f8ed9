"""SPARQL Update over HTTP: who may, what it does, what it must not touch, and what happens when it takes too long."""

import json
import subprocess
import sys
import time
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad

from ontologies.namespaces import RDF, SAMSVAR, SKOS
from registry.app import create_app
from registry.journal.entries import unpack
from registry.services import Services
from registry.settings import Settings
from sparql.budget import MIB, Budget
from sparql.embedded.generations import GenerationStore
from sparql.errors import DocumentError, QueryMemoryError, QueryTimeoutError
from sparql.query_host.replica import Source
from sparql.updating.host import SCRATCH, UpdateHost
from sparql.updating.over_session import SessionState

BASE = "http://localhost:8000"
CATALOGUE = f"{BASE}/graph/catalogue/eksempel"
OTHER = f"{BASE}/graph/catalogue/annet"
PREFIXES = "PREFIX euvoc: <http://publications.europa.eu/ontology/euvoc#> "
ENDLESS = "INSERT { <a:a> <a:b> ?a } WHERE { GRAPH ?g { ?a ?b ?c . ?d ?e ?f . ?h ?i ?j . ?k ?l ?m . ?n ?o ?p } }"


class Register:
    """A register with an administrator's token."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()
        self.services: Services = app.extensions["samsvar"]
        _, text = self.services.tokens.create("administrator")
        self.headers = {"Authorization": f"Bearer {text}"}

    def update(self, text: str, path: str = "/sparql"):
        return self.client.post(path, data=text, content_type="application/sparql-update", headers=self.headers)

    def done(self, text: str) -> None:
        answer = self.update(text)
        assert answer.status_code == 204, answer.text

    def ask(self, pattern: str) -> bool:
        answer = self.client.get("/sparql", query_string={"query": f"{PREFIXES} ASK {{ {pattern} }}"})
        return json.loads(answer.data)["boolean"]

    @property
    def generation(self) -> int:
        return self.services.store.reader().generation

    def quads(self, *pattern):
        return list(self.services.store.reader().quads(*pattern))


@pytest.fixture
def register(app: Flask) -> Register:
    return Register(app)


def make(tmp_path: Path, **settings) -> Register:
    return Register(create_app(Settings(data=tmp_path / "data", uri_base=BASE, **settings)))


@pytest.fixture
def plain(tmp_path: Path) -> Register:
    return make(tmp_path, default_graph="plain")


def concept(name: str, term: str, definition: str) -> str:
    return (
        f"<http://c.example/{name}> a skos:Concept ; skos:prefLabel '{term}'@nb ; euvoc:xlDefinition <{BASE}/definitions/{name}> . "
        f"<{BASE}/definitions/{name}> a euvoc:XlNote ; rdf:value '{definition}'@nb ."
    )


def test_an_update_is_seen_when_it_is_answered(register: Register) -> None:
    register.done(f"INSERT DATA {{ GRAPH <{CATALOGUE}> {{ {concept('hus', 'hus', 'bygning')} }} }}")
    assert register.generation == 1
    assert register.ask("?c a skos:Concept ; skos:definition 'bygning'@nb")
    answer = register.client.post(
        "/sparql", data={"update": f"DELETE WHERE {{ GRAPH <{CATALOGUE}> {{ ?s ?p ?o }} }}"}, headers=register.headers
    )
    assert (answer.status_code, answer.data) == (204, b"")
    assert not register.ask("?c a skos:Concept")
    assert CATALOGUE not in register.services.store.reader().graphs()


def test_what_it_touches_is_checked_and_indexed_as_an_import_does(register: Register) -> None:
    first = concept("a", "barn", "person som er under 18 år")
    second = concept("b", "barn", "person som er under 15 år")
    register.done(f"INSERT DATA {{ GRAPH <{CATALOGUE}> {{ {first} }} GRAPH <{OTHER}> {{ {second} }} }}")
    findings = register.client.get("/conflicts.json").json
    assert findings["total"] == 1
    hits = register.client.get("/search.json?q=barn&all=1").json["hits"]
    assert {each["uri"] for each in hits} == {"http://c.example/a", "http://c.example/b"}
    assert {each["id"] for each in register.client.get("/catalogues.json").json["catalogues"]} == {"eksempel", "annet"}

    register.done(
        f"WITH <{OTHER}> DELETE {{ ?d rdf:value ?old }} INSERT {{ ?d rdf:value 'person som er under 18 år'@nb }} "
        "WHERE { ?c skos:prefLabel 'barn'@nb . ?c <http://publications.europa.eu/ontology/euvoc#xlDefinition> ?d . ?d rdf:value ?old }"
    )
    assert register.ask("<http://c.example/b> skos:definition 'person som er under 18 år'@nb")
    assert not register.ask("?c skos:definition 'person som er under 15 år'@nb")
    assert register.client.get("/search.json?q=15&all=1").json["hits"] == []
    kinds = {str(quad.object) for quad in register.quads(None, SAMSVAR.severity, None, None)}
    assert kinds == {str(Literal("information"))}

    register.done(f"DELETE WHERE {{ GRAPH <{OTHER}> {{ <http://c.example/b> skos:prefLabel ?t }} }}")
    assert register.client.get("/conflicts.json").json["total"] == 0
    register.done(f"DROP GRAPH <{OTHER}>")
    assert {each["id"] for each in register.client.get("/catalogues.json").json["catalogues"]} == {"eksempel"}
    assert {each["uri"] for each in register.client.get("/search.json?q=barn&all=1").json["hits"]} == {
        "http://c.example/a"
    }


def test_small_and_large_changes_end_in_the_same_place(tmp_path: Path) -> None:
    """A change is followed triple by triple or by whole graphs; what is derived must not show which."""
    text = f"INSERT DATA {{ GRAPH <{CATALOGUE}> {{ {concept('a', 'barn', 'person under 18 år')} {concept('b', 'barn', 'person under 15 år')} }} }}"
    small, large = make(tmp_path / "small"), make(tmp_path / "large")
    small.done(text)
    large.done(f"CREATE GRAPH <{CATALOGUE}> ; CLEAR GRAPH <{CATALOGUE}> ; {text}")
    for graph in ("derived", "findings"):
        node = NamedNode(f"{BASE}/graph/{graph}")
        assert {str(q) for q in small.quads(None, None, None, node)} == {
            str(q) for q in large.quads(None, None, None, node)
        }
        assert small.quads(None, None, None, node)


def test_each_update_is_written_down_without_naming_anybody(register: Register) -> None:
    _, text = register.services.tokens.create("administrator", owner="Kari Nordmann")
    register.headers = {"Authorization": f"Bearer {text}"}
    update = f"INSERT DATA {{ GRAPH <{CATALOGUE}> {{ <a:a> <a:b> 1 }} }}"
    register.done(update)
    provenance = NamedNode(f"{BASE}/graph/provenance")
    deeds = register.quads(None, RDF.type, SAMSVAR.Update, provenance)
    assert len(deeds) == 1
    said = {quad.predicate: quad.object for quad in register.quads(deeds[0].subject, None, None, provenance)}
    assert said[SAMSVAR.token].value == text.split("_")[1]
    (entry,) = unpack(register.services.blobs.get(said[SAMSVAR.changes].value))
    assert (entry.write, entry.author, entry.request) == (deeds[0].subject.value, text.split("_")[1], update)
    assert (said[SAMSVAR.removed].value, said[SAMSVAR.added].value) == ("0", "1")
    assert not [quad for quad in register.quads() if "Kari" in str(quad)]


def test_what_changes_nothing_publishes_nothing(register: Register) -> None:
    text = "INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 01 } }"
    register.done(text)
    for again in (
        text,
        "DELETE DATA { GRAPH <a:g> { <a:a> <a:b> 2 } }",
        "",
        "CLEAR GRAPH <a:none>",
        "DROP GRAPH <a:none>",
        "LOAD SILENT <a:x>",
    ):
        register.done(again)
        assert register.generation == 1


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("INSERT DATA { <a:a> <a:b> 1 } ; INSERT DATA { <a:a> <a:b> }", 400),
        ("INSERT DATA { <a:a> <a:b> 1 } ; LOAD <http://127.0.0.1:9/>", 403),
        ("INSERT DATA { <a:a> <a:b> 1 } ; COPY <a:none> TO <a:g>", 409),
        (f"INSERT DATA {{ <a:a> <a:b> 1 }} ; CLEAR GRAPH <{BASE}/graph/findings>", 403),
        (
            "INSERT DATA { <a:a> <a:b> 1 } ; INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
            403,
        ),
    ],
)
def test_all_or_nothing(register: Register, text: str, status: int) -> None:
    assert register.update(text).status_code == status
    assert register.generation == 0


def test_the_protocols_dataset(plain: Register) -> None:
    plain.done("INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 1 } GRAPH <a:h> { <a:a> <a:b> 2 } <a:a> <a:b> 3 }")
    text = (
        "INSERT { GRAPH <a:out> { ?s <a:d> ?o . ?x <a:n> ?y } } WHERE { ?s ?p ?o OPTIONAL { GRAPH ?g { ?x ?p ?y } } }"
    )
    assert plain.update(text, "/sparql?using-graph-uri=a:g&using-named-graph-uri=a:h").status_code == 204
    assert plain.ask("GRAPH <a:out> { <a:a> <a:d> 1 ; <a:n> 2 }")
    assert not plain.ask("GRAPH <a:out> { <a:a> <a:d> 3 }")
    form = {"update": "INSERT { GRAPH <a:o> { ?s ?p ?o } } WHERE { ?s ?p ?o }", "using-graph-uri": ["a:g", "a:h"]}
    assert plain.client.post("/sparql", data=form, headers=plain.headers).status_code == 204
    assert plain.ask("GRAPH <a:o> { <a:a> <a:b> 1, 2 } FILTER NOT EXISTS { GRAPH <a:o> { <a:a> <a:b> 3 } }")
    for said in ("WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "INSERT { } USING <a:g> WHERE { }"):
        refused = plain.update(said, "/sparql?using-named-graph-uri=a:h")
        assert (refused.status_code, "USING and WITH" in refused.json["detail"]) == (400, True)
    assert plain.update("CLEAR ALL", "/sparql?using-graph-uri=not%20one").status_code == 400


def test_a_plain_dataset_has_no_graphs_of_our_own(plain: Register) -> None:
    plain.done(
        f"INSERT DATA {{ GRAPH <{CATALOGUE}> {{ <a:a> a <{SKOS.Concept.value}> ; <{SKOS.prefLabel.value}> 'hus'@nb }} }}"
    )
    assert f"{BASE}/graph/provenance" in plain.services.store.reader().graphs()
    for query in (
        f"GRAPH <{BASE}/graph/provenance> {{ ?s ?p ?o }}",
        "GRAPH ?g { ?s <https://w3id.org/samsvar/ontology#token> ?o }",
    ):
        assert not plain.ask(query)
        plain.done(f"INSERT {{ GRAPH <a:seen> {{ <a:a> <a:b> <a:c> }} }} WHERE {{ {query} }}")
    named = plain.client.get(
        "/sparql", query_string={"query": "ASK { ?s ?p ?o }", "default-graph-uri": f"{BASE}/graph/provenance"}
    )
    assert json.loads(named.data)["boolean"] is False
    assert not plain.ask("GRAPH <a:seen> { ?s ?p ?o }")
    plain.done("DROP ALL")
    assert f"{BASE}/graph/provenance" in plain.services.store.reader().graphs()
    assert plain.client.get("/graphs", query_string={"graph": f"{BASE}/graph/provenance"}).status_code == 404


def test_catalogues_get_no_blank_nodes(register: Register) -> None:
    register.done(
        f"INSERT DATA {{ GRAPH <{CATALOGUE}> {{ <a:a> <a:b> [ <a:c> _:x ] . _:x <a:d> 1 }} GRAPH <a:free> {{ <a:a> <a:b> [] }} }}"
    )
    assert not register.ask(f"GRAPH <{CATALOGUE}> {{ ?s ?p ?o FILTER(isBlank(?s) || isBlank(?o)) }}")
    assert register.ask(f"GRAPH <{CATALOGUE}> {{ <a:a> <a:b>/<a:c>/<a:d> 1 }}")
    assert register.ask("GRAPH <a:free> { ?s ?p ?o FILTER(isBlank(?o)) }")


@pytest.mark.slow
def test_an_endless_update_is_ended_and_blocks_nobody(tmp_path: Path) -> None:
    register = make(tmp_path, query_timeout=8.0)
    register.done("INSERT DATA { GRAPH <a:g> { " + " . ".join(f"<a:{n}> <a:b> {n}" for n in range(500)) + " } }")
    with ThreadPoolExecutor() as pool:
        endless = pool.submit(register.update, ENDLESS)
        time.sleep(0.3)
        register.done("INSERT DATA { GRAPH <a:h> { <a:a> <a:b> 1 } }")
        assert not endless.done()
        answer = endless.result()
    assert (answer.status_code, answer.json["type"]) == (503, "/problems/query-timeout")
    register.done("INSERT { GRAPH <a:h> { ?s <a:c> 1 } } WHERE { GRAPH <a:h> { ?s ?p ?o } }")
    assert not list((tmp_path / "data" / SCRATCH).glob("*"))


@pytest.mark.slow
def test_updates_at_once_lose_nothing(register: Register) -> None:
    """Each reads what another one writes: every one must see a state that no other one changes under it."""
    register.done("INSERT DATA { GRAPH <a:g> { <a:a> <a:n> 0 } }")
    step = "WITH <a:g> DELETE { <a:a> <a:n> ?n } INSERT { <a:a> <a:n> ?m } WHERE { <a:a> <a:n> ?n BIND(?n + 1 AS ?m) }"
    data = "INSERT DATA {{ GRAPH <a:d> {{ <a:a> <a:n> {} }} }}"
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(register.update, [text for n in range(12) for text in (step, data.format(n))]))
    assert {each.status_code for each in answers} == {204}
    assert register.ask("GRAPH <a:g> { <a:a> <a:n> 12 }")
    assert len(register.quads(None, None, None, NamedNode("a:g"))) == 1
    assert len(register.quads(None, None, None, NamedNode("a:d"))) == 12


def test_updates_that_look_share_a_generation_and_see_each_other(register: Register) -> None:
    """They wait behind a session that has the lock; each must see what those before it wrote, derived things too."""
    register.done(f"INSERT DATA {{ GRAPH <{CATALOGUE}> {{ <a:a> <a:n> 0 . {concept('hus', 'hus', 'bygning')} }} }}")
    step = (
        f"WITH <{CATALOGUE}> DELETE {{ <a:a> <a:n> ?n }} INSERT {{ <a:a> <a:n> ?m }} "
        "WHERE { <a:a> <a:n> ?n BIND(?n + 1 AS ?m) }"
    )
    derived = (
        f"WITH <{CATALOGUE}> DELETE {{ ?d rdf:value ?t }} INSERT {{ ?d rdf:value ?u }} USING <{BASE}/graph/derived> "
        f"USING <{CATALOGUE}> WHERE {{ ?c skos:definition ?t . ?d rdf:value ?t BIND(CONCAT(STR(?t), 'x') AS ?u) }}"
    )
    with ThreadPoolExecutor(6) as pool:
        with register.services.store.session():
            waiting = [pool.submit(register.update, text) for text in (step, derived) * 3]
            wait_until(lambda: len(register.services.writes._waiting.jobs) == 6)
        assert {each.result().status_code for each in waiting} == {204}
    assert register.ask(f"GRAPH <{CATALOGUE}> {{ <a:a> <a:n> 3 }}")
    assert register.ask("?c skos:definition 'bygningxxx'")
    assert register.generation <= 3


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "what was waited for did not happen"
        time.sleep(0.01)


def test_graphs_come_and_go_in_the_state_of_a_session(tmp_path: Path) -> None:
    directory = tmp_path / "data"
    goes, comes = NamedNode(f"{BASE}/graph/x"), NamedNode(f"{BASE}/graph/y")
    quads = [Quad(NamedNode("a:a"), NamedNode("a:b"), Literal("c"), each) for each in (goes, comes)]
    with GenerationStore(directory, uri_base=BASE).session() as session:
        session.insert(goes, [quads[0].triple])
    state, source = SessionState(), Source(directory, BASE, "union")
    for _ in range(2):
        with state.at(source, quads[:1], quads[1:]) as store:
            assert set(store.named_graphs()) == {comes}
        with state.at(source, [], []) as store:
            assert set(store.named_graphs()) == {goes}


def test_what_takes_long_is_not_evaluated_in_a_shared_session(register: Register, monkeypatch) -> None:
    register.done("INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 1 } }")
    host = register.services.quick_updates._host
    ask = host.ask

    def late(request, content, seconds):
        """As if the evaluation took longer than it may."""
        if request["do"] == "over":
            raise TimeoutError
        return ask(request, content, seconds)

    monkeypatch.setattr(host, "ask", late)
    text = "INSERT { GRAPH <a:h> { ?s <a:c> 1 } } WHERE { GRAPH <a:g> { ?s ?p ?o } }"
    register.done(text)
    assert register.ask("GRAPH <a:h> { <a:a> <a:c> 1 }")
    operations = register.services.updates.admit(text)
    assert not register.services.quick_updates.suits(operations, text)
    assert register.services.quick_updates.suits(operations, f"{text} ")


def test_only_who_may_write_may_send_long_forms(register: Register) -> None:
    long = {"query": "ASK {}" + " " * 1_000_000}
    assert register.client.post("/sparql", data=long, headers={"Authorization": "Bearer made-up"}).status_code == 413
    answer = register.client.post("/sparql", data=long, headers=register.headers)
    assert answer.json["limit"] == "query", answer.json
    comment = {"update": "CREATE SILENT GRAPH <a:g> #" + " " * 1_000_000}
    assert register.client.post("/sparql", data=comment, headers=register.headers).status_code == 204


def test_a_mistake_in_a_shared_session_is_its_own(register: Register) -> None:
    register.done("INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 1 } }")
    own = f"INSERT {{ GRAPH <{BASE}/graph/findings> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o }}"
    wrong = "INSERT { GRAPH <a:h> { ?s ?p } } WHERE { GRAPH <a:g> { ?s ?p ?o } }"
    right = "INSERT { GRAPH <a:h> { ?s ?p ?o } } WHERE { GRAPH <a:g> { ?s ?p ?o } }"
    with ThreadPoolExecutor(4) as pool:
        with register.services.store.session():
            waiting = [pool.submit(register.update, text) for text in (own, wrong, right)]
            wait_until(lambda: len(register.services.writes._waiting.jobs) == 3)
        assert [each.result().status_code for each in waiting] == [403, 400, 204]
    assert register.ask("GRAPH <a:h> { <a:a> <a:b> 1 }")


@pytest.fixture
def update_host(tmp_path: Path):
    store = GenerationStore(tmp_path / "data", uri_base=BASE)
    with store.session() as session:
        session.insert(NamedNode("a:g"), [triple(n) for n in range(20_000)])
    host = UpdateHost(tmp_path / "data", BASE, Budget(timeout=3.0, memory=100 * MIB), "plain")
    yield host
    host.close()


def triple(number: int):
    from pyoxigraph import Triple

    return Triple(NamedNode(f"a:{number}"), NamedNode("a:b"), Literal(number))


@pytest.mark.slow
def test_a_memory_bomb_ends_its_process_only(update_host: UpdateHost) -> None:
    bomb = "INSERT { ?s <a:x> ?b . ?b <a:y> ?s } WHERE { GRAPH ?g { ?s ?p ?o . ?b ?q ?r } }"
    with pytest.raises((QueryMemoryError, QueryTimeoutError)):
        update_host.evaluate(bomb)
    generation, changes = update_host.evaluate("INSERT { <a:z> <a:z> ?s } WHERE { GRAPH ?g { ?s ?p 7 } }")
    assert generation == 1
    assert len(changes.graphs[""].added) == 1
    assert not list((update_host.directory / SCRATCH).glob("*"))


def test_its_process_may_be_killed_between_updates(update_host: UpdateHost) -> None:
    text = "CLEAR ALL ; INSERT { <a:a> <a:b> ?n } WHERE { SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } }"
    first = update_host.evaluate(text)[1].graphs
    assert first[""].added.pop().object.value == "0"
    update_host._own.process.kill()
    update_host._own.process.wait()
    assert update_host.evaluate(text)[1].graphs["a:g"].cleared


def test_a_long_update_of_data_is_read_where_it_can_be_killed(register: Register) -> None:
    """Whatever it says: the web process only counts its bytes."""
    many = " ".join(f"<a:{number}> <a:b> {number} ." for number in range(1_000))
    register.done(f"INSERT DATA {{ GRAPH <a:g> {{ {many} }} }}")
    assert register.services.updates._own.process is not None
    assert len(register.quads(None, None, None, NamedNode("a:g"))) == 1_000
    register.done(f"DELETE DATA {{ GRAPH <a:g> {{ {many} }} }} ; INSERT DATA {{ GRAPH <a:h> {{ <a:a> <a:b> 1 }} }}")
    assert not register.quads(None, None, None, NamedNode("a:g"))
    register.done("#" * 10_000)
    assert register.generation == 2
    own = register.update(f"INSERT DATA {{ GRAPH <{BASE}/graph/findings> {{ {many} }} }}")
    assert own.status_code == 403
    wrong = register.update(f"INSERT DATA {{\n GRAPH <a:g> {{ {many} <a:a> <a:b> }} }}")
    assert (wrong.status_code, "Line 2" in wrong.json["detail"]) == (400, True), wrong.json
    long = f"INSERT {{ <a:a> <a:b> ?o }} USING <a:h> WHERE {{ ?s ?p ?o }} ; INSERT DATA {{ {many} }}"
    both = register.update(long, "/sparql?using-graph-uri=a:h")
    assert (both.status_code, both.json["type"]) == (400, "/problems/protocol"), both.json
    bomb = register.update("ASK { " * 2_000)
    assert (bomb.status_code, bomb.json.get("limit")) == (400, "depth"), bomb.json


def test_an_update_of_data_has_a_deadline(tmp_path: Path) -> None:
    host = UpdateHost(tmp_path / "data", BASE, Budget(timeout=0.01), "union")
    try:
        with pytest.raises(QueryTimeoutError):
            host.evaluate(f"INSERT DATA {{ <a:a> <a:b> ( {'1 ' * 60_000} ) }}")
        assert host.of_data(host.admit("INSERT DATA { <a:a> <a:b> 1 }")) is not None
    finally:
        host.close()


def test_delete_where_reads_the_generation_itself(update_host: UpdateHost) -> None:
    """Nothing is copied for it."""
    (update_host.directory / SCRATCH).write_text("no directory")
    update_host.default_graph = "union"
    generation, changes = update_host.evaluate("DELETE WHERE { GRAPH <a:g> { ?s <a:b> 7 } }")
    assert (generation, len(changes.graphs["a:g"].removed)) == (1, 1)


@pytest.mark.slow
def test_what_the_gate_lets_through_does_not_overflow_the_stack(update_host: UpdateHost) -> None:
    host = UpdateHost(update_host.directory, BASE, Budget(timeout=120.0), "union")
    try:
        text = f"INSERT {{ <a:x> <a:y> ?s }} WHERE {{ ?s ?p ?o FILTER(?o = {' + '.join(['1'] * 8_000)}) }}"
        _, changes = host.evaluate(text)
        assert len(changes.graphs[""].added) == 1
    finally:
        host.close()


def test_whoever_is_forked_and_ends_leaves_the_process_to_its_parent() -> None:
    ended = subprocess.run([sys.executable, "-c", _FORKED], check=False, capture_output=True, text=True)
    assert ended.stdout.split() == ["None"], ended.stderr


_FORKED = """
import os, sys
from sparql.budget import Budget
from sparql.updating.host import UpdateHost

host = UpdateHost("data", "http://e", Budget(), "union")
host.ask({"do": "nothing"}, b"", 30)
process = host._own.process
child = os.fork()
if child == 0:
    sys.exit()
os.waitpid(child, 0)
host.ask({"do": "nothing"}, b"", 30)
print(process.poll())
"""


def test_processes_that_were_killed_are_forgotten(update_host: UpdateHost) -> None:
    """What ends the last one when the host goes is told once, not once for each."""
    before = len(weakref.finalize._registry)
    for _ in range(3):
        with pytest.raises(TimeoutError):
            update_host.ask({"do": "nothing"}, b"", 0.0)
    assert len(weakref.finalize._registry) == before


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"<a:a> <a:b>", "text/turtle"),
        (b"<html></html>", "text/turtle"),
        (b"\xff\xfe", "application/n-triples"),
        (b'{"@context": "http://127.0.0.1:9/c", "@id": "a:a"}', "application/ld+json"),
        (b"<x", "application/rdf+xml"),
    ],
)
def test_documents_that_are_none(update_host: UpdateHost, content: bytes, media_type: str) -> None:
    with pytest.raises(DocumentError):
        update_host.parse(content, media_type, "http://x.example/")


@pytest.mark.slow
def test_documents_made_to_harm_end_their_reader_only(update_host: UpdateHost) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    laughs = f'<!DOCTYPE r [<!ENTITY l0 "ha">{entities}]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="a:"><rdf:Description><e:p>&l11;</e:p></rdf:Description></rdf:RDF>'
    deep = '{"a:a": [' * 20_000 + "1" + "]}" * 20_000
    for content, media_type in ((laughs, "application/rdf+xml"), (deep, "application/ld+json")):
        with pytest.raises(DocumentError):
            update_host.parse(content.encode(), media_type, "http://x.example/")
    assert len(update_host.parse(b"<s> <p> [ <q> 1 ] .", "text/turtle", "http://x.example/")) == 2
