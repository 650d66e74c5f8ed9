"""Imports over HTTP for programs: an upload is imported or previewed, and a preview accepted or discarded."""

from contextlib import closing

from flask import Blueprint, Response, jsonify, request

from registry.access.import_rights import may_see
from registry.access.tokens import Token
from registry.catalogue.imports import last_imports
from registry.errors import BadRequestError
from registry.importing import again, take
from registry.jobs.running import start
from registry.jobs.tasks import accepting, taking
from registry.previews.accepting import accept
from registry.previews.keeping import Preview
from registry.uploads import read_upload, taking_turns
from registry.views.context import reader, register
from registry.views.import_answers import api_writer, told, wanted_form
from registry.views.jobs import USUAL, patience, previewed, when_done

blueprint = Blueprint("import_api", __name__)

_SHOWN = 100


@blueprint.get("/api/v1/imports")
def last() -> Response:
    """The newest imports; open to everybody, as the register is."""
    return jsonify(imports=[each.as_json() for each in last_imports(reader(), _SHOWN)])


@blueprint.post("/api/v1/imports")
def imports() -> Response:
    """Imports what is sent; with ``dryRun=true`` keeps a preview of it."""
    token = api_writer()
    wanted_form()
    upload = read_upload(request)
    if not upload.is_large:
        taken = take(register(), token, upload)
        return previewed(taken.preview) if taken.preview else told(taken.as_json())
    with closing(upload):
        if seen := again(register(), token, upload):
            return previewed(seen)
        return when_done(start(register(), token, taking(upload, token, ask=False)), patience(USUAL))


@blueprint.get("/api/v1/previews/<name>")
def preview(name: str) -> Response:
    """What was shown."""
    return told(_known(name, api_writer()).as_json())


@blueprint.post("/api/v1/previews/<name>")
def accepted(name: str) -> Response:
    """Imports what was shown; ``{"things": [...]}`` chooses among what is new, changed and gone."""
    token = api_writer()
    found = _known(name, token)
    wanted = _wanted()
    if register().previews.is_large(found):
        return when_done(start(register(), token, accepting(found.id, token, wanted)), patience(USUAL))
    with taking_turns():
        return told(accept(register(), found, token, wanted).as_json())


@blueprint.delete("/api/v1/previews/<name>")
def discarded(name: str) -> Response:
    """204: it is forgotten."""
    _known(name, api_writer())
    register().previews.discard(name)
    return Response(status=204)


def _known(name: str, token: Token) -> Preview:
    found = register().previews.get(name)
    may_see(token, found)
    return found


def _wanted() -> list[str] | None:
    """The chosen things; None where the body does not say."""
    if not request.get_data():
        return None
    said = request.get_json(silent=True)
    things = said.get("things") if isinstance(said, dict) else None
    if not isinstance(things, list) or not all(isinstance(each, str) for each in things):
        raise BadRequestError('The body is JSON: {"things": [...]} with the URIs of those that are to be imported.')
    return things
