"""The Graph Store HTTP Protocol: reading is open, writing takes a token, and a graph is what was sent."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from ontologies.namespaces import ORGANISATION
from registry.app import create_app
from registry.provenance import Deed
from registry.services import Services
from registry.settings import Settings
from registry.views import graph_store
from sparql.changes import Changes
from sparql.formats import RDF_FORMATS
from sparql.graph_store import WRITTEN
from sparql.streaming import PIECE

BASE = "http://localhost:8000"
GRAPH = "http://g.example/æ/1"
TURTLE = "text/turtle"
ORGANISATION_NUMBER, ANOTHER = "123456785", "987654325"
DOCUMENTS = {
    RdfFormat.TURTLE: '<s> <p> "blåbær"@nb .',
    RdfFormat.N_TRIPLES: '<http://g.example/æ/s> <http://g.example/æ/p> "blåbær"@nb .',
    RdfFormat.N3: '<s> <p> "blåbær"@nb .',
    RdfFormat.TRIG: '{ <s> <p> "blåbær"@nb }',
    RdfFormat.N_QUADS: f'<http://g.example/æ/s> <http://g.example/æ/p> "blåbær"@nb <{GRAPH}> .',
    RdfFormat.JSON_LD: '{"@id": "s", "http://g.example/æ/p": {"@value": "blåbær", "@language": "nb"}}',
    RdfFormat.RDF_XML: '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://g.example/æ/">'
    '<rdf:Description rdf:about="s"><e:p xml:lang="nb">blåbær</e:p></rdf:Description></rdf:RDF>',
}
ONE = '<http://g.example/æ/s> <http://g.example/æ/p> "blåbær"@nb'


class Store:
    """A client with a token."""

    def __init__(self, app: Flask, role: str = "administrator", organisation: str = "") -> None:
        self.client: FlaskClient = app.test_client()
        self.services: Services = app.extensions["samsvar"]
        _, text = self.services.tokens.create(role, organisation=organisation)
        self.headers = {"Authorization": f"Bearer {text}"}

    def send(self, method: str, content: str | bytes = "", graph: str = GRAPH, kind: str = TURTLE, **headers: str):
        return self.client.open(
            f"/graphs?graph={quote(graph, safe='')}",
            method=method,
            data=content.encode() if isinstance(content, str) else content,
            content_type=kind or None,
            headers={**self.headers, **headers},
        )

    def get(self, graph: str = GRAPH, **headers: str):
        return self.client.get(f"/graphs?graph={quote(graph, safe='')}", headers=headers)

    def lines(self, graph: str = GRAPH) -> list[str]:
        answer = self.get(graph, Accept="application/n-triples")
        assert answer.status_code == 200, answer.text
        return [line.removesuffix(" .") for line in answer.text.splitlines()]


@pytest.fixture
def store(app: Flask) -> Store:
    return Store(app)


@pytest.mark.parametrize("syntax", WRITTEN, ids=lambda each: each.file_extension)
def test_every_syntax_can_be_sent(store: Store, syntax: RdfFormat) -> None:
    kind = syntax.media_type.partition(";")[0]
    assert store.send("PUT", DOCUMENTS[syntax], kind=kind).status_code == 201
    assert store.lines() == [ONE]


@pytest.mark.parametrize("syntax", RDF_FORMATS, ids=lambda each: each.suffix)
def test_every_syntax_can_be_had(store: Store, syntax) -> None:
    store.send("PUT", DOCUMENTS[RdfFormat.TURTLE])
    answer = store.get(Accept=syntax.media_type)
    assert (answer.status_code, answer.content_type) == (200, syntax.content_type)
    assert [str(quad.triple) for quad in parse(answer.data, format=syntax.engine)] == [ONE]
    head = store.client.head(f"/graphs?graph={quote(GRAPH)}", headers={"Accept": syntax.media_type})
    assert (head.status_code, head.content_type, head.data) == (200, syntax.content_type, b"")


def test_a_large_graph_comes_as_it_is_read(store: Store) -> None:
    lines = [f"<a:{number}> <a:b> {number} ." for number in range(3 * PIECE)]
    assert store.send("PUT", "\n".join(lines)).status_code == 201
    answer = store.get(Accept="application/n-triples")
    assert answer.is_streamed
    assert "Content-Length" not in answer.headers
    assert len(answer.text.splitlines()) == len(lines)
    tag = answer.headers["ETag"]
    assert store.get(Accept="application/n-triples", **{"If-None-Match": tag}).status_code == 304
    store.send("PUT", "<a:a> <a:b> 1 .")
    short = store.get()
    assert int(short.headers["Content-Length"]) == len(short.data)


def test_head_reads_nothing_of_the_graph(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.send("PUT", "<a:a> <a:b> 1 .")
    full = store.get(Accept="text/turtle")
    monkeypatch.setattr(graph_store, "document", None)
    head = store.client.head(f"/graphs?graph={quote(GRAPH)}", headers={"Accept": "text/turtle"})
    assert (head.status_code, head.data) == (200, b"")
    for name in ("Content-Type", "ETag", "Vary", "Cache-Control"):
        assert head.headers[name] == full.headers[name]
    assert store.client.head("/graphs?graph=a:none").status_code == 404
    assert store.client.head(f"/graphs?graph={quote(GRAPH)}", headers={"Accept": "image/png"}).status_code == 406


def test_put_replaces_post_adds_delete_removes(store: Store) -> None:
    assert store.get().status_code == 404
    made = store.send("PUT", "<a:a> <a:b> 1 .")
    assert (made.status_code, made.headers["Location"]) == (201, "http://g.example/%C3%A6/1")
    assert store.send("PUT", "<a:a> <a:b> 2 .").status_code == 204
    assert store.send("POST", "<a:a> <a:b> 3 .").status_code == 204
    assert len(store.lines()) == 2
    generation = store.services.store.reader().generation
    assert store.send("POST", "<a:a> <a:b> 3 .").status_code == 204
    assert store.services.store.reader().generation == generation
    assert store.send("DELETE", kind="").status_code == 204
    assert store.get().status_code == 404
    assert store.send("DELETE", kind="").status_code == 404


def test_an_empty_graph_is_there(store: Store) -> None:
    assert store.send("PUT", "").status_code == 201
    assert store.lines() == []
    assert store.send("POST", "<a:a> <a:b> 1 .").status_code == 204
    assert store.send("PUT", "").status_code == 204
    assert store.lines() == []
    assert store.send("DELETE", kind="").status_code == 204
    assert store.get().status_code == 404


def test_the_default_graph(store: Store) -> None:
    def default(method: str, content: str = ""):
        return store.client.open(
            "/graphs?default", method=method, data=content, content_type=TURTLE, headers=store.headers
        )

    assert default("GET").data == b""
    assert default("PUT", "<a:a> <a:b> 1 .").status_code == 204
    assert default("POST", "<a:a> <a:b> 2 .").status_code == 204
    assert len(list(parse(default("GET").data, format=RdfFormat.TURTLE))) == 2
    assert default("DELETE").status_code == 204
    assert default("GET").data == b""


def test_a_graph_below_the_base_has_an_address(store: Store) -> None:
    made = store.client.post("/graphs", data="<> <a:b> 1 .", content_type=TURTLE, headers=store.headers)
    assert made.status_code == 201
    place = made.headers["Location"]
    assert place.startswith(f"{BASE}/graphs/")
    answer = store.client.get(place.removeprefix(BASE), headers={"Accept": "application/n-triples"})
    assert answer.text == f'<{place}> <a:b> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    for path in ("/graphs/person/1.ttl", "/graph/catalogue/eksempel"):
        assert (
            store.client.put(path, data="<a:a> <a:b> 1 .", content_type=TURTLE, headers=store.headers).status_code
            == 201
        )
        assert len(store.lines(f"{BASE}{path}")) == 1
        assert store.client.get(path).status_code == 200


def test_a_form_of_files(store: Store) -> None:
    store.send("PUT", "<a:a> <a:b> 1 .")
    form = {
        "one": (BytesIO(b"<a:a> <a:b> 2 ."), "one.ttl", TURTLE),
        "two": (BytesIO(b"<a:a> <a:b> <a:c> ."), "two.nt", "application/n-triples"),
    }
    answer = store.client.post(
        f"/graphs?graph={quote(GRAPH)}", data=form, content_type="multipart/form-data", headers=store.headers
    )
    assert answer.status_code == 204
    assert len(store.lines()) == 3
    bad = {"one": (BytesIO(b"a;b"), "one.csv", "text/csv")}
    for content, status in ((bad, 415), ({"one": "text"}, 400)):
        answer = store.client.post(
            f"/graphs?graph={quote(GRAPH)}", data=content, content_type="multipart/form-data", headers=store.headers
        )
        assert answer.status_code == status


def test_conditions(store: Store) -> None:
    assert store.send("PUT", "<a:a> <a:b> 1 .", **{"If-None-Match": "*"}).status_code == 201
    assert store.send("PUT", "<a:a> <a:b> 2 .", **{"If-None-Match": "*"}).status_code == 412
    tag = store.get().headers["ETag"]
    assert store.get(**{"If-None-Match": tag}).status_code == 304
    assert store.send("PUT", "<a:a> <a:b> 3 .", **{"If-Match": '"stale"'}).status_code == 412
    assert store.send("PUT", "<a:a> <a:b> 4 .", **{"If-Match": tag}).status_code == 204
    assert store.send("PUT", "<a:a> <a:b> 5 .", **{"If-Match": tag}).status_code == 412
    assert store.send("PUT", "<a:a> <a:b> 6 .", graph="a:other", **{"If-Match": "*"}).status_code == 412
    assert store.send("PUT", "<a:a> <a:b> 7 .", **{"If-Match": "*"}).status_code == 204
    assert '"7"' in store.lines()[0]


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        ("<a:a> <a:b>", TURTLE, 400),
        ("a;b", "text/csv", 415),
        ("<a:a> <a:b> 1 .", "", 415),
        ("<a:a> <a:b> 1 .", "text/turtle; charset=utf-16", 415),
        ("<a:a> <a:b> <a:c> <a:other> .", "application/n-quads", 400),
        ("GRAPH <a:other> { <a:a> <a:b> 1 }", "application/trig", 400),
    ],
)
def test_what_cannot_be_read_changes_nothing(store: Store, content: str, kind: str, status: int) -> None:
    assert store.send("PUT", content, graph="a:new", kind=kind).status_code == status
    store.send("PUT", "<a:a> <a:b> 1 .")
    assert store.send("PUT", content, kind=kind).status_code == status
    assert len(store.lines()) == 1
    assert store.get("a:new").status_code == 404


@pytest.mark.parametrize(
    "query", ["", "?graph=", "?graph=not%20an%20iri", "?default&graph=a:g", "?graph=a:g&graph=a:h", "?graph=rel"]
)
def test_a_request_names_one_graph(store: Store, query: str) -> None:
    assert store.client.get(f"/graphs{query}").status_code == 400
    assert store.client.delete(f"/graphs{query}", headers=store.headers).status_code == 400
    assert store.client.get(f"/graphs?graph={GRAPH}", headers={"Accept": "image/png"}).status_code == 404


def test_writing_takes_a_token_before_anything_is_read(store: Store) -> None:
    store.send("PUT", "<a:a> <a:b> 1 .")
    for method in ("PUT", "POST", "DELETE"):
        answer = store.client.open(f"/graphs?graph={quote(GRAPH)}", method=method, data=b"\xff", content_type="x/y")
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert len(store.lines()) == 1


def test_nobody_writes_the_registers_own_graphs(store: Store) -> None:
    for name in ("findings", "decisions", "links", "mappings", "provenance", "derived"):
        for method in ("PUT", "POST", "DELETE"):
            assert store.send(method, "<a:a> <a:b> 1 .", graph=f"{BASE}/graph/{name}").status_code == 403
    assert store.services.store.reader().generation == 0


def test_an_editor_writes_the_catalogues_of_its_organisation(app: Flask) -> None:
    admin, editor = Store(app), Store(app, "editor", ORGANISATION_NUMBER)
    own, foreign, unowned = (
        f"{BASE}/graph/catalogue/{name}" for name in (f"{ORGANISATION_NUMBER}-hus", f"{ANOTHER}-hus", "felles")
    )
    assert editor.send("PUT", "<a:a> <a:b> 1 .", graph=own).status_code == 201
    assert editor.send("POST", "<a:a> <a:b> 2 .", graph=own).status_code == 204
    admin.send("PUT", "<a:a> <a:b> 1 .", graph=unowned)
    refused = [
        foreign,
        unowned,
        GRAPH,
        f"{BASE}/graph/law/{ORGANISATION_NUMBER}",
        f"{BASE}/graph/catalogue/{ORGANISATION_NUMBER}9",
    ]
    for graph in refused:
        answer = editor.send("PUT", "<a:a> <a:b> 9 .", graph=graph)
        assert answer.status_code == 403, graph
    another = Store(app, "editor", ANOTHER)
    for method in ("PUT", "POST", "DELETE"):
        assert another.send(method, "<a:a> <a:b> 9 .", graph=own).status_code == 403
        assert Store(app, "contributor", ORGANISATION_NUMBER).send(method, "", graph=own).status_code == 403
    assert editor.client.post("/sparql", data={"update": "CLEAR ALL"}, headers=editor.headers).status_code == 403
    catalogues = {each["id"]: each for each in app.test_client().get("/catalogues.json").json["catalogues"]}
    assert catalogues[f"{ORGANISATION_NUMBER}-hus"]["publisher"]["uri"] == ORGANISATION[ORGANISATION_NUMBER].value
    assert editor.send("DELETE", graph=own, kind="").status_code == 204


def test_a_catalogue_sent_twice_changes_nothing_and_has_no_blank_nodes(store: Store) -> None:
    graph = f"{BASE}/graph/catalogue/eksempel"
    content = (
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix euvoc: <http://publications.europa.eu/ontology/euvoc#> ."
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ."
        '<a:hus> a skos:Concept ; skos:prefLabel "hus"@nb ; euvoc:xlDefinition [ a euvoc:XlNote ; rdf:value "bygning"@nb ] .'
    )
    assert store.send("PUT", content, graph=graph).status_code == 201
    generation = store.services.store.reader().generation
    assert store.send("PUT", content, graph=graph).status_code == 204
    assert store.services.store.reader().generation == generation
    assert not any("_:" in line for line in store.lines(graph))
    assert [
        quad.object.value
        for quad in store.services.store.reader().quads(
            NamedNode("a:hus"), None, None, NamedNode(f"{BASE}/graph/derived")
        )
    ]
    assert store.client.get("/search.json?q=hus&all=1").json["total"] == 1


def test_an_empty_graph_survives_a_new_process(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", uri_base=BASE, default_graph="plain")
    Store(create_app(settings)).send("PUT", "", graph="a:empty")
    again = create_app(settings).test_client()
    assert again.get("/graphs?graph=a:empty").status_code == 200
    found = again.get("/sparql", query_string={"query": "SELECT ?g { GRAPH ?g { } }"}, headers={"Accept": "text/csv"})
    assert found.text.split() == ["g", "a:empty"]


def test_whose_a_graph_is_counts_when_it_is_written(app: Flask) -> None:
    """An editor may make a catalogue that nobody has; meanwhile somebody else has made it, for another organisation."""
    editor = Store(app, "editor", ORGANISATION_NUMBER)
    graph = f"{BASE}/graph/catalogue/{ORGANISATION_NUMBER}-ny"
    services = editor.services
    with ThreadPoolExecutor(1) as pool:
        with services.alone() as writing:
            waits = pool.submit(editor.send, "PUT", "<a:a> <a:b> 1 .", graph)
            wait_until(lambda: services.writes._waiting.jobs)
            changes = Changes()
            changes.add(graph, Triple(NamedNode("a:a"), NamedNode("a:b"), NamedNode("a:theirs")))
            writing.write(changes, Deed("made-up", ANOTHER, "PUT"))
        assert waits.result().status_code == 403
    assert editor.lines(graph) == ["<a:a> <a:b> <a:theirs>"]


def wait_until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "what was waited for did not happen"
        time.sleep(0.01)
