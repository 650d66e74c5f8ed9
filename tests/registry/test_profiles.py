"""Documents for readers and by other profiles: what stands where, and how a client asks for it."""

import json
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from pages_register import BASE, QUAY, VESSEL
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from ontologies.namespaces import RDF, SCHEMA, SKOS, SKOSXL

FOREIGN = f"/resource?uri={quote(VESSEL, safe='')}"
SKOS_CORE = "http://www.w3.org/2004/02/skos/core"


def triples(client: FlaskClient, path: str) -> set[Triple]:
    return {quad.triple for quad in parse(client.get(path).data, RdfFormat.TURTLE)}


def test_turtle_begins_with_the_thing_and_has_nameless_parts_inside(pages: FlaskClient) -> None:
    text = pages.get(f"{FOREIGN}&format=ttl").text
    body = text.partition("\n\n")[2]
    assert body.startswith(f"<{VESSEL}> a skos:Concept ;")
    assert "[\n" in body
    assert f"{BASE}/sources/" not in text
    assert f"<{BASE}/definitions/d1> a euvoc:XlNote" in body, "a definition keeps its URI"


def test_json_ld_is_one_object_with_its_parts_inside(pages: FlaskClient) -> None:
    document = json.loads(pages.get(f"{FOREIGN}&format=jsonld").data)
    assert document["@id"] == VESSEL
    assert document["@type"] == "skos:Concept"
    assert "fartøy" in document["prefLabel"]["nb"]
    definition = document["xlDefinition"]
    assert definition["@id"] == f"{BASE}/definitions/d1"
    assert definition["value"]["nb"]
    assert "@graph" not in document
    whole = pages.get("/context.jsonld").get_json(force=True)["@context"]
    assert document["@context"].items() <= whole.items(), "what a document carries is part of the one context"


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": "text/turtle", "Accept-Profile": f"<https://none.example>, <{SKOS_CORE}>;q=0.5"},
        {"Accept": f'text/turtle;profile="{SKOS_CORE}#"'},
    ],
    ids=["Accept-Profile", "parameter of the media type"],
)
def test_a_profile_is_negotiated_from_the_thing_to_the_document(pages: FlaskClient, headers: dict[str, str]) -> None:
    thing = pages.get(FOREIGN, headers=headers)
    assert thing.headers["Location"] == f"{FOREIGN}&format=ttl&_profile=skos"
    assert "Accept-Profile" in thing.headers["Vary"]
    document = pages.get(thing.headers["Location"])
    assert document.headers["Content-Profile"] == f"<{SKOS_CORE}>"
    assert f'<{SKOS_CORE}>; rel="profile"' in document.headers["Link"]
    assert pages.get(f"{FOREIGN}&format=ttl", headers=headers).data == document.data


def test_plain_skos_has_definitions_as_words_and_relations_without_nodes(pages: FlaskClient) -> None:
    found = triples(pages, f"{FOREIGN}&format=ttl&_profile=skos")
    assert {triple.subject for triple in found} == {NamedNode(VESSEL)}
    assert any(triple.predicate == SKOS.definition for triple in found)
    assert any(triple.predicate in (SKOS.narrower, SKOS.broader, SKOS.related) for triple in found)


def test_skos_xl_makes_labels_things(pages: FlaskClient) -> None:
    found = triples(pages, f"{FOREIGN}&format=ttl&_profile=skos-xl")
    [*labels] = [triple.object for triple in found if triple.predicate == SKOSXL.prefLabel]
    forms = {triple.object for triple in found if triple.subject in labels and triple.predicate == SKOSXL.literalForm}
    assert forms == {triple.object for triple in found if triple.predicate == SKOS.prefLabel}


def test_schema_org_calls_a_concept_a_defined_term(pages: FlaskClient) -> None:
    found = triples(pages, f"{FOREIGN}&format=ttl&_profile=schema")
    assert Triple(NamedNode(VESSEL), RDF.type, SCHEMA.DefinedTerm) in found
    assert {SCHEMA.name, SCHEMA.description} <= {triple.predicate for triple in found}


def test_a_dataset_by_dcat_ap_has_no_norwegian_terms(demo_client: FlaskClient) -> None:
    uri = quote("https://eksempel-data.example/datasett/skattemeldinger", safe="")
    held = demo_client.get(f"/resource?uri={uri}&format=ttl")
    assert held.headers["Content-Profile"] == "<https://data.norge.no/specification/dcat-ap-no>"
    document = demo_client.get(f"/resource?uri={uri}&format=ttl&_profile=dcat-ap")
    assert document.status_code == 200
    found = {quad.predicate.value for quad in parse(document.data, RdfFormat.TURTLE)}
    assert not [each for each in found if "norge.no" in each]


def test_profiles_are_listed(pages: FlaskClient) -> None:
    answer = pages.get(f"{FOREIGN}&_profile=alt")
    tokens = {each["token"]: each for each in answer.get_json()["profiles"]}
    assert set(tokens) == {"skos-ap-no", "skos", "skos-xl", "schema"}
    assert 'rel="type"; token="skos"' in answer.headers["Link"]
    for each in tokens.values():
        for document in each["documents"]:
            got = pages.get(document["url"])
            assert (got.status_code, got.mimetype) == (200, document["type"])
            assert got.headers["Content-Profile"] == f"<{each['uri']}>"


