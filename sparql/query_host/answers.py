"""An answer on its way from the query host into a web process."""

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from sparql.errors import QueryError
from sparql.query_host.wire import CHUNK, DATA, END, Inbox, error_of


class LostError(QueryError):
    """The query host closed the connection in the middle."""


class Chunks(Iterator[bytes]):
    """The bytes of an answer. Iterate it to the end or close it: closing frees the worker at once.

    `end` is what was used in all (``seconds``, ``rows``), known when the answer is whole.

    Raises, while iterating:
        QueryError: the query went past its budget after the first byte. What was read is not a whole answer.
    """

    def __init__(self, connection: socket.socket, inbox: Inbox, frames: list[tuple[bytes, bytes]]) -> None:
        self._connection = connection
        self._inbox = inbox
        self._frames = frames
        self.end: dict[str, Any] | None = None

    def __next__(self) -> bytes:
        while True:
            while self._frames:
                kind, content = self._frames.pop(0)
                if kind == DATA:
                    return content
                self.close()
                if kind == END:
                    self.end = json.loads(content)
                    raise StopIteration
                raise error_of(content)
            if self._connection.fileno() < 0:
                raise StopIteration
            try:
                self._frames += receive(self._connection, self._inbox)
            except LostError:
                self.close()
                raise

    def put_back(self, content: bytes) -> None:
        """These bytes come first again."""
        self._frames.insert(0, (DATA, content))

    def close(self) -> None:
        """Done with the answer, whole or not."""
        self._frames.clear()
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """An answer that has begun; `etag` is empty where asking again may answer otherwise.

    `head` has ``generation`` (the digest of what was asked), ``seconds`` until the first bytes, ``waited`` for a worker
    and of an answer that was kept its ``age`` in seconds.
    """

    media_type: str
    chunks: Chunks
    head: dict[str, Any]
    etag: str = ""

    def read(self) -> bytes:
        """The whole answer; see Chunks for the errors."""
        with self.chunks:
            return b"".join(self.chunks)


def receive(connection: socket.socket, inbox: Inbox) -> list[tuple[bytes, bytes]]:
    """At least one more read from the host; the frames that became whole with it."""
    try:
        content = connection.recv(CHUNK)
    except OSError as error:
        raise LostError("The answer was cut: the query host ended.") from error
    if not content:
        raise LostError("The answer was cut: the query host ended.")
    return inbox.feed(content)
