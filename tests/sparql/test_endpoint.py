import json
import time
from urllib.parse import quote

import pytest
from flask import Flask, jsonify
from pyoxigraph import NamedNode, RdfFormat, parse

from sparql.endpoint import STATUS, EditorState, sparql_blueprint
from sparql.errors import QueryTimeoutError, SparqlError
from sparql.formats import RDF_FORMATS, RESULT_FORMATS
from sparql.service_description import SD

from .conftest import BASE, PUBLIC, QUICK

JSON = "application/sparql-results+json"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ENDLESS_ROWS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def page(state: EditorState):
    return {
        "query": state.query,
        "results": state.results,
        "graph": state.graph,
        "is_cut": state.is_cut,
        "error": state.error and str(state.error),
    }


@pytest.fixture
def client(host):
    app = Flask(__name__)
    app.register_blueprint(sparql_blueprint(host, uri_base=BASE, editor=page))

    @app.errorhandler(SparqlError)
    def problem(error):
        status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
        return jsonify(detail=str(error)), status

    return app.test_client()


def get(client, query, **headers):
    return client.get(f"/sparql?query={quote(query)}", headers=headers)


def count(answer):
    assert answer.status_code == 200, answer.text
    return json.loads(answer.data)["results"]["bindings"][0]["n"]["value"]


def test_query_by_get_form_and_body(client):
    answers = [
        get(client, COUNT, Accept=JSON),
        client.post("/sparql", data={"query": COUNT}),
        client.post("/sparql", data=COUNT, content_type="application/sparql-query"),
        client.post("/sparql", data=COUNT, content_type="application/sparql-query; charset=UTF-8"),
    ]
    assert [count(each) for each in answers] == [str(PUBLIC)] * 4
    assert all(each.content_type == JSON for each in answers)
    assert all(each.content_length == len(each.data) for each in answers)


@pytest.mark.parametrize("form", RESULT_FORMATS, ids=lambda each: each.suffix)
def test_result_formats_by_accept_and_by_name(client, form):
    by_accept = get(client, COUNT, Accept=form.media_type)
    by_name = client.get("/sparql", query_string={"query": COUNT, "format": form.suffix})
    by_output = client.get("/sparql", query_string={"query": COUNT, "output": form.media_type})
    assert {each.content_type for each in (by_accept, by_name, by_output)} == {form.content_type}
    assert by_accept.data == by_name.data == by_output.data


@pytest.mark.parametrize("syntax", RDF_FORMATS, ids=lambda each: each.suffix)
def test_graph_syntaxes(client, syntax):
    answer = get(client, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3", Accept=syntax.media_type)
    assert answer.content_type == syntax.content_type
    assert len(list(parse(answer.data, format=syntax.engine))) == 3


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("application/json", JSON),
        ("application/xml", "application/sparql-results+xml"),
        ("text/xml;q=0.5, text/csv;q=0.9", "text/csv; charset=utf-8"),
        ("*/*", JSON),
        (f"{JSON};q=0, */*", "application/sparql-results+xml"),
    ],
)
def test_negotiation(client, accept, expected):
    answer = get(client, COUNT, Accept=accept)
    assert answer.content_type == expected
    assert "Accept" in answer.headers["Vary"]


WRONG = [
    (lambda c: c.get("/sparql?query="), 400, "empty"),
    (lambda c: c.get("/sparql?query=ASK%7B%7D&query=ASK%7B%7D"), 400, "2 times"),
    (lambda c: c.get("/sparql?query=SELEKT"), 400, "Line 1"),
    (lambda c: c.get("/sparql?update=CLEAR%20ALL"), 400, "GET"),
    (lambda c: c.get("/sparql?query=CLEAR%20ALL&update=CLEAR%20ALL"), 400, "GET"),
    (lambda c: c.get("/sparql?query=CLEAR%20ALL"), 403, "update"),
    (lambda c: c.get("/sparql?query=" + quote("SELECT * { SERVICE <http://127.0.0.1/> {} }")), 403, "SERVICE"),
    (lambda c: c.get("/sparql?query=ASK%7B%7D&default-graph-uri=no%20iri"), 400, "no absolute IRI"),
    (lambda c: c.get("/sparql?query=ASK%7B%7D&format=docx"), 406, "application/sparql-results+json"),
    (lambda c: c.get("/sparql?query=ASK%7B%7D", headers={"Accept": "text/turtle"}), 406, "text/csv"),
    (lambda c: c.get("/sparql?query=ASK%7B%7D", headers={"Accept": "image/png"}), 406, "text/csv"),
    (lambda c: c.get("/sparql", headers={"Accept": "image/png"}), 406, "text/turtle"),
    (lambda c: c.post("/sparql", data={}), 415, "x-www-form-urlencoded"),
    (lambda c: c.post("/sparql", data={"other": "1"}), 400, "missing"),
    (lambda c: c.post("/sparql", data={"query": "ASK{}", "update": "CLEAR ALL"}), 400, "not both"),
    (lambda c: c.post("/sparql", data={"update": "CLEAR ALL"}), 403, "token"),
    (lambda c: c.post("/sparql", data={"query": ["ASK{}", "ASK{}"]}), 400, "2 times"),
    (lambda c: c.post("/sparql?query=ASK%7B%7D", data={"query": "ASK{}"}), 400, "body"),
    (lambda c: c.post("/sparql", data="ASK{}", content_type="text/plain"), 415, "text/plain"),
    (lambda c: c.post("/sparql", data="CLEAR ALL", content_type="application/sparql-update"), 403, "token"),
    (lambda c: c.post("/sparql", data="", content_type="application/sparql-query"), 400, "empty"),
    (lambda c: c.post("/sparql", data=b"ASK { ?s ?p '\xe6' }", content_type="application/sparql-query"), 400, "UTF-8"),
    (lambda c: c.post("/sparql", data="ASK{}".encode("utf-16"), content_type="application/sparql-query; charset=utf-16"), 415, "UTF-8"),
    (lambda c: c.post("/sparql", data="ASK { #" + "x" * 70_000 + "\n}", content_type="application/sparql-query"), 413, "65536"),
]  # fmt: skip


