"""What a small session changed, kept beside the generations, so that a replica in memory can follow instead of loading.

``differences/{n}`` leads from one generation to the next: a line of JSON, then the quads that went and those that came,
as N-Quads. It is a convenience, never the record: it is not synced, and one that is missing, torn or of another
generation (its digests say so) is passed over, and the generation is loaded whole.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse, serialize

from sparql.embedded.integrity import Pointer

MOST = 5_000
"""Quads that a difference may have."""
KEPT = 256
"""Differences that are kept."""
_KEPT_BYTES = 32 << 20
_TIDIED_EVERY = 16
_FOLDER = "differences"


@dataclass(frozen=True, slots=True)
class Head:
    """The first line: the digests of the two generations' records, the number of quads, bytes of those that went.

    `since` is the number of the earlier generation; 0 where nobody noted it: the one before.
    """

    before: str
    after: str
    quads: int
    removed: int
    default_graph: bool
    """Whether it touches the default graph proper."""
    sha256: str
    since: int = 0


class Difference:
    """What a session has changed so far, in all: what came and went again is not in it."""

    def __init__(self) -> None:
        self._came: dict[Quad, bool] = {}
        self._known = True

    @classmethod
    def unknown(cls) -> Self:
        """One that nobody can follow."""
        found = cls()
        found.forget()
        return found

    @property
    def is_known(self) -> bool:
        """Whether it is small enough and of quads only."""
        return self._known

    def add(self, quads: Iterable[Quad]) -> None:
        """These were not there before."""
        self._note(quads, came=True)

    def remove(self, quads: Iterable[Quad]) -> None:
        """These were there before."""
        self._note(quads, came=False)

    def forget(self) -> None:
        """Something changed that is not told here."""
        self._known = False
        self._came.clear()

    def split(self) -> tuple[list[Quad], list[Quad]]:
        """What went and what came."""
        removed = [quad for quad, came in self._came.items() if not came]
        return removed, [quad for quad, came in self._came.items() if came]

    def write(self, directory: Path, number: int, before: Pointer, after: str) -> None:
        """Keeps it as the way from `before` to generation `number`, whose record has the digest `after`.

        Where it cannot be kept, it is not.
        """
        if not self._known:
            return
        folder = directory / _FOLDER
        removed, added = (serialize(quads, format=RdfFormat.N_QUADS) or b"" for quads in self.split())
        default = any(isinstance(quad.graph_name, DefaultGraph) for quad in self._came)
        content = removed + added
        sha256 = hashlib.sha256(content).hexdigest()
        head = Head(before.digest, after, len(self._came), len(removed), default, sha256, before.generation)
        try:
            folder.mkdir(exist_ok=True)
            (folder / str(number)).write_bytes(json.dumps(asdict(head)).encode() + b"\n" + content)
        except OSError:
            with suppress(OSError):
                (folder / str(number)).unlink()
            return
        if number % _TIDIED_EVERY == 0:
            _tidy(folder, number)

    def _note(self, quads: Iterable[Quad], *, came: bool) -> None:
        if not self._known:
            return
        for quad in quads:
            if self._came.pop(quad, came) is came:
                self._came[quad] = came
        if len(self._came) > MOST:
            self.forget()


def way(directory: Path, digest: str, newest: Pointer, length: int | None = None) -> list[tuple[int, Head]] | None:
    """The differences from the generation with this digest to `newest`, in order; None where one is missing.

    `length` is how much of the digest is given, None for all of it; "" is that of the empty register.
    """
    found: list[tuple[int, Head]] = []
    number, wanted = newest.generation, newest.digest
    while wanted[:length] != digest:
        head = _head(directory, number) if len(found) < KEPT else None
        if head is None or head.after != wanted:
            return None
        found.append((number, head))
        number, wanted = head.since or number - 1, head.before
    return found[::-1]


def quads(directory: Path, number: int, head: Head) -> tuple[Iterator[Quad], Iterator[Quad]] | None:
    """What went and what came; None where the file is not what its first line says."""
    try:
        content = (directory / _FOLDER / str(number)).read_bytes().partition(b"\n")[2]
    except OSError:
        return None
    if hashlib.sha256(content).hexdigest() != head.sha256:
        return None
    return _parsed(content[: head.removed]), _parsed(content[head.removed :])


def _parsed(content: bytes) -> Iterator[Quad]:
    return (quad for quad in parse(content, RdfFormat.N_QUADS, lenient=True) if isinstance(quad, Quad))


def _head(directory: Path, number: int) -> Head | None:
    try:
        with (directory / _FOLDER / str(number)).open("rb") as stream:
            return Head(**json.loads(stream.readline()))
    except (OSError, ValueError, TypeError):
        return None


def _tidy(folder: Path, newest: int) -> None:
    """Keeps the last ones only; those with higher numbers are of a register that was restored over."""
    with suppress(OSError):
        size = 0
        numbers = [int(path.name) for path in folder.iterdir() if path.name.isdecimal()]
        for number in sorted(numbers, reverse=True):
            size += (folder / str(number)).stat().st_size if number <= newest else 0
            if number > newest or number <= newest - KEPT or size > _KEPT_BYTES:
                (folder / str(number)).unlink(missing_ok=True)
