"""The query library as a plain REST interface: what there is, one query as text, and its answer as JSON or CSV."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request, url_for

from registry.catalogue.vocabulary import vocabulary
from registry.errors import NotAcceptableError, NotFoundError
from registry.views.context import register
from registry.views.languages import language
from sparql.announcing import headers
from sparql.formats import RDF_FORMATS, RESULT_FORMATS, Format
from sparql.language.parameters import Parameter
from sparql.negotiation import best
from sparql.queries import Example, example, examples

blueprint = Blueprint("queries", __name__)

_JSON = "application/json"
_TEXT = "application/sparql-query"
_NUMBERS = ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
_NOT_VALUES = ("format", "lang")
"""Parameters of the address that are not the query's own."""


@blueprint.get("/api/v1/vocabulary")
def words_to_ask_with() -> Response:
    """Prefixes, classes and properties, for whoever writes queries: the editor completes with them."""
    return _open(jsonify(vocabulary(register().query_host, language())))


@blueprint.get("/api/v1/queries")
def library() -> Response:
    """Every query of the library with its parameters."""
    return _open(jsonify(queries=[_told(each) for each in examples()]))


@blueprint.get("/queries/<name>")
def saved(name: str) -> Response:
    """The URI of a query: its text for machines, the editor with it for people."""
    asked = _known(name)
    if best(request.headers.get("Accept"), (_TEXT, "text/plain", "text/html")) == "text/html":
        return redirect(url_for("sparql.sparql", example=name), 303)  # type: ignore[return-value] # a response of werkzeug
    return _open(Response(asked.text, content_type=f"{_TEXT}; charset=utf-8"))


@blueprint.get("/api/v1/queries/<name>")
def answer(name: str) -> Response:
    """The answer of a query; its parameters are parameters of the address."""
    asked = _known(name)
    values = {key: value for key, value in request.args.items() if key not in _NOT_VALUES}
    chosen = _format("CONSTRUCT" in asked.text)
    answered = register().query_host.run(
        asked.text, format=chosen or RESULT_FORMATS[0], values=values, client=request.remote_addr or ""
    )
    content = answered.read()
    if chosen:
        response = Response(content, content_type=chosen.content_type)
    else:
        used = {each.name: values.get(each.name) or each.default for each in asked.parameters}
        response = jsonify(query=name, parameters=used, **_plain(json.loads(content)))
    response.headers.update(headers(answered))
    return _open(response)


def _format(of_graph: bool) -> Format | None:
    """The format asked for by name or Accept; None for plain JSON.

    Raises:
        NotAcceptableError: the query has no answer in it.
    """
    formats = {each.media_type: each for each in (RDF_FORMATS if of_graph else RESULT_FORMATS)}
    if name := request.args.get("format", ""):
        if name == "json" and not of_graph:
            return None
        found = next((each for each in formats.values() if name in each.names), None)
    else:
        offer = best(request.headers.get("Accept"), [*([] if of_graph else [_JSON]), *formats])
        if offer == _JSON:
            return None
        found = formats.get(offer or "")
    if found is None:
        names = ", ".join(each.names[0] for each in formats.values())
        raise NotAcceptableError(f"The answer to this query can be had with format={names}.")
    return found


def _known(name: str) -> Example:
    found = example(name)
    if found is None:
        raise NotFoundError(f"The library has no query {name}; /api/v1/queries lists those that it has.")
    return found


def _told(each: Example) -> dict[str, Any]:
    return {
        "name": each.name,
        "uri": f"{register().urls.base}/queries/{each.name}",
        "folder": each.folder,
        "title": each.title,
        "description": each.description,
        "view": each.view,
        "parameters": [_parameter(one) for one in each.parameters],
        "query": each.text,
        "path": f"{request.script_root}/api/v1/queries/{each.name}",
    }


def _parameter(one: Parameter) -> dict[str, Any]:
    labels = {code: one.label(code) for code in ("nb", "nn", "en")}
    told: dict[str, Any] = {"name": one.name, "type": one.type, "default": one.default, "label": labels}
    return {**told, "choices": one.choices} if one.choices else told


def _plain(results: Mapping[str, Any]) -> dict[str, Any]:
    """Columns and rows, each value as JSON has it."""
    rows = results["results"]["bindings"]
    return {
        "columns": results["head"]["vars"],
        "rows": [{name: _value(term) for name, term in row.items()} for row in rows],
    }


def _value(term: Mapping[str, str]) -> str | float | bool:
    kind = term.get("datatype", "").rpartition("#")[2]
    if kind == "boolean":
        return term["value"] == "true"
    if kind in _NUMBERS:
        number = float(term["value"])
        return int(number) if number.is_integer() else number
    return term["value"]


def _open(response: Response) -> Response:
    """Scripts on other sites may read it."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.vary.update(("Accept", "Accept-Language"))
    return response
