"""``/api/v1/openapi.json``: the API as OpenAPI describes it; ``/api/reference``: the same as a page."""

import json

from flask import Blueprint, Response

from registry.api.description import openapi, operations, tags
from registry.views.context import register
from registry.views.rendering import JSON, Shown, conditional, page

blueprint = Blueprint("api_description", __name__)


@blueprint.get("/api/v1/openapi.json")
def description() -> Response:
    """The OpenAPI 3.1 document."""
    document = openapi(register().settings.public_url)
    return conditional(JSON, lambda: json.dumps(document, ensure_ascii=False, indent=1), [])


@page(blueprint, "/api/reference")
def reference() -> Shown:
    """Every operation with its parameters and answers; its data is the OpenAPI document."""
    described = operations()
    groups = [(tag, [each for each in described if each.tag == tag]) for tag in tags(described)]
    return Shown("about/reference.html", {"groups": groups}, lambda: openapi(register().settings.public_url))
