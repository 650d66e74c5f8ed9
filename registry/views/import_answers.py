"""What the addresses about imports for programs share: who asks, and how they are answered."""

from typing import Any

from flask import Response, request

from registry.access.bearer import token_of
from registry.access.import_rights import may_import
from registry.access.tokens import Token
from registry.documents import as_json
from registry.errors import NotAcceptableError
from registry.issue_words import translated
from registry.previews.tables import as_csv
from registry.views.context import register
from registry.views.languages import asked_language
from registry.views.rendering import JSON
from sparql.negotiation import best

CSV = "text/csv"


def api_writer() -> Token:
    """The token of a program, before the body is read."""
    token = token_of(register().tokens, request.headers.get("Authorization"))
    may_import(token)
    return token


def wanted_form() -> str:
    """JSON or CSV, by ``?format=`` or Accept.

    Raises:
        NotAcceptableError: the client takes neither.
    """
    if request.args.get("format", "") == "csv":
        return CSV
    chosen = best(request.headers.get("Accept"), (JSON, CSV))
    if chosen is None:
        raise NotAcceptableError(f"The report comes as {JSON} and as {CSV}.")
    return chosen


def told(document: dict[str, Any]) -> Response:
    """A report, a preview or a difference in the form and the language that the client takes."""
    document = translated(document, asked_language())
    if wanted_form() == CSV:
        response = Response(as_csv(document), content_type=f"{CSV}; charset=utf-8")
    else:
        response = Response(as_json(document), content_type=JSON)
    response.vary.update(("Accept", "Accept-Language"))
    response.headers["Content-Language"] = asked_language()
    response.headers["Cache-Control"] = "no-store"
    return response
