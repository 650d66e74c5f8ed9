"""Request bodies, whole or refused: in gzip or zstd they are unpacked as they are read, within the same limit.

Werkzeug takes a body that ends before its Content-Length, or goes on behind the limit, for a whole one where the server
ends the stream itself, as gunicorn does. Half a graph would be stored as a graph.
"""

import io
from http import HTTPStatus
from typing import IO, Any, cast

import flask
from flask import Flask, Response, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.utils import cached_property
from werkzeug.wsgi import LimitedStream, get_input_stream

from registry.content_coding import CODINGS, IDENTITY, Decoder, wish
from registry.errors import BadRequestError, NotAcceptableError
from sparql.errors import MediaTypeError

_PIECE = 1 << 16
_ENDED = "wsgi.input_terminated"


class Json(DefaultJSONProvider):
    """JSON as Flask reads and writes it, but what is nested without end is no JSON, and no error of the server."""

    sort_keys = False
    ensure_ascii = False

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """What the text says.

        Raises:
            ValueError: it is not JSON, or nested more deeply than can be read.
        """
        try:
            return super().loads(s, **kwargs)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error


class Request(flask.Request):
    """A request whose `stream` is as this module says."""

    @cached_property
    def stream(self) -> IO[bytes]:
        """The body without its coding.

        Raises:
            MediaTypeError: a coding that is not known here.
            RequestEntityTooLarge: the body is longer than it may be, or than it is unpacked.
        """
        named = self.headers.get("Content-Encoding", "").strip().lower()
        coding = "gzip" if named == "x-gzip" else named
        if coding in ("", IDENTITY):
            return self._sent()
        if coding not in CODINGS:
            raise MediaTypeError(f"A body comes plain or in {' or '.join(CODINGS)}, not in {named[:80]}.")
        unpacked = io.BufferedReader(Unpacked(self._sent(), CODINGS[coding].decoder()), _PIECE)
        return _limited(cast("IO[bytes]", unpacked), self.max_content_length)

    def _sent(self) -> IO[bytes]:
        """The body as it came."""
        if self.content_length is None and self.environ.get(_ENDED):
            return _limited(self.environ["wsgi.input"], self.max_content_length)
        known = {name: value for name, value in self.environ.items() if name != _ENDED}
        return get_input_stream(known, max_content_length=self.max_content_length)


class Whole(LimitedStream):
    """A stream of unknown length, refused where it goes on behind the limit and not where it ends there."""

    def on_exhausted(self) -> None:
        """Looks for more.

        Raises:
            RequestEntityTooLarge: there is.
        """
        if self._stream.read(1):
            super().on_exhausted()

    def readall(self) -> bytes:
        """All of it."""
        content = super().readall()
        if self.is_exhausted:
            self.on_exhausted()
        return content


class Unpacked(io.RawIOBase):
    """A stream that gives what another one unpacks to, never more at once than is asked for."""

    def __init__(self, packed: IO[bytes], decoder: Decoder) -> None:
        self._packed = packed
        self._decoder = decoder

    def readable(self) -> bool:
        """It is for reading only."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # any writable buffer will do
        """Fills the buffer at least in part; 0 at the end.

        Raises:
            BadRequestError: the body is not in its coding, is cut, or goes on behind its end.
        """
        content = data = b""
        while not content and not self._decoder.eof:
            content = self._unpack(data, len(buffer))
            if content or self._decoder.eof:
                break
            data = self._packed.read(_PIECE)
            if not data:
                raise BadRequestError("The body ends before its coding does: send all of it.")
        if self._decoder.eof and (self._decoder.unused_data or self._packed.read(1)):
            raise BadRequestError("The body goes on behind the end of its coding: send one gzip or zstd stream.")
        buffer[: len(content)] = content
        return len(content)

    def _unpack(self, data: bytes, most: int) -> bytes:
        try:
            return self._decoder.decode(data, most)
        except ValueError as error:
            raise BadRequestError(f"The body cannot be unpacked: {error}.") from error


def init_request_bodies(app: Flask) -> None:
    """Reads bodies so; refuses requests whose answer may come in no coding that there is."""
    app.request_class = Request
    app.json = Json(app)
    app.before_request(_check_accepted)
    app.after_request(_name_codings)


def _limited(stream: IO[bytes], limit: int | None) -> IO[bytes]:
    return stream if limit is None else cast("IO[bytes]", Whole(stream, limit, is_max=True))


def _check_accepted() -> None:
    if wish(request.headers.get("Accept-Encoding")).coding is None:
        raise NotAcceptableError(f"An answer comes plain or in {' or '.join(CODINGS)}; Accept-Encoding refuses all.")


def _name_codings(response: Response) -> Response:
    """RFC 9110: who sent a coding that is not known is told those that are."""
    if response.status_code == HTTPStatus.UNSUPPORTED_MEDIA_TYPE:
        response.headers["Accept-Encoding"] = ", ".join(CODINGS)
    return response
