"""The answer of a query of the library as a plain REST call: parameters in the address, JSON or CSV out."""

import json
import re
from collections.abc import Mapping
from math import isfinite
from typing import Any

from flask import Blueprint, Response, jsonify, request

from ontologies.namespaces import PREFIXES
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
_XSD = PREFIXES["xsd"]
_INTEGERS = (
    "integer byte short int long unsignedByte unsignedShort unsignedInt unsignedLong nonNegativeInteger "
    "positiveInteger nonPositiveInteger negativeInteger"
)
_EXACT = dict.fromkeys((f"{_XSD}{name}" for name in _INTEGERS.split()), re.compile(r"[+-]?[0-9]+")) | {
    f"{_XSD}decimal": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
}
_INEXACT = dict.fromkeys(
    (f"{_XSD}double", f"{_XSD}float"), re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
)
_TRUTHS = {"true": True, "1": True, "false": False, "0": False}
_DIGITS = 15
"""Digits that every reader of JSON keeps, whose numbers are those of IEEE 754 (RFC 8259, section 6)."""
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
    """As JSON has it; what JSON has no value for (INF, NaN, too many digits, a malformed literal) as it is written."""
    said, kind = str(term["value"]), term.get("datatype", "")
    if kind == f"{_XSD}boolean":
        return _TRUTHS.get(said, said)
    if kind in _EXACT and _EXACT[kind].fullmatch(said) and len(said.lstrip("+-0.").replace(".", "")) <= _DIGITS:
        return _number(said)
    if kind in _INEXACT and _INEXACT[kind].fullmatch(said):
        return _number(said)
    return said


def _number(said: str) -> str | float:
    number = float(said)
    if not isfinite(number):
        return said
    return int(number) if number.is_integer() and abs(number) < 10**_DIGITS else number
