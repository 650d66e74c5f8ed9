"""``/api/v1/legal-references``: the law that a text refers to, as JSON."""

from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext

from registry.errors import BadRequestError
from registry.references.held_acts import held_acts
from registry.references.resolving import resolve_text
from registry.views.context import reader
from registry.views.languages import said

blueprint = Blueprint("legal_references", __name__)

_LONGEST = 200_000
"""Characters of all texts together."""
_MOST = 10_000
"""Texts of one request."""


@blueprint.route("/api/v1/legal-references", methods=("GET", "POST"))
def legal_references() -> Response:
    """The references in one text, or, posted as JSON, in several."""
    texts, several = _texts()
    if sum(map(len, texts)) > _LONGEST or len(texts) > _MOST:
        limits = {"texts": _MOST, "characters": _LONGEST}
        raise BadRequestError(said(gettext("At most %(texts)s texts of %(characters)s characters in all.", **limits)))
    acts = held_acts(reader())
    found = [{"references": [each.as_json() for each in resolve_text(reader(), text, acts)]} for text in texts]
    response = jsonify({"texts": found} if several else found[0])
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _texts() -> tuple[list[str], bool]:
    """The texts asked about, and whether a list was sent.

    Raises:
        BadRequestError: there is no text.
    """
    if request.method == "POST" and request.mimetype == "application/json":
        return _of_json(request.get_json(silent=True))
    if request.method == "POST" and request.mimetype == "text/plain":
        return [request.get_data(as_text=True)], False
    text = request.values.get("text")
    if text is None:
        raise BadRequestError(said(gettext("The parameter text is missing: the words to look in.")))
    return [text], False


def _of_json(document: Any) -> tuple[list[str], bool]:
    sent = document if isinstance(document, dict) else {}
    if isinstance(sent.get("text"), str):
        return [sent["text"]], False
    texts = sent.get("texts")
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise BadRequestError(said(gettext('The body is a JSON object: {"text": "..."} or {"texts": ["...", "..."]}.')))
    return texts, True
