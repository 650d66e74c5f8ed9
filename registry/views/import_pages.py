"""Importing on pages: signing in with a token, uploading, the preview, accepting it or a part of it."""

from contextlib import closing
from typing import Any

from flask import Blueprint, Response, render_template, request

from registry.access.import_rights import can_import, may_see
from registry.access.sessions import session_token, signed_in
from registry.access.tokens import Token
from registry.catalogue.graphs import graphs
from registry.catalogue.imports import last_imports
from registry.documents import page_of_all
from registry.errors import BadRequestError
from registry.importing import again, take_or_wait
from registry.issue_words import translated
from registry.jobs.running import start
from registry.jobs.tasks import accepting, taking
from registry.previews.accepting import accept
from registry.previews.difference import CHANGES
from registry.previews.keeping import Preview
from registry.previews.tables import as_csv
from registry.previews.waiting_tables import WaitingTable
from registry.repairing import is_repairable
from registry.uploads import read_upload, taking_turns
from registry.views.context import reader, register
from registry.views.import_session import go, private, writer
from registry.views.jobs import page_of_imported, page_when_done
from registry.views.languages import language
from registry.views.list_tables import TABLE, table
from registry.views.parameters import chosen, one_of, page_address, page_number, with_parameters
from registry.views.rendering import Shown, page

blueprint = Blueprint("import_pages", __name__)

_IMPORTS = 100
_THINGS = 200
"""Things on one page of a preview,"""
_BEGINNING = 50
"""and of its other lists, of which the page shows the beginning."""
_COLUMNS = ("uri", "graph", "ended", "source", "format", "generation", "stored", "rejected")
_LISTS = ("brings", "settles", "duplicates", "touches", "issues")


@page(blueprint, "/imports", TABLE)
def imports() -> Shown:
    """The last imports."""
    found = last_imports(reader(), _IMPORTS)
    return Shown(
        "imports/list.html",
        {"imports": [(each, graphs(reader()).get(each.graph)) for each in found]},
        lambda: {"imports": [each.as_json() for each in found]},
        table(_COLUMNS, lambda: (each.as_json() for each in found)),
    )


@blueprint.get("/imports/new")
def new() -> Response:
    """The form: for a token, and when there is one for files."""
    token = signed_in(register().tokens, request)
    if token is not None and not can_import(token):
        return private(render_template("imports/new.html", token=None, other=token))
    known = register().known_tables.of(token) if token else []
    limit = register().settings.max_upload
    return private(render_template("imports/new.html", token=token, other=None, limit=limit, known=known))


@blueprint.post("/imports/new")
def upload() -> Response:
    """Reads the files and keeps a preview of what they would change; or asks what the columns of a table hold."""
    token = writer()
    sent = read_upload(request, dry_run=True)
    if sent.is_large:
        with closing(sent):
            if seen := again(register(), token, sent):
                return go(f"/imports/previews/{seen.id}")
            return page_when_done(start(register(), token, taking(sent, token, ask=True)))
    taken = take_or_wait(register(), token, sent)
    if isinstance(taken, WaitingTable):
        return go(f"/imports/tables/{taken.id}")
    if taken.preview is None:
        raise BadRequestError("The files hold nothing that could be imported.")
    return go(f"/imports/previews/{taken.preview.id}")


@blueprint.get("/imports/previews/<name>")
def preview(name: str) -> Response:
    """What the import would change."""
    found = _known(name, session_token(register().tokens, request))
    if request.args.get("format") == "csv":
        response = private(as_csv(translated(found.as_json(), language())), "text/csv")
        response.headers["Content-Disposition"] = 'attachment; filename="preview.csv"'
        return response
    return private(render_template("imports/preview.html", **_shown(found)))


@blueprint.post("/imports/previews/<name>")
def accepted(name: str) -> Response:
    """Imports all of it, or the things that are ticked."""
    token = writer()
    found = _known(name, token)
    wanted = None if request.form.get("choice") == "all" else request.form.getlist("thing")
    if register().previews.is_large(found):
        return page_when_done(start(register(), token, accepting(found.id, token, wanted)))
    with taking_turns():
        accept(register(), found, token, wanted)
    return go(page_of_imported(found.graphs))


@blueprint.post("/imports/previews/<name>/discard")
def discarded(name: str) -> Response:
    """Forgets the preview."""
    _known(name, writer())
    register().previews.discard(name)
    return go("/imports/new")


def _known(name: str, token: Token) -> Preview:
    found = register().previews.get(name)
    may_see(token, found)
    return found


def _shown(found: Preview) -> dict[str, Any]:
    difference = found.document["difference"]
    wanted, listed = chosen("change"), one_of("list", _LISTS)
    lists = {name: found.issues if name == "issues" else difference[name] for name in _LISTS}
    graphs = difference["graphs"]
    things = page_of_all([each["things"] for each in graphs], page_number(), _THINGS, wanted)
    return {
        "preview": found,
        "difference": difference,
        "things": things.map(lambda each: (graphs[each[0]], each[1])),
        "change": wanted,
        "changes": CHANGES,
        "listed": listed,
        "lists": {
            name: rows.page(*((page_number(), _THINGS) if name == listed else (1, _BEGINNING)))
            for name, rows in lists.items()
        },
        "list_address": lambda name: with_parameters(list=name, change="", page=""),
        "unreadable": found.document["unreadable"],
        "tables": {each["file"]: each["id"] for each in found.document.get("tables", ())},
        "repairable": is_repairable((each["format"], each["source"]) for each in found.document["reports"]),
        "address": page_address(),
        "change_address": lambda change: with_parameters(change=change, page=""),
    }