@pytest.mark.parametrize(("send", "status", "says"), WRONG)
def test_every_way_to_ask_wrongly(client, send, status, says):
    answer = send(client)
    assert answer.status_code == status
    assert says in answer.json["detail"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_fifty_megabytes_are_not_read(client):
    answer = client.post("/sparql", data=b"ASK {} #" + b"x" * 50_000_000, content_type="application/sparql-query")
    assert answer.status_code == 413


def test_other_methods_are_named(client):
    answer = client.put("/sparql?query=ASK%7B%7D")
    assert answer.status_code == 405
    assert {"GET", "HEAD", "POST", "OPTIONS"} <= set(answer.headers["Allow"].split(", "))


def test_head_and_options(client):
    head = client.head("/sparql?query=ASK%7B%7D", headers={"Accept": JSON})
    assert (head.status_code, head.content_type, head.data) == (200, JSON, b"")
    options = client.options("/sparql", headers={"Origin": "https://example.org"})
    assert options.headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Type" in options.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in options.headers


@pytest.mark.parametrize("place", ["url", "body"])
def test_the_dataset_of_the_protocol(client, place):
    dataset = {"default-graph-uri": [f"{BASE}/graph/provenance", f"{BASE}/graph/findings"]}
    if place == "url":
        answer = client.post("/sparql", query_string=dataset, data=COUNT, content_type="application/sparql-query")
    else:
        answer = client.post("/sparql", data={"query": COUNT, **dataset})
    assert count(answer) == "15"
    named = {"query": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", "named-graph-uri": f"{BASE}/graph/findings"}
    assert count(client.get("/sparql", query_string=named)) == "5"


def test_the_service_describes_itself(client):
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    triples = {quad.triple for quad in parse(answer.data, format=RdfFormat.TURTLE)}
    said = {(each.predicate, each.object) for each in triples if each.subject == NamedNode(f"{BASE}/sparql")}
    assert (SD.endpoint, NamedNode(f"{BASE}/sparql")) in said
    assert (SD.feature, SD.UnionDefaultGraph) in said
    assert len([each for each in said if each[0] == SD.resultFormat]) == len(RESULT_FORMATS) + len(RDF_FORMATS)
    assert client.get("/sparql").content_type == "text/turtle; charset=utf-8"


def test_a_person_gets_the_editor(client):
    assert client.get("/sparql", headers=BROWSER).json["query"] == ""


def test_a_form_without_script_shows_results_and_errors_on_the_page(client):
    shown = get(client, "SELECT ?o { ?s ?p ?o } LIMIT 2", **BROWSER).json
    assert len(shown["results"]["results"]["bindings"]) == 2
    assert get(client, "ASK {}", **BROWSER).json["results"]["boolean"] is True
    assert get(client, "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1", **BROWSER).json["graph"].startswith("@prefix")
    wrong = get(client, "SELECT * {\n?s ?p }", **BROWSER).json
    assert "Line 2" in wrong["error"]
    assert wrong["query"].startswith("SELECT")
    long = get(client, "SELECT * { ?a ?b ?c . ?d ?e ?f }", **BROWSER).json
    assert long["is_cut"] is True
    assert len(long["results"]["results"]["bindings"]) > 1000
    assert all(len(row) == 6 for row in long["results"]["results"]["bindings"])
    chosen = client.get("/sparql", query_string={"query": "ASK {}", "format": "csv"}, headers=BROWSER)
    assert chosen.data == b"true"


def test_a_register_without_an_editor_answers_browsers_too(host):
    app = Flask(__name__)
    app.register_blueprint(sparql_blueprint(host, uri_base=BASE))
    assert str(PUBLIC) in get(app.test_client(), COUNT, **BROWSER).text
    assert app.test_client().get("/sparql", headers=BROWSER).content_type == "text/turtle; charset=utf-8"


def test_a_query_past_its_time_has_an_honest_status(client):
    begun = time.monotonic()
    answer = get(client, ENDLESS)
    assert answer.status_code == 503
    assert "1 seconds" in answer.json["detail"]
    assert time.monotonic() - begun < QUICK.timeout + 5.0


def test_an_answer_cut_on_its_way_breaks_the_stream(client):
    with pytest.raises(QueryTimeoutError):
        assert get(client, ENDLESS_ROWS).data
    assert count(get(client, COUNT)) == str(PUBLIC)


def test_a_long_answer_comes_whole(client):
    answer = get(client, "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 2000")
    assert len(answer.json["results"]["bindings"]) == 2_000
    assert "Content-Length" not in answer.headers


WORD = "ASK { ?s ?p 'verdi 0 æøå' }"
FORM = "application/x-www-form-urlencoded"
TEXT = "application/sparql-query"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (f"query={quote(WORD)}", f"{FORM}; charset=UTF-8"),
        (f"query={quote(WORD)}&", f"{FORM}; Charset=utf-8; x=y"),
        ("query=ASK%0D%0A%7B%3Fs%0D%0A%3Fp%0D%0A%22verdi+0+%C3%A6%C3%B8%C3%A5%22%7D%0D%0A\r\n", FORM),
        (f"query={quote(WORD + ' ; ')}&default-graph-uri=&named-graph-uri=&timeout=0&debug=on", FORM),
        ("\ufeff" + WORD, TEXT),
        (f"query={quote(chr(0xFEFF) + WORD)}", FORM),
        (WORD, 'Application/SPARQL-Query; Charset="UTF-8"'),
    ],
)
def test_what_clients_write_for_the_same_question(client, body, content_type):
    answer = client.post("/sparql", data=body.encode(), content_type=content_type, headers={"Accept": JSON})
    assert (answer.status_code, answer.json) == (200, {"head": {}, "boolean": True}), answer.text


