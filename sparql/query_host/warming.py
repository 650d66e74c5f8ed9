"""Which worker reads a large generation whole before it gets a query, so that the query does not pay for it.

One when the generation was loaded: until it is done, queries are answered from disk. After changes another, once the
newest generation has been the newest for a while.
"""

from collections.abc import Iterable

from sparql.query_host.processes import Worker, Zygote
from sparql.query_host.wire import WARM, frame

_STILL = 1.0
"""Seconds without a new generation before a worker is warmed up again."""


class Warming:
    """The worker that reads, or did last."""

    def __init__(self) -> None:
        self._worker: Worker | None = None

    def is_due(self, zygote: Zygote, stamp: object, workers: Iterable[Worker], since: float) -> bool:
        """Whether one should begin; `stamp` is that of the newest generation, `since` the seconds that it has been."""
        if not zygote.warmed:
            return self._worker is None or self._worker.zygote is not zygote
        if since < _STILL or (self._worker is not None and self._worker.stamp == stamp):
            return False
        return not any(worker.warm and worker.stamp == stamp for worker in workers)

    def begin(self, worker: Worker | None) -> None:
        """It reads from now on."""
        self._worker = worker

    def hear(self, worker: Worker, content: bytes) -> bool:
        """Whether a worker without a query says what it may: that it is warm."""
        if worker is not self._worker or content != frame(WARM, b""):
            return False
        self._worker = None
        worker.zygote.warmed = True
        return True

    def end(self, worker: Worker) -> None:
        """The worker is gone: if it was this one it is not tried again with this generation."""
        if worker is self._worker:
            worker.zygote.warmed = True
