"""New graphs by the megabyte: while the store loads their text, it fills the search index and makes what is derived.

Reads: arrivals. Writes: their graphs, derived, the search index.
"""

from collections.abc import Generator
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from itertools import chain

from pyoxigraph import NamedNode

from ontologies.namespaces import EUVOC, RDF
from registry.arrivals import Arrival
from registry.harmonisation import parallel
from registry.outline import Outline, outline_of
from registry.search.index import IndexWriter
from registry.urls import Urls
from sparql.embedded.bulk import GraphText
from sparql.store import WriteSession

MANY_BYTES = 2**20
"""N-Triples of new graphs from which they are loaded together,"""
_MUCH_TO_COMPARE = 16 * MANY_BYTES
"""and from which other processes are got ready to compare meanwhile."""


def ready_to_compare(size: int) -> AbstractContextManager[None]:
    """What new graphs of so many bytes are loaded and compared within."""
    return parallel.ready() if size >= _MUCH_TO_COMPARE else nullcontext()


@dataclass(slots=True)
class Loading:
    """Graphs that one session loads.

    What is derived is made from the text as long as no concept and no definition is described in two graphs; with the
    first that is the store must be asked.
    """

    session: WriteSession
    urls: Urls
    index: IndexWriter
    _crossing: bool = False
    _concepts: set[str] = field(default_factory=set)
    _defined: set[int] = field(default_factory=set)
    _strays: set[int] = field(default_factory=set)

    def derived(self) -> AbstractSet[str]:
        """The concepts whose plain definitions need not be derived any more."""
        return frozenset() if self._crossing else self._concepts

    def texts(self, graph: NamedNode, arrival: Arrival) -> Generator[GraphText, None, frozenset[str]]:
        """What the store is to load for an arrival. Returns its concepts."""
        outline = outline_of(arrival.portions())
        self._look_for_crossings(outline)
        add = self.index.renew_graph(graph.value, self.session.next_generation)
        for portion in arrival.portions():
            yield graph, portion
            told = outline.told(portion)
            add(told.entries)
            self._note_strays(told.strays)
            if told.definitions and not self._crossing:
                yield self.urls.derived, b" .\n".join((*told.definitions, b""))
        arrival.fingerprint()  # is asked for at the end: now the store has still to do
        self._concepts |= (concepts := outline.iris)
        return concepts

    def _look_for_crossings(self, outline: Outline) -> None:
        """Whether anything that makes a plain definition is described in another graph as well."""
        defined = {hash(node) for node in chain(outline.concepts, outline.owners)}  # many, and few of them ever meet
        met = not defined.isdisjoint(self._defined) or not defined.isdisjoint(self._strays)
        self._crossing = self._crossing or met or self._is_described(outline)
        self._defined |= defined

    def _note_strays(self, nodes: set[bytes]) -> None:
        """Texts of nodes that define nothing here may be those of definitions in another graph."""
        strays = set(map(hash, nodes))
        self._crossing = self._crossing or not strays.isdisjoint(self._defined)
        self._strays |= strays

    def _is_described(self, outline: Outline) -> bool:
        own = {self.urls.derived.value, self.urls.findings.value, self.urls.provenance.value}
        if own.issuperset(self.session.graphs()):
            return False
        asked = [(outline.concepts, EUVOC.xlDefinition), (outline.owners, RDF.value)]
        return any(
            True
            for nodes, predicate in asked
            for node in nodes
            for _ in self.session.quads(NamedNode(node[1:-1].decode()), predicate)
        )
