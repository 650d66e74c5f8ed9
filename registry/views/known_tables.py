"""What is known of tables with columns of their owners' own: a guess at one, and those that somebody has explained."""

from contextlib import closing
from typing import Any

from flask import Blueprint, Response, jsonify, request

from importers.child import sketch_isolated
from importers.table_mapping import MappingError, TableMapping, mapping_as_toml
from importers.table_sketch import TableSketch
from registry.errors import BadRequestError
from registry.uploads import read_upload, taking_turns
from registry.views.context import register
from registry.views.import_answers import api_writer
from registry.views.import_session import go, writer
from sparql.negotiation import best

blueprint = Blueprint("known_tables", __name__)

_TOML, _JSON = "application/toml", "application/json"


@blueprint.post("/api/v1/table-mappings/guess")
def guess() -> Response:
    """What the columns of a table seem to hold, to be read through and sent with the table; nothing is stored."""
    api_writer()
    with taking_turns(), closing(read_upload(request)) as upload:
        first = next(upload.sources(), None)
        if first is None:
            raise BadRequestError("There is no table: send it as the body.")
        sketch = sketch_isolated(first)
    toml = _toml(sketch)
    if toml and best(request.headers.get("Accept"), (_JSON, _TOML)) == _TOML:
        response = Response(toml, mimetype=_TOML)
    else:
        response = jsonify(_told(sketch) | {"mapping": toml})
    response.vary.add("Accept")
    return response


@blueprint.get("/api/v1/table-mappings")
def known() -> Response:
    """Those that the token may use, the newest first."""
    return jsonify(tables=[each.as_json() for each in register().known_tables.of(api_writer())])


@blueprint.delete("/api/v1/table-mappings/<name>")
def forgotten(name: str) -> Response:
    """204: such tables are asked about again."""
    register().known_tables.forget(name, api_writer())
    return Response(status=204)


@blueprint.post("/imports/mappings/<name>/forget")
def forgotten_on_page(name: str) -> Response:
    """The same for who is signed in."""
    register().known_tables.forget(name, writer())
    return go("/imports/new")


def _toml(sketch: TableSketch) -> str:
    """The guess as a mapping, a reason behind each column; "" where no column looks like terms."""
    try:
        return mapping_as_toml(TableMapping(sketch.columns, sheet=sketch.sheet), sketch.reasons)
    except MappingError:
        return ""


def _told(sketch: TableSketch) -> dict[str, Any]:
    columns = [
        {
            "header": column.header,
            "field": column.field,
            "separator": column.separator,
            "prefix": column.prefix,
            "reason": sketch.reasons.get(column.header, ""),
        }
        for column in sketch.columns
    ]
    return {
        "file": sketch.file,
        "sheet": sketch.sheet,
        "sheets": list(sketch.sheets),
        "headerRow": sketch.header_row,
        "rows": sketch.total,
        "columns": columns,
    }
