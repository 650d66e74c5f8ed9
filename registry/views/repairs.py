"""Repaired files to download, for those who may import them: of what is sent, of a preview, of an import."""

import mimetypes
from contextlib import closing

from flask import Blueprint, Response, jsonify, request

from importers.repair import REPAIRS
from importers.repaired.repaired import FORMS, Repaired
from registry.access.graph_rights import may_write
from registry.access.import_rights import may_see
from registry.access.sessions import session_token
from registry.access.tokens import Token
from registry.catalogue.imports import import_info
from registry.errors import NotFoundError
from registry.repairing import of_import, of_preview, repaired_files
from registry.uploads import read_upload, taking_turns
from registry.views.context import reader, register
from registry.views.import_answers import api_writer

blueprint = Blueprint("repairs", __name__)

_TEXTS = {
    ".ttl": "text/turtle",
    ".trig": "application/trig",
    ".nt": "application/n-triples",
    ".nq": "application/n-quads",
    ".jsonld": "application/ld+json",
    ".rdf": "application/rdf+xml",
}


@blueprint.get("/api/v1/repairs")
def table() -> Response:
    """Every repair: its code, what it means, and an example."""
    rows = [
        {
            "code": code,
            "severity": repair.kind.severity,
            "message": repair.kind.message,
            "fix": repair.kind.fix,
            "before": repair.before,
            "after": repair.after,
        }
        for code, repair in REPAIRS.items()
    ]
    return jsonify(repairs=rows, forms=sorted(FORMS))


@blueprint.post("/api/v1/repairs")
def sent() -> Response:
    """The files that are sent, repaired."""
    api_writer()
    with taking_turns(), closing(read_upload(request)) as upload:
        return _file(repaired_files(register(), upload.sources(), upload.mapping))


@blueprint.get("/api/v1/imports/<name>/repaired")
def imported(name: str) -> Response:
    """The files of an import, repaired."""
    return _of_import(name, api_writer())


@blueprint.get("/imports/<name>/repaired")
def imported_on_page(name: str) -> Response:
    """The same for who is signed in."""
    return _of_import(name, session_token(register().tokens, request))


@blueprint.get("/api/v1/previews/<name>/repaired")
def previewed(name: str) -> Response:
    """The files of a preview, repaired."""
    return _of_preview(name, api_writer())


@blueprint.get("/imports/previews/<name>/repaired")
def previewed_on_page(name: str) -> Response:
    """The same for who is signed in."""
    return _of_preview(name, session_token(register().tokens, request))


def _of_import(name: str, token: Token) -> Response:
    info = import_info(reader(), register().urls.address("imports", name))
    if info is None:
        raise NotFoundError(f"There is no import {name}: /api/v1/imports lists the last ones.")
    may_write(reader(), register().urls, token, info.graph)
    with taking_turns():
        return _file(of_import(register(), reader(), info))


def _of_preview(name: str, token: Token) -> Response:
    found = register().previews.get(name)
    may_see(token, found)
    with taking_turns():
        return _file(of_preview(register(), found))


def _file(found: Repaired) -> Response:
    """The file as an attachment, with the codes of its repairs, and of what is left, in headers."""
    suffix = f".{found.name.rpartition('.')[2]}"
    media_type = _TEXTS.get(suffix) or mimetypes.guess_type(found.name)[0] or "application/octet-stream"
    response = Response(found.data, mimetype=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=found.name)
    response.headers["Samsvar-Repaired"] = ", ".join(found.codes)
    response.headers["Samsvar-Left"] = ", ".join(found.left)
    response.headers["Cache-Control"] = "no-store"
    return response
