"""What flows between the query host and its workers: queries piece by piece, answers no faster than they are read."""

import selectors
import time
from collections.abc import Callable

from sparql.query_host.connection import Connection
from sparql.query_host.processes import Worker

_FULL, _DRAINED = 1 << 20, 1 << 17
"""Bytes held for a client that reads slowly: above the first its worker waits, below the second it goes on."""


class Flow:
    """`on_worker` is called when a worker's channel can be read, or written while it has not had its whole query."""

    def __init__(self, selector: selectors.BaseSelector, on_worker: Callable[[Worker], None]) -> None:
        self._selector = selector
        self._on_worker = on_worker

    def hand_over(self, worker: Worker) -> bool:
        """Sends what the worker has not had of its query yet, as much as it takes now; False where it has gone."""
        try:
            del worker.out[: worker.channel.send(worker.out)]
        except BlockingIOError:
            pass
        except OSError:
            worker.out.clear()
            return False
        if worker.waits_to_write != bool(worker.out):
            worker.waits_to_write = bool(worker.out)
            events = selectors.EVENT_READ | (selectors.EVENT_WRITE if worker.out else 0)
            self._selector.modify(worker.channel, events, lambda: self._on_worker(worker))
        return True

    def pause_if_full(self, connection: Connection, worker: Worker) -> None:
        """Reads no more of a worker whose client has much to read."""
        if len(connection.out) > _FULL and connection.paused_since is None and not worker.closed:
            connection.paused_since = time.monotonic()
            self._selector.unregister(worker.channel)

    def resume_if_drained(self, connection: Connection) -> None:
        """Goes on reading; the pause does not count as the query's time."""
        worker = connection.worker
        if worker is None or connection.paused_since is None or len(connection.out) > _DRAINED:
            return
        pause = time.monotonic() - connection.paused_since
        connection.paused_since = None
        connection.waited += pause
        connection.deadline += pause
        self._selector.register(worker.channel, selectors.EVENT_READ, lambda: self._on_worker(worker))
