"""What an update would change in the state of a session that another process has open.

That process has the lock. This one keeps a store of its own at the newest generation, as a process that writes does,
makes for one evaluation the changes that the session has made so far, and takes them back.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pyoxigraph import Quad, Store

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
        for quad in removed:
            store.remove(quad)
        store.extend(added)
        try:
            yield store
        finally:
            for quad in added:
                store.remove(quad)
            store.extend(removed)
            self._kept.give(master)

    def _newest(self, source: Source) -> Master:
        pointer, record = source.record()
        found = self._kept.take(source.directory, pointer, record)
        return open_master(source.directory, pointer, record) if found is None else found
