"""Where the query host's clients come in."""

import math
import selectors
import socket
import time
from collections.abc import Callable

_PAUSE = 0.1
"""Seconds for which nobody is let in after there was no descriptor for a client."""


class Door:
    """Takes connections and hands them to `on_client`. Where no descriptor is left they wait in the kernel's queue."""

    def __init__(
        self, listener: socket.socket, selector: selectors.BaseSelector, on_client: Callable[[socket.socket], None]
    ) -> None:
        self._listener = listener
        self._selector = selector
        self._on_client = on_client
        self.opens = math.inf
        """When clients are let in again; never where they are all the time."""
        listener.settimeout(0)
        self._open()

    def look(self, now: float) -> None:
        """Opens again when it is time to."""
        if now >= self.opens:
            self.opens = math.inf
            self._open()

    def _open(self) -> None:
        self._selector.register(self._listener, selectors.EVENT_READ, self._take)

    def _take(self) -> None:
        try:
            client, _ = self._listener.accept()
        except BlockingIOError:
            return
        except OSError:  # too many open files, here or in the whole system
            self._selector.unregister(self._listener)
            self.opens = time.monotonic() + _PAUSE
            return
        client.settimeout(0)
        self._on_client(client)