@pytest.mark.parametrize(
    "path", ["/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%22%E6%22%20%7D", "/sparql?query=ASK{}&$x=%E6"]
)
def test_a_url_that_is_not_utf_8_is_refused(client, path):
    """A replacement in its place would ask another question and answer it with 200."""
    answer = client.get(path)
    assert (answer.status_code, "is not UTF-8" in answer.json["detail"]) == (400, True)


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (WORD.encode("latin-1"), TEXT, 400),
        (WORD.encode("utf-16"), TEXT, 400),
        (WORD.encode("utf-16"), f"{TEXT}; charset=utf-16", 415),
        (WORD.encode("latin-1"), f"{TEXT};charset=ISO-8859-1", 415),
        (b"ASK { ?s ?p '\xed\xa0\x80' }", TEXT, 400),
        (b"ASK { ?s ?p '\xc0\xaf' }", TEXT, 400),
        (b"ASK { ?s ?p '\\uD800' }", TEXT, 400),
        (b"ASK {\x00}", TEXT, 400),
        (b"query=" + WORD.encode("latin-1"), FORM, 400),
        (b"query=ASK%7B%7D%20%23%E6", FORM, 400),
        (b"query=ASK%7B%zz%7D", FORM, 400),
        (b"query=" + quote(WORD).encode(), f"{FORM}; charset=ISO-8859-1", 415),
        (b"query=ASK%7B%7D&default-graph-uri=no%20iri", FORM, 400),
    ],
)
def test_other_encodings_are_refused(client, body, content_type, status):
    assert client.post("/sparql", data=body, content_type=content_type).status_code == status


@pytest.mark.parametrize(
    ("query", "name", "media_type"),
    [
        ("ASK {}", "application/sparql-results+json", JSON),
        ("ASK {}", "auto", JSON),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "json", "application/ld+json"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle; charset=utf-8", "text/turtle; charset=utf-8"),
    ],
)
def test_names_of_formats_as_clients_write_them(client, query, name, media_type):
    """A plus that was not encoded is a space."""
    answer = client.get(f"/sparql?query={quote(query)}&format={name}")
    assert answer.content_type == media_type


@pytest.mark.parametrize(
    "accept",
    [
        "application/sparql-results+json; charset=utf-8; q=0.9, text/html;level=1;q=0.1",
        "application/sparql-results+json,application/sparql-results+xml;q=0.8,application/n-triples,text/turtle;q=0.9",
        "application/sparql-results+thrift, application/sparql-results+json;q=0.9",
        'application/sparql-results+json;profile="a,b;c", ,;;, */*;q=0.1',
    ],
)
def test_accept_as_clients_write_it(client, accept):
    assert get(client, "ASK {}", Accept=accept).content_type == JSON
