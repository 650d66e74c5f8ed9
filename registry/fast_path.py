"""Machine-readable answers that were given already, given again ahead of Flask: documents, lists as JSON, /sparql.

What is kept is a whole answer of 200 that allows it (``Cache-Control: no-cache`` and an ETag) and is no page; it holds
for the same address, content coding, Accept, Accept-Language and Accept-Profile, until a file of the register changes.
Requests with a cookie or a token, or that ask for another time, never come here.
"""

import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from werkzeug.http import parse_date

from registry.content_coding import wish

Headers: TypeAlias = list[tuple[str, str]]
Stamp: TypeAlias = tuple[tuple[int, int, int] | None, ...]

_LARGEST = 1 << 18
"""Bytes of the largest answer that is kept."""
_PERSONAL = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_RANGE", "HTTP_ACCEPT_DATETIME")
_SUFFIXES = (".ttl", ".jsonld", ".rdf", ".nt", ".trig", ".nq", ".json", ".csv")
_ADDRESSES = ("/sparql", "/resource")


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole answer."""

    headers: Headers
    body: bytes
    etag: str
    at: float
    stamp: Stamp


class FastPath:
    """WSGI middleware. `files` are those whose change makes every kept answer void; `limit` is in bytes."""

    def __init__(
        self, application: Callable[..., Iterable[bytes]], files: Sequence[Path], limit: int = 32 << 20
    ) -> None:
        self._application = application
        self._files = [os.fspath(each) for each in files]
        self._limit = limit
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, ...], Kept] = {}
        self._size = 0
        self._stamp: Stamp = ()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """One request."""
        key = _key(environ)
        if key is None:
            return self._application(environ, start_response)
        stamp = self._look()
        kept = self._kept.get(key)
        if kept is None or kept.stamp != stamp:
            return self._asked(key, stamp, environ, start_response)
        return _again(kept, environ, start_response)

    def _asked(
        self, key: tuple[str, ...], stamp: Stamp, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        said: list[Any] = ["", []]

        def listen(status: str, headers: Headers, exc_info: Any = None) -> Any:
            said[:] = status, list(headers)
            return start_response(status, headers, exc_info)

        answer = self._application(environ, listen)
        etag = _keepable(said[0], said[1])
        if not etag:
            return answer
        try:
            body = b"".join(answer)
        finally:
            getattr(answer, "close", bool)()
        if stamp == self._look():
            self._keep(key, Kept(said[1], body, etag, time.monotonic(), stamp))
        return [body]

    def _keep(self, key: tuple[str, ...], kept: Kept) -> None:
        """Those that were kept first go first."""
        with self._lock:
            if kept.stamp != self._stamp:
                self._kept, self._size, self._stamp = {}, 0, kept.stamp
            if key not in self._kept:
                self._kept[key] = kept
                self._size += _size(key, kept)
            while self._size > self._limit:
                oldest = next(iter(self._kept))
                self._size -= _size(oldest, self._kept.pop(oldest))

    def _look(self) -> Stamp:
        return tuple(_stamp(each) for each in self._files)


def _key(environ: dict[str, Any]) -> tuple[str, ...] | None:
    """What the answer depends on; None where it may depend on more."""
    path = environ.get("PATH_INFO", "")
    if environ["REQUEST_METHOD"] != "GET" or not (path in _ADDRESSES or path.endswith(_SUFFIXES)):
        return None
    if any(environ.get(name) for name in _PERSONAL):
        return None
    wanted = wish(environ.get("HTTP_ACCEPT_ENCODING"))
    if wanted.coding is None:
        return None
    coding = f"{wanted.coding} {wanted.plain} {wanted.gzip}"
    names = ("SCRIPT_NAME", "QUERY_STRING", "HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_PROFILE")
    return (path, coding, *(environ.get(name, "") for name in names))


def _keepable(status: str, headers: Headers) -> str:
    """The ETag of an answer that may be kept; empty for any other."""
    said = {name.lower(): value for name, value in headers}
    if not status.startswith("200") or "set-cookie" in said or said.get("cache-control") != "no-cache":
        return ""
    if said.get("content-type", "text/html").startswith("text/html"):
        return ""
    length = said.get("content-length", "")
    return said.get("etag", "") if length.isdecimal() and int(length) <= _LARGEST else ""


def _again(kept: Kept, environ: Mapping[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    headers = kept.headers
    if any(name == "Samsvar-Used" for name, _ in headers):
        age = int(time.monotonic() - kept.at) + next((int(value) for name, value in headers if name == "Age"), 0)
        told = [(name, value.replace("cache=miss", "cache=hit")) for name, value in headers if name != "Age"]
        headers = [*told, ("Age", str(age))]
    if _has_it(kept, environ):
        rest = [each for each in headers if each[0].lower() not in ("content-length", "content-type")]
        start_response("304 NOT MODIFIED", rest)
        return [b""]
    start_response("200 OK", list(headers))
    return [kept.body]


def _has_it(kept: Kept, environ: Mapping[str, Any]) -> bool:
    """Whether the client has this answer: by its ETag or, where the client sends none, by its date."""
    if seen := environ.get("HTTP_IF_NONE_MATCH", ""):
        tags = [each.strip().removeprefix("W/") for each in seen.split(",")]
        return kept.etag.removeprefix("W/") in tags or "*" in tags
    since = parse_date(environ.get("HTTP_IF_MODIFIED_SINCE"))
    modified = parse_date(next((value for name, value in kept.headers if name == "Last-Modified"), None))
    return since is not None and modified is not None and modified <= since


def _size(key: tuple[str, ...], kept: Kept) -> int:
    return len(kept.body) + sum(map(len, key)) + 2048


def _stamp(path: str) -> tuple[int, int, int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - twice as fast, and asked with every request
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
