"""Reading one store: a published generation, or the master of the session that writes it.

Handles belong to the process that opened them: after a fork they are refused. Solutions are lists, because an
iterator of the engine aborts the process when another thread touches it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    Variable,
)

from sparql.embedded.differences import quads, way
from sparql.embedded.engine import open_read_only
from sparql.embedded.files import storage_errors
from sparql.embedded.integrity import STORE, GenerationRecord, Pointer, generation_path, verify_files
from sparql.errors import QueryFailedError, QuerySyntaxError, StoreError
from sparql.store import Row, Term

_IDENTITY = 12
"""Characters of a digest that tell a generation from every other."""
_STEPS = 32
"""Generations that are followed one by one; beyond that the newest is read whole as fast."""


class StoreView:
    """What a reader and a session have in common: questions to a store that is open in this process."""

    def __init__(self, store: Store | None, path: Path) -> None:
        self._store = store
        self._pid = os.getpid()
        self.path = path

    @property
    def _open(self) -> Store:
        if self._pid != os.getpid():
            raise StoreError("This store was opened before a fork: ask GenerationStore.reader() in the new process.")
        if self._store is None:
            raise StoreError("This session is over: open a new one.")
        return self._store

    def select(self, query: str, **bindings: Term) -> list[Row]:
        """Solutions of a SELECT over all named graphs; see sparql.store.Reader.

        Raises:
            QuerySyntaxError: not SPARQL.
            QueryFailedError: the engine gave up, or the query is no SELECT.
        """
        solutions = self._ask(query, bindings)
        if not isinstance(solutions, QuerySolutions):
            raise QueryFailedError("select() takes a SELECT query.")
        names = [variable.value for variable in solutions.variables]
        with _engine_errors(self.path):
            return [
                {name: term for name, term in zip(names, solution, strict=True) if term is not None}
                for solution in solutions
            ]

    def construct(self, query: str, **bindings: Term) -> list[Triple]:
        """Triples of a CONSTRUCT or DESCRIBE over all named graphs.

        Raises:
            QuerySyntaxError: not SPARQL.
            QueryFailedError: the engine gave up, or the query makes no triples.
        """
        triples = self._ask(query, bindings)
        if not isinstance(triples, QueryTriples):
            raise QueryFailedError("construct() takes a CONSTRUCT or DESCRIBE query.")
        with _engine_errors(self.path):
            return list(triples)

    def quads(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,  # noqa: A002 - RDF's own word
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """Quads that match the pattern when this is called, lazily: iterate them on the thread that asked."""
        return _checked(self._open.quads_for_pattern(subject, predicate, object, graph), self.path)

    def n_triples(self, graph: NamedNode | DefaultGraph) -> bytes:
        """A graph as N-Triples, a line a triple, as the engine writes them."""
        with _engine_errors(self.path):
            return self._open.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) or b""

    def _ask(self, query: str, bindings: dict[str, Term]) -> object:
        values = {Variable(name): term for name, term in bindings.items()}
        with _engine_errors(self.path):
            return self._open.query(query, use_default_graph_as_union=True, substitutions=values)


class GenerationReader(StoreView):
    """One published generation, open read-only. `identity` changes with the content, even where a number comes back.

    `created` is when it was published (ISO 8601), "" for the empty register.
    """

    def __init__(self, store: Store, path: Path, record: GenerationRecord, pointer: Pointer) -> None:
        super().__init__(store, path)
        self._record = record
        self._pointer = pointer
        self.generation = pointer.generation
        self.identity = pointer.digest[:_IDENTITY]
        self.created = record.created
        self.directory = path.parents[1]

    def graphs(self) -> dict[str, int]:
        """Named graph IRI to its number of quads, as the record has them."""
        return dict(self._record.graphs)

    def changes_since(self, identity: str) -> list[Quad] | None:
        """What came or went since an earlier generation; None where that is not known: too much, or too long ago."""
        steps = way(self.directory, identity, self._pointer, _IDENTITY) if identity else None
        if steps is None or len(steps) > _STEPS:
            return None
        found: list[Quad] = []
        for number, head in steps:
            both = quads(self.directory, number, head)
            if both is None:
                return None
            found += chain(*both)
        return found


def open_generation(directory: Path, pointer: Pointer, record: GenerationRecord) -> GenerationReader:
    """Opens a generation after comparing its files with its record; generation 0 is an empty store in memory.

    Raises:
        StoreDamagedError: a file is not what the record says.
        FileNotFoundError: the generation has been removed.
    """
    place = generation_path(directory, pointer.generation)
    if pointer.generation == 0:
        return GenerationReader(Store(), place, record, pointer)
    verify_files(place, record)
    with storage_errors(directory):
        store = open_read_only(place / STORE)
    if not place.exists():
        raise FileNotFoundError(place)
    return GenerationReader(store, place, record, pointer)


def _checked(quads: Iterator[Quad], place: Path) -> Iterator[Quad]:
    """Called a dozen times a concept, so that nothing is put around what goes well."""
    try:
        yield from quads
    except (OSError, SyntaxError, RuntimeError):
        with _engine_errors(place):
            raise


@contextmanager
def _engine_errors(place: Path) -> Iterator[None]:
    try:
        with storage_errors(place):
            yield
    except SyntaxError as error:
        raise QuerySyntaxError(str(error)) from error
    except RuntimeError as error:
        raise QueryFailedError(str(error)) from error
