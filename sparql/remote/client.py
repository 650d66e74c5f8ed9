"""Asking a remote store over HTTP: only the addresses that are configured, each answer whole or an error.

An answer is whole when its length is what its header says, its chunks have their end, its JSON or its last line has
its end, and the service does not say that it left something out. Only reads are asked again, and only where the
connection failed or the service was busy.
"""

import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import requests
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from urllib3.exceptions import HTTPError, ReadTimeoutError

from sparql.errors import StoreAwayError
from sparql.remote.errors import StoreAnswerError, StoreRefusedError
from sparql.remote.service import RemoteService

_TRIES: Final = 3
_BUSY: Final = frozenset({502, 503, 504})
_PAUSE: Final = 0.3
"""Seconds before a read is asked again, doubled each time."""
_CONNECT: Final = 5.0
_CHUNK: Final = 1 << 16
_SAID: Final = 1 << 10
"""Bytes that are read of a service's own error."""
N_TRIPLES: Final = "application/n-triples"
JSON: Final = "application/sparql-results+json"
_PARTIAL: Final = ("X-SQL-State", "X-SPARQL-MaxRows")
"""With these Virtuoso says that an answer is not all: it ran out of time, or of rows."""


class RemoteClient:
    """Asks one service. It can be shared by threads, and used on after a fork: connections belong to their thread."""

    def __init__(self, service: RemoteService) -> None:
        self.service = service
        self._local = threading.local()

    def select(self, query: str, *, most: int = 256 << 20) -> list[dict[str, str]]:
        """Solutions of a SELECT, each variable with the lexical form or the IRI of its term.

        `most` is how many bytes the answer may have.

        Raises:
            StoreAwayError: nobody answered in time.
            StoreRefusedError: the service would not answer.
            StoreAnswerError: the answer is not whole, or is no answer.
        """
        content = self._read("POST", self.service.query, JSON, most, data={"query": query})
        try:
            rows = json.loads(content)["results"]["bindings"]
            return [{name: term["value"] for name, term in row.items()} for row in rows]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise StoreAnswerError(f"{self.service.host} gave an answer that is no whole JSON: {error}.") from error

    def n_triples(self, graph: str, *, most: int) -> bytes:
        """A named graph as N-Triples of at most so many bytes; nothing where there is no such graph.

        Raises:
            StoreError: as `select`.
        """
        content = self._read("GET", self.service.graphs, N_TRIPLES, most, params={"graph": graph}, absent_is_empty=True)
        if content and not content.endswith(b"\n"):
            raise StoreAnswerError(f"{self.service.host} gave N-Triples that break off in a line.")
        return content

    def put(self, graph: str, n_triples: bytes) -> None:
        """Makes a named graph of these triples; what it held is gone.

        Raises:
            StoreError: as `select`; then nobody knows what the graph holds.
        """
        headers = {"Content-Type": N_TRIPLES}
        with self._asked("PUT", self.service.graphs, params={"graph": graph}, data=n_triples, headers=headers):
            pass

    def update(self, text: str, *, patience: float | None = None) -> None:
        """Makes an update, once.

        Raises:
            StoreRefusedError: the service answered that it did not.
            StoreAwayError, StoreAnswerError: nobody knows whether it was made.
        """
        if self.service.dialect.update_as_form:
            sent: dict[str, Any] = {"data": {"update": text}, "headers": {"Accept": JSON}}
        else:
            headers = {"Content-Type": "application/sparql-update"}
            sent = {"data": text.encode(), "headers": headers}
        with self._asked("POST", self.service.update, patience=patience, **sent) as answer:
            self._content(answer, 16 << 20, time.monotonic() + self.service.patience)

    def _read(
        self, method: str, address: str, accept: str, most: int, *, absent_is_empty: bool = False, **sent: Any
    ) -> bytes:
        """The whole answer to a read, asked again where that may help."""
        for turn in range(_TRIES):
            deadline = time.monotonic() + self.service.patience
            try:
                with self._asked(method, address, headers={"Accept": accept}, **sent) as answer:
                    return self._content(answer, most, deadline)
            except StoreRefusedError as error:
                if absent_is_empty and error.status == requests.codes.not_found:
                    return b""
                if error.status not in _BUSY or turn == _TRIES - 1:
                    raise
            except StoreAwayError:
                if turn == _TRIES - 1:
                    raise
            time.sleep(_PAUSE * 2**turn)
        raise AssertionError

    @contextmanager
    def _asked(
        self, method: str, address: str, *, headers: dict[str, str], patience: float | None = None, **sent: Any
    ) -> Iterator[requests.Response]:
        """The beginning of an answer that is none of an error."""
        limits = (_CONNECT, patience or self.service.patience)
        try:
            with self._session().request(
                method, address, headers=headers, timeout=limits, stream=True, allow_redirects=False, **sent
            ) as answer:
                self._check(answer)
                yield answer
        except ReadTimeoutError as error:
            raise self._away(f"it did not answer in {limits[1]:g} seconds") from error
        except HTTPError as error:
            raise StoreAnswerError(f"The answer of {self.service.host} broke off: ask again.") from error
        except requests.RequestException as error:
            raise self._away(_reason(error)) from error

    def _check(self, answer: requests.Response) -> None:
        if answer.is_redirect or 300 <= answer.status_code < 400:  # noqa: PLR2004 - redirections
            told = answer.headers.get("Location", "elsewhere")
            raise StoreAnswerError(f"{self.service.host} sends to {told}, which is not followed: set that address.")
        if not answer.ok:
            said = answer.raw.read(_SAID, decode_content=True).decode(errors="replace")
            raise StoreRefusedError(answer.status_code, self.service.host, " ".join(said.split()))
        for name in _PARTIAL:
            if name in answer.headers:
                raise StoreAnswerError(
                    f"{self.service.host} left out a part of its answer ({name}: {answer.headers[name]}): "
                    "raise its limits of rows and time."
                )

    def _away(self, reason: str) -> StoreAwayError:
        return StoreAwayError(
            f"The store at {self.service.host} cannot be reached: {reason}. Reading goes on with what is held here; "
            "nothing can be written until it is back."
        )

    def _content(self, answer: requests.Response, most: int, deadline: float) -> bytes:
        pieces, size = [], 0
        while piece := answer.raw.read1(_CHUNK, decode_content=True):  # what has come: no slow answer outlives its time
            size += len(piece)
            if size > most:
                raise StoreAnswerError(f"{self.service.host} answers with more than {most} bytes, which is too much.")
            if time.monotonic() > deadline:
                raise self._away(f"its answer took more than {self.service.patience:g} seconds")
            pieces.append(piece)
        return b"".join(pieces)

    def _session(self) -> requests.Session:
        if getattr(self._local, "pid", 0) != os.getpid():
            self._local.pid = os.getpid()
            self._local.session = requests.Session()
            self._local.session.trust_env = False
            self._local.session.auth = _login(self.service)
        found: requests.Session = self._local.session
        return found


class _Bearer(AuthBase):
    """A token in the header."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _login(service: RemoteService) -> AuthBase | None:
    if service.token:
        return _Bearer(service.token)
    if not service.user:
        return None
    kind = HTTPDigestAuth if service.dialect.login == "digest" else HTTPBasicAuth
    return kind(service.user, service.password)


def _reason(error: requests.RequestException) -> str:
    """What went wrong, without the address, whose query may be long."""
    if isinstance(error, requests.ConnectTimeout | requests.ReadTimeout):
        return "it did not answer in time"
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate is not one that this machine trusts"
    return "the connection failed"
