"""Concepts that are written here: the editor, the way to publication, the list, and the same for programs."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request
from flask_babel import gettext

from registry.access.tokens import Token
from registry.cases.case import case, may_work
from registry.cases.keeping import write as write_case
from registry.cases.lining_up import line_up
from registry.cases.ranking import as_draft
from registry.catalogue.concepts import Concept, concept
from registry.editing.drafts import (
    COMMON,
    LANGUAGES,
    RELATIONSHIPS,
    Draft,
    begin,
    draft,
    drafts,
    may_move,
    may_write,
    missing,
)
from registry.editing.publishing import NotReadyError, move, uri_of, write
from registry.editing.rules import findings_in
from registry.errors import BadRequestError
from registry.ledger.ledger import EditedMeanwhileError, FieldError, Put
from registry.views.case_session import allowed, form_token, program_token, visitor
from registry.views.context import reader, register
from registry.views.import_session import go, private
from registry.views.languages import said
from registry.views.list_tables import TABLE, table
from registry.views.rendering import Shown, page
from registry.views.written_fields import fields_of, sent_fields

blueprint = Blueprint("drafts", __name__)


@page(blueprint, "/harmonised", TABLE)
def harmonised() -> Shown:
    """The common concepts that are published, each with its case and parties."""
    shown = [each for each in drafts(register().ledger) if each.catalogue == COMMON and each.published is not None]
    held = [(found, each) for each in shown if (found := concept(reader(), uri_of(register().urls, each))) is not None]
    held.sort(key=lambda pair: pair[1].name.lower())
    return Shown(
        "drafts/harmonised.html",
        {"concepts": held},
        lambda: {"concepts": _common(held)},
        table(("uri", "term", "case"), lambda: _common(held)),
    )


def _common(held: Iterable[tuple[Concept, Draft]]) -> list[dict[str, Any]]:
    return [found.as_json() | {"case": each.get("case") or None} for found, each in held]


@blueprint.get("/drafts")
def listed() -> Response:
    """The drafts of the catalogues that who is signed in may write in."""
    token = visitor()
    held = [each for each in drafts(register().ledger) if token and _may_write(token, each.catalogue)]
    return private(render_template("drafts/list.html", drafts=held, token=token, common=COMMON, next="/drafts"))


@blueprint.post("/drafts")
def begun() -> Response:
    """A new draft in the catalogue that the form names."""
    token, catalogue = form_token(), _catalogue(request.form.get("catalogue", ""))
    return go(f"/drafts/{begin(register().ledger, token, catalogue, {}, request.form.get('once', '')).id}")


def _catalogue(name: str) -> str:
    """The common catalogue, or that of an organisation by its nine digits."""
    if name != COMMON and not (name.isdecimal() and len(name) == 9):  # noqa: PLR2004 - an organisation's number
        raise BadRequestError(said(gettext("The catalogue is “common”, or the nine digits of an organisation.")))
    return name


@blueprint.post("/cases/<name>/common")
def begun_in_case(name: str) -> Response:
    """The common concept of a case: begun with the concept that the form names, or with nothing."""
    token = form_token()
    services = register()
    found = case(services.ledger, name)
    may_work(token, found)
    preferred = request.form.get("concept", "")
    if preferred and preferred not in found.concepts:
        raise BadRequestError(said(gettext("The case is not about %(uri)s.", uri=preferred)))
    written = {
        "case": found.id,
        "parties": "\n".join(found.parties),
        "owner": found.get("owner") or found.get("responsible"),
        "origins": "\n".join(found.concepts),
    }
    for each in line_up(reader(), [preferred] if preferred else []):
        written |= as_draft(each)
    made = begin(services.ledger, token, COMMON, written, request.form.get("once", ""))
    write_case(services, token, name, [Put("common", made.id), Put("preferred", preferred)])
    return go(f"/drafts/{made.id}")


@blueprint.get("/drafts/<name>")
def shown(name: str) -> Response:
    """The editor of one draft: for those who may write in its catalogue."""
    token = visitor()
    if token is None:
        return private(
            render_template("drafts/list.html", drafts=[], token=None, common=COMMON, next=f"/drafts/{name}")
        )
    return private(_editor(draft(register().ledger, name), token))


def _editor(found: Draft, token: Token, **more: Any) -> str:
    may_write(token, found.catalogue)
    context = {
        "draft": found,
        "token": token,
        "uri": uri_of(register().urls, found),
        "texts": LANGUAGES,
        "relationships": RELATIONSHIPS,
        "missing": [each.partition(":")[::2] for each in missing(found)],
        "moves": [each for each in found.steps if _may_move(token, found, each)],
        "sent": request.form,
        "clashes": (),
        "refused": None,
        "rules": list(findings_in({**found.values, **_typed()})),
    }
    return render_template("drafts/draft.html", **(context | more))


@blueprint.post("/drafts/<name>")
def written(name: str) -> Response:
    """Writes what the form changes."""
    token = form_token()
    found = draft(register().ledger, name)
    try:
        write(register(), token, name, sent_fields(found.entries))
    except EditedMeanwhileError as error:
        return private(_editor(draft(register().ledger, name), token, clashes=error.clashes), status=409)
    except FieldError as error:
        return private(_editor(found, token, refused=error), status=400)
    return go(f"/drafts/{name}")


def _typed() -> dict[str, str]:
    """The fields of a draft as they stand in the form that was sent."""
    return {name.removeprefix("f:"): value for name, value in request.form.items() if name.startswith("f:")}


@blueprint.post("/drafts/<name>/rules")
def judged(name: str) -> Response:
    """What the rules say of the draft as it stands in the form, which is not written: a part of the editor's page."""
    may_write(form_token(), draft(register().ledger, name).catalogue)
    return private(render_template("drafts/rules.html", rules=list(findings_in(_typed()))))


