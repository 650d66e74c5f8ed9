"""An information model as SHACL shapes and as JSON Schema, and its contradictions, for programs."""

import json

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext

from ontologies.namespaces import PREFIXES, SH
from registry.catalogue.queries import is_iri
from registry.errors import BadRequestError, NotFoundError
from registry.exporting.json_schema import json_schema
from registry.exporting.models import ExportedModel, exported_model
from registry.exporting.shapes import shapes
from registry.reasoning.reasoned import reasoned
from registry.views.context import reader, register
from registry.views.languages import said
from registry.views.rendering import conditional
from sparql.formats import RDF_FORMATS, serialise

blueprint = Blueprint("model_exports", __name__)
_SCHEMA = "application/schema+json"
_TURTLE = next(syntax for syntax in RDF_FORMATS if syntax.suffix == "ttl")


@blueprint.get("/api/v1/models/shapes")
def model_shapes() -> Response:
    """The shapes of the model that ``?uri=`` names, in Turtle."""
    model = _model()
    return conditional(_TURTLE.media_type, lambda: serialise(shapes(model), _TURTLE, {**PREFIXES, "sh": SH.iri}), [])


@blueprint.get("/api/v1/models/json-schema")
def model_json_schema() -> Response:
    """The JSON Schema of the model that ``?uri=`` names."""
    model = _model()
    return conditional(_SCHEMA, lambda: json.dumps(json_schema(model), ensure_ascii=False, indent=2) + "\n", [])


@blueprint.get("/api/v1/models/reasoning")
def model_reasoning() -> Response:
    """The contradictions in the model that ``?uri=`` names, as JSON."""
    found = reasoned(reader(), register().reasoned, _model().iri)
    response = jsonify(found.as_json() if found else {})
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _model() -> ExportedModel:
    uri = request.args.get("uri", "")
    if not is_iri(uri):
        raise BadRequestError(said(gettext("The parameter uri is not an absolute URI.")))
    found = exported_model(reader(), uri)
    if found is None:
        raise NotFoundError(said(gettext("The register holds nothing about %(uri)s.", uri=uri)))
    return found
