"""What an update would change in the state of a session that another process has open.

That process has the lock. This one keeps a store of its own at the newest generation, as a process that writes does,
makes for one evaluation the changes that the session has made so far, and takes them back.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from pyoxigraph import NamedNode, Quad, Store

from sparql.embedded.kept import KeptMaster
from sparql.embedded.master import Master, open_master
from sparql.query_host.replica import Source


class SessionState:
    """The store of this process; made when it is first needed, closed when it was not needed for a while."""

    def __init__(self) -> None:
        self._kept = KeptMaster()

    def follow(self, source: Source) -> None:
        """Brings the store to the newest generation; takes as long as opening one where the way is not known.

        Raises:
            StoreError: the register is damaged.
        """
        self._kept.give(self._newest(source))

    @contextmanager
    def at(self, source: Source, removed: Sequence[Quad], added: Sequence[Quad]) -> Iterator[Store]:
        """The newest generation without and with these quads; nothing may be written to it."""
        master = self._newest(source)
        store = master.opened
        known = set(store.named_graphs())
        _change(store, removed, added)
        _drop_empty(store, {quad.graph_name for quad in removed})
        try:
            yield store
        finally:
            _change(store, added, removed)
            _drop_empty(store, {quad.graph_name for quad in added} - known)
            self._kept.give(master)

    def _newest(self, source: Source) -> Master:
        pointer, record = source.record()
        found = self._kept.take(source.directory, pointer, record)
        return open_master(source.directory, pointer, record) if found is None else found


def _change(store: Store, removed: Sequence[Quad], added: Sequence[Quad]) -> None:
    for quad in removed:
        store.remove(quad)
    store.extend(added)


def _drop_empty(store: Store, graphs: Iterable[object]) -> None:
    """A graph goes with its last triple, as in the session; the engine would keep its name."""
    for graph in graphs:
        if isinstance(graph, NamedNode) and next(store.quads_for_pattern(None, None, None, graph), None) is None:
            store.remove_graph(graph)
