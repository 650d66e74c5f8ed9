"""WSGI middleware: each request gets an id, is counted and timed, and logged where the operator wants that.

The id is the one that a proxy has given (``X-Request-ID``) or a new one; every log line of the request has it, and the
answer. A line holds the path without what was asked for, and nothing of who asked.
"""

import re
import secrets
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import structlog
from werkzeug.wsgi import ClosingIterator

from registry.observing.metrics import observe

Application: TypeAlias = Callable[..., Iterable[bytes]]

HEADER = "X-Request-ID"
ID = "samsvar.request_id"
"""Where the environment of a request has its id."""
_USABLE = re.compile(r"[A-Za-z0-9._-]{8,64}")
log = structlog.get_logger()


class Observed:
    """See the module. `areas` are the first parts of paths that are told apart; `logged` asks for a line a request."""

    def __init__(self, application: Application, areas: Iterable[str], *, logged: bool) -> None:
        self._application = application
        self._areas = frozenset(areas)
        self._logged = logged

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """One request."""
        began = time.perf_counter()
        identifier = _identifier(environ.get("HTTP_X_REQUEST_ID", ""))
        environ[ID] = identifier
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=identifier)
        status = ["500"]

        def listen(said: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            status[0] = said[:3]
            return start_response(said, [*headers, (HEADER, identifier)], exc_info)

        def ended() -> None:
            self._ended(environ, status[0], time.perf_counter() - began)

        answer = self._application(environ, listen)
        files = environ.get("wsgi.file_wrapper")
        if isinstance(files, type) and isinstance(answer, files):
            ended()
            return answer
        return ClosingIterator(answer, ended)

    def _ended(self, environ: dict[str, Any], status: str, seconds: float) -> None:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        first = path[1:].partition("/")[0]
        observe(method, first if first in self._areas else "other", status, seconds)
        if self._logged:
            log.info("request", method=method, path=path, status=int(status), seconds=round(seconds, 4))


def _identifier(given: str) -> str:
    return given if _USABLE.fullmatch(given) else secrets.token_hex(8)


def areas_of(rules: Iterable[str]) -> set[str]:
    """The first parts of addresses such as ``/concepts/<name>``; that of the front page is empty."""
    return {first for each in rules if "<" not in (first := each[1:].partition("/")[0])}
