"""What comes behind the line of an answer of the reader's process: in memory if it is small, else on disk."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, Final

from pyoxigraph import Quad, RdfFormat, parse

from importers.base import Batch

_IN_MEMORY: Final = 4 * 2**20
_PIECE: Final = 2**20


class Body:
    """So many bytes of a pipe; `size` is how many there were. Close it when they are needed no more."""

    def __init__(self, pipe: IO[bytes], size: int) -> None:
        self._file: IO[bytes] = BytesIO() if size < _IN_MEMORY else TemporaryFile()  # noqa: SIM115 - see above
        self.size = 0
        while self.size < size and (piece := pipe.read(min(_PIECE, size - self.size))):
            self._file.write(piece)
            self.size += len(piece)

    def pieces(self, start: int, size: int) -> Iterator[bytes]:
        """Bytes from a place on, not all at once."""
        while size:
            self._file.seek(start)
            piece = self._file.read(min(_PIECE, size))
            start, size = start + len(piece), size - len(piece)
            yield piece

    def close(self) -> None:
        """Gives back the memory, or the disk."""
        self._file.close()


@dataclass(frozen=True, slots=True)
class WrittenBatch:
    """A batch as the child wrote it: without triples, which are N-Triples still, somewhere in the answer's body."""

    batch: Batch
    body: Body
    start: int
    size: int

    def pieces(self) -> Iterator[bytes]:
        """The triples as N-Triples, not all at once."""
        return self.body.pieces(self.start, self.size)

    def parsed(self) -> Batch:
        """The batch with its triples."""
        quads = parse(b"".join(self.pieces()), RdfFormat.N_TRIPLES, lenient=True)
        return replace(self.batch, triples=tuple(quad.triple for quad in quads if isinstance(quad, Quad)))
