"""URIs: 303 from the thing to the document, negotiation, suffixes, caching, what is refused."""

from collections.abc import Iterable
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from pages_register import ACT, BASE, OLD_SHIP, QUAY, VESSEL
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

from ontologies.namespaces import DCT, EUVOC, RDF, SKOS, SKOSNO

PATH = QUAY.removeprefix(BASE)
FOREIGN = f"/resource?uri={quote(VESSEL, safe='')}"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
FORMATS = {
    "ttl": ("text/turtle", RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", RdfFormat.JSON_LD),
    "rdf": ("application/rdf+xml", RdfFormat.RDF_XML),
    "nt": ("application/n-triples", RdfFormat.N_TRIPLES),
}


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        (None, "html"),
        ("*/*", "html"),
        (BROWSER, "html"),
        ("text/turtle", "ttl"),
        ("text/*;q=0.5, text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/rdf+xml", "rdf"),
        ("application/n-triples", "nt"),
        ("application/trig", "trig"),
        ("application/n-quads", "nq"),
        ("application/json", "json"),
        ("text/turtle;q=0.4, application/ld+json;q=0.8", "jsonld"),
        ("text/turtle;q=0, text/html;q=0.1", "html"),
        ("application/*;q=0.2, text/html;q=0.1", "jsonld"),
        ("image/png, text/turtle;q=0.01", "ttl"),
    ],
)
def test_a_thing_answers_303_to_the_document_wanted(pages: FlaskClient, accept: str | None, suffix: str) -> None:
    headers = {"Accept": accept} if accept else {}
    own = pages.get(PATH, headers=headers)
    assert own.status_code == 303
    assert own.headers["Location"] == f"{PATH}.{suffix}"
    assert {"Accept", "Accept-Language"} <= set(own.headers["Vary"].split(", "))
    foreign = pages.get(FOREIGN, headers=headers)
    assert foreign.status_code == 303
    assert foreign.headers["Location"] == f"{FOREIGN}&format={suffix}"