@blueprint.post("/drafts/<name>/state")
def moved(name: str) -> Response:
    """Takes the draft a step on its way, or back."""
    token = form_token()
    try:
        move(register(), token, name, request.form.get("state", ""))
    except NotReadyError:
        return private(_editor(draft(register().ledger, name), token), status=409)
    return go(f"/drafts/{name}")


@blueprint.get("/api/v1/drafts")
def read_drafts() -> Response:
    """With a token: the drafts of the catalogues that it may write in."""
    token = program_token()
    held = [_document(each) for each in drafts(register().ledger) if _may_write(token, each.catalogue)]
    return jsonify(drafts=held)


@blueprint.post("/api/v1/drafts")
def begin_by_token() -> Response:
    """201: a draft in ``{"catalogue": "common", "fields": {...}}``."""
    token = program_token()
    sent = request.get_json(silent=True)
    catalogue = _catalogue(str(sent.get("catalogue", COMMON))) if isinstance(sent, dict) else COMMON
    made = begin(register().ledger, token, catalogue, {each.field: each.value for each in fields_of(sent)})
    response = jsonify(_document(made))
    response.status_code = 201
    response.headers["Location"] = f"/api/v1/drafts/{made.id}"
    return response


@blueprint.get("/api/v1/drafts/<name>")
def read_draft(name: str) -> Response:
    """With a token: one draft."""
    token = program_token()
    found = draft(register().ledger, name)
    may_write(token, found.catalogue)
    return jsonify(_document(found))


@blueprint.patch("/api/v1/drafts/<name>")
def write_by_token(name: str) -> Response:
    """Writes fields of a draft."""
    return jsonify(_document(write(register(), program_token(), name, fields_of(request.get_json(silent=True)))))


@blueprint.post("/api/v1/drafts/<name>/state")
def move_by_token(name: str) -> Response:
    """Takes a draft to ``{"state": "published"}``."""
    sent = request.get_json(silent=True)
    state = sent.get("state", "") if isinstance(sent, dict) else ""
    return jsonify(_document(move(register(), program_token(), name, str(state))))


def _may_move(token: Token, found: Draft, state: str) -> bool:
    return allowed(lambda: may_move(token, found, state, two_persons=register().settings.two_persons))


def _document(found: Draft) -> dict[str, Any]:
    numbers = {name: {"value": found.get(name), "number": found.number(name)} for name in found.values}
    return {"uri": uri_of(register().urls, found), **found.as_json(), "fields": numbers, "missing": missing(found)}


def _may_write(token: Token, catalogue: str) -> bool:
    return allowed(lambda: may_write(token, catalogue))
