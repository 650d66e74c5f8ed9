"""The one writer's session: changes to a master store, counted by difference as they are made.

A graph that is replaced is compared with what it holds, so that unchanged triples are not written again and a session
that changes nothing is seen to change nothing.
"""

import os
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, QuerySolutions, Store, Triple

from sparql.changes import GraphChange, Made, graph_node
from sparql.embedded.bulk import GraphText, load
from sparql.embedded.differences import Difference
from sparql.embedded.files import storage_errors
from sparql.embedded.integrity import GenerationRecord
from sparql.embedded.reader import StoreView
from sparql.embedded.stored_form import as_stored

BULK: Final = 5_000
"""Triples from which the engine's bulk loader is used (it writes its files directly, past the log)."""
_COUNT = "SELECT (COUNT(*) AS ?n) ?g WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


class EmbeddedSession(StoreView):
    """The open session of a GenerationStore.

    `writes` counts what changed the store; `logged` says whether the engine has all of it in its log. `touched` are the
    graphs that may have changed, the default graph as the empty name.
    """

    def __init__(self, store: Store, path: Path, record: GenerationRecord) -> None:
        super().__init__(store, path)
        self.generation = record.generation
        self.next_generation = record.generation + 1
        self.writes = 0
        self.logged = True
        self.touched: set[str] = set()
        self.difference = Difference()
        self._graphs = dict(record.graphs)

    @property
    def changed(self) -> bool:
        """Whether there is something to publish."""
        return self.writes > 0

    def so_far(self) -> tuple[list[Quad], list[Quad]] | None:
        """The quads that went and came in this session; None where that is too much, or not known."""
        return self.difference.split() if self.difference.is_known else None

    def graphs(self) -> dict[str, int]:
        """Named graph IRI to its number of quads, with this session's changes."""
        return dict(self._graphs)

    def replace_graph(self, graph: NamedNode, triples: Iterable[Triple]) -> Made:
        """The named graph holds exactly these triples from now on; empty removes the graph.

        Returns what that did; of a graph that was not there nothing is listed.

        Raises:
            StoreFullError: no space left.
        """
        with storage_errors(self.path):
            if graph.value in self._graphs:
                return Made(*self._replace(graph, set(triples)))
            self._add(graph, triples)
            return Made()

    def load(self, graphs: Iterable[GraphText]) -> None:
        """Makes new named graphs of N-Triples, for many triples at once; none of the graphs may be there yet.

        Raises:
            StoreFullError: no space left.
        """
        names: dict[NamedNode | BlankNode, None] = {}

        def named() -> Iterator[GraphText]:
            for graph, n_triples in graphs:
                names[graph] = None
                yield graph, n_triples

        self.difference.forget()
        self.logged = False
        with storage_errors(self.path):
            load(self._open, named())
            counts = count_graphs(self._open, list(names))
        self._graphs |= counts
        self.touched |= counts.keys()
        self.writes += bool(counts)

    def insert(self, graph: NamedNode, triples: Iterable[Triple]) -> None:
        """Adds triples to a named graph.

        Raises:
            StoreFullError: no space left.
        """
        with storage_errors(self.path):
            self._add(graph, triples)

    def delete(self, graph: NamedNode, triples: Iterable[Triple]) -> None:
        """Removes triples from a named graph; those that it does not hold are passed over.

        Raises:
            StoreFullError: no space left.
        """
        with storage_errors(self.path):
            self._remove(graph, as_stored(triples))

    def change(self, graph: str, change: GraphChange) -> Made:
        """Makes one graph's part of a write; the empty name is the default graph, which no count includes.

        Returns what that did.

        Raises:
            StoreFullError: no space left.
        """
        before = self.writes
        node = graph_node(graph)
        self.touched.add(graph)
        with storage_errors(self.path):
            if isinstance(node, DefaultGraph):
                removed, added = self._change_default(change)
            else:
                removed, added = self._change_named(node, change)
        return Made(removed, added, self.writes != before)

    def close(self) -> None:
        """Lets go of the master; every later use is refused. In a forked process closing it would hang."""
        if self._pid == os.getpid():
            self._store = None

    def checkpoint(self, target: Path) -> None:
        """Puts everything on disk and makes a checkpoint of it in a new directory."""
        self._open.flush()
        self._open.backup(str(target))

    def _replace(self, graph: NamedNode, triples: set[Triple]) -> tuple[Collection[Triple], Collection[Triple]]:
        """What went and what came, so that the graph holds exactly these triples."""
        added = set(triples)
        removed = []
        for quad in self._open.quads_for_pattern(None, None, None, graph):
            triple = quad.triple
            if triple in added:
                added.discard(triple)
            else:
                removed.append(triple)
        stored = as_stored(added)
        gone = set(removed) - stored
        held = {each for each in stored - added if _quad(each, graph) in self._open}
        fresh = stored - held - set(removed)
        self._remove(graph, gone)
        self._add(graph, fresh)
        return gone, fresh

    def _add(self, graph: NamedNode, triples: Iterable[Triple]) -> None:
        rest = iter(triples)
        first = list(islice(rest, BULK))
        if len(first) < BULK:
            self._add_few(graph, self._missing(graph, first))
            return
        before = self._graphs.get(graph.value, 0)
        self.difference.forget()
        self.logged = False
        self._open.bulk_extend(_quad(triple, graph) for triple in chain(first, rest))
        after = self._count(graph)
        self.writes += after != before
        self._set_count(graph, after)

    def _add_few(self, graph: NamedNode, fresh: Collection[Triple]) -> None:
        """Adds triples that are stored like this and not there yet."""
        if fresh:
            quads = [_quad(triple, graph) for triple in fresh]
            self.writes += 1
            self._open.extend(quads)
            self.difference.add(quads)
            self._set_count(graph, self._graphs.get(graph.value, 0) + len(quads))

    def _missing(self, graph: NamedNode, triples: Iterable[Triple]) -> list[Triple]:
        """Those that the graph does not hold, as it would hold them."""
        store = self._open
        return [triple for triple in as_stored(triples) if _quad(triple, graph) not in store]

    def _remove(self, graph: NamedNode, triples: Collection[Triple]) -> list[Triple]:
        """Removes what is there of these, and returns it."""
        store = self._open
        before = self._graphs.get(graph.value, 0)
        gone = [quad for triple in triples if (quad := _quad(triple, graph)) in store]
        if not gone:
            return []
        self.writes += 1
        self.difference.remove(gone)
        if len(gone) == before:
            store.remove_graph(graph)
        else:
            for quad in gone:
                store.remove(quad)
        self._set_count(graph, before - len(gone))
        return [quad.triple for quad in gone]

    def _change_named(self, graph: NamedNode, change: GraphChange) -> tuple[Collection[Triple], Collection[Triple]]:
        if change.cleared:
            removed, added = self._replace(graph, change.added)
        else:
            removed = self._remove(graph, as_stored(change.removed))
            added = self._missing(graph, change.added)
            if len(added) < BULK:
                self._add_few(graph, added)
            else:
                self._add(graph, added)
        self._keep_or_drop(graph, change)
        return removed, added

    def _keep_or_drop(self, graph: NamedNode, change: GraphChange) -> None:
        """An empty graph is there where somebody made it, until somebody drops it."""
        count = self._graphs.get(graph.value)
        if count is None and change.keep:
            self._open.add_graph(graph)
            self._graphs[graph.value] = 0
            self.writes += 1
            self.difference.forget()
        elif count == 0 and not change.keep and (change.cleared or change.keep is False):
            self._open.remove_graph(graph)
            self._graphs.pop(graph.value)
            self.writes += 1
            self.difference.forget()

    def _change_default(self, change: GraphChange) -> tuple[Collection[Triple], Collection[Triple]]:
        store = self._open
        added = {_quad(triple) for triple in as_stored(change.added)}
        removed = {_quad(triple) for triple in as_stored(change.removed)}
        if change.cleared:
            removed = set(store.quads_for_pattern(None, None, None, DefaultGraph())) - added
        gone = [quad for quad in removed if quad in store]
        fresh = [quad for quad in added if quad not in store]
        self.writes += bool(gone or fresh)
        for quad in gone:
            store.remove(quad)
        store.extend(fresh)
        self.difference.remove(gone)
        self.difference.add(fresh)
        return [quad.triple for quad in gone], [quad.triple for quad in fresh]

    def _set_count(self, graph: NamedNode, after: int) -> None:
        self.touched.add(graph.value)
        if after:
            self._graphs[graph.value] = after
        else:
            self._graphs.pop(graph.value, None)

    def _count(self, graph: NamedNode) -> int:
        return count_graphs(self._open, [graph]).get(graph.value, 0)


def count_graphs(store: Store, graphs: list[NamedNode | BlankNode] | None = None) -> dict[str, int]:
    """Named graph IRI to its number of quads, counted in full (0.3 s for a million): all graphs, or these."""
    solutions = store.query(_COUNT, named_graphs=graphs)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError(_COUNT)
    return {row["g"].value: int(row["n"].value) for row in solutions}


def _quad(triple: Triple, graph: NamedNode | None = None) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)
