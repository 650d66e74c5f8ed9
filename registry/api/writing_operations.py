"""What OpenAPI says of what takes a token: imports, their previews and undoing, links, sources, saved queries."""

from collections.abc import Mapping

from registry.api.operations import (
    CSV,
    JSON,
    Body,
    Operation,
    Parameter,
    in_path,
    json_of,
    listing,
)
from registry.api.schemas import OBJECT, TEXT, YES_OR_NO, Schema, members

_SOURCES, _QUERIES, _IMPORTS = "Sources", "Queries", "Imports"

_FILES: Schema = {"type": "string", "format": "binary", "minLength": 1}
_FORM: Schema = {"type": "object", "required": ["file"], "properties": {"file": _FILES, "mapping": TEXT}}
_UPLOAD = Body({"application/octet-stream": _FILES, "multipart/form-data": _FORM})
_NAME = Parameter("name", "what the file is called, where the body is the file")
_WISHES = (
    Parameter("catalogue", "the id of the catalogue that it becomes"),
    Parameter("format", "the importer"),
    Parameter("publisher", "nine digits"),
    Parameter("dryRun", "store nothing, keep a preview", YES_OR_NO),
    Parameter("partial", "what the source lacks stays as it is", YES_OR_NO),
    Parameter("strict", "refuse what would have to be mended", YES_OR_NO),
    _NAME,
)
_REPORT = {200: {JSON: OBJECT, CSV: TEXT}, 202: {JSON: OBJECT}}
_FILE = {200: {"*/*": {"type": "string", "format": "binary"}}}
_SOURCE: Schema = {
    "type": "object",
    "required": ["id", "url"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 60},
        "url": {"type": "string", "format": "uri"},
        **dict.fromkeys(("title", "format", "catalogue", "publisher", "credential"), TEXT),
        "hours": {"type": "number", "minimum": 0.25, "maximum": 8760},
        "enabled": YES_OR_NO,
    },
}
_QUERY: Schema = {"type": "object", "required": ["query"], "properties": {"query": TEXT}}
_MAPPING: Schema = {"type": "object", "required": ["columns", "mapping"]}
_GONE: Mapping[int, Mapping[str, Schema]] = {204: {}}
_SAVED = Body({JSON: _QUERY, "application/sparql-query": TEXT})
_MADE_OR_CHANGED: Mapping[int, Mapping[str, Schema]] = {200: {JSON: OBJECT}, 201: {JSON: OBJECT}}
_QUERY_NAME = in_path("name", "the query")
_IMPORT, _PREVIEW = in_path("name", "the import"), in_path("name", "the preview")

WRITING: tuple[Operation, ...] = (
    Operation(
        "post",
        "/api/v1/imports",
        "import_files",
        _IMPORTS,
        "Import files, or preview what importing them would change",
        _WISHES,
        _UPLOAD,
        _REPORT,
        token=True,
    ),
    Operation(
        "get",
        "/api/v1/imports/{name}/undo",
        "undo_preview",
        _IMPORTS,
        "What undoing an import would change",
        (_IMPORT,),
        answers=json_of(OBJECT, CSV),
        token=True,
    ),
    Operation(
        "post",
        "/api/v1/imports/{name}/undo",
        "undo",
        _IMPORTS,
        "Undo an import",
        (_IMPORT,),
        Body({JSON: members(state=TEXT)}, required=False),
        json_of(OBJECT, CSV),
        token=True,
    ),
    Operation(
        "get",
        "/api/v1/imports/{name}/repaired",
        "import_repaired",
        _IMPORTS,
        "The files of an import, repaired",
        (_IMPORT,),
        answers=_FILE,
        token=True,
    ),
    Operation(
        "get",
        "/api/v1/previews/{name}",
        "preview",
        _IMPORTS,
        "A preview of an import",
        (_PREVIEW,),
        answers=json_of(OBJECT, CSV),
        token=True,
    ),
    Operation(
        "post",
        "/api/v1/previews/{name}",
        "accept_preview",
        _IMPORTS,
        "Import what a preview showed, or some of it",
        (_PREVIEW,),
        Body({JSON: listing("things", TEXT)}, required=False),
        _REPORT,
        token=True,
    ),
    Operation(
        "delete",
        "/api/v1/previews/{name}",
        "discard_preview",
        _IMPORTS,
        "Discard a preview",
        (_PREVIEW,),
        answers=_GONE,
        token=True,
    ),
    Operation(
        "get",
        "/api/v1/previews/{name}/repaired",
        "preview_repaired",
        _IMPORTS,
        "The files of a preview, repaired",
        (_PREVIEW,),
        answers=_FILE,
        token=True,
    ),
    Operation(
        "get",
        "/api/v1/jobs/{name}",
        "job",
        _IMPORTS,
        "What came of a large upload",
        (in_path("name", "the job"),),
        answers=_REPORT,
        token=True,
    ),
    Operation(
        "post",
        "/api/v1/repairs",
        "repair",
        _IMPORTS,
        "The files that are sent, repaired",
        (_NAME,),
        _UPLOAD,
        _FILE,
        token=True,
    ),
    Operation(
        "get",
        "/api/v1/table-mappings",
        "table_mappings",
        _IMPORTS,
        "Tables of one's own whose columns somebody has explained",
        answers=json_of(listing("tables")),
        token=True,
    ),
    Operation(
        "post",
        "/api/v1/table-mappings/guess",
        "guess_mapping",
        _IMPORTS,
        "What the columns of a table seem to hold",
        (_NAME,),
        _UPLOAD,
        json_of(_MAPPING, "application/toml"),
        token=True,
    ),
    Operation(
        "delete",
        "/api/v1/table-mappings/{name}",
        "forget_mapping",
        _IMPORTS,
        "Forget what is known of a table",
        (in_path("name", "the table"),),
        answers=_GONE,
        token=True,
    ),
    Operation(
        "post",
        "/api/v1/sources",
        "add_source",
        _SOURCES,
        "Add a source",
        (),
        Body({JSON: _SOURCE}),
        json_of(OBJECT, status=201),
        token=True,
    ),
    Operation(
        "patch",
        "/api/v1/sources/{identifier}",
        "switch_source",
        _SOURCES,
        "Switch a source on or off",
        (in_path("identifier", "the source"),),
        Body({JSON: {**members(enabled=YES_OR_NO), "additionalProperties": False}}),
        token=True,
    ),
    Operation(
        "delete",
        "/api/v1/sources/{identifier}",
        "remove_source",
        _SOURCES,
        "Remove a source; what it brought stays",
        (in_path("identifier", "the source"),),
        answers=_GONE,
        token=True,
    ),
    Operation(
        "put",
        "/api/v1/queries/{name}",
        "save_query",
        _QUERIES,
        "Save a query, or a version more of it",
        (_QUERY_NAME,),
        _SAVED,
        _MADE_OR_CHANGED,
        token=True,
    ),
    Operation(
        "post",
        "/api/v1/queries/{name}",
        "make_query",
        _QUERIES,
        "Save a query that is not there yet",
        (_QUERY_NAME,),
        _SAVED,
        _MADE_OR_CHANGED,
        token=True,
    ),
    Operation(
        "delete",
        "/api/v1/queries/{name}",
        "delete_query",
        _QUERIES,
        "Delete a saved query",
        (_QUERY_NAME,),
        answers=_GONE,
        token=True,
    ),
)
