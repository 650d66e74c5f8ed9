"""Plain queries of programs, answered ahead of Flask, which takes as long for a request as the engine for ten lookups.

Plain is GET with ``query`` and nothing else, no cookie, no condition, an Accept that does not like a page best. All
else, and every error, is Flask's. The answers are those of `sparql.endpoint`, header by header; a test compares them.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from sparql.announcing import LIMITS, headers, limits
from sparql.endpoint import CORS, MET, client_socket
from sparql.errors import ProtocolError, QuerySyntaxError, SparqlError
from sparql.protocol import answer_format, likes_pages, of_get, parameters_of
from sparql.query_host.answers import QueryAnswer
from sparql.query_host.fair_queue import counted_as
from sparql.query_host.host import QueryHost
from sparql.query_host.sink import HELD_BACK

Application: TypeAlias = Callable[..., Iterable[bytes]]

_ELSEWHERE = ("HTTP_COOKIE", "HTTP_IF_NONE_MATCH", "HTTP_RANGE")
_CODINGS = ("", "gzip", "identity")
"""What Accept-Encoding says behind the middleware that compresses; anything else is for Flask to refuse."""


class Direct:
    """WSGI middleware. `common` are the headers that every answer of the application has."""

    def __init__(self, application: Application, host: QueryHost, common: Mapping[str, str]) -> None:
        self._application = application
        self._host = host
        told = limits(host.budget, federated=bool(host.services))
        self._common = [*CORS.items(), (LIMITS, told), *common.items(), ("Vary", "Accept")]

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """One request."""
        text = _plain_query(environ)
        if text is None:
            return self._application(environ, start_response)
        try:
            answer = self._asked(text, environ)
            first = next(answer.chunks, b"")
            whole = first + answer.read() if len(first) < HELD_BACK else None
        except SparqlError as error:
            return self._application({**environ, MET: error}, start_response)
        length = [] if whole is None else [("Content-Length", str(len(whole)))]
        told = [*headers(answer).items(), ("Content-Type", answer.media_type), *length, *self._common]
        start_response("200 OK", told)
        if whole is not None:
            return [whole]
        answer.chunks.put_back(first)
        return answer.chunks

    def _asked(self, text: str, environ: Mapping[str, Any]) -> QueryAnswer:
        chosen = answer_format(self._host.shape(text), environ.get("HTTP_ACCEPT"), "")
        client = counted_as(environ.get("REMOTE_ADDR", ""))
        try:
            return self._host.send(self._host.prepare(text, format=chosen, client=client), client_socket(environ))
        except QuerySyntaxError as error:
            raise self._host.told(error, text) from error


def is_usual(environ: Mapping[str, Any]) -> bool:
    """Whether a request says nothing that only Flask understands."""
    return not any(environ.get(name) for name in _ELSEWHERE) and environ.get("HTTP_ACCEPT_ENCODING", "") in _CODINGS


def _plain_query(environ: Mapping[str, Any]) -> str | None:
    """The query of a request that is plain; None where it is not."""
    if environ.get("PATH_INFO") != "/sparql" or environ["REQUEST_METHOD"] != "GET":
        return None
    if not is_usual(environ):
        return None
    try:
        parameters = parameters_of(environ.get("QUERY_STRING", "").encode("latin-1"))
        asked = of_get(parameters) if parameters.keys() == {"query"} else None
    except (ProtocolError, UnicodeEncodeError):
        return None
    return None if asked is None or likes_pages(environ.get("HTTP_ACCEPT")) else asked.text
