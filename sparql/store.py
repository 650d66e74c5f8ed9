"""What the rest of the house may ask of a store. Terms are pyoxigraph's; `Row` is one solution of a SELECT.

Two shapes: a `Reader` sees one generation from the first question to the last; a `WriteSession` is the one writer,
and what it wrote is visible to others only when it has been published.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, TypeAlias, runtime_checkable

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from sparql.changes import GraphChange, Made

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Row: TypeAlias = dict[str, Term]


class Quads(Protocol):
    """What can be asked for quads."""

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,  # noqa: A002 - RDF's own word
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """Quads that match the pattern; None matches anything."""
        ...


class Reader(Protocol):
    """One generation, read-only."""

    @property
    def generation(self) -> int:
        """The number of the generation; 0 is the empty register."""
        ...

    def select(self, query: str, **bindings: Term) -> list[Row]:
        """Solutions of a SELECT over all named graphs as the default graph. Unbound variables are absent from a row.

        `bindings` are substituted; the query must project those variables (a limit of the engine).
        """
        ...

    def construct(self, query: str, **bindings: Term) -> list[Triple]:
        """Triples of a CONSTRUCT or DESCRIBE."""
        ...

    def quads(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,  # noqa: A002 - RDF's own word
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """Quads that match the pattern; None matches anything."""
        ...

    def n_triples(self, graph: NamedNode | DefaultGraph) -> bytes:
        """A graph as N-Triples, a line a triple, as the engine writes them."""
        ...

    def graphs(self) -> dict[str, int]:
        """Named graph IRI to its number of quads, as the generation's record has them."""
        ...


@runtime_checkable
class Published(Reader, Protocol):
    """A published generation, which can tell what it changed."""

    @property
    def identity(self) -> str:
        """What tells this generation from every other, even where its number comes back."""
        ...

    @property
    def directory(self) -> Path:
        """The data directory that it is in."""
        ...

    def changes_since(self, identity: str) -> list[Quad] | None:
        """What came or went since an earlier generation; None where that is not known."""
        ...


class WriteSession(Reader, Protocol):
    """The one writer. Reading from it sees its own writes; leaving its context publishes, an exception discards."""

    @property
    def next_generation(self) -> int:
        """The number that this session will publish."""
        ...

    @property
    def changed(self) -> bool:
        """Whether there is something to publish."""
        ...

    @property
    def writes(self) -> int:
        """How often it changed something; unchanged means that nothing was changed in between."""
        ...

    def so_far(self) -> tuple[list[Quad], list[Quad]] | None:
        """The quads that went and came in this session; None where that is too much, or not known."""
        ...

    def change(self, graph: str, change: GraphChange) -> Made:
        """Makes one graph's part of a write; the empty name is the default graph. Returns what that did."""
        ...

    def replace_graph(self, graph: NamedNode, triples: Iterable[Triple]) -> Made:
        """The named graph holds exactly these triples from now on; empty removes the graph. Returns what that did."""
        ...

    def load(self, graphs: Iterable[tuple[NamedNode, bytes]]) -> None:
        """Makes new named graphs of N-Triples, for many triples at once; none of the graphs may be there yet."""
        ...

    def insert(self, graph: NamedNode, triples: Iterable[Triple]) -> None:
        """Adds triples to a named graph."""
        ...

    def delete(self, graph: NamedNode, triples: Iterable[Triple]) -> None:
        """Removes triples from a named graph."""
        ...


class TripleStore(Protocol):
    """A store of generations, embedded or remote."""

    def reader(self) -> Reader:
        """The newest published generation."""
        ...

    def session(self, *, deadline: float = 30.0) -> AbstractContextManager[WriteSession]:
        """The exclusive write session.

        Raises:
            StoreBusyError: another writer held the lock for `deadline` seconds.
            StoreFullError: the disk is full; the last generation still serves.
        """
        ...

    def backup(self, directory: Path) -> None:
        """A verified copy of everything in a new directory."""
        ...
