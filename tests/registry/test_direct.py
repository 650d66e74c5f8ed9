"""Plain queries are answered ahead of Flask; nobody can tell."""

import pytest

from registry.app import create_app

JSON = "application/sparql-results+json"
MANY = "SELECT * { ?a ?b ?c } LIMIT 1000"
ASKED = [
    ("SELECT * { ?a ?b ?c } LIMIT 3", JSON),
    ("SELECT * { ?a ?b ?c } LIMIT 3", "*/*"),
    ("SELECT * { ?a ?b ?c } LIMIT 3", ""),
    ("SELECT * { ?a ?b ?c } LIMIT 3", "text/csv;q=0.9, application/sparql-results+xml"),
    ("SELECT ?x { BIND (NOW() AS ?x) FILTER (false) }", JSON),
    ("ASK { ?s ?p 'blåbær' }", JSON),
    ("CONSTRUCT { ?a ?b ?c } { ?a ?b ?c } LIMIT 3", "text/turtle"),
    (MANY, JSON),
    ("SELECT * { ?a ?b", JSON),
    ("SELECT * { ?a ?b ?c }", "image/png"),
    ("SELECT * { SERVICE <http://127.0.0.1/> { ?a ?b ?c } }", JSON),
    ("CLEAR ALL", JSON),
    (" ", JSON),
]


def told(answer) -> dict[str, str]:
    """The headers, without the values of those that differ from time to time."""
    varies = sorted(answer.headers["Vary"].replace(" ", "").split(","))
    timed = dict.fromkeys({"Age", "Samsvar-Used", "X-Request-ID"} & {*answer.headers.keys()}, "")
    return {**answer.headers, **timed, "Vary": ",".join(varies)}


def get(client, query, accept, **more):
    return client.get("/sparql", query_string={"query": query}, headers={"Accept": accept, **more})


@pytest.fixture(scope="module")
def app(demo_services):
    return create_app(demo_services.settings)


@pytest.fixture(scope="module")
def client(app):
    """Sends the cookies that a test says."""
    return app.test_client(use_cookies=False)


@pytest.mark.parametrize("coding", ["identity", "gzip", "zstd"])
@pytest.mark.parametrize(("query", "accept"), ASKED)
def test_the_answer_is_that_of_flask(client, query, accept, coding):
    assert get(client, query, accept, Cookie="any=thing").get_data()
    by_flask = get(client, query, accept, **{"Accept-Encoding": coding, "Cookie": "any=thing"})
    directly = get(client, query, accept, **{"Accept-Encoding": coding})
    assert directly.status == by_flask.status
    assert told(directly) == told(by_flask)
    assert directly.data == by_flask.data


def test_flask_is_not_asked_for_a_plain_query(app, client, monkeypatch):
    assert get(client, "ASK { ?never ?asked ?before }", JSON).json["boolean"]
    monkeypatch.setattr(app, "full_dispatch_request", lambda: 1 / 0)
    assert get(client, "ASK { ?before ?never ?asked }", JSON).json["boolean"]
    assert get(client, "ASK { ?asked ?before ?never }", JSON, Cookie="any=thing").status_code == 500
