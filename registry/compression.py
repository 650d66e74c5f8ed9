"""Answers in gzip or zstd, for clients that take them: pages, data, streams of SPARQL results, static files.

A stream stays one: each piece of it can be read as soon as it is there. What ends early gets no end of the coding
either, so that a part is never taken for the whole. A strong ETag names one coding (``"x"``, ``"x-gzip"``); in the
conditions of a request it is read without it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, TypeAlias

from werkzeug.wsgi import ClosingIterator

from registry.content_coding import CODINGS, IDENTITY, wish

Headers: TypeAlias = list[tuple[str, str]]
Application: TypeAlias = Callable[..., Iterable[bytes]]

_WHOLE = 1 << 20
"""Bytes of the largest answer that is compressed whole, with its length; a larger one goes as a stream."""
_TINY = 1000
"""Bytes below which an answer fits one packet anyway."""
_TEXTUAL = re.compile(
    r"text/|application/(json|xml|javascript|n-triples|n-quads|trig|sparql-query|[\w.-]+\+(json|xml)\b)|image/svg\+xml"
)
"""Media types that get smaller."""
_BODILESS = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.RESET_CONTENT, HTTPStatus.NOT_MODIFIED})
_CONDITIONS = ("HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH")
_CODED_TAG = re.compile(rf'-({"|".join(CODINGS)})"')
_TAG = re.compile(r'(?:W/)?"[^"]*"')


class Compression:
    """WSGI middleware around whatever makes answers."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """One request."""
        wanted = wish(environ.get("HTTP_ACCEPT_ENCODING"))
        conditions = {name: environ[name] for name in _CONDITIONS if name in environ}
        inner = environ | {name: _CODED_TAG.sub('"', value) for name, value in conditions.items()}
        if wanted.coding is not None:
            inner["HTTP_ACCEPT_ENCODING"] = "gzip" if wanted.gzip else IDENTITY
        if "HTTP_IF_RANGE" in inner:  # nobody here compares it, and all of it is never wrong
            inner.pop("HTTP_RANGE", None)
        said: list[Any] = []

        def listen(status: str, headers: Headers, exc_info: Any = None) -> Any:
            said[:] = status, list(headers), exc_info
            return _no_write

        answer = self._application(inner, listen)
        status, headers, exc_info = said
        seen = conditions.get("HTTP_IF_NONE_MATCH", "")
        coded = _Answer(status, headers, wanted.coding or IDENTITY, forced=not wanted.plain)
        body = coded.body(answer, seen, head=environ["REQUEST_METHOD"] == "HEAD")
        start_response(status, coded.headers, exc_info)
        return body


class _Answer:
    """The headers of one answer, and what becomes of them and of its body. `forced`: plain is refused."""

    def __init__(self, status: str, headers: Headers, coding: str, *, forced: bool) -> None:
        self.headers = headers
        self._status = int(status[:3])
        self._coding = coding
        self._forced = forced

    def body(self, answer: Iterable[bytes], seen: str, *, head: bool) -> Iterable[bytes]:
        """The body as it goes out; `seen` is the client's If-None-Match."""
        if self._status == HTTPStatus.NOT_MODIFIED:
            self._vary()
            self._name_known_tag(seen)
            return answer
        if coding := self._said("content-encoding"):
            self._vary()
            self._name_tag(coding)
            return answer
        if self._status in _BODILESS or not self._may_vary():
            return answer
        self._vary()
        if self._coding == IDENTITY or self._is_tiny():
            return answer
        return self._coded(answer, head=head)

    def _coded(self, answer: Iterable[bytes], *, head: bool) -> Iterable[bytes]:
        length = self._length()
        self._drop("content-length")
        self._drop("accept-ranges")
        self.headers.append(("Content-Encoding", self._coding))
        self._name_tag(self._coding)
        if head:
            return answer
        if length is None or length > _WHOLE:
            return ClosingIterator(_stream(answer, self._coding), getattr(answer, "close", None))
        with _closing(answer):
            content = b"".join(_stream([b"".join(answer)], self._coding))
        self.headers.append(("Content-Length", str(len(content))))
        return [content]

    def _may_vary(self) -> bool:
        """Whether a client that takes another coding may get other bytes."""
        if self._status == HTTPStatus.PARTIAL_CONTENT or "no-transform" in self._said("cache-control"):
            return False
        return self._forced or _TEXTUAL.match(self._said("content-type")) is not None

    def _is_tiny(self) -> bool:
        length = self._length()
        return length is not None and length < _TINY and (length == 0 or not self._forced)

    def _length(self) -> int | None:
        said = self._said("content-length")
        return int(said) if said.isdecimal() else None

    def _name_tag(self, coding: str) -> None:
        """A strong tag is that of these very bytes; a weak one holds for every coding."""
        tag = self._said("etag")
        if tag.startswith('"') and not _CODED_TAG.search(tag):
            self._set_tag(f'{tag[:-1]}-{coding}"')

    def _name_known_tag(self, seen: str) -> None:
        """304 names the tag that the client has."""
        known = (each for each in _TAG.findall(seen) if _CODED_TAG.sub('"', each) == self._said("etag"))
        if tag := next(known, ""):
            self._set_tag(tag)

    def _set_tag(self, tag: str) -> None:
        self._drop("etag")
        self.headers.append(("ETag", tag))

    def _vary(self) -> None:
        members = [each.strip() for each in self._said("vary").split(",") if each.strip()]
        if not {"*", "accept-encoding"} & {each.lower() for each in members}:
            self._drop("vary")
            self.headers.append(("Vary", ", ".join([*members, "Accept-Encoding"])))

    def _said(self, name: str) -> str:
        return ", ".join(value for said, value in self.headers if said.lower() == name)

    def _drop(self, name: str) -> None:
        self.headers = [each for each in self.headers if each[0].lower() != name]


def _stream(answer: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """The pieces coded; the end of the coding only after the end of the answer."""
    encoder = CODINGS[coding].encoder()
    for piece in answer:
        if piece:
            yield encoder.add(piece)
    yield encoder.finish()


@contextmanager
def _closing(answer: Iterable[bytes]) -> Iterator[None]:
    """WSGI's answers may want to be closed, and need not."""
    try:
        yield
    finally:
        if hasattr(answer, "close"):
            answer.close()


def _no_write(content: bytes) -> None:
    raise TypeError(f"Answers are returned, not written: {content[:20]!r}")
