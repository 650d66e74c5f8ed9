"""A generation as query workers see it: in memory with its union ready, or on disk.

In memory the default graph holds the union of the public graphs, because a query over hundreds of graphs given as its
default graph joins 120 times slower. Most queries name no graph: they ask a second store that holds the union alone,
since the engine walks a chain of all quads with the same predicate, and there it is half as long. A quad takes about
400 bytes in each. Workers share that memory until they read it: the engine counts references, so what a worker scans
becomes its own, page by page (see evaluation.warm_up), while a point query copies 2 MB.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from sparql.embedded.files import storage_errors
from sparql.embedded.integrity import (
    EMPTY,
    STORE,
    GenerationRecord,
    Pointer,
    generation_path,
    read_pointer,
    read_record,
    still_newest,
    verify_files,
)
from sparql.query_host.wire import Request
from sparql.updating.own_graphs import own_graphs

UNION, PLAIN = "union", "plain"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a generation lies and how it is seen: `default_graph` is UNION or PLAIN."""

    directory: Path
    uri_base: str
    default_graph: str

    def record(self) -> tuple[Pointer, GenerationRecord]:
        """The newest generation.

        Raises:
            StoreDamagedError: it is not what the pointer says, or not there.
            FileNotFoundError: it was removed between two looks: ask again.
        """
        pointer = read_pointer(self.directory)
        if pointer.generation == 0:
            return pointer, EMPTY
        with still_newest(self.directory, pointer):
            return pointer, read_record(generation_path(self.directory, pointer.generation), pointer.digest)

    def is_public(self, graph: str) -> bool:
        """Whether the graph belongs to the default graph: all but vocabularies and the provenance of imports."""
        vocabularies, provenance = f"{self.uri_base}/graph/vocabulary/", f"{self.uri_base}/graph/provenance"
        return graph != provenance and not graph.startswith(vocabularies)

    def is_visible(self, graph: str) -> bool:
        """Whether the graph is there at all: a ``plain`` dataset leaves out those that the register keeps itself."""
        return self.default_graph != PLAIN or graph not in own_graphs(self.uri_base)


@dataclass(frozen=True, slots=True)
class Replica:
    """A generation that is open in this process: `digest` is that of its record, `graphs` are its named graphs.

    `union` holds the triples of the default graph and nothing else, where the default graph is a union in memory.
    """

    source: Source
    digest: str
    store: Store
    in_memory: bool
    graphs: tuple[str, ...]
    union: Store | None = None
    own_default: bool = False
    """Whether the union has triples of the default graph proper among its own."""

    @property
    def place(self) -> str:
        """Where it lies, in a word."""
        return "memory" if self.in_memory else "disk"

    def asked(self, request: Request) -> Store:
        """The store that answers the request: the union alone where the request speaks of no graph."""
        if self.union is None or self.dataset(request) or request.has_dataset or _may_name_graphs(request.text):
            return self.store
        return self.union

    def dataset(self, request: Request) -> dict[str, Any]:
        """Keyword arguments of the engine's `query` for what the request says about its dataset.

        The protocol's graphs win over FROM in the text, and where they name one half of the dataset the other is empty.
        """
        visible = self.source.is_visible
        if request.default_graphs is not None or request.named_graphs is not None:
            return {
                "default_graph": nodes(filter(visible, request.default_graphs or ())),
                "named_graphs": nodes(filter(visible, request.named_graphs or ())),
            }
        if self.in_memory or request.has_dataset:
            return {}
        if self.source.default_graph == PLAIN:
            return {"default_graph": [DefaultGraph()], "named_graphs": nodes(filter(visible, self.graphs))}
        public = [graph for graph in self.graphs if self.source.is_public(graph)]
        if len(public) == len(self.graphs):
            return {"use_default_graph_as_union": True}
        return {"default_graph": nodes(public), "named_graphs": nodes(self.graphs)}


def nodes(graphs: Iterable[str]) -> list[NamedNode]:
    """IRIs as the engine takes them.

    Raises:
        ValueError: one of them is no IRI.
    """
    return [NamedNode(graph) for graph in graphs]


def _may_name_graphs(text: str) -> bool:
    """Whether the query may say GRAPH: it does not where the word is nowhere in it, not even behind an escape."""
    return "GRAPH" in text.upper() or "\\" in text


def open_on_disk(source: Source) -> Replica:
    """The newest generation on disk, for one process; see Source.record for the errors."""
    pointer, record = source.record()
    return Replica(
        source,
        pointer.digest,
        _open(source, pointer, record),
        in_memory=pointer.generation == 0,
        graphs=tuple(record.graphs),
    )


def load_in_memory(source: Source) -> Replica:
    """The newest generation in memory: about ten seconds a million quads. See Source.record for the errors."""
    pointer, record = source.record()
    disk = _open(source, pointer, record)
    memory = Store()
    with storage_errors(source.directory):
        memory.bulk_extend(_quads(source, disk, record))
    for graph, count in record.graphs.items():
        if not count and source.is_visible(graph):
            memory.add_graph(NamedNode(graph))
    graphs = tuple(record.graphs)
    if source.default_graph == PLAIN:
        return Replica(source, pointer.digest, memory, in_memory=True, graphs=graphs)
    own = next(disk.quads_for_pattern(None, None, None, DefaultGraph()), None) is not None
    union = Store()
    union.bulk_extend(memory.quads_for_pattern(None, None, None, DefaultGraph()))
    return Replica(source, pointer.digest, memory, in_memory=True, graphs=graphs, union=union, own_default=own)


def _open(source: Source, pointer: Pointer, record: GenerationRecord) -> Store:
    if pointer.generation == 0:
        return Store()
    place = generation_path(source.directory, pointer.generation)
    with still_newest(source.directory, pointer):
        verify_files(place, record)
    with storage_errors(source.directory):
        return Store.read_only(str(place / STORE))


def _quads(source: Source, disk: Store, record: GenerationRecord) -> Iterator[Quad]:
    yield from disk.quads_for_pattern(None, None, None, DefaultGraph())
    for graph in filter(source.is_visible, record.graphs):
        both = source.default_graph == UNION and source.is_public(graph)
        for quad in disk.quads_for_pattern(None, None, None, NamedNode(graph)):
            yield quad
            if both:
                yield Quad(quad.subject, quad.predicate, quad.object)
