"""Webhooks over HTTP, for administrators: added, listed with their deliveries, removed."""

from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for

from registry.access.bearer import administrator
from registry.views.context import register
from registry.views.json_bodies import json_body
from registry.webhooks.hooks import checked, hook_of
from registry.webhooks.notifying import begun

blueprint = Blueprint("webhooks", __name__)

_LONGEST_BODY = 1 << 16


@blueprint.get("/api/v1/webhooks")
def listed() -> Response:
    """Every webhook, without its secret."""
    _check_token()
    return _fresh(jsonify(webhooks=[each.as_json() for each in register().webhooks.everything()]))


@blueprint.get("/api/v1/webhooks/<identifier>")
def one(identifier: str) -> Response:
    """One webhook with its last deliveries, newest first."""
    _check_token()
    return _fresh(jsonify(_told(identifier)))


@blueprint.post("/api/v1/webhooks")
def add() -> Response:
    """201: there is a webhook more; the answer has its secret, this once."""
    by = _check_token()
    parts = register()
    hook = begun(parts, checked(hook_of(json_body(_LONGEST_BODY)), parts.settings.webhook_allow))
    secret = parts.webhooks.add(hook, by)
    response = _fresh(jsonify({**_told(hook.id), "secret": secret}))
    response.status_code = 201
    response.headers["Location"] = url_for("webhooks.one", identifier=hook.id)
    return response


@blueprint.delete("/api/v1/webhooks/<identifier>")
def remove(identifier: str) -> Response:
    """204: it is told nothing any longer."""
    register().webhooks.remove(identifier, _check_token())
    return Response(status=204)


def _check_token() -> str:
    """The id of the administrator's token that the request carries."""
    return administrator(register().tokens, request.headers.get("Authorization")).id


def _told(identifier: str) -> dict[str, Any]:
    hooks = register().webhooks
    return {**hooks.find(identifier).as_json(), "deliveries": [each.as_json() for each in hooks.deliveries(identifier)]}


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
