"""Comments about a thing: everybody reads, who is signed in writes."""

from flask import Blueprint, Response, jsonify, render_template, request
from flask_babel import gettext

from registry.catalogue.documents import is_held
from registry.catalogue.labels import labelled
from registry.catalogue.queries import is_iri
from registry.discussion.comments import comments, say, withdraw
from registry.errors import BadRequestError, NotFoundError
from registry.views.case_session import form_token, program_token, visitor
from registry.views.context import reader, register
from registry.views.import_session import go, private
from registry.views.languages import said
from registry.views.parameters import chosen, with_parameters

blueprint = Blueprint("comments", __name__)


@blueprint.get("/comments")
def shown() -> Response:
    """The comments about a thing: ``?about=`` and its URI."""
    about = _held(chosen("about"))
    return private(
        render_template(
            "comments/comments.html",
            about=labelled(reader(), about),
            comments=comments(register().ledger, about),
            token=visitor(),
            next=with_parameters(),
        )
    )


@blueprint.post("/comments")
def written() -> Response:
    """Says something, or takes a comment back."""
    token = form_token()
    about = _held(request.form.get("about", ""))
    if number := request.form.get("withdraw", ""):
        withdraw(register().ledger, token, about, int(number) if number.isdecimal() else 0)
    else:
        say(register().ledger, token, about, request.form.get("text", ""))
    return go(with_parameters(about=about))


@blueprint.get("/api/v1/comments")
def read_comments() -> Response:
    """The comments about ``?about=``, oldest first."""
    about = chosen("about")
    return jsonify(comments=[each.as_json() for each in comments(register().ledger, about)])


@blueprint.post("/api/v1/comments")
def say_by_token() -> Response:
    """201: a comment, ``{"about": "...", "text": "..."}``."""
    token = program_token()
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or not all(isinstance(sent.get(name), str) for name in ("about", "text")):
        raise BadRequestError('The body is JSON: {"about": "...", "text": "..."}.')
    response = jsonify(say(register().ledger, token, _held(sent["about"]), sent["text"]).as_json())
    response.status_code = 201
    return response


def _held(uri: str) -> str:
    """The URI of something that the register holds.

    Raises:
        NotFoundError: it holds nothing of the kind.
    """
    if not is_iri(uri) or not is_held(reader(), register().urls, uri):
        raise NotFoundError(said(gettext("The register holds nothing about %(uri)s.", uri=uri)))
    return uri
