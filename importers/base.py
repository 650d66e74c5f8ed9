"""What every importer is: bytes in, batches of triples with a report out. Importers know no store and no HTTP."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, Protocol, TypeAlias

from pyoxigraph import Triple

from importers.report import ImportReport, Where
from importers.table_mapping import TableMapping

Kind: TypeAlias = Literal["catalogue", "law", "vocabulary"]


_PIECE: Final = 2**20


@dataclass(frozen=True, slots=True)
class FileOnDisk:
    """A file that is read when it is needed; its size in bytes, and when it was last changed, in nanoseconds."""

    path: Path
    size: int
    changed: int

    @classmethod
    def at(cls, path: Path) -> "FileOnDisk":
        """The file at a path as it is now."""
        state = path.stat()
        return cls(path, state.st_size, state.st_mtime_ns)


@dataclass(frozen=True, slots=True)
class Source:
    """One file as it came. `name` is what reports call it; a member of an archive is ``archive.zip/member.ttl``."""

    name: str
    content: bytes | FileOnDisk

    @property
    def data(self) -> bytes:
        """All of its bytes."""
        return self.content if isinstance(self.content, bytes) else self.content.path.read_bytes()

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return len(self.content) if isinstance(self.content, bytes) else self.content.size

    def head(self, size: int) -> bytes:
        """Its first bytes."""
        if isinstance(self.content, bytes):
            return self.content[:size]
        with self.content.path.open("rb") as file:
            return file.read(size)

    def is_as_it_was(self) -> bool:
        """Whether it has not been changed since it was found."""
        return isinstance(self.content, bytes) or FileOnDisk.at(self.content.path) == self.content

    def pieces(self) -> Iterator[bytes]:
        """All of its bytes, not all at once."""
        if isinstance(self.content, bytes):
            yield self.content
            return
        with self.content.path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the caller decides: where URIs are minted (no trailing slash); the catalogue's id and owner, if given.

    `strict` refuses a source that would have to be mended, or of which something would be lost. `mapping` says what the
    columns of a table hold that is in no form of its own.
    """

    uri_base: str
    catalogue: str | None = None
    publisher: str | None = None
    strict: bool = False
    mapping: TableMapping | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """One named graph's worth: all triples of one catalogue, act or vocabulary, without blank nodes.

    `catalogue` is the graph's id (lower case letters, digits, hyphens): the graph is
    ``{uri_base}/graph/{kind}/{catalogue}``. `title` is what people call it ("" if the source does not say).
    """

    catalogue: str
    kind: Kind
    title: str
    publisher: str
    triples: tuple[Triple, ...]
    report: ImportReport


class UnreadableSourceError(Exception):
    """A source that cannot be read at all: nothing of it is stored. Says what, where and how to mend it."""

    def __init__(self, message: str, where: Where, fix: str) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.fix = fix

    def __str__(self) -> str:
        place = self.where.file
        if self.where.line is not None:
            place += f", line {self.where.line}"
        if self.where.column is not None:
            place += f", column {self.where.column}"
        return f"{place}: {self.message} {self.fix}".strip()


class Importer(Protocol):
    """One form of exchange. `recognises` looks at the content, never at the file's suffix alone."""

    name: str
    title: str

    def recognises(self, source: Source) -> bool:
        """Whether this importer should read the source. Must be cheap: it sees the first bytes."""
        ...

    def read(self, source: Source, options: ImportOptions) -> list[Batch]:
        """All batches in the source.

        Raises:
            UnreadableSourceError: nothing in the source can be read.
        """
        ...
