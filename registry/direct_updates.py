"""Plain updates of programs, written ahead of Flask, which takes as long for a request as all that an update needs.

Plain is a short POST of ``application/sparql-update`` and nothing else, by an administrator's token. All else, and
every error, is Flask's. The answer is that of sparql/endpoint.py, header by header; a test compares them.
"""

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from registry.access.bearer import administrator
from registry.access.tokens import Token
from registry.errors import ForbiddenError, SamsvarError, UnauthorizedError
from registry.provenance import Deed
from registry.services import Services
from registry.updating import begun
from sparql.announcing import LIMITS, limits
from sparql.direct import is_usual
from sparql.endpoint import CORS, MET
from sparql.errors import SparqlError, StoreError
from sparql.protocol import UPDATE, update_of_body

Application: TypeAlias = Callable[..., Iterable[bytes]]

_SHORT = 1 << 16
"""Bytes of a body that is read here."""


class DirectUpdates:
    """WSGI middleware. `common` are the headers that every answer of the application has."""

    def __init__(self, application: Application, services: Services, common: Mapping[str, str]) -> None:
        self._application = application
        self._services = services
        told = limits(services.query_host.budget, federated=bool(services.query_host.services))
        self._turn = threading.Lock()  # threads of one interpreter that compute at the same time take longer for it
        self._headers = [*CORS.items(), (LIMITS, told), *common.items(), ("Vary", "Accept")]

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """One request."""
        token = self._token(environ) if _is_plain(environ) else None
        if token is None:
            return self._application(environ, start_response)
        try:
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            asked = update_of_body(body, {})
            with self._turn:
                wait = begun(self._services, asked, Deed(token.id, token.organisation, asked.text))
            wait()
        except (SamsvarError, SparqlError) as error:
            return self._application({**environ, MET: error}, start_response)
        start_response("204 NO CONTENT", list(self._headers))
        return []

    def _token(self, environ: Mapping[str, Any]) -> Token | None:
        """That of an administrator; None where there is none, or tokens cannot be read, which Flask says."""
        try:
            return administrator(self._services.tokens, environ.get("HTTP_AUTHORIZATION"))
        except (UnauthorizedError, ForbiddenError, StoreError):
            return None


def _is_plain(environ: Mapping[str, Any]) -> bool:
    length = environ.get("CONTENT_LENGTH", "")
    return bool(
        environ["REQUEST_METHOD"] == "POST"
        and environ.get("PATH_INFO") == "/sparql"
        and environ.get("CONTENT_TYPE") == UPDATE
        and not environ.get("QUERY_STRING")
        and not environ.get("HTTP_CONTENT_ENCODING")
        and not environ.get("HTTP_TRANSFER_ENCODING")
        and length.isdecimal()
        and int(length) <= _SHORT
        and is_usual(environ)
    )