def test_an_unknown_profile_is_refused_in_the_address_and_passed_over_in_a_header(pages: FlaskClient) -> None:
    refused = pages.get(f"{FOREIGN}&format=ttl&_profile=marc")
    assert refused.status_code == 406
    assert any("_profile=skos" in each["url"] for each in refused.get_json()["alternatives"])
    passed = pages.get(f"{FOREIGN}&format=ttl", headers={"Accept-Profile": "<https://none.example>"})
    assert passed.headers["Content-Profile"] == "<https://data.norge.no/specification/skos-ap-no-begrep>"


def test_documents_by_other_profiles_have_other_etags(pages: FlaskClient) -> None:
    profiles = ("skos-ap-no", "skos", "skos-xl", "schema")
    assert len({pages.get(f"{FOREIGN}&format=ttl&_profile={each}").headers["ETag"] for each in profiles}) == 4


def test_a_page_has_signposts_and_the_link_set_has_them_all(pages: FlaskClient) -> None:
    path = QUAY.removeprefix(BASE)
    links = pages.get(f"{path}.html").headers["Link"]
    assert f'<{QUAY}>; rel="cite-as"' in links
    assert f'<{path}.ttl>; rel="describedby"; type="text/turtle"' in links
    assert '<https://schema.org/DefinedTerm>; rel="type"' in links
    address = f"/linkset?uri={quote(QUAY, safe='')}"
    assert f'<{address}>; rel="linkset"; type="application/linkset+json"' in links
    found = {each["anchor"]: each for each in pages.get(address).get_json(force=True)["linkset"]}
    assert found[f"{BASE}{path}.html"]["cite-as"] == [{"href": QUAY}]
    assert found[f"{BASE}{path}.ttl"]["describes"][0]["href"] == f"{BASE}{path}.html"
    text = pages.get(address, headers={"Accept": "application/linkset"})
    assert text.mimetype == "application/linkset"
    assert f'<{QUAY}>; rel="cite-as"; anchor="{BASE}{path}.html"' in text.text


JSON_LD = "http://www.w3.org/ns/json-ld#"
CONTEXT = f"{BASE}/context.jsonld"
FORMS = {"expanded": list, "flattened": dict, "compacted": dict, "framed": dict}


def ask_form(client: FlaskClient, accept: str) -> tuple[str, object]:
    answer = client.get(f"{FOREIGN}&format=jsonld", headers={"Accept": accept})
    assert answer.status_code == 200
    return answer.headers["Content-Type"], json.loads(answer.data)


def said_by(document: object) -> set[Triple]:
    """The statements of a document as a reader of JSON-LD has them."""
    return {quad.triple for quad in parse(json.dumps(document), RdfFormat.JSON_LD)}


@pytest.mark.parametrize(("name", "kind"), FORMS.items())
def test_every_form_of_json_ld_says_the_same(pages: FlaskClient, name: str, kind: type) -> None:
    content_type, document = ask_form(pages, f'application/ld+json;profile="{JSON_LD}{name}"')
    assert content_type == f'application/ld+json; profile="{JSON_LD}{name}"'
    assert isinstance(document, kind)
    assert ("@graph" in document, "@context" in document) == (name == "flattened", name != "expanded")
    held = pages.get(f"{FOREIGN}&format=nt").data
    assert said_by(document) == {quad.triple for quad in parse(held, RdfFormat.N_TRIPLES)}


def test_json_ld_refers_to_our_context_where_that_is_asked_for(pages: FlaskClient) -> None:
    content_type, document = ask_form(pages, f'application/ld+json;profile="{CONTEXT}"')
    assert content_type == f'application/ld+json; profile="{CONTEXT}"'
    assert isinstance(document, dict)
    assert document["@context"] == CONTEXT
    _, plain = ask_form(pages, "application/ld+json")
    assert isinstance(plain, dict)
    whole = pages.get("/context.jsonld").get_json(force=True)["@context"]
    assert said_by({**document, "@context": whole}) == said_by(plain)


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (f'application/ld+json;profile="{JSON_LD}expanded";q=0.5, application/ld+json', ""),
        (
            f'application/ld+json;profile="https://none.example", application/ld+json;profile="{JSON_LD}flattened"',
            "flattened",
        ),
        (f'application/ld+json;profile="https://none.example {JSON_LD}expanded"', "expanded"),
        (f'application/ld+json;profile="{JSON_LD}streaming"', ""),
        (f'text/turtle;profile="{JSON_LD}expanded", */*', ""),
    ],
)
def test_the_form_is_negotiated(pages: FlaskClient, accept: str, form: str) -> None:
    content_type, _ = ask_form(pages, accept)
    assert content_type == ("application/ld+json" if not form else f'application/ld+json; profile="{JSON_LD}{form}"')


def test_the_forms_of_a_document_have_tags_of_their_own(pages: FlaskClient) -> None:
    accepts = ["application/ld+json", *(f'application/ld+json;profile="{JSON_LD}{name}"' for name in FORMS)]
    tags = [pages.get(f"{FOREIGN}&format=jsonld", headers={"Accept": each}).headers["ETag"] for each in accepts]
    assert len(set(tags)) == len(tags)
    again = {"Accept": accepts[1], "If-None-Match": tags[1]}
    assert pages.get(f"{FOREIGN}&format=jsonld", headers=again).status_code == 304
