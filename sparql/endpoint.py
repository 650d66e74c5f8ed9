"""The SPARQL endpoint on the web: ``/sparql`` by GET and POST, a service description, and the editor for people.

Answers stream from the query host. What goes wrong before the first byte is raised as an error of sparql.errors, whose
status `STATUS` has; what goes wrong after it breaks the connection, so that no client takes a part for the whole.
"""

import json
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeAlias

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from sparql.announcing import EXPOSED, LIMITS, headers, limits, unquoted
from sparql.cut_answers import first_lines, first_rows, took, up_to
from sparql.errors import (
    ClientBusyError,
    HungUpError,
    MediaTypeError,
    NotAcceptableError,
    ProtocolError,
    QueryBusyError,
    QueryFailedError,
    QueryMemoryError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
    QueryTooLargeError,
    ServiceFailedError,
    SparqlError,
)
from sparql.formats import RDF_BY_MEDIA_TYPE, RESULT_FORMATS, TURTLE, Format
from sparql.language.parameters import declared
from sparql.limits import too_long_a_body
from sparql.negotiation import best
from sparql.protocol import (
    FORM,
    HTML,
    UPDATE,
    ProtocolQuery,
    ProtocolUpdate,
    answer_format,
    body_kind,
    likes_pages,
    no_updates,
    of_body,
    of_form,
    of_get,
    parameters_of,
    update_of_body,
)
from sparql.query_host.answers import QueryAnswer
from sparql.query_host.fair_queue import counted_as
from sparql.query_host.host import QueryHost
from sparql.query_host.sink import HELD_BACK
from sparql.query_host.wire import Request
from sparql.service_description import service_description

STATUS: Mapping[type[SparqlError], int] = {
    ProtocolError: 400,
    MediaTypeError: 415,
    NotAcceptableError: 406,
    QuerySyntaxError: 400,
    QueryTooLargeError: 413,
    QueryRefusedError: 403,
    QueryTimeoutError: 503,
    QueryMemoryError: 503,
    ClientBusyError: 429,
    QueryBusyError: 503,
    QueryFailedError: 503,
    ServiceFailedError: 502,
    HungUpError: 400,
}
"""Error to HTTP status; the closest class counts."""

CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Cache-Control, Content-Type, If-None-Match",
    "Access-Control-Expose-Headers": EXPOSED,
    "Access-Control-Max-Age": "86400",
}
"""Headers of every answer; no credentials go across sites."""
MET = "samsvar.met"
"""In the WSGI environment: the error that a query met on its way here, which is only told."""
_PAGE = 2 << 20
"""Bytes of an answer that the editor page shows."""


@dataclass(frozen=True, slots=True)
class EditorState:
    """What the editor page shows.

    `results` is the answer of SELECT or ASK as SPARQL 1.1 results in JSON, `graph` that of CONSTRUCT or DESCRIBE as
    Turtle; both are None before a query is run. Of an answer too large for a page they are the beginning (`is_cut`).
    `used` is the `seconds` that the answer took and, where it had been kept, its `age` in seconds.
    """

    query: str = ""
    results: dict[str, Any] | None = None
    graph: str | None = None
    is_cut: bool = False
    used: Mapping[str, float] = field(default_factory=dict)
    error: SparqlError | None = None


Editor: TypeAlias = Callable[[EditorState], ResponseReturnValue]


class Updates(Protocol):
    """Who takes updates, where anybody does."""

    limit: int
    """Bytes that an update may have."""

    def allow(self) -> None:
        """Raises an error of the caller's own where this request may not write."""
        ...

    def welcome(self) -> bool:
        """Whether this request may write."""
        ...

    def run(self, update: ProtocolUpdate) -> None:
        """Does it; returns when it is published."""
        ...


def sparql_blueprint(
    host: QueryHost, *, uri_base: str, editor: Editor | None = None, updates: Updates | None = None
) -> Blueprint:
    """The blueprint of ``/sparql``.

    The service's URI is under `uri_base`; `editor` renders the page for people; without `updates` all are refused.
    """
    endpoint = Endpoint(host, f"{uri_base}/sparql", editor, updates)
    blueprint = Blueprint("sparql", __name__)
    blueprint.add_url_rule("/sparql", "sparql", endpoint.answer, methods=["GET", "POST"])
    blueprint.after_request(endpoint.for_everyone)
    return blueprint


