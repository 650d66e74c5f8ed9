"""Every kind of thing that the sample register holds, in every format: what a client may rely on, whatever it asks for."""

import json
from collections.abc import Mapping
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, parse
from werkzeug.test import TestResponse

from ontologies.namespaces import DCAT, ELI, EUVOC, MODELLDCATNO, PROV, RDF, SAMSVAR, SKOS
from registry.services import Services

pytestmark = pytest.mark.slow

KINDS: Mapping[str, NamedNode] = {
    "concept": SKOS.Concept,
    "statutory concept": SAMSVAR.StatutoryConcept,
    "definition": EUVOC.XlNote,
    "collection": SKOS.Collection,
    "model": MODELLDCATNO.InformationModel,
    "class": MODELLDCATNO.ObjectType,
    "attribute": MODELLDCATNO.Attribute,
    "role": MODELLDCATNO.Role,
    "code list": MODELLDCATNO.CodeList,
    "code": MODELLDCATNO.CodeElement,
    "catalogue": DCAT.Catalog,
    "dataset": DCAT.Dataset,
    "distribution": DCAT.Distribution,
    "API": DCAT.DataService,
    "operation": SAMSVAR.Operation,
    "act": ELI.LegalResource,
    "section": ELI.LegalResourceSubdivision,
    "finding": SAMSVAR.Finding,
    "evidence": SAMSVAR.Evidence,
    "import": PROV.Activity,
}
FORMATS = {
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "nt": "application/n-triples",
    "trig": "application/trig",
    "nq": "application/n-quads",
    "json": "application/json",
}
SYNTAXES = {
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
    "nt": RdfFormat.N_TRIPLES,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
}
"""Those in which all nodes have URIs."""
NEGOTIATED = {
    "": "html",
    "*/*": "html",
    "text/*": "html",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": "html",
    "text/turtle;q=0.5, application/ld+json": "jsonld",
    "text/turtle;q=0.5, application/ld+json;q=0.4": "ttl",
    "application/*;q=0.2, TEXT/TURTLE": "ttl",
    "text/html;q=0, text/*": "ttl",
    "application/rdf+xml;charset=utf-8, image/png": "rdf",
    "nonsense, application/n-triples": "nt",
}


@pytest.fixture(scope="module")
def things(demo_services: Services) -> dict[str, str]:
    """A thing of each kind, the first by its URI."""
    reader = demo_services.store.reader()
    found = {}
    for kind, of_class in KINDS.items():
        subjects = (quad.subject for quad in reader.quads(None, RDF.type, of_class))
        found[kind] = min(each.value for each in subjects if isinstance(each, NamedNode))
    return found


@pytest.fixture
def uri(things: dict[str, str], kind: str) -> str:
    return things[kind]


def address(uri: str) -> str:
    own = uri.removeprefix("http://localhost:8000")
    minted = own != uri and "#" not in uri
    return quote(own, safe="/:@!$&'()*+,;=-._~%") if minted else f"/resource?uri={quote(uri, safe='')}"


def with_format(uri: str, name: str) -> str:
    path = address(uri)
    return f"{path}{'&' if '?' in path else '?'}format={name}"


def document(client: FlaskClient, uri: str, name: str, **headers: str) -> TestResponse:
    thing = client.get(address(uri), headers={"Accept": FORMATS[name]})
    assert thing.status_code == 303
    assert {"Accept", "Accept-Language", "Accept-Profile"} <= set(thing.headers["Vary"].split(", "))
    same = client.get(with_format(uri, name))
    assert same.status_code == 200 or same.headers["Location"] == thing.headers["Location"]
    asked = {each.replace("_", "-"): value for each, value in headers.items()}
    return client.get(thing.headers["Location"], headers={"Accept": FORMATS[name], **asked})


every_kind = pytest.mark.parametrize("kind", KINDS)


@every_kind
@pytest.mark.parametrize("name", FORMATS)
def test_a_document_can_be_had_kept_and_asked_about(demo_client: FlaskClient, uri: str, name: str) -> None:
    answer = document(demo_client, uri, name)
    assert (answer.status_code, answer.mimetype) == (200, FORMATS[name])
    tag = answer.headers["ETag"]
    assert tag.startswith('"')
    assert document(demo_client, uri, name, If_None_Match=tag).status_code == 304
    assert document(demo_client, uri, name, If_None_Match=f'"other", W/{tag}').status_code == 304
    assert document(demo_client, uri, name, Range="bytes=0-9").status_code in (200, 206)
    if modified := answer.headers.get("Last-Modified"):
        assert document(demo_client, uri, name, If_Modified_Since=modified).status_code == 304
    if name != "html":
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    path = demo_client.get(address(uri), headers={"Accept": FORMATS[name]}).headers["Location"]
    head = demo_client.head(path, headers={"Accept": FORMATS[name]})
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", tag)
    assert head.headers["Content-Length"] == str(len(answer.data))


@every_kind
def test_all_syntaxes_say_the_same_of_the_thing(demo_client: FlaskClient, uri: str) -> None:
    said = {
        name: {quad.triple for quad in parse(document(demo_client, uri, name).data, syntax)}
        for name, syntax in SYNTAXES.items()
    }
    assert NamedNode(uri) in {triple.subject for triple in said["nt"]}
    for name in SYNTAXES:
        assert said[name] == said["nt"], name
    turtle = {quad.triple for quad in parse(document(demo_client, uri, "ttl").data, RdfFormat.TURTLE)}
    assert len(turtle) == len(said["nt"])


@every_kind
def test_the_format_follows_from_what_the_client_likes(demo_client: FlaskClient, uri: str) -> None:
    for accept, name in NEGOTIATED.items():
        headers = {"Accept": accept} if accept else {}
        location = demo_client.get(address(uri), headers=headers).headers["Location"]
        assert location.endswith((f".{name}", f"&format={name}")), accept


@every_kind
def test_what_cannot_be_given_is_said_in_the_language_of_the_client(demo_client: FlaskClient, uri: str) -> None:
    details = set()
    for language in ("nb", "nn", "en"):
        answer = demo_client.get(address(uri), headers={"Accept": "image/png", "Accept-Language": language})
        problem = json.loads(answer.data)
        assert (answer.status_code, problem["type"]) == (406, "/problems/not-acceptable")
        assert answer.headers["Content-Language"] == language
        assert {each["type"] for each in problem["alternatives"]} >= set(FORMATS.values())
        details.add(problem["detail"])
        page = document(demo_client, uri, "html", Accept_Language=language)
        assert f'<html lang="{language}"' in page.text
    assert len(details) == 3
    assert demo_client.get(with_format(uri, "xyz")).status_code == 406


@every_kind
def test_other_methods_and_spellings_are_answered(demo_client: FlaskClient, uri: str) -> None:
    path = address(uri)
    head = demo_client.head(path, headers={"Accept": "text/turtle"})
    assert (head.status_code, head.data) == (303, b"")
    options = demo_client.options(path)
    assert options.status_code in (200, 204)
    assert {"GET", "HEAD", "OPTIONS"} <= set(options.headers["Allow"].split(", "))
    assert demo_client.post(path).status_code == 405
    spellings = [uri.removesuffix("/") if uri.endswith("/") else f"{uri}/", f"{uri[:-1]}%{ord(uri[-1]):02X}"]
    for other in spellings:
        answer = demo_client.get(f"/resource?uri={quote(other, safe='')}")
        assert answer.status_code == 301, other
        assert answer.headers["Location"] == path