@pytest.mark.parametrize("path", [PATH, FOREIGN])
def test_scripts_of_other_sites_may_follow_a_uri_and_ask_again(pages: FlaskClient, path: str) -> None:
    origin = {"Origin": "https://other.example", "Accept": "text/turtle"}
    thing = pages.get(path, headers=origin)
    assert (thing.status_code, thing.headers["Access-Control-Allow-Origin"]) == (303, "*")
    document = pages.get(thing.headers["Location"], headers=origin)
    assert document.headers["Access-Control-Allow-Origin"] == "*"
    wish = {**origin, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match"}
    allowed = pages.options(path, headers=wish)
    assert allowed.headers["Access-Control-Allow-Origin"] == "*"
    assert "If-None-Match" in allowed.headers["Access-Control-Allow-Headers"]
    writing = pages.options("/api/v1/queries/x", headers={**origin, "Access-Control-Request-Method": "PUT"})
    assert "Access-Control-Allow-Methods" not in writing.headers


@pytest.mark.parametrize("accept", ["application/xml", "text/xml", "image/png", "text/turtle;q=0"])
@pytest.mark.parametrize("path", [PATH, FOREIGN])
def test_nothing_acceptable_is_406_with_the_alternatives(pages: FlaskClient, accept: str, path: str) -> None:
    answer = pages.get(path, headers={"Accept": accept})
    assert answer.status_code == 406
    assert answer.mimetype == "application/problem+json"
    assert {one["type"] for one in answer.json["alternatives"]} >= {"text/html", "text/turtle", "application/rdf+xml"}
    for one in answer.json["alternatives"]:
        assert pages.get(one["url"]).mimetype == one["type"]


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_syntax_says_the_same_about_a_concept(pages: FlaskClient, suffix: str) -> None:
    media_type, engine = FORMATS[suffix]
    answer = pages.get(f"{FOREIGN}&format={suffix}")
    assert answer.status_code == 200
    assert answer.mimetype == media_type
    found = {quad.triple for quad in parse(answer.data, format=engine)}
    reference = {quad.triple for quad in parse(pages.get(f"{FOREIGN}&format=nt").data, format=RdfFormat.N_TRIPLES)}
    assert canonical(found) == canonical(map(without_names, reference) if suffix == "ttl" else reference)


def without_names(triple: Triple) -> Triple:
    """As Turtle says it: what was a blank node is one again."""
    subject, value = (
        BlankNode(node.value.rpartition("/")[2])
        if isinstance(node, NamedNode) and node.value.startswith((f"{BASE}/sources/", f"{BASE}/nodes/"))
        else node
        for node in (triple.subject, triple.object)
    )
    return Triple(subject, triple.predicate, value)


def canonical(triples: Iterable[Triple]) -> set[Quad]:
    """The same for the same graph, whatever its blank nodes are called."""
    dataset = Dataset(Quad(*triple) for triple in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return set(dataset)


@pytest.mark.parametrize(
    ("suffix", "syntax"), [("trig", RdfFormat.TRIG), ("nq", RdfFormat.N_QUADS)], ids=["TriG", "N-Quads"]
)
def test_syntaxes_for_datasets_say_the_same_and_who_says_it(pages: FlaskClient, suffix: str, syntax: RdfFormat) -> None:
    answer = pages.get(f"{FOREIGN}&format={suffix}")
    assert answer.mimetype == syntax.media_type
    quads = list(parse(answer.data, syntax))
    triples = set(parse(pages.get(f"{FOREIGN}&format=nt").data, RdfFormat.N_TRIPLES))
    assert {quad.triple for quad in quads} == {quad.triple for quad in triples}
    by_graph = {graph: [quad for quad in quads if quad.graph_name == graph] for graph in {q.graph_name for q in quads}}
    assert set(by_graph) == {DefaultGraph(), NamedNode(f"{BASE}/graph/catalogue/prove-havn")}
    assert len(by_graph[DefaultGraph()]) == len(triples)


def test_a_concepts_document_holds_what_belongs_to_it(pages: FlaskClient) -> None:
    triples = [quad.triple for quad in parse(pages.get(f"{FOREIGN}&format=nt").data, format=RdfFormat.N_TRIPLES)]
    subjects = {triple.subject.value for triple in triples}
    own = {
        VESSEL,
        *(f"{BASE}/{tail}" for tail in ("definitions/d1", "sources/s1", "nodes/contact1", "nodes/relation1")),
    }
    assert subjects == own
    predicates = {triple.predicate for triple in triples}
    assert {SKOS.prefLabel, EUVOC.xlDefinition, RDF.value, DCT.source, SKOSNO.hasSpecificConcept} <= predicates
    assert SKOS.definition not in predicates, "what is derived is not in a document"


def test_the_catalogues_document_holds_its_collection(pages: FlaskClient) -> None:
    answer = pages.get("/catalogues/prove-havn.ttl")
    triples = [quad.triple for quad in parse(answer.data, format=RdfFormat.TURTLE)]
    members = {t.object.value for t in triples if t.predicate == SKOS.member}
    assert members == {VESSEL, OLD_SHIP, QUAY}
    assert any(t.subject == NamedNode(f"{BASE}/graph/catalogue/prove-havn") for t in triples)


@pytest.mark.parametrize(
    "path",
    [
        "/definitions/d1",
        "/sources/s1",
        "/nodes/contact1",
        ACT.removeprefix(BASE),
        f"{ACT.removeprefix(BASE)}/2",
        "/concepts/law-vessel",
        "/catalogues/prove-fisk",
    ],
)
def test_everything_minted_answers(pages: FlaskClient, path: str) -> None:
    for suffix in ("html", "ttl", "json"):
        assert pages.get(path, headers={"Accept": "*/*"}).status_code == 303
        assert pages.get(f"{path}.{suffix}").status_code == 200


def test_a_named_graph_is_a_document_and_answers_with_its_triples(pages: FlaskClient) -> None:
    answer = pages.get("/graph/catalogue/prove-fisk", headers={"Accept": "text/turtle"})
    assert answer.status_code == 200
    assert answer.mimetype == "text/turtle"
    assert "core#Concept>" in answer.get_data(as_text=True) or "skos:Concept" in answer.get_data(as_text=True)
    assert pages.get("/graph/catalogue/prove-fisk.html").status_code == 200
    page = pages.get("/graph/catalogue/prove-fisk", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["Location"]) == (303, "/graph/catalogue/prove-fisk.html")
    assert pages.get("/graph/catalogue/nowhere").status_code == 404


def test_findings_and_imports_answer(pages: FlaskClient) -> None:
    finding = pages.get("/conflicts.json").json["findings"][0]["uri"]
    last = pages.get("/catalogues/prove-havn.json").json["lastImport"]["uri"]
    for uri in (finding, last):
        body = pages.get(f"{uri.removeprefix(BASE)}.nt").get_data(as_text=True)
        assert f"<{uri}> " in body
        assert pages.get(uri.removeprefix(BASE), headers={"Accept": "text/html"}).status_code == 303


@pytest.mark.parametrize("path", [f"{PATH}.ttl", f"{PATH}.html", "/concepts", "/", f"{FOREIGN}&format=html"])
def test_etag_304_and_head(pages: FlaskClient, path: str) -> None:
    first = pages.get(path, headers={"Accept": "text/html, text/turtle;q=0.5"})
    tag = first.headers["ETag"]
    assert tag.startswith('"')
    again = pages.get(path, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == tag
    assert {"Accept", "Accept-Language"} <= set(again.headers["Vary"].split(", "))
    head = pages.head(path)
    assert head.status_code == 200
    assert head.data == b""
    assert head.headers["ETag"] == tag


def test_etags_differ_by_language_and_format(pages: FlaskClient) -> None:
    tags = {
        pages.get(f"{PATH}.{suffix}", headers={"Accept-Language": language}).headers["ETag"]
        for suffix, language in (("html", "nb"), ("html", "en"), ("ttl", "nb"), ("json", "nb"))
    }
    assert len(tags) == 4


def test_documents_link_to_their_other_formats(pages: FlaskClient) -> None:
    links = pages.get(f"{PATH}.html").headers["Link"]
    assert f'<{PATH}.ttl>; rel="alternate"; type="text/turtle"' in links
    assert f'<{QUAY}>; rel="describes"' in links
    assert ".html>" not in links


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/concepts/none", 404),
        ("/concepts/none.ttl", 404),
        ("/concepts/.ttl", 404),
        ("/resource", 400),
        ("/resource?uri=not%20a%20uri", 400),
        ("/resource?uri=relative", 400),
        (f"/resource?uri={quote('https://example.org/unknown', safe='')}", 404),
        (f"{FOREIGN}&format=png", 406),
        ("/terms/%00", 200),
        ("/concepts?catalogue=%00", 400),
        ("/no/such/page", 404),
        ("/concepts/%3Cscript%3E", 404),
        ("/concepts/a%20b", 404),
        ("/%C3%A6%C3%B8%C3%A5", 404),
    ],
)
def test_what_is_not_there_is_refused_politely(pages: FlaskClient, path: str, status: int) -> None:
    answer = pages.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == status
    assert "<script>" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("path", "nb", "nn"),
    [
        ("/concepts/none", "Registeret har ingenting om", "Registeret har ingenting om"),
        ("/conflicts?severity=x", "Parameteren severity er én av", "Parameteren severity er éin av"),
        ("/concepts?page=x", "et helt tall fra 1", "eit heilt tal frå 1"),
        ("/organisations/999999999", "ingen virksomhet med nummeret", "inga verksemd med nummeret"),
        ("/resource?uri=x", "ikke en absolutt URI", "ikkje ein absolutt URI"),
    ],
)
def test_error_pages_are_in_the_readers_language(pages: FlaskClient, path: str, nb: str, nn: str) -> None:
    for language, words in (("nb", nb), ("nn", nn)):
        answer = pages.get(path, headers={"Accept": "text/html", "Accept-Language": language})
        main = answer.get_data(as_text=True).partition("<main")[2].partition("</main>")[0]
        assert answer.status_code in {400, 404}
        assert words in main
        assert 'lang="en"' not in main


