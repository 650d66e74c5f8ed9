"""``/dumps``: all data at once; as the file that was made while that is current, else as it is read."""

from base64 import b64encode
from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, Response, request, send_file
from flask_babel import gettext

from registry.dumping.contents import SYNTAXES, Dump, dumps, pieces
from registry.dumping.description import Described, Operator, catalogue
from registry.dumping.files import DumpFile, current
from registry.errors import NotFoundError
from registry.views.context import reader, register
from registry.views.languages import said
from registry.views.rendering import Shown, page
from sparql.formats import RDF_FORMATS, RdfSyntax, serialise

blueprint = Blueprint("dumps", __name__)


def _stamp() -> str:
    """Tells files that were made since apart."""
    try:
        return str(register().dumps.joinpath("dumps.json").stat().st_mtime_ns)
    except OSError:
        return ""


@page(blueprint, "/dumps", {syntax.suffix: syntax.media_type for syntax in RDF_FORMATS}, _stamp)
def dump_list() -> Shown:
    """What can be had at once, with sizes and checksums where a file was made; in RDF as a catalogue of data."""
    parts = register()
    known = [Described(dump, current(parts.dumps, dump)) for dump in dumps(reader(), parts.urls).values()]
    operator = Operator(parts.settings.operator, parts.settings.contact)

    def described(syntax: RdfSyntax) -> bytes:
        return serialise(catalogue(parts.urls, parts.settings.public_url, operator, known), syntax)

    return Shown(
        "about/dumps.html",
        {"dumps": [(each.dump, each.files) for each in known], "syntaxes": SYNTAXES},
        lambda: {"dumps": [_told(each.dump, each.files) for each in known]},
        {syntax.media_type: partial(described, syntax) for syntax in RDF_FORMATS},
    )


@blueprint.get("/dumps/<name>.<suffix>")
def one(name: str, suffix: str) -> Response:
    """One dump in one format."""
    dump = dumps(reader(), register().urls).get(name)
    if dump is None or suffix not in SYNTAXES:
        raise NotFoundError(said(gettext("There is no dump %(name)s: /dumps lists them.", name=f"{name}.{suffix}")))
    file = current(register().dumps, dump).get(suffix)
    response = _streamed(dump, suffix) if file is None else _from_file(dump, suffix, file)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _from_file(dump: Dump, suffix: str, file: DumpFile) -> Response:
    """With its checksum (RFC 9530), and in parts for who asks for them."""
    path = register().dumps / file.file
    media_type = SYNTAXES[suffix].content_type
    response = send_file(path, media_type, conditional=True, etag=file.sha256, last_modified=dump.modified)
    response.headers["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(file.sha256)).decode()}:"
    return response


def _streamed(dump: Dump, suffix: str) -> Response:
    content = pieces(reader(), dump, SYNTAXES[suffix])
    response = Response(content, content_type=SYNTAXES[suffix].content_type)
    response.last_modified = dump.modified
    response.set_etag(f"{dump.state}-{suffix}")
    response.make_conditional(request)
    return response


def _told(dump: Dump, made: Mapping[str, DumpFile]) -> dict[str, Any]:
    formats = [
        {
            "format": suffix,
            "mediaType": syntax.media_type,
            "address": f"{register().settings.public_url}/dumps/{dump.name}.{suffix}",
            "size": made[suffix].size if suffix in made else None,
            "sha256": made[suffix].sha256 if suffix in made else None,
        }
        for suffix, syntax in SYNTAXES.items()
    ]
    return {
        "name": dump.name,
        "graphs": list(dump.graphs) if dump.about else [],
        "triples": dump.triples,
        "modified": dump.modified.isoformat(),
        "formats": formats,
    }
