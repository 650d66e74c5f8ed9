"""What the web processes, the query host and its workers say to each other: frames on a stream socket.

A frame is one byte of kind, four bytes of length (big-endian) and its content. A connection carries one query::

    client -> host    ASK (a Request as JSON)
    host -> client    HEAD (JSON) DATA* END (JSON)   a whole answer
                      FAIL (JSON)                    an error before the first byte
                      HEAD DATA* FAIL                an error after it: the answer is cut
    worker -> host    WARM                           it has read the whole generation and waits for a query
"""

import json
import struct
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from sparql import errors
from sparql.errors import Exceeded, QueryError, QueryFailedError, SparqlError

ASK, HEAD, DATA, END, FAIL, STOP, WARM = b"Q", b"H", b"D", b"E", b"X", b"S", b"W"
_PREFIX = struct.Struct(">cI")
CHUNK = 1 << 18
"""Bytes that are read from a socket at once."""


@dataclass(frozen=True, slots=True)
class Request:
    """One query for the host. A dataset of None is the register's default; an empty tuple is an empty one."""

    text: str
    media_type: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    has_dataset: bool = False
    client: str = ""
    owner: int = 0
    key: str = ""
    """What identifies the answer within a generation; empty where none may be kept."""
    asks_services: bool = False
    """Whether the text has SERVICE, which no worker can answer."""

    def to_json(self) -> bytes:
        """For an ASK frame."""
        told = {each.name: getattr(self, each.name) for each in fields(self)}
        return json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")

    @classmethod
    def from_json(cls, content: bytes) -> "Request":
        """From an ASK frame."""
        raw: dict[str, Any] = json.loads(content)
        for name in ("default_graphs", "named_graphs"):
            raw[name] = None if raw[name] is None else tuple(raw[name])
        return cls(**raw)


def frame(kind: bytes, content: bytes = b"") -> bytes:
    """A frame as it is sent."""
    return _PREFIX.pack(kind, len(content)) + content


def told_of(error: SparqlError) -> dict[str, object]:
    """The error for JSON; see `error_of`."""
    told: dict[str, object] = {"error": type(error).__name__, "message": str(error)}
    if isinstance(error, QueryError) and error.exceeded is not None:
        told["exceeded"] = asdict(error.exceeded)
    return told


def failure(error: SparqlError) -> bytes:
    """A FAIL frame for the error."""
    return frame(FAIL, json.dumps(told_of(error)).encode())


def error_of(content: bytes) -> SparqlError:
    """The error of a FAIL frame."""
    return error_from(json.loads(content))


def error_from(told: Mapping[str, Any]) -> SparqlError:
    """The error that `told_of` told."""
    kind = getattr(errors, told["error"], QueryFailedError)
    error: SparqlError = kind(told["message"])
    if isinstance(error, QueryError) and "exceeded" in told:
        error.exceeded = Exceeded(**told["exceeded"])
    return error


class Inbox:
    """Puts frames together from what a socket gives."""

    __slots__ = ("_buffer",)

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, content: bytes) -> list[tuple[bytes, bytes]]:
        """The frames that are whole now: kind and content."""
        self._buffer += content
        frames = []
        start = 0
        while len(self._buffer) - start >= _PREFIX.size:
            kind, length = _PREFIX.unpack_from(self._buffer, start)
            end = start + _PREFIX.size + length
            if len(self._buffer) < end:
                break
            frames.append((kind, bytes(self._buffer[start + _PREFIX.size : end])))
            start = end
        del self._buffer[:start]
        return frames


def with_more(told: bytes, **more: object) -> bytes:
    """The content of a frame, a JSON object that says something, with more said in it."""
    return told[:-1] + b", " + json.dumps(more).encode()[1:]
