"""Real clients on a real server: SPARQLWrapper and rdflib's SPARQLStore as they are, others by the requests they send.

Comunica and YASGUI themselves run in tests/browser/test_clients_from_npm.py.
"""

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import HTTPError

import pytest
import requests
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from werkzeug.serving import make_server

from registry.app import create_app
from registry.settings import Settings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from SPARQLWrapper import CSV, JSON, N3, POST, POSTDIRECTLY, TURTLE, XML, SPARQLExceptions, SPARQLWrapper

TERMS = "SELECT ?c ?term { ?c a skos:Concept ; skos:prefLabel ?term FILTER(LANG(?term) = 'nb') } ORDER BY ?term LIMIT 5"
GRAPH = "CONSTRUCT { ?c skos:prefLabel ?t } WHERE { ?c a skos:Concept ; skos:prefLabel ?t } LIMIT 4"


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(settings), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def endpoint(demo_services) -> Iterator[str]:
    with serving(demo_services.settings) as address:
        yield address


class TestSparqlWrapper:
    @pytest.mark.parametrize(("method", "how"), [("GET", None), (POST, None), (POST, POSTDIRECTLY)])
    def test_rows(self, endpoint, method, how):
        client = SPARQLWrapper(endpoint, returnFormat=JSON)
        client.setMethod(method)
        if how:
            client.setRequestMethod(how)
        client.setQuery(TERMS)
        rows = client.queryAndConvert()["results"]["bindings"]
        assert len(rows) == 5
        assert rows[0]["term"]["xml:lang"] == "nb"

    def test_other_formats(self, endpoint):
        client = SPARQLWrapper(endpoint)
        client.setQuery(TERMS)
        client.setReturnFormat(XML)
        assert len(client.queryAndConvert().getElementsByTagName("result")) == 5
        client.setReturnFormat(CSV)
        assert client.queryAndConvert().count(b"\n") == 6
        client.setQuery(GRAPH)
        for syntax in (TURTLE, N3):
            client.setReturnFormat(syntax)
            parsed = Graph().parse(data=client.queryAndConvert(), format="turtle")
            assert len(parsed) == 4

    def test_ask_describe_and_an_error(self, endpoint):
        client = SPARQLWrapper(endpoint, returnFormat=JSON)
        client.setQuery("ASK { ?c a skos:Concept }")
        assert client.queryAndConvert()["boolean"] is True
        client.setQuery("SELECT nonsense {")
        with pytest.raises(SPARQLExceptions.QueryBadFormed):
            client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_store(endpoint, method):
    graph = Graph(SPARQLStore(endpoint, method=method))
    concept = next(graph.subjects(RDF.type, SKOS.Concept))
    assert isinstance(concept, URIRef)
    assert any(isinstance(term, Literal) and term.language == "nb" for term in graph.objects(concept, SKOS.prefLabel))
    assert (concept, RDF.type, SKOS.Concept) in graph
    assert len(list(graph.query(f"PREFIX skos: <{SKOS}> {TERMS}"))) == 5
    assert bool(graph.query("ASK { ?s ?p ?o }"))
    assert len(graph.query(f"PREFIX skos: <{SKOS}> {GRAPH}").graph) == 4
    assert len(graph) > 1000


def test_rdflib_update_store(services):
    """Writes through rdflib reach the graph that they name, and are read back through it."""
    _, token = services.tokens.create("administrator")
    graph_name = URIRef("http://example.org/graph")
    concept, term = URIRef("http://example.org/c"), Literal("båt", lang="nb")
    with serving(services.settings) as address:
        headers = {"Authorization": f"Bearer {token}"}
        store = SPARQLUpdateStore(address, address, headers=headers)
        graph = Graph(store, identifier=graph_name)
        graph.add((concept, SKOS.prefLabel, term))
        graph.add((concept, RDF.type, SKOS.Concept))
        store.commit()
        assert set(graph) == {(concept, SKOS.prefLabel, term), (concept, RDF.type, SKOS.Concept)}
        graph.remove((concept, RDF.type, None))
        store.commit()
        graph.update("INSERT DATA { <http://example.org/c> <http://example.org/p> 1 }")
        store.commit()
        assert {predicate for _, predicate, _ in graph} == {SKOS.prefLabel, URIRef("http://example.org/p")}
        with pytest.raises(HTTPError, match="401"):
            SPARQLUpdateStore(address, address).update("INSERT DATA { <a:b> <a:c> 1 }")


COMUNICA_RDF = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,"
    "text/turtle;q=0.6,application/rdf+xml;q=0.5,application/json;q=0.45,text/n3;q=0.35,application/xml;q=0.3,"
    "image/svg+xml;q=0.3,text/xml;q=0.2,text/html;q=0.2,application/xhtml+xml;q=0.18"
)
COMUNICA_ROWS = "application/sparql-results+json;q=1.0,application/sparql-results+xml;q=0.7"


def test_requests_of_comunica(endpoint):
    described = requests.get(endpoint, headers={"Accept": COMUNICA_RDF}, timeout=10)
    assert described.status_code == 200
    assert described.headers["Content-Type"].partition(";")[0] in COMUNICA_RDF
    assert "sparql-service-description#" in described.text
    counted = "SELECT (COUNT(*) AS ?count) WHERE { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?o. }"
    headers = {"Accept": COMUNICA_ROWS, "Origin": "https://query.example"}
    answer = requests.post(endpoint, data={"query": counted}, headers=headers, timeout=10)
    assert int(answer.json()["results"]["bindings"][0]["count"]["value"]) > 100
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    bound = (
        "SELECT ?o WHERE { VALUES ?s { <urn:x> UNDEF } ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?o. } LIMIT 3"
    )
    answer = requests.get(endpoint, params={"query": bound}, headers=headers, timeout=10)
    assert len(answer.json()["results"]["bindings"]) == 3


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        (TERMS, "application/sparql-results+json,*/*;q=0.9", "application/sparql-results+json"),
        (GRAPH, "text/turtle,*/*;q=0.9", "text/turtle; charset=utf-8"),
        ("DESCRIBE <urn:nothing>", "application/n-triples,*/*;q=0.9", "application/n-triples"),
    ],
)
def test_requests_of_yasgui(endpoint, query, accept, media_type):
    asked = {
        "Origin": "https://yasgui.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    allowed = requests.options(endpoint, headers=asked, timeout=10)
    assert "POST" in allowed.headers["Access-Control-Allow-Methods"]
    headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8", **asked}
    answer = requests.post(endpoint, data={"query": query}, headers=headers, timeout=10)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, media_type)


def test_requests_of_clients_written_for_jena(endpoint):
    """Skosmos names a variable twice and writes booleans with a capital; Jena's own client sends ``output``."""
    query = "SELECT ?c ?c (True AS ?yes) WHERE { ?c a skos:Concept . FILTER(True) } LIMIT 2"
    answer = requests.get(endpoint, params={"query": query, "output": "json"}, timeout=10)
    assert answer.json()["head"]["vars"] == ["c", "yes"]
    assert answer.json()["results"]["bindings"][0]["yes"]["value"] == "true"


def test_requests_of_rdf4j_bind_variables(endpoint):
    answer = requests.post(
        endpoint,
        data={"query": "SELECT ?c WHERE { ?c samsvar:termKey ?word }", "$word": "barn"},
        headers={"Accept": "application/sparql-results+json;q=0.8, application/sparql-results+xml;q=0.8"},
        timeout=10,
    )
    assert answer.json()["results"]["bindings"]