def test_a_detail_that_nobody_translated_is_marked_as_english(pages: FlaskClient) -> None:
    answer = pages.post("/concepts", headers={"Accept": "text/html", "Accept-Language": "nn"})
    assert answer.status_code == 405
    assert '<p lang="en">' in answer.get_data(as_text=True)


def test_language_by_parameter_is_remembered(pages_services: object, empty_pages: FlaskClient) -> None:
    answer = empty_pages.get("/?lang=nn", headers={"Accept-Language": "en"})
    assert answer.headers["Content-Language"] == "nn"
    assert "samsvar-lang=nn" in answer.headers["Set-Cookie"]
    assert empty_pages.get("/", headers={"Accept-Language": "en"}).headers["Content-Language"] == "nn"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("en-GB,en;q=0.9", "en"),
        ("nn-NO", "nn"),
        ("no", "nb"),
        ("nb-NO,nn;q=0.5", "nb"),
        ("se, nn;q=0.5", "nn"),
        ("zh", "nb"),
    ],
)
def test_language_by_header(pages: FlaskClient, accepted: str, language: str) -> None:
    answer = pages.get("/concepts", headers={"Accept-Language": accepted, "Accept": "text/html"})
    assert answer.headers["Content-Language"] == language


def test_a_format_may_be_named_in_the_query(pages: FlaskClient) -> None:
    assert pages.get(f"{PATH}?format=ttl").headers["Location"] == f"{PATH}.ttl"
    assert pages.get(f"{PATH}?format=application/rdf%2Bxml").headers["Location"] == f"{PATH}.rdf"
    assert pages.get(f"{PATH}?format=png").status_code == 406


def test_a_terms_data_has_the_suffix(pages: FlaskClient) -> None:
    assert pages.get("/terms/fartøy.json").json["term"] == "fartøy"
    assert len(pages.get("/terms/farty.json").json["concepts"]) == 3, "by the concept's bokmål term"


def test_a_resource_of_ours_leads_to_its_own_path(pages: FlaskClient) -> None:
    answer = pages.get(f"/resource?uri={quote(QUAY, safe='')}", headers={"Accept": "text/turtle"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{PATH}.ttl"
