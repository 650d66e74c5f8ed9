"""Imports that happened: the page and the document of each with its report and difference, and undoing it."""

from typing import Any

from flask import Blueprint, Response, render_template, request

from registry.access.import_rights import may_import_arrival
from registry.access.sessions import signed_in
from registry.access.tokens import Token
from registry.catalogue.graphs import graphs
from registry.catalogue.imports import import_info
from registry.catalogue.paging import Page, page_of
from registry.errors import BadRequestError, CannotUndoError, NotFoundError
from registry.history.changes import PastImport, past_import
from registry.issue_words import translated
from registry.journal.entries import Author
from registry.previews.difference import CHANGES
from registry.repairing import is_repairable
from registry.undoing.undo import UndoPlan, foresee, undo
from registry.uploads import taking_turns
from registry.views.context import reader, register
from registry.views.import_answers import api_writer, told, wanted_form
from registry.views.import_session import go, private, writer
from registry.views.languages import asked_language
from registry.views.parameters import chosen, one_of, page_address, page_number, with_parameters
from registry.views.rendering import Shown

blueprint = Blueprint("past_imports", __name__)

_THINGS = 200
"""Things on one page of a difference,"""
_BEGINNING = 50
"""and of the lists beside it, of which the page shows the beginning."""
_LISTS = ("brings", "settles", "duplicates", "touches")
_RECORDS = 25


def document(uri: str) -> Shown | None:
    """The page of one import; None for what is no import."""
    info = import_info(reader(), uri) if uri.startswith(register().urls.mint("imports", "").value) else None
    if info is None:
        return None
    found = past_import(register(), reader(), info)
    filters = {"code": chosen("code"), "status": chosen("status"), "change": chosen("change")}
    of_records = bool(filters["code"] or filters["status"])
    return Shown(
        "imports/import.html",
        {
            "uri": uri,
            "import": info,
            "graph": graphs(reader()).get(info.graph),
            "report": found.report,
            "records": _records(found, filters, page_number() if of_records else 1),
            "difference": found.difference,
            "things": _things(found.as_json(), filters["change"], 1 if of_records else page_number()),
            "filters": filters,
            "repairable": is_repairable([(info.format, info.source)]),
            "changes": CHANGES,
            "address": page_address(),
            "code_address": lambda code: with_parameters(code=code, page=""),
            "change_address": lambda change: with_parameters(change=change, code="", page=""),
        },
        lambda: translated(found.as_json(), asked_language()),
    )


@blueprint.get("/api/v1/imports/<name>")
def past(name: str) -> Response:
    """The report of an import and what it changed; open to everybody, as the register is."""
    info = import_info(reader(), _uri(name))
    if info is None:
        raise _unknown(name)
    return told(past_import(register(), reader(), info).as_json())


@blueprint.get("/api/v1/imports/<name>/undo")
def foreseen(name: str) -> Response:
    """What undoing an import would change, and what stays because somebody has changed it since."""
    api_writer()
    return told(foresee(register(), _uri(name)).as_json())


@blueprint.post("/api/v1/imports/<name>/undo")
def undone(name: str) -> Response:
    """Undoes an import; ``{"state": "..."}`` only if the catalogue is still as it was when that was shown."""
    token = api_writer()
    wanted_form()
    return told(_undo(name, token, _state()).as_json())


@blueprint.get("/imports/<name>/undo")
def asked(name: str) -> Response:
    """What undoing an import would change, with the button that does it."""
    info = import_info(reader(), _uri(name))
    if info is None:
        raise _unknown(name)
    token = signed_in(register().tokens, request)
    shown: dict[str, Any] = {"import": info, "token": token, "plan": None, "conflicts": (), "refused": ""}
    if token is not None:
        shown |= _shown(info.uri)
    return private(render_template("imports/undo.html", changes=CHANGES, **shown))


@blueprint.post("/imports/<name>/undo")
def pressed(name: str) -> Response:
    """Undoes the import, if the catalogue is as it was when the button was shown."""
    done = _undo(name, writer(), request.form.get("state", "").strip())
    return go(done.made.removeprefix(register().urls.base))


def _undo(name: str, token: Token, state: str) -> UndoPlan:
    def check(seen: Any, arrival: Any) -> None:
        may_import_arrival(seen, register().urls, token, arrival)

    with taking_turns():
        return undo(register(), _uri(name), Author(token.id, token.organisation), check, state)


def _shown(uri: str) -> dict[str, Any]:
    """What the page of an undo tells: the plan, or why there is none."""
    try:
        plan = foresee(register(), uri).as_json()
    except CannotUndoError as error:
        return {"refused": str(error), "conflicts": error.conflicts}
    listed = one_of("list", _LISTS)
    return {
        "lists": {
            name: page_of(plan["difference"][name], *((page_number(), _THINGS) if name == listed else (1, _BEGINNING)))
            for name in _LISTS
        },
        "listed": listed,
        "list_address": lambda name: with_parameters(list=name, change="", page=""),
        "plan": plan,
        "difference": plan["difference"],
        "conflicts": plan["conflicts"],
        "things": _things(plan, "", page_number()),
        "address": page_address(),
    }


def _things(told_of: dict[str, Any], change: str, number: int) -> Page[tuple[dict[str, Any], dict[str, Any]]]:
    found = (told_of["difference"] or {"graphs": ()})["graphs"]
    things = [(graph, thing) for graph in found for thing in graph["things"]]
    return page_of([each for each in things if not change or each[1]["change"] == change], number, _THINGS)


def _records(found: PastImport, filters: dict[str, str], number: int) -> Page[Any]:
    wanted = found.report.with_issues(code=filters["code"], status=filters["status"]) if found.report else ()
    return page_of(wanted, number, _RECORDS)


def _state() -> str:
    """The state that the client was shown; "" where the body does not say."""
    if not request.get_data():
        return ""
    said = request.get_json(silent=True)
    state = said.get("state") if isinstance(said, dict) else None
    if not isinstance(state, str):
        raise BadRequestError('The body is empty, or JSON: {"state": "..."} with the state that the preview has.')
    return state


def _uri(name: str) -> str:
    return register().urls.address("imports", name)


def _unknown(name: str) -> NotFoundError:
    return NotFoundError(f"There is no import {name}: /api/v1/imports lists the last ones.")
