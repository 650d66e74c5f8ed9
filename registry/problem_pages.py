"""Renders every error: a page for people, RFC 9457 problem+json for machines, with the same `type`."""

from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, g, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from importers.base import UnreadableSourceError
from registry.access.attempts import Attempts
from registry.errors import (
    PROBLEMS,
    CannotUndoError,
    GoneError,
    NotAcceptableError,
    Problem,
    TooManyTokensError,
    UnauthorizedError,
    problem_of,
    slug_of,
)
from registry.observing.metrics import count_problem
from registry.observing.requests import ID
from registry.query_limits import members
from registry.refusal_words import detail_in, sentence_in
from registry.views.labels import PROBLEMS as PROBLEM_LABELS
from registry.views.languages import asked_language, language, said
from sparql.errors import QueryError
from sparql.negotiation import best
from sparql.query_host.fair_queue import counted_as
from sparql.query_host.preparing import place_of

log = structlog.get_logger()

_HTML = "text/html"
_PROBLEM = "application/problem+json"
_INVALID = ', error="invalid_token"'


def init_errors(app: Flask) -> None:
    """Every error of the tree, and every HTTP error, is rendered here."""
    attempts = Attempts()

    def unauthorized(error: UnauthorizedError) -> Response:
        if error.given and attempts.too_many(counted_as(request.remote_addr or "")):
            return _known(
                TooManyTokensError("Token after token opens nothing here. Wait a minute, and send the right one.")
            )
        return _known(error)

    for kind, _ in PROBLEMS:
        app.register_error_handler(kind, _known)
    app.register_error_handler(UnauthorizedError, unauthorized)
    app.register_error_handler(HTTPException, _http)


def _known(error: Exception) -> Response:
    problem = problem_of(error)
    if problem is None:  # pragma: no cover - only registered kinds come here
        raise error
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.warning("problem", slug=problem.slug, path=request.path, detail=str(error))
    answer = _render(problem, _detail(error), _members(error), error)
    if isinstance(error, UnauthorizedError):
        answer.headers["WWW-Authenticate"] = f'Bearer realm="samsvar"{error.given * _INVALID}'
    return answer


def _detail(error: Exception) -> str:
    """What an error says, in the language of the answer where it is known in that."""
    if not isinstance(error, UnreadableSourceError):
        return str(error)
    wanted = language() if _is_for_people() else asked_language()
    detail = detail_in(error, wanted) if wanted != "en" else None
    return said(detail) if detail is not None else str(error)


def _is_for_people() -> bool:
    return best(request.headers.get("Accept"), (_PROBLEM, "application/json", _HTML)) == _HTML


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < HTTPStatus.BAD_REQUEST:
        return Response(status=status, headers=dict(error.get_headers()))
    answer = _render(Problem(status, slug_of(status), error.name), error.description or error.name, {})
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after", "location"}:
            answer.headers[name] = value
    return answer


def _members(error: Exception) -> dict[str, Any]:
    if isinstance(error, NotAcceptableError):
        return {"alternatives": [{"url": url, "type": media} for url, media in error.alternatives]}
    if isinstance(error, CannotUndoError):
        return {"conflicts": list(error.conflicts)}
    if isinstance(error, GoneError):
        return {
            "retired": error.last.ended,
            "replacedBy": list(error.successors.replaced_by),
            "lastVersion": error.last.as_json(),
        }
    if isinstance(error, UnreadableSourceError):
        fix = sentence_in(error.fix, language()) if g.get("said") else None
        return {"where": error.where.as_json(), "fix": fix or error.fix}
    if isinstance(error, QueryError):
        place = place_of(error)
        where = {"line": place[0], "column": place[1]} if place else {}
        return {**(members(error.exceeded) if error.exceeded else {}), **where}
    return {}


def _page(document: dict[str, Any], error: Exception | None) -> str:
    if isinstance(error, GoneError):
        return render_template("history/gone.html", uri=error.uri, last=error.last, successors=error.successors)
    return render_template("problem.html", problem=document)


def _title(problem: Problem) -> str:
    """The title in the reader's language, as the detail is where a view has said it in that."""
    return str(PROBLEM_LABELS.get(problem.slug, problem.title))


def _render(problem: Problem, detail: str, members: dict[str, Any], error: Exception | None = None) -> Response:
    count_problem(problem.slug)
    document = {
        "type": f"/problems/{problem.slug}",
        "title": _title(problem) if detail == g.get("said") else problem.title,
        "status": problem.status,
        "detail": detail,
        **members,
    }
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        document["request"] = request.environ.get(ID, "")
    if _is_for_people():
        answer = Response(_page(document, error), problem.status, mimetype=_HTML)
    else:
        answer = jsonify(document)
        answer.status_code = problem.status
        answer.mimetype = _PROBLEM
        answer.headers["Content-Language"] = language() if detail == g.get("said") else "en"
    answer.vary.add("Accept")
    answer.headers["Cache-Control"] = "no-store"
    if problem.retry_after is not None:
        answer.headers["Retry-After"] = str(problem.retry_after)
    return answer
