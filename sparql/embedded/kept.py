"""The master that a process keeps open between its small updates, and closes when it has not written for a while."""

import threading
import time
import weakref
from typing import Final

from sparql.embedded.integrity import Pointer
from sparql.embedded.master import Master

IDLE: Final = 10.0
"""Seconds for which a master that nobody uses stays open."""


class KeptMaster:
    """Room for one master. Who takes it owns it, and gives back what the next one may go on with."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: list[Master] = []  # shared with what closes it when the process ends
        self._used = 0.0
        self._watched = False
        weakref.finalize(self, _close, self._held)

    def take(self, pointer: Pointer) -> Master | None:
        """The master, if it holds the generation that `pointer` names; one that does not is closed."""
        with self._lock:
            master = self._held.pop() if self._held else None
        if master is None or master.holds(pointer):
            return master
        master.close()
        return None

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


def _close(held: list[Master]) -> None:
    while held:
        held.pop().close()
