"""Saving a query in the library, with a token: PUT makes or changes it, POST makes it, DELETE takes it away."""

from flask import Blueprint, Response, jsonify, request

from registry.access.bearer import token_of
from registry.errors import BadRequestError, NameTakenError, PreconditionError
from registry.query_library.drafts import Draft, draft
from registry.views.context import register
from registry.views.queries import tagged as with_tag
from registry.views.queries import told, uri_of
from sparql.endpoint import client_socket
from sparql.errors import MediaTypeError
from sparql.query_host.fair_queue import counted_as

blueprint = Blueprint("query_saving", __name__)

_JSON = "application/json"
_TEXT = "application/sparql-query"


@blueprint.route("/api/v1/queries/<name>", methods=["PUT", "POST"])
def save(name: str) -> Response:
    """201 where there was no such query, 200 where this is a version more of it; the query as JSON."""
    parts = register()
    token = token_of(parts.tokens, request.headers.get("Authorization"))
    wanted = draft(name, _sent())
    _try(wanted)
    saved, is_new = parts.saved_queries.save(wanted, token, _check)
    response = with_tag(jsonify(told(saved)), saved)
    response.status_code = 201 if is_new else 200
    if is_new:
        response.headers["Location"] = uri_of(name)
    return response


@blueprint.delete("/api/v1/queries/<name>")
def delete(name: str) -> Response:
    """204; its versions stay in the register's state, and its name with those who took it."""
    parts = register()
    token = token_of(parts.tokens, request.headers.get("Authorization"))
    parts.saved_queries.delete(name, token, _check)
    return Response(status=204)


def _sent() -> object:
    """The document that the request carries; a body that is a query is a document with nothing else."""
    request.max_content_length = 4 * register().query_host.budget.query + (1 << 16)
    if request.mimetype == _TEXT:
        try:
            return {"query": request.get_data().decode("utf-8-sig")}
        except UnicodeDecodeError as error:
            raise BadRequestError(f"The query is not UTF-8: byte {error.start}.") from error
    if request.mimetype == _JSON:
        said = request.get_json(silent=True)
        if said is None:
            raise BadRequestError("The body is not JSON.")
        return said
    raise MediaTypeError(f"A query is saved as {_JSON} or as {_TEXT}.")


def _try(wanted: Draft) -> None:
    """Runs the query, with the defaults of its parameters, until its first bytes: what has no answer is not saved."""
    answered = register().query_host.run(
        wanted.query, client=counted_as(request.remote_addr or ""), watch=client_socket(request.environ)
    )
    answered.chunks.close()


def _check(version: int) -> None:
    """If-Match and If-None-Match; POST only makes."""
    if request.method == "POST" and version:
        raise NameTakenError("There is a query of this name already: PUT changes it.")
    tag = f"v{version}"
    known = request.if_match.star_tag or request.if_match.contains(tag)
    if request.if_match and not (version and known):
        raise PreconditionError("The query has changed since you read it: read it again.")
    if version and (request.if_none_match.star_tag or request.if_none_match.contains(tag)):
        raise PreconditionError("The query is there already, as you know it.")
