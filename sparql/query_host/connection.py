"""One client of the query host and its query; and what to tell it when its worker has died."""

import signal
import socket
from dataclasses import dataclass, field

from sparql.budget import Budget
from sparql.errors import QueryError, QueryFailedError
from sparql.limits import out_of_memory
from sparql.query_host.answer_cache import Recording
from sparql.query_host.processes import Worker
from sparql.query_host.wire import Inbox, Request


@dataclass(eq=False, slots=True)
class Connection:
    """A client and its one query. Times are those of the monotonic clock.

    `tries` counts the workers that were given the query, `answering` says whether one of them has begun to answer.
    """

    socket: socket.socket
    arrived: float
    inbox: Inbox = field(default_factory=Inbox)
    out: bytearray = field(default_factory=bytearray)
    request: Request | None = None
    worker: Worker | None = None
    deadline: float = 0.0
    paused_since: float | None = None
    waited: float = 0.0
    sent: int = 0
    begun: float = 0.0
    tries: int = 0
    answering: bool = False
    recording: Recording | None = None
    finished: bool = False
    closed: bool = False

    @property
    def client(self) -> str:
        """Whom the fair queue counts."""
        return self.request.client if self.request else ""


def cause_of_death(code: int | None, budget: Budget) -> QueryError:
    """What a worker that ended by itself died of; the engine aborts where memory ends."""
    if code == -signal.SIGABRT:
        return out_of_memory(budget)
    if code == -signal.SIGSEGV:
        return QueryFailedError("The query is nested deeper than the engine can go. Write it flatter.")
    return QueryFailedError("The engine ended while it worked on this query.")
