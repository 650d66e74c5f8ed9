"""WSGI middleware: an answer that breaks off looks broken off over HTTP/1.0 too, as many proxies still ask.

There the end of the connection is the end of the answer. So until the answer is whole whatever ends the connection
resets it, the death of the process too; that of HTTP/1.1, whose answers say where they end, is only closed.
"""

import socket
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from typing import Any, Self, TypeAlias

Application: TypeAlias = Callable[..., Iterable[bytes]]

_RESET, _CLOSE = struct.pack("ii", 1, 0), struct.pack("ii", 0, 0)
"""What closing does, as SO_LINGER says it."""


class BrokenOff:
    """See the module."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: Mapping[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        """The answer of the application."""
        answer = self._application(environ, start_response)
        connection = environ.get("gunicorn.socket")
        files = environ.get("wsgi.file_wrapper")
        sent_as_file = isinstance(files, type) and isinstance(answer, files)
        if environ.get("SERVER_PROTOCOL") != "HTTP/1.0" or connection is None or sent_as_file:
            return answer
        return _WholeOrReset(answer, connection)


class _WholeOrReset(Iterator[bytes]):
    """The pieces of an answer; an error closes the connection before the server can, which would take its time."""

    def __init__(self, answer: Iterable[bytes], connection: socket.socket) -> None:
        self._answer = answer
        self._pieces = iter(answer)
        self._connection = connection
        self._closing(_RESET)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        with ExitStack() as broken:
            broken.callback(self._connection.close)
            piece = next(self._pieces, None)
            broken.pop_all()
        if piece is None:
            self._closing(_CLOSE)
            raise StopIteration
        return piece

    def close(self) -> None:
        close = getattr(self._answer, "close", None)
        if close is not None:
            close()

    def _closing(self, how: bytes) -> None:
        with suppress(OSError):
            self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, how)
