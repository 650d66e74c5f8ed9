"""The query library: what there is, and one query at its URI, as text, as JSON, as RDF, in the editor."""

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request, url_for

from ontologies.namespaces import PREFIXES
from registry.catalogue.vocabulary import vocabulary
from registry.errors import BadRequestError, NotAcceptableError, NotFoundError
from registry.query_library.description import SH, described
from registry.query_library.saving import LibraryQuery
from registry.views.context import register
from registry.views.languages import language
from sparql.formats import RDF_BY_MEDIA_TYPE, RDF_FORMATS, serialise
from sparql.language.parameters import Parameter
from sparql.negotiation import best
from sparql.queries import example, examples

blueprint = Blueprint("queries", __name__)

_JSON = "application/json"
_TEXT = "application/sparql-query"
_HTML = "text/html"
_OFFERS = (_TEXT, "text/plain", _HTML, _JSON, *RDF_BY_MEDIA_TYPE)
_NAMES = {"rq": _TEXT, "html": _HTML, "json": _JSON}


@blueprint.get("/api/v1/vocabulary")
def words_to_ask_with() -> Response:
    """Prefixes, classes and properties, for whoever writes queries: the editor completes with them."""
    return open_to_all(jsonify(vocabulary(register().query_host, language())))


@blueprint.get("/api/v1/queries")
def listed() -> Response:
    """Every query of the library with its parameters."""
    return open_to_all(jsonify(queries=[told(each) for each in library()]))


@blueprint.get("/queries/<name>")
def dereferenced(name: str) -> Response:
    """The URI of a query: its text or what is said of it for machines, the editor with it for people."""
    found = known(name, _version())
    match _offer():
        case "text/html":
            return redirect(url_for("sparql.sparql", example=name), 303)  # type: ignore[return-value] # werkzeug's response
        case "application/json":
            return open_to_all(tagged(jsonify(told(found)), found))
        case media_type if media_type in RDF_BY_MEDIA_TYPE:
            syntax = RDF_BY_MEDIA_TYPE[media_type]
            triples = described(found, uri_of(name), register().query_host.shape(found.example.text).form)
            document = serialise(triples, syntax, {**PREFIXES, "sh": SH.iri})
            return open_to_all(Response(document, content_type=syntax.content_type))
        case _:
            return open_to_all(Response(found.example.text, content_type=f"{_TEXT}; charset=utf-8"))


def library() -> list[LibraryQuery]:
    """What comes with the register, folder by folder, then what was saved."""
    return [*map(LibraryQuery, examples()), *register().saved_queries.everything()]


def known(name: str, version: int | None = None) -> LibraryQuery:
    """The query of this name.

    Raises:
        NotFoundError: there is none, or no such version of it.
    """
    if (built_in := example(name)) and version is None:
        return LibraryQuery(built_in)
    found = register().saved_queries.find(name, version)
    if found is None:
        which = name if version is None else f"{name} in version {version}"
        raise NotFoundError(f"The library has no query {which}; /api/v1/queries lists those that it has.")
    return found


def uri_of(name: str) -> str:
    """The URI of the query of this name."""
    return f"{register().urls.base}/queries/{name}"


def told(query: LibraryQuery) -> dict[str, Any]:
    """What the API says of a query."""
    each = query.example
    said: dict[str, Any] = {
        "name": each.name,
        "uri": uri_of(each.name),
        "folder": each.folder,
        "title": each.title,
        "description": each.description,
        "view": each.view,
        "parameters": [_parameter(one) for one in each.parameters],
        "query": each.text,
        "path": f"{request.script_root}/api/v1/queries/{each.name}",
    }
    if query.saved is None:
        return said
    saved = query.saved
    history = {
        "version": saved.version,
        "organisation": saved.organisation,
        "created": saved.created,
        "changed": saved.changed,
    }
    return {**said, "saved": history}


def tagged(response: Response, query: LibraryQuery) -> Response:
    """With the tag of the version, which a change may name in If-Match."""
    if query.saved:
        response.set_etag(f"v{query.saved.version}")
        response.headers["Cache-Control"] = "no-cache"
    return response


def open_to_all(response: Response) -> Response:
    """Scripts on other sites may read it."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.vary.update(("Accept", "Accept-Language"))
    return response


def _version() -> int | None:
    said = request.args.get("version", "")
    if said and not said.isdecimal():
        raise BadRequestError("The parameter version is a number.")
    return int(said) if said else None


def _offer() -> str:
    """The media type asked for by name or by Accept."""
    name = request.args.get("format", "")
    if not name:
        offer = best(request.headers.get("Accept"), _OFFERS)
    else:
        by_name = next((each.media_type for each in RDF_FORMATS if name in each.names), None)
        offer = _NAMES.get(name, by_name)
    if offer is None:
        raise NotAcceptableError(
            f"A query can be had as {', '.join((*_NAMES, *(each.names[0] for each in RDF_FORMATS)))}."
        )
    return offer


def _parameter(one: Parameter) -> dict[str, Any]:
    labels = {code: one.label(code) for code in ("nb", "nn", "en")}
    said: dict[str, Any] = {"name": one.name, "type": one.type, "default": one.default, "label": labels}
    return {**said, "choices": one.choices} if one.choices else said
