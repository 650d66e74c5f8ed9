"""Answers of the newest generation that the query host keeps, for all web processes: exact, bounded, forgotten at once.

A generation never changes, so an answer of it is the answer as long as that generation is the newest. When there is a
newer one everything is dropped. The least recently asked go first.
"""

import json
import time
from dataclasses import dataclass, field
from typing import Any

from sparql.query_host.wire import DATA, END, HEAD, frame

_SHARE = 8
"""The largest answer that is kept is this part of the cache."""


@dataclass(slots=True)
class Recording:
    """An answer on its way to a client. `frames` are those after HEAD, as they are sent."""

    key: str
    head: dict[str, Any] = field(default_factory=dict)
    frames: bytearray = field(default_factory=bytearray)
    at: float = field(default_factory=time.monotonic)

    @property
    def size(self) -> int:
        """Bytes that keeping it takes, about."""
        return len(self.frames) + 1024

    def answer(self) -> bytes:
        """The whole answer again, with its age in whole seconds."""
        head = {**self.head, "waited": 0.0, "age": int(time.monotonic() - self.at)}
        return frame(HEAD, json.dumps(head).encode()) + self.frames


class AnswerCache:
    """At most `limit` bytes; 0 keeps nothing."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._generation = ""
        self._kept: dict[str, Recording] = {}

    def find(self, key: str, generation: str) -> Recording | None:
        """The answer that was given of this generation, which is the newest."""
        self._renew(generation)
        found = self._kept.pop(key, None)
        if found is not None:
            self._kept[key] = found
        return found

    def begin(self, key: str) -> Recording | None:
        """Something to record an answer with; None where none is kept."""
        return Recording(key) if key and self._limit else None

    def note(self, recording: Recording, kind: bytes, told: bytes) -> bool:
        """The next frame of an answer; False when it has become too large to be kept."""
        if kind == HEAD:
            recording.head = json.loads(told)
        elif kind in (DATA, END):
            recording.frames += frame(kind, told)
        return recording.size * _SHARE <= self._limit

    def keep(self, recording: Recording, generation: str) -> None:
        """A whole answer, if it is one of the newest generation."""
        self._renew(generation)
        if recording.head.get("generation") != generation or recording.key in self._kept:
            return
        self._kept[recording.key] = recording
        self._size += recording.size
        while self._size > self._limit:
            oldest = next(iter(self._kept))
            self._size -= self._kept.pop(oldest).size

    def _renew(self, generation: str) -> None:
        if generation != self._generation:
            self._generation = generation
            self._kept.clear()
            self._size = 0
