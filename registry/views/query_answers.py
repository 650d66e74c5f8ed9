"""The answer of a query of the library as a plain REST call: parameters in the address, JSON or CSV out."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, request

from registry.errors import NotAcceptableError
from registry.views.context import register
from registry.views.queries import known, open_to_all
from sparql.announcing import headers
from sparql.cut_answers import up_to
from sparql.endpoint import client_socket, response_of
from sparql.errors import QueryTooLargeError
from sparql.formats import RDF_FORMATS, RESULT_FORMATS, Format
from sparql.negotiation import best
from sparql.queries import Example
from sparql.query_host.answers import QueryAnswer
from sparql.query_host.fair_queue import counted_as

blueprint = Blueprint("query_answers", __name__)

_JSON = "application/json"
_NUMBERS = ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
_NOT_VALUES = ("format", "lang")
"""Parameters of the address that are not the query's own."""
_LARGEST = 16 << 20
"""Bytes of SPARQL results that are made into plain JSON, which is made whole; the other formats stream."""


@blueprint.get("/api/v1/queries/<name>")
def answer(name: str) -> Response:
    """The answer of a query; its parameters are parameters of the address."""
    asked = known(name).example
    values = {key: value for key, value in request.args.items() if key not in _NOT_VALUES}
    chosen = _format(of_graph=register().query_host.shape(asked.text).form in ("CONSTRUCT", "DESCRIBE"))
    answered = register().query_host.run(
        asked.text,
        format=chosen or RESULT_FORMATS[0],
        values=values,
        client=counted_as(request.remote_addr or ""),
        watch=client_socket(request.environ),
    )
    return open_to_all(response_of(answered) if chosen else _plain(asked, values, answered))


def _plain(asked: Example, values: Mapping[str, str], answered: QueryAnswer) -> Response:
    content, is_whole = up_to(answered, _LARGEST)
    if not is_whole:
        said = f"The answer is more than {_LARGEST >> 20} MiB. Ask for format=csv, which streams, or for less."
        raise QueryTooLargeError(said)
    used = {each.name: values.get(each.name) or each.default for each in asked.parameters}
    response = jsonify(query=asked.name, parameters=used, **_rows(json.loads(content)))
    response.headers.update(headers(answered))
    return response


def _format(*, of_graph: bool) -> Format | None:
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


def _rows(results: Mapping[str, Any]) -> dict[str, Any]:
    """Columns and rows, each value as JSON has it; of ASK the truth."""
    if "boolean" in results:
        return {"boolean": results["boolean"]}
    rows = results["results"]["bindings"]
    return {
        "columns": results["head"]["vars"],
        "rows": [{name: _value(term) for name, term in row.items()} for row in rows],
    }


def _value(term: Mapping[str, Any]) -> str | float | bool:
    kind = term.get("datatype", "").rpartition("#")[2]
    if kind == "boolean":
        return term["value"] in ("true", "1")
    if kind in _NUMBERS:
        return _number(term["value"])
    return str(term["value"])


def _number(said: str) -> str | float:
    """What JSON has no number for (INF, NaN, a malformed literal) stays as it is written."""
    try:
        number = float(said)
    except ValueError:
        return said
    if number.is_integer():
        return int(said) if said.lstrip("+-").isdecimal() else int(number)
    return number if number - number == 0 else said
