"""The sources that are harvested: a page with the state of each, and an API with which administrators change them."""

from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from registry.access.bearer import administrator
from registry.catalogue.imports import ImportInfo, import_info
from registry.errors import BadRequestError
from registry.harvesting.sources import source_of
from registry.harvesting.store import SourceState
from registry.views.context import reader, register
from registry.views.json_bodies import json_body
from registry.views.rendering import HTML, wanted

blueprint = Blueprint("harvest_sources", __name__)

_LONGEST_BODY = 1 << 16
_SHOWN = 5
"""Imports of a source that the page links to."""


@blueprint.get("/sources")
@blueprint.get("/sources.json", endpoint="sources_json")
def sources() -> Response:
    """Every source with its state. It changes without a new generation, so that no cache may keep it."""
    states = register().harvests.everything()
    if wanted() != HTML:
        return _fresh(jsonify(_all(states)))
    shown = [(state, _catalogues(state)) for state in states]
    return _fresh(Response(render_template("sources/list.html", sources=shown), mimetype=HTML))


@blueprint.get("/api/v1/sources")
def listed() -> Response:
    """The same as JSON."""
    return _fresh(jsonify(_all(register().harvests.everything())))


@blueprint.get("/api/v1/sources/<identifier>")
def one(identifier: str) -> Response:
    """One source with its last runs, newest first."""
    return _fresh(jsonify(_one(identifier)))


@blueprint.post("/api/v1/sources")
def add() -> Response:
    """201: there is a source more; nothing is fetched yet."""
    by = _check_token()
    source = source_of(json_body(_LONGEST_BODY))
    register().harvests.add(source, by)
    response = jsonify(_one(source.id))
    response.status_code = 201
    response.headers["Location"] = url_for("harvest_sources.one", identifier=source.id)
    return response


@blueprint.patch("/api/v1/sources/<identifier>")
def switch(identifier: str) -> Response:
    """Switches a source on or off."""
    by = _check_token()
    sent = json_body(_LONGEST_BODY)
    if not isinstance(sent, dict) or sent.keys() != {"enabled"} or not isinstance(sent["enabled"], bool):
        raise BadRequestError('The body is {"enabled": true} or {"enabled": false}: to change more, add it anew.')
    register().harvests.switch(identifier, on=sent["enabled"], by=by)
    return jsonify(_one(identifier))


@blueprint.delete("/api/v1/sources/<identifier>")
def remove(identifier: str) -> Response:
    """204; what the source brought stays."""
    register().harvests.remove(identifier, _check_token())
    return Response(status=204)


def _check_token() -> str:
    """The id of the administrator's token that the request carries."""
    return administrator(register().tokens, request.headers.get("Authorization")).id


def _all(states: list[SourceState]) -> dict[str, Any]:
    return {"sources": [state.as_json() for state in states]}


def _one(identifier: str) -> dict[str, Any]:
    harvests = register().harvests
    return {**harvests.find(identifier).as_json(), "runs": [run.as_json() for run in harvests.runs(identifier)]}


def _catalogues(state: SourceState) -> list[tuple[str, ImportInfo]]:
    """Where the reports of the last run's imports are: the pages of their catalogues."""
    imports = state.last.imports[:_SHOWN] if state.last else ()
    found = ((uri.rpartition("-catalogue-")[2], import_info(reader(), uri)) for uri in imports if "-catalogue-" in uri)
    return [(identifier, about) for identifier, about in found if about]


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.vary.update(("Accept", "Accept-Language"))
    return response
