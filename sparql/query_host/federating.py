"""Queries that ask other services, before they are queries like others: they wait, and a process asks for each.

A query keeps its place among the few that may ask until it is answered, so that the texts that came back stay few too.
No worker is taken meanwhile: a service that is slow costs nobody else.
"""

import selectors
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sparql.budget import Budget
from sparql.errors import QueryFailedError, SparqlError
from sparql.federation.addresses import Allowed
from sparql.federation.asking import Setting
from sparql.federation.process import fork
from sparql.limits import services_too_late
from sparql.query_host.connection import Connection
from sparql.query_host.fair_queue import FairQueue
from sparql.query_host.processes import Child
from sparql.query_host.replica import PLAIN, Source
from sparql.query_host.wire import ASK, CHUNK, Inbox, error_of, frame

_GRACE = 2.0
"""Seconds after their time in which the process says itself that services did not answer."""


@dataclass(eq=False, slots=True)
class _Asking:
    """The process that asks for a query."""

    connection: Connection
    process: Child
    channel: socket.socket
    begun: float
    inbox: Inbox = field(default_factory=Inbox)


def setting_of(source: Source, budget: Budget, services: Sequence[str]) -> Setting:
    """What asking depends on; `services` are entries of the operator's list."""
    allowed = tuple(Allowed.parse(each) for each in services)
    return Setting(allowed, budget, f"{source.uri_base}/sparql", declares_prefixes=source.default_graph != PLAIN)


class Federation:
    """`on_answers` is called when a query can go on as one that asks nobody, `on_error` when it cannot."""

    def __init__(
        self,
        setting: Setting,
        selector: selectors.BaseSelector,
        on_answers: Callable[[Connection], None],
        on_error: Callable[[Connection, SparqlError], None],
    ) -> None:
        self._setting = setting
        self._selector = selector
        self._on_answers = on_answers
        self._on_error = on_error
        self._queue = FairQueue(replace(setting.budget, workers=setting.budget.service_workers))
        self._asking: dict[Connection, _Asking] = {}

    def add(self, connection: Connection) -> None:
        """The query waits from now on; see FairQueue.add for the errors."""
        self._queue.add(connection)

    def dispatch(self) -> None:
        """Starts those that may."""
        while (connection := self._queue.take()) is not None:
            try:
                self._start(connection)
            except OSError as error:
                self._on_error(connection, QueryFailedError(f"No services can be asked: {error}. Ask again."))

    def remove(self, connection: Connection) -> None:
        """The query is done, or given up."""
        self._queue.remove(connection)
        self._end(connection)

    def late(self, now: float) -> Iterator[tuple[Connection, SparqlError]]:
        """Those that have waited too long for their turn or for their services, each with why."""
        yield from self._queue.impatient(now)
        budget = self._setting.budget
        for each in list(self._asking.values()):
            if now >= each.begun + budget.service_timeout + _GRACE:
                yield each.connection, services_too_late(budget, now - each.begun)

    def next_end(self) -> float | None:
        """When the next of them is late."""
        limit = self._setting.budget.service_timeout + _GRACE
        ends = [each.begun + limit for each in self._asking.values()]
        return min([*ends, *(end for end in (self._queue.next_end(),) if end is not None)], default=None)

    def _start(self, connection: Connection) -> None:
        if connection.request is None:
            return
        process, channel = fork(connection.request, self._setting)
        asking = _Asking(connection, process, channel, time.monotonic())
        self._asking[connection] = asking
        self._selector.register(channel, selectors.EVENT_READ, lambda: self._hear(asking))

    def _hear(self, asking: _Asking) -> None:
        connection = asking.connection
        try:
            content = asking.channel.recv(CHUNK)
        except BlockingIOError:
            return
        except ConnectionResetError:
            content = b""
        if not content:
            self._end(connection)
            self._on_error(connection, QueryFailedError("What a service answered could not be read."))
        for kind, told in asking.inbox.feed(content):
            self._end(connection)
            if kind != ASK:
                self._on_error(connection, error_of(told))
                return
            connection.handed = frame(ASK, told)
            connection.arrived = time.monotonic()
            connection.services = connection.arrived - asking.begun
            self._on_answers(connection)

    def _end(self, connection: Connection) -> None:
        asking = self._asking.pop(connection, None)
        if asking is not None:
            self._selector.unregister(asking.channel)
            asking.channel.close()
            asking.process.end()
