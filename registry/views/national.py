"""Reads that clients of the national data directory know: ``/v1/``, ``/search`` by POST, ``/collections``."""

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request
from flask_babel import gettext
from pyoxigraph import NamedNode

from registry.catalogue.catalogues import catalogues
from registry.catalogue.documents import described
from registry.catalogue.organisations import organisation_number
from registry.catalogue.queries import is_iri
from registry.errors import BadRequestError, NotAcceptableError, NotFoundError
from registry.national.concepts import concept_resource
from registry.national.identifiers import BY_PATH, Thing, thing_called, things
from registry.national.resources import resource
from registry.national.searching import found, kinds_of, operation, suggestions
from registry.views import held
from registry.views.context import reader, register
from registry.views.languages import language, said
from registry.views.open_posts import open_to_posts
from registry.views.parameters import chosen
from registry.views.rendering import JSON, conditional
from sparql.formats import JSON_LD, RDF_BY_MEDIA_TYPE, RDF_FORMATS, TURTLE, RdfSyntax, serialise
from sparql.negotiation import best

blueprint = Blueprint("national", __name__)
open_to_posts(blueprint)

_KIND = f"<any({', '.join(repr(path) for path in BY_PATH)}):kind>"
_MOST = 1_000
"""Things of one answer."""


@blueprint.post(f"/v1/{_KIND}")
def some(kind: str) -> Response:
    """The things with these ids: ``{"ids": [...]}``; those that are not held are left out, as there."""
    sent = request.get_json(silent=True)
    ids = sent.get("ids") if isinstance(sent, dict) else None
    if not isinstance(ids, list) or len(ids) > _MOST or not all(isinstance(one, str) for one in ids):
        raise BadRequestError(f'The body is {{"ids": ["..."]}} with at most {_MOST} ids.')
    known = things(reader())
    return jsonify([_written(known[one]) for one in ids if one in known and known[one].kind.path == kind])


@blueprint.get(f"/v1/{_KIND}/<name>")
def one(kind: str, name: str) -> Response:
    """One thing by its id."""
    return _answer(_held(kind, name))


@blueprint.get(f"/v1/{_KIND}/by-uri")
def by_uri(kind: str) -> Response:
    """One thing by its URI."""
    return _answer(_held(kind, _uri()))


@blueprint.get(f"/v1/{_KIND}/<name>/graph")
def graph(kind: str, name: str) -> Response:
    """One thing as RDF."""
    return _as_rdf(_held(kind, name))


@blueprint.get(f"/v1/{_KIND}/by-uri/graph")
def graph_by_uri(kind: str) -> Response:
    """One thing by its URI as RDF."""
    return _as_rdf(_held(kind, _uri()))


@blueprint.post("/search")
@blueprint.post(f"/search/{_KIND}", endpoint="search_kind")
def searched(kind: str = "") -> Response:
    """Hits as the directory's search service gives them."""
    asked = operation(request.get_json(silent=True))
    return jsonify(found(reader(), register().index, asked, kinds_of(kind)))


@blueprint.get("/suggestions")
@blueprint.get(f"/suggestions/{_KIND}", endpoint="suggestions_of_kind")
def suggested(kind: str = "") -> Response:
    """Things that begin with ``q``."""
    return jsonify(suggestions(reader(), register().index, chosen("q"), kinds_of(kind), language()))


@blueprint.get("/collections")
def collections() -> Response:
    """Every catalogue of concepts, described, as RDF."""
    return _described([each.graph.uri for each in catalogues(reader(), "nb") if each.concepts])


@blueprint.get("/collections/<number>")
def collection(number: str) -> Response:
    """The catalogues of concepts of one organisation, with their concepts, as RDF."""
    syntax = _syntax(TURTLE)
    graphs = _graphs_of(number)
    triples = [quad.triple for each in graphs for quad in reader().quads(graph=NamedNode(each))]
    return conditional(syntax.media_type, lambda: serialise(triples, syntax), [])


@blueprint.get("/collections/<number>/concepts/<name>")
def concept_of(number: str, name: str) -> Response:
    """A concept of an organisation: by the last part of its URI, or by its id."""
    owned = set(_graphs_of(number))
    thing = thing_called(reader(), f"{request.host_url}{request.path[1:]}") or thing_called(reader(), name)
    if thing is None or not any(str(quad.graph_name.value) in owned for quad in _quads(thing)):
        raise _missing(name)
    return _as_rdf(thing, TURTLE)


def _answer(thing: Thing) -> Response:
    return conditional(JSON, lambda: current_app.json.dumps(_written(thing)), [])


def _written(thing: Thing) -> dict[str, Any]:
    write = concept_resource if thing.kind.path == "concepts" else resource
    return write(reader(), thing)


def _as_rdf(thing: Thing, usual: RdfSyntax = JSON_LD) -> Response:
    syntax = _syntax(usual)
    return conditional(syntax.media_type, lambda: serialise(held.triples_of(thing.uri), syntax), [])


def _described(uris: list[str]) -> Response:
    syntax = _syntax(TURTLE)
    triples = [triple for uri in uris for triple in described(reader(), register().urls, uri)]
    return conditional(syntax.media_type, lambda: serialise(triples, syntax), [])


def _syntax(usual: RdfSyntax) -> RdfSyntax:
    """What the client likes best; `usual` where it does not say.

    Raises:
        NotAcceptableError: it takes no RDF.
    """
    offers = [usual.media_type, *(each.media_type for each in RDF_FORMATS if each is not usual)]
    media_type = best(request.headers.get("Accept"), offers)
    if media_type is None:
        raise NotAcceptableError(f"It comes as {', '.join(offers)}.")
    return RDF_BY_MEDIA_TYPE[media_type]


def _held(kind: str, name: str) -> Thing:
    thing = thing_called(reader(), name)
    if thing is None or thing.kind.path != kind:
        raise _missing(name)
    return thing


def _missing(name: str) -> NotFoundError:
    return NotFoundError(said(gettext("The register holds nothing about %(uri)s.", uri=name)))


def _uri() -> str:
    uri = chosen("uri")
    if not is_iri(uri):
        raise BadRequestError(said(gettext("The parameter uri is not an absolute URI.")))
    return uri


def _graphs_of(number: str) -> list[str]:
    """The catalogues of concepts of the organisation with these nine digits.

    Raises:
        NotFoundError: it has none.
    """
    own = [each.graph for each in catalogues(reader(), "nb") if each.concepts and each.graph.publisher]
    found = [each.uri for each in own if each.publisher and organisation_number(each.publisher.uri) == number]
    if not found:
        detail = gettext("The register knows no organisation with the number %(number)s.", number=number)
        raise NotFoundError(said(detail))
    return found


def _quads(thing: Thing) -> Any:
    return reader().quads(subject=NamedNode(thing.uri))
