"""Jobs over HTTP: work that takes longer than a client likes to wait is answered with 202, and asked for again."""

import re
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request

from registry.access.import_rights import may_see
from registry.access.sessions import session_token
from registry.access.tokens import Token
from registry.errors import BadRequestError
from registry.jobs.keeping import Job
from registry.jobs.running import wait
from registry.previews.keeping import Preview
from registry.views.context import register
from registry.views.import_answers import api_writer, told, wanted_form
from registry.views.import_session import go, private

blueprint = Blueprint("jobs", __name__)

USUAL = 20.0
"""Seconds that a program waits for an answer if it does not say,"""
LONGEST = 60.0
"""and at most;"""
ON_PAGES = 3.0
"""and that a browser does before it sees how far the work is."""
_AGAIN = "2"
"""Seconds after which to ask again."""
_WAIT = re.compile(r"\bwait=(\d{1,6})\b", re.IGNORECASE)
_AT_ONCE = re.compile(r"\brespond-async\b", re.IGNORECASE)


@blueprint.get("/api/v1/jobs/<name>")
def job(name: str) -> Response:
    """The answer of the request that began it, when there is one."""
    token = api_writer()
    wanted_form()
    return when_done(_known(name, token), patience(0.0))


@blueprint.get("/imports/jobs/<name>")
def shown(name: str) -> Response:
    """How far it is; when it is done what came of it."""
    found = _known(name, session_token(register().tokens, request))
    if found.is_working():
        return private(render_template("imports/job.html", job=found, step=found.step()))
    return _page_of(found.outcome())


def when_done(found: Job, seconds: float) -> Response:
    """What came of a job, for programs; 202 where it is not done in so many seconds."""
    if not wait(found, seconds):
        return _not_yet(found)
    outcome = found.outcome()
    return previewed(register().previews.get(outcome["preview"])) if "preview" in outcome else told(outcome["document"])


def previewed(found: Preview) -> Response:
    """A preview that was just made."""
    response = told(found.as_json())
    response.headers["Location"] = f"/api/v1/previews/{found.id}"
    return response


def page_when_done(found: Job) -> Response:
    """The page to look at next."""
    return _page_of(found.outcome()) if wait(found, ON_PAGES) else go(f"/imports/jobs/{found.id}")


def patience(usual: float) -> float:
    """How many seconds the client waits: as its `Prefer` says (RFC 7240), else as usual."""
    preferred = request.headers.get("Prefer", "")
    if _AT_ONCE.search(preferred):
        return 0.0
    asked = _WAIT.search(preferred)
    return min(float(asked[1]), LONGEST) if asked else usual


def _not_yet(found: Job) -> Response:
    step = found.step()
    response = jsonify(job=found.id, created=found.created, step=step.name, about=step.about, since=step.since)
    response.status_code = 202
    response.headers["Location"] = f"/api/v1/jobs/{found.id}"
    response.headers["Retry-After"] = _AGAIN
    response.headers["Cache-Control"] = "no-store"
    return response


def _page_of(outcome: dict[str, Any]) -> Response:
    if "table" in outcome:
        return go(f"/imports/tables/{outcome['table']}")
    if "preview" in outcome:
        return go(f"/imports/previews/{outcome['preview']}")
    if "graphs" not in outcome:
        raise BadRequestError("The files hold nothing that could be imported.")
    return go(page_of_imported(outcome["graphs"]))


def page_of_imported(graphs: Any) -> str:
    """Where to see what was imported: the catalogue with its report, or all imports where it is not one."""
    catalogues = [graph["catalogue"] for graph in graphs if graph["kind"] == "catalogue"]
    return f"/catalogues/{catalogues[0]}#report" if len(catalogues) == len(graphs) == 1 else "/imports"


def _known(name: str, token: Token) -> Job:
    found = register().jobs.get(name)
    may_see(token, found)
    return found
