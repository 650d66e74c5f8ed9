"""Batches on their way from the readers to the store: what is large of them waits in a temporary file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import Protocol, Self

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from importers.base import Batch
from sparql.embedded.blobs import digest_of
from sparql.store import Reader

_IN_MEMORY = 16 * 2**20
"""Bytes from which a spool is a file on disk."""
_PIECE = 2**20
_PORTION = 4 * 2**20
"""Bytes of N-Triples that are in memory at a time."""


class Spool:
    """A temporary file, gone when the import ends, however it ends. Several threads may read it."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by __exit__
        self._size = 0
        self._reading = Lock()
        self.sums: dict[int, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def keep(self, content: Iterable[bytes]) -> "Kept":
        """Puts pieces of bytes at the end, as one."""
        start = self._size
        self._file.seek(start)
        for piece in content:
            self._file.write(piece)
            self._size += len(piece)
        return Kept(self, start, self._size - start)

    def read(self, start: int, size: int) -> bytes:
        """Bytes that were kept."""
        with self._reading:
            self._file.seek(start)
            return self._file.read(size)


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes in a spool."""

    spool: Spool
    start: int
    size: int

    def read(self) -> bytes:
        """The bytes."""
        return self.spool.read(self.start, self.size)

    def to_keep(self) -> "bytes | Kept":
        """The bytes; where they are many, what gives them in pieces."""
        return self if self.size > _IN_MEMORY else self.read()

    def pieces(self) -> Iterator[bytes]:
        """The bytes, not all at once."""
        for start in range(self.start, self.start + self.size, _PIECE):
            yield self.spool.read(start, min(_PIECE, self.start + self.size - start))

    def portions(self) -> Iterator[bytes]:
        """The bytes, some whole lines at a time."""
        at, end, most = self.start, self.start + self.size, _PORTION
        while at < end:
            some = self.spool.read(at, min(most, end - at))
            whole = len(some) if at + len(some) == end else some.rfind(b"\n") + 1
            most = _PORTION if whole else 2 * most  # a line may be longer than that
            at += whole
            if whole:
                yield some[:whole]

    def sum_of_lines(self) -> int:
        """The sum of the hashes of all lines, which is asked for more than once."""
        sums = self.spool.sums
        if self.start not in sums:
            sums[self.start] = _sum_of_lines(self.portions())
        return sums[self.start]

    def digest(self) -> str:
        """Their SHA-256 as 64 hexadecimal digits."""
        return digest_of(self)


class Content(Protocol):
    """N-Triples that can be read when they are needed."""

    @property
    def size(self) -> int:
        """How many bytes they are, or 0 where there are none."""
        ...

    def read(self) -> bytes:
        """The bytes."""
        ...

    def portions(self) -> Iterator[bytes]:
        """The bytes, some whole lines at a time."""
        ...

    def sum_of_lines(self) -> int:
        """The sum of the hashes of all lines."""
        ...


def _sum_of_lines(portions: Iterable[bytes]) -> int:
    """The sum of the hashes of all lines."""
    return sum(
        int.from_bytes(blake2b(line, digest_size=16).digest()) for portion in portions for line in portion.splitlines()
    )


@dataclass(frozen=True, slots=True)
class HeldContent:
    """What a graph holds already."""

    reader: Reader
    graph: NamedNode

    @property
    def size(self) -> int:
        """How many triples: those are more bytes."""
        return self.reader.graphs().get(self.graph.value, 0)

    def read(self) -> bytes:
        """The graph as N-Triples."""
        return self.reader.n_triples(self.graph)

    def portions(self) -> Iterator[bytes]:
        """The same, all at once."""
        yield self.read()

    def sum_of_lines(self) -> int:
        """The sum of the hashes of all lines."""
        return _sum_of_lines(self.portions())


@dataclass(frozen=True, slots=True)
class Arrival:
    """A batch that is to become a named graph.

    `source` is the name of where it came from and `files` its bytes: several, where files of one catalogue arrive
    together. The triples are those of the batch itself and those in `content`, N-Triples a file. `undoes` is the IRI of
    the import that is taken back by it, "" for what comes from outside.
    """

    batch: Batch
    source: str
    files: tuple[Kept, ...] = ()
    content: tuple[Content, ...] = ()
    undoes: str = ""

    @property
    def request(self) -> str:
        """What the journal says was asked for."""
        return self.source if self.undoes else f"import {self.source}"

    def triples(self) -> Iterator[Triple]:
        """All triples, those that several files have as often."""
        yield from self.batch.triples
        for part in self.content:
            for portion in part.portions():
                for quad in parse(portion, RdfFormat.N_TRIPLES, lenient=True):
                    if isinstance(quad, Quad):
                        yield quad.triple

    def portions(self) -> Iterator[bytes]:
        """The same as N-Triples, some whole lines at a time."""
        if self.batch.triples:
            yield serialize(self.batch.triples, format=RdfFormat.N_TRIPLES) or b""
        for part in self.content:
            yield from part.portions()

    def fingerprint(self) -> str:
        """What tells its lines of N-Triples from any others, whatever their order: the sum of their hashes."""
        own = serialize(self.batch.triples, format=RdfFormat.N_TRIPLES) or b""
        return f"{_sum_of_lines([own]) + sum(part.sum_of_lines() for part in self.content):x}"

    @property
    def is_empty(self) -> bool:
        """Whether it has no triples at all."""
        return not self.batch.triples and not any(part.size for part in self.content)
