"""A table of a shape that the register does not know: somebody says what its columns hold, then sees the preview."""

from contextlib import closing

from flask import Blueprint, Response, render_template, request

from importers.base import UnreadableSourceError
from importers.child import sketch_isolated
from importers.table_mapping import mapping_as_toml
from importers.table_sketch import TableSketch
from registry.access.import_rights import may_see
from registry.access.sessions import session_token
from registry.access.tokens import Token
from registry.errors import BadRequestError
from registry.importing import opened_file, take
from registry.previews.known_tables import Who
from registry.previews.waiting_tables import WaitingTable
from registry.uploads import Upload, taking_turns
from registry.views.context import register
from registry.views.import_session import go, private, writer
from registry.views.table_fields import GROUPS, LANGUAGES, NOT_USED, SEPARATORS, TERM
from registry.views.table_form import TableForm, guessed, read_form

blueprint = Blueprint("table_mapping", __name__)

_CHOICES = {"groups": GROUPS, "not_used": NOT_USED, "languages": LANGUAGES, "separators": SEPARATORS, "term": TERM}
_ROWS = 1_000_000
"""More rows than any spreadsheet has above its headers."""


@blueprint.get("/imports/tables/<name>")
def table(name: str) -> Response:
    """The columns with what each seems to hold."""
    waiting = _known(name, session_token(register().tokens, request))
    try:
        sketch = _sketch(waiting)
    except UnreadableSourceError as error:
        return _shown(waiting, waiting.sketch, guessed(waiting.sketch, waiting.publisher), error)
    return _shown(waiting, sketch, guessed(sketch, waiting.publisher))


@blueprint.post("/imports/tables/<name>")
def confirmed(name: str) -> Response:
    """Reads the table as the form says, and keeps a preview of what that would change."""
    token = writer()
    waiting = _known(name, token)
    sketch = _sketch(waiting)
    form = read_form(request.form, sketch, waiting.organisation)
    if form.errors:
        return _shown(waiting, sketch, form)
    upload = Upload(
        register().tables.open(waiting),
        waiting.catalogue or None,
        publisher=form.publisher or None,
        dry_run=True,
        partial=waiting.partial,
        mapping=form.mapping(*_place()),
    )
    try:
        taken = take(register(), token, upload)
    except UnreadableSourceError as error:
        return _shown(waiting, sketch, form, error)
    if taken.preview is None:
        raise BadRequestError("The table holds nothing that could be imported.")
    [catalogue, *_] = [each["catalogue"] for each in taken.preview.graphs]
    register().known_tables.remember(waiting.sketch, form.mapping(*_place()), catalogue, Who.of(token))
    return go(f"/imports/previews/{taken.preview.id}")


@blueprint.post("/imports/tables/<name>/mapping.toml")
def downloaded(name: str) -> Response:
    """The mapping as the form says it, for the next import and for the command line."""
    waiting = _known(name, writer())
    sketch = _sketch(waiting)
    form = read_form(request.form, sketch, waiting.organisation)
    if form.errors:
        return _shown(waiting, sketch, form)
    response = private(mapping_as_toml(form.mapping(*_place())), "application/toml")
    response.headers["Content-Disposition"] = 'attachment; filename="mapping.toml"'
    return response


@blueprint.post("/imports/tables/<name>/discard")
def discarded(name: str) -> Response:
    """Forgets the upload."""
    _known(name, writer())
    register().tables.discard(name)
    return go("/imports/new")


def _known(name: str, token: Token) -> WaitingTable:
    found = register().tables.get(name)
    may_see(token, found)
    return found


def _place() -> tuple[str, int | None]:
    """The sheet and the row of headers that were asked for: "" and None for those that seem to be it."""
    said = request.values.get("header", "").strip()
    if said and not (said.isdecimal() and int(said[:9]) <= _ROWS):
        raise BadRequestError("The row with the headers is a whole number, counted from 1; 0 where there is none.")
    return request.values.get("sheet", "").strip(), int(said[:9]) if said else None


def _sketch(waiting: WaitingTable) -> TableSketch:
    """The sketch that is kept, or one of the sheet and row that were asked for."""
    sheet, row = _place()
    if (sheet, row) == ("", None):
        return waiting.sketch
    with taking_turns():
        with closing(Upload(register().tables.open(waiting))) as upload:
            source = opened_file(register(), upload.sources(), waiting.sketch.file)
        return sketch_isolated(source, sheet, row)


def _shown(
    waiting: WaitingTable, sketch: TableSketch, form: TableForm, refused: UnreadableSourceError | None = None
) -> Response:
    sheet, row = _place()
    content = render_template(
        "imports/mapping.html",
        waiting=waiting,
        sketch=sketch,
        form=form,
        refused=refused,
        sheet=sheet,
        header="" if row is None else row,
        choices={
            "groups": GROUPS,
            "not_used": NOT_USED,
            "languages": LANGUAGES,
            "separators": SEPARATORS,
            "term": TERM,
        },
    )
    return private(content, status=422 if form.errors or refused else 200)
