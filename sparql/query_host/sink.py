"""Where the engine writes an answer: counted, held back until its status is certain, and sent in frames."""

import json
import socket
import time
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Triple

from sparql.budget import Budget
from sparql.errors import QueryTooLargeError
from sparql.formats import Format
from sparql.query_host.rows import RowCounter
from sparql.query_host.wire import DATA, END, HEAD, frame

HELD_BACK = 1 << 16
"""Bytes that wait for more: an answer whose first piece is shorter has no second one."""
_CONTROL = bytes(each for each in range(32) if each not in (9, 10, 13))


class Sink:
    """Takes the bytes of one answer. `generation` is the digest of what it was asked of, `place` where that lies."""

    def __init__(self, channel: socket.socket, budget: Budget, generation: str, place: str = "") -> None:
        self._channel = channel
        self._limit = budget.rows
        self._told = {"generation": generation, "place": place}
        self._pieces: list[bytes] = []
        self._size = 0
        self._begun = False
        self._began = time.monotonic()
        self._out = bytearray()
        self._media_type = ""
        self._is_xml = False
        self._counter: RowCounter | None = None
        self._rows = 0

    @property
    def rows(self) -> int:
        """Solutions or triples so far."""
        return self._counter.rows if self._counter else self._rows

    def expect(self, form: Format, counter: RowCounter | None = None) -> None:
        """Says in which format the answer comes, and what counts its solutions."""
        self._media_type, self._is_xml = form.content_type, "xml" in form.media_type
        self._counter = counter

    def counted(self, triples: Iterable[Triple]) -> Iterator[Triple]:
        """The triples of an answer as they are.

        Raises:
            QueryTooLargeError: more than an answer may have.
        """
        for self._rows, triple in enumerate(triples, 1):
            if self._rows > self._limit:
                raise self._too_many()
            yield triple

    def write(self, piece: bytes) -> int:
        """Takes a piece of the answer; what it raises ends the engine's work.

        Raises:
            QueryTooLargeError: more solutions than an answer may have.
        """
        self._pieces.append(piece)
        self._size += len(piece)
        if self._size >= HELD_BACK:
            self._gather(last=False)
            self._channel.sendall(self._out)
            self._out.clear()
        return len(piece)

    def flush(self) -> None:
        """The engine calls this at its end; what is held back is sent by `finish`."""

    def finish(self, summary: Mapping[str, float | int]) -> None:
        """The answer is whole: sends what was held back, and END, which says `summary`. A short answer is one message.

        Raises:
            QueryTooLargeError: more solutions than an answer may have.
        """
        self._gather(last=True)
        self._out += frame(END, json.dumps({**summary, "rows": self.rows}).encode())
        self._channel.sendall(self._out)

    def _gather(self, *, last: bool) -> None:
        """Frames what was held back; of XML not its end, which may be half a character, but for the `last` time."""
        content = b"".join(self._pieces)
        cut = len(content) if last or not self._is_xml else len(content) - 2
        content, kept = content[:cut], content[cut:]
        self._pieces = [kept]
        self._size = len(kept)
        if self._counter is not None:
            self._counter.feed(content)
            if self._counter.rows > self._limit:
                raise self._too_many()
        if not self._begun:
            seconds = round(time.monotonic() - self._began, 6)
            head = {"media_type": self._media_type, "seconds": seconds, **self._told}
            self._out += frame(HEAD, json.dumps(head).encode())
            self._begun = True
        if content:
            self._out += frame(DATA, _well_formed(content) if self._is_xml else content)

    def _too_many(self) -> QueryTooLargeError:
        said = f"The answer has more than {self._limit} rows."
        return QueryTooLargeError.past(said, "rows", self._limit, self.rows, "Ask for less: use LIMIT and OFFSET.")


def _well_formed(content: bytes) -> bytes:
    """XML cannot carry control characters, not even escaped: they are left out."""
    return content.translate(None, _CONTROL).replace(b"\xef\xbf\xbe", b"").replace(b"\xef\xbf\xbf", b"")
