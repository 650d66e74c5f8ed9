"""``/draft-check`` and ``POST /api/v1/draft-check``: a draft held against the register. Nothing of it is kept.

Reads: the draft in the request, which stays in memory. Writes: nothing, neither to disk nor to a log.
"""

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request
from flask_babel import gettext

from importers.base import Source, UnreadableSourceError
from importers.child import draft_isolated
from registry.draft_check.answer import DraftAnswer
from registry.draft_check.as_json import answer_as_json
from registry.draft_check.checking import check_draft
from registry.draft_check.exporting import COLUMNS, WORD, as_word, rows
from registry.draft_check.report import report
from registry.draft_check.words import doubt_in_words
from registry.errors import BadRequestError
from registry.refusal_words import detail_in
from registry.tables import csv_text
from registry.uploads import taking_turns
from registry.views import marking
from registry.views.context import reader, register
from registry.views.findings import reasons
from registry.views.languages import language, said
from registry.views.rendering import CSV

blueprint = Blueprint("draft_check", __name__)

_LONGEST = 8 * 2**20
"""Bytes of a request, whose file is a third longer when the page sends it again."""
_FORMATS = ("json", "csv", "docx")


@dataclass(frozen=True, slots=True)
class Sent:
    """A draft as it was sent, and the acts that it is given under, as people write them."""

    name: str
    data: bytes
    enabling: str

    @property
    def encoded(self) -> str:
        """The draft as the page holds it to be sent again for another format."""
        return base64.b64encode(self.data).decode()


@blueprint.get("/draft-check")
def form() -> Response:
    """The form."""
    return _page(None, None, "")


@blueprint.post("/draft-check")
def checked() -> Response:
    """The answer as a page, or in the format that a button asks for."""
    sent = _of_form()
    if not sent.data.strip():
        return _page(sent, None, gettext("Paste the text of the draft, or choose a file."))
    try:
        answer = _answer(sent)
    except UnreadableSourceError as error:
        return _page(sent, None, detail_in(error, language()) or str(error))
    asked = request.form.get("format", "")
    return _private(_as(asked, answer)) if asked in _FORMATS else _page(sent, answer, "")


@blueprint.post("/api/v1/draft-check")
def answered() -> Response:
    """The answer to a program: of JSON, of a form with a file, or of the draft as the body."""
    sent = _of_program()
    if not sent.data.strip():
        raise BadRequestError(
            said(
                gettext('There is no draft: send {"text": "..."}, a form with the part file, or the draft as the body.')
            )
        )
    asked = request.args.get("format", "json")
    if asked not in _FORMATS:
        raise BadRequestError(said(gettext("The format is one of %(formats)s.", formats=", ".join(_FORMATS))))
    response = _private(_as(asked, _answer(sent)))
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _answer(sent: Sent) -> DraftAnswer:
    """Reads the draft in a process of its own, and holds it against the register."""
    with taking_turns():
        draft = draft_isolated(Source(sent.name, sent.data))
        return check_draft(reader(), register().urls, draft, sent.enabling, language())


def _of_form() -> Sent:
    request.max_content_length = request.max_form_memory_size = _LONGEST
    enabling = request.form.get("enabling", "").strip()
    file = request.files.get("file")
    if file is not None and file.filename:
        return Sent(file.filename, file.read(), enabling)
    if again := request.form.get("content", ""):
        try:
            return Sent(request.form.get("name", "draft"), base64.b64decode(again, validate=True), enabling)
        except binascii.Error as error:
            raise BadRequestError(said(gettext("Send the draft again."))) from error
    return Sent("draft.txt", request.form.get("text", "").encode(), enabling)


def _of_program() -> Sent:
    request.max_content_length = request.max_form_memory_size = _LONGEST
    if request.mimetype == "multipart/form-data":
        return _of_form()
    if request.mimetype == "application/json":
        document = request.get_json(silent=True)
        sent: dict[str, Any] = document if isinstance(document, dict) else {}
        text, enabling = sent.get("text"), sent.get("enabling", "")
        if not isinstance(text, str) or not isinstance(enabling, str):
            raise BadRequestError(said(gettext('The body is a JSON object: {"text": "...", "enabling": "..."}.')))
        return Sent("draft.txt", text.encode(), enabling)
    return Sent(request.args.get("name", "draft"), request.get_data(), request.args.get("enabling", ""))


def _as(asked: str, answer: DraftAnswer) -> Response:
    if asked == "json":
        return jsonify(answer_as_json(answer, language()))
    if asked == "csv":
        response = Response(csv_text(COLUMNS, rows(answer, language())), mimetype=CSV)
    else:
        response = Response(as_word(report(answer, language())), mimetype=WORD)
    response.headers["Content-Disposition"] = f'attachment; filename="draft-check.{asked}"'
    return response


def _page(sent: Sent | None, answer: DraftAnswer | None, wrong: str) -> Response:
    context: dict[str, Any] = {"sent": sent, "answer": answer, "wrong": wrong, "as_text": _as_text(sent)}
    context |= {"limit": _LONGEST // 2**21, "pair": _pair, "doubt": lambda each: doubt_in_words(each, language())}
    response = Response(render_template("draft_check/page.html", **context), mimetype="text/html")
    return _private(response)


def _as_text(sent: Sent | None) -> str:
    """What was pasted, to stand in the field again."""
    return sent.data.decode("utf-8", "replace") if sent is not None and sent.name == "draft.txt" else ""


def _pair(finding: Any) -> dict[str, Any]:
    """What the page shows of two definitions."""
    first, second = marking.sides(finding)
    return {"first": first, "second": second, "reasons": reasons(finding)}


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
