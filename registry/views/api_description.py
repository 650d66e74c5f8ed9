"""``/api/v1/openapi.json``: the API as OpenAPI describes it; ``/api/reference``: the same as a page."""

import json

from flask import Blueprint, Response, current_app, request
from flask_babel import gettext
from werkzeug.exceptions import MethodNotAllowed

from registry.api.description import openapi, operations, tags
from registry.errors import NotFoundError
from registry.views.context import register
from registry.views.languages import said
from registry.views.rendering import JSON, Shown, conditional, page

blueprint = Blueprint("api_description", __name__)

_WRITING = ("POST", "PUT", "PATCH", "DELETE")


@blueprint.get("/api/v1/openapi.json")
def description() -> Response:
    """The OpenAPI 3.1 document."""
    document = openapi(register().settings.public_url)
    return conditional(JSON, lambda: json.dumps(document, ensure_ascii=False, indent=1), [])


@blueprint.get("/api/<path:path>")
def nothing(path: str) -> Response:  # noqa: ARG001 - the whole path is looked at
    """An address of the API that nobody reads: no URI of a thing begins so.

    Raises:
        MethodNotAllowed: it is there for other methods.
        NotFoundError: it is not there at all.
    """
    routes = current_app.url_map.bind("")
    if other := [method for method in _WRITING if routes.test(request.path, method)]:
        raise MethodNotAllowed(other)
    raise NotFoundError(said(gettext("The register holds nothing about %(uri)s.", uri=request.path)))


@page(blueprint, "/api/reference")
def reference() -> Shown:
    """Every operation with its parameters and answers; its data is the OpenAPI document."""
    described = operations()
    groups = [(tag, [each for each in described if each.tag == tag]) for tag in tags(described)]
    return Shown("about/reference.html", {"groups": groups}, lambda: openapi(register().settings.public_url))
