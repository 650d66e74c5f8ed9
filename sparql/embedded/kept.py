"""The master that a process keeps open between its small updates, and closes when it has not written for a while.

Where another process has published meanwhile, the master follows by the differences that lead there.
"""

import threading
import time
import weakref
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from sparql.embedded.differences import quads, way
from sparql.embedded.integrity import GenerationRecord, Pointer
from sparql.embedded.master import Master

IDLE: Final = 10.0
"""Seconds for which a master that nobody uses stays open."""
_STEPS: Final = 64
"""Generations that a master follows; opening a new one is as quick then."""


class KeptMaster:
    """Room for one master. Who takes it owns it, and gives back what the next one may go on with."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: list[Master] = []  # shared with what closes it when the process ends
        self._used = 0.0
        self._watched = False
        weakref.finalize(self, _close, self._held)

    def take(self, directory: Path, pointer: Pointer, record: GenerationRecord) -> Master | None:
        """The master, if it holds the generation that these describe or could follow to it; needs the lock."""
        with self._lock:
            master = self._held.pop() if self._held else None
        if master is None:
            return None
        with ExitStack() as stack:
            stack.callback(master.close)
            if master.log_path is None or not _follow(directory, master, pointer, record):
                return None
            stack.pop_all()
        return master

    def give(self, master: Master) -> None:
        """Keeps a master that holds what its pointer says."""
        with self._lock:
            _close(self._held)
            self._held.append(master)
            self._used = time.monotonic()
            if not self._watched:
                self._watched = True
                self._look_again(IDLE)

    def _look(self) -> None:
        with self._lock:
            rest = self._used + IDLE - time.monotonic()
            if self._held and rest > 0:
                self._look_again(rest)
            else:
                _close(self._held)
                self._watched = False

    def _look_again(self, seconds: float) -> None:
        timer = threading.Timer(seconds, self._look)
        timer.daemon = True
        timer.start()


def _follow(directory: Path, master: Master, pointer: Pointer, record: GenerationRecord) -> bool:
    """Brings the master to the newest generation; False where that cannot be done, and it must not be used."""
    steps = way(directory, master.pointer.digest, pointer)
    if steps is None or len(steps) > _STEPS:
        return False
    store = master.opened
    for number, head in steps:
        both = quads(directory, number, head)
        if both is None:
            return False
        gone, come = (list(each) for each in both)
        if not all(quad in store for quad in gone) or any(quad in store for quad in come):
            return False
        for quad in gone:
            store.remove(quad)
        store.extend(come)
        for graph in {quad.graph_name for quad in gone}:
            if isinstance(graph, NamedNode) and graph.value not in record.graphs:
                store.remove_graph(graph)
    master.pointer = pointer
    return True


def _close(held: list[Master]) -> None:
    while held:
        held.pop().close()