class Endpoint:
    """See `sparql_blueprint`."""

    def __init__(
        self, host: QueryHost, endpoint_url: str, editor: Editor | None, updates: Updates | None = None
    ) -> None:
        self._host = host
        self._updates = updates
        self._endpoint_url = endpoint_url
        self._editor = editor

    def answer(self) -> ResponseReturnValue:
        """One request; see sparql.errors for what it raises."""
        if met := request.environ.get(MET):
            raise met
        query = self._asked()
        if query is None:
            return self._without_query()
        if isinstance(query, ProtocolUpdate):
            return self._update(query)
        if self._editor is not None and self._wants_page(query):
            return self._editor(self._page(query))
        shape = self._host.shape(query.text)
        chosen = answer_format(shape, _accept(), query.format_name)
        asked = self._prepare(query, chosen)
        if request.if_none_match and request.if_none_match.contains_weak(unquoted(tag := self._host.etag(asked))):
            return Response(status=304, headers={"ETag": tag, "Cache-Control": "no-cache"}, mimetype=chosen.media_type)
        return response_of(self._send(query, asked))

    def _update(self, update: ProtocolUpdate) -> Response:
        """Allowed, done and published before it is answered."""
        if self._updates is None:
            raise no_updates()
        self._updates.allow()
        self._updates.run(update)
        return Response(status=204)

    def _asked(self) -> ProtocolQuery | ProtocolUpdate | None:
        parameters = parameters_of(request.query_string)
        if request.method != "POST":
            return of_get(parameters)
        kind = body_kind(request.mimetype, request.mimetype_params.get("charset", ""))
        body = self._body(kind)
        if kind == FORM:
            return of_form(parameters_of(body), parameters)
        if kind == UPDATE:
            return update_of_body(body, parameters)
        return of_body(body, parameters)

    def _body(self, kind: str) -> bytes:
        """What was sent; long bodies are read only from those who may send an update."""
        limit, allowed = "query", self._host.budget.query
        if kind == UPDATE:
            if self._updates is None:
                raise no_updates()
            self._updates.allow()
        if self._updates is not None and (kind == UPDATE or self._updates.welcome()):
            limit, allowed = "update", self._updates.limit
        request.max_content_length = 4 * allowed + (1 << 16)
        try:
            return request.get_data()
        except RequestEntityTooLarge as error:
            packed = "Content-Encoding" in request.headers
            raise too_long_a_body(limit, allowed, None if packed else request.content_length) from error

    def _without_query(self) -> ResponseReturnValue:
        offers = [*RDF_BY_MEDIA_TYPE, *([HTML] if self._editor else [])]
        offer = best(_accept(), offers)
        if offer is None:
            raise NotAcceptableError(f"Without a query there is a service description, as {', '.join(offers)}.")
        if offer == HTML and self._editor is not None:
            return self._editor(EditorState())
        syntax = RDF_BY_MEDIA_TYPE[offer]
        document = service_description(
            self._endpoint_url,
            self._host.default_graph,
            syntax,
            federated=bool(self._host.services),
            searches=self._host.searches,
        )
        return Response(document, content_type=syntax.content_type)

    def _wants_page(self, query: ProtocolQuery) -> bool:
        if query.format_name:
            return query.format_name.lower() in ("html", HTML)
        return likes_pages(_accept())

    def _page(self, query: ProtocolQuery) -> EditorState:
        """What a person sees, an error included: the query stays in the editor."""
        try:
            graphs = self._host.shape(query.text).form in ("CONSTRUCT", "DESCRIBE")
            answer = self._run(_with_own_parameters(query), TURTLE if graphs else RESULT_FORMATS[0])
            content, is_whole = up_to(answer, _PAGE)
        except SparqlError as error:
            return EditorState(query.text, error=error)
        if graphs:
            graph = content.decode() if is_whole else first_lines(content)
            return EditorState(query.text, graph=graph, is_cut=not is_whole, used=took(answer))
        results = json.loads(content) if is_whole else first_rows(content)
        return EditorState(query.text, results=results, is_cut=not is_whole, used=took(answer))

    def _run(self, query: ProtocolQuery, chosen: Format) -> QueryAnswer:
        return self._send(query, self._prepare(query, chosen))

    def _send(self, query: ProtocolQuery, asked: Request) -> QueryAnswer:
        try:
            return self._host.send(asked, client_socket(request.environ))
        except QuerySyntaxError as error:
            raise self._host.told(error, query.text, query.values) from error

    def _prepare(self, query: ProtocolQuery, chosen: Format) -> Request:
        client = counted_as(request.remote_addr or "")
        return self._host.prepare(
            query.text,
            format=chosen,
            default_graphs=query.default_graphs,
            named_graphs=query.named_graphs,
            client=client,
            values=query.values,
        )

    def for_everyone(self, response: Response) -> Response:
        """Headers of every answer, an error's too."""
        response.headers.update(CORS)
        response.headers[LIMITS] = limits(self._host.budget, federated=bool(self._host.services))
        response.vary.add("Accept")
        return response


def response_of(answer: QueryAnswer) -> Response:
    """A short answer goes whole, with its length; a long one as it comes."""
    first = next(answer.chunks, b"")
    if len(first) < HELD_BACK:
        whole = first + answer.read()
        return Response(whole, content_type=answer.media_type, headers=headers(answer))
    answer.chunks.put_back(first)
    told = headers(answer)
    return Response(answer.chunks, content_type=answer.media_type, headers=told, direct_passthrough=True)


def _accept() -> str | None:
    return request.headers.get("Accept")


def _with_own_parameters(query: ProtocolQuery) -> ProtocolQuery:
    """Without values for what the query does not declare: a form keeps the fields of the query it was shown with."""
    known = {each.name for each in declared(query.text)}
    return replace(query, values={name: value for name, value in query.values.items() if name in known})


def client_socket(environ: Mapping[str, Any]) -> socket.socket | None:
    """The connection of who asked, where the server shows it: gunicorn does."""
    found = environ.get("gunicorn.socket")
    return found if isinstance(found, socket.socket) and not isinstance(found, ssl.SSLSocket) else None
