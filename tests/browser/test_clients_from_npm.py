"""Comunica and YASGUI as they are on npm, on a live register: detection of the endpoint, joins, another origin."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import npm_clients
import pytest
from playwright.sync_api import BrowserContext, Page, expect

SKOS = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
TERMS = f'{SKOS} SELECT ?c ?t {{ ?c a skos:Concept ; skos:prefLabel ?t FILTER(LANG(?t) = "nb") }} ORDER BY ?t LIMIT 3'


@pytest.fixture(scope="module")
def clients() -> Path:
    return npm_clients.installed()


def comunica(clients: Path, query: str, *sources: str, media_type: str = "application/sparql-results+json") -> str:
    done = npm_clients.node(
        "node_modules/.bin/comunica-sparql", *sources, "-q", query, "-t", media_type, folder=clients
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows(answer: str) -> list[dict[str, dict[str, str]]]:
    found: list[dict[str, dict[str, str]]] = json.loads(answer)["results"]["bindings"]
    return found


class TestComunica:
    @pytest.mark.parametrize("named", ["sparql@{}/sparql", "{}/sparql"])
    def test_it_finds_out_that_it_is_an_endpoint(self, clients: Path, server: str, named: str) -> None:
        """By the service description where nobody says so: then the whole query is sent, not a graph fetched."""
        answer = comunica(clients, TERMS, named.format(server))
        assert [each["t"]["value"] for each in rows(answer)] == ["adresse", "aksje", "aksjeeier"]
        assert {each["t"]["xml:lang"] for each in rows(answer)} == {"nb"}
        assert json.loads(answer)["metadata"]["httpRequests"] <= 2

    def test_ask_and_construct(self, clients: Path, server: str) -> None:
        source = f"{server}/sparql"
        assert comunica(clients, f"{SKOS} ASK {{ ?c a skos:Concept }}", source, media_type="simple").strip() == "true"
        made = f"{SKOS} CONSTRUCT {{ ?c skos:prefLabel ?t }} WHERE {{ ?c a skos:Concept ; skos:prefLabel ?t }} LIMIT 4"
        assert comunica(clients, made, source, media_type="application/n-triples").count(" .\n") == 4

    def test_a_document_of_the_register_is_a_source_too(self, clients: Path, server: str) -> None:
        (concept,) = {each["c"]["value"] for each in rows(comunica(clients, TERMS, f"{server}/sparql"))[:1]}
        document = f"{server}/resource?uri={concept}"
        told = rows(comunica(clients, f"{SKOS} SELECT ?t {{ <{concept}> skos:prefLabel ?t }}", document))
        assert "adresse" in {each["t"]["value"] for each in told}

    def test_the_endpoint_is_joined_with_a_document(self, clients: Path, server: str) -> None:
        """It asks the endpoint for what fits the document's triples, many at once by VALUES."""
        (concept,) = {each["c"]["value"] for each in rows(comunica(clients, TERMS, f"{server}/sparql"))[:1]}
        query = f"{SKOS} SELECT DISTINCT ?other {{ <{concept}> skos:prefLabel ?t . ?other skos:prefLabel ?t }} LIMIT 20"
        found = rows(comunica(clients, query, f"sparql@{server}/sparql", f"file@{server}/resource?uri={concept}"))
        assert concept in {each["other"]["value"] for each in found}

    def test_an_error_comes_through(self, clients: Path, server: str) -> None:
        done = npm_clients.node(
            "node_modules/.bin/comunica-sparql", f"sparql@{server}/sparql", "-q", "SELECT * { ?s ?p }", folder=clients
        )
        assert done.returncode != 0


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing of every file."""


@pytest.fixture(scope="module")
def elsewhere(clients: Path) -> Iterator[str]:
    """Another site, with YASGUI on its page."""
    page = Path(__file__).with_name("npm_clients") / "yasgui.html"
    (clients / page.name).write_bytes(page.read_bytes())
    site = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(clients)))
    thread = threading.Thread(target=site.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{site.server_address[1]}/{page.name}"
    site.shutdown()
    thread.join()
    site.server_close()


@pytest.fixture
def yasgui(context: BrowserContext, elsewhere: str) -> Page:
    page = context.new_page()
    page.goto(elsewhere)
    return page


RUN = """([endpoint, method, query]) => {
  localStorage.clear();
  const yasgui = new Yasgui(document.getElementById("yasgui"), { requestConfig: { endpoint, method } });
  const tab = yasgui.getTab();
  tab.setQuery(query);
  tab.query();
}"""


class TestYasgui:
    @pytest.mark.parametrize("method", ["POST", "GET"])
    def test_it_shows_the_rows(self, yasgui: Page, server: str, method: str) -> None:
        yasgui.evaluate(RUN, [f"{server}/sparql", method, TERMS])
        expect(yasgui.locator(".yasr table.dataTable tbody tr")).to_have_count(3)
        expect(yasgui.locator(".yasr table.dataTable")).to_contain_text("aksjeeier")

    def test_it_shows_an_answer_of_yes(self, yasgui: Page, server: str) -> None:
        yasgui.evaluate(RUN, [f"{server}/sparql", "POST", f"{SKOS} ASK {{ ?c a skos:Concept }}"])
        expect(yasgui.locator(".yasr_results")).to_contain_text("True")

    def test_it_shows_what_is_wrong(self, yasgui: Page, server: str) -> None:
        """It may read the server's sentence: the error is open to other sites as the answer is."""
        with yasgui.expect_response(f"{server}/sparql") as answered:
            yasgui.evaluate(RUN, [f"{server}/sparql", "POST", "SELECT * { ?s ?p ?o } LIMIT nothing"])
        assert answered.value.status == 400
        expect(yasgui.locator(".yasr .errorResult")).to_contain_text("Line 1, column 29")
