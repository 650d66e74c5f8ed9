"""One client of the query host and its query; and what to tell it when its worker has died."""

import math
import signal
import socket
from dataclasses import dataclass, field

from sparql.budget import Budget
from sparql.errors import QueryError, QueryFailedError
from sparql.limits import out_of_memory
from sparql.query_host.answer_cache import Recording
from sparql.query_host.processes import Worker
from sparql.query_host.wire import CHUNK, Inbox, Request

_HELD = 1 << 15
"""Bytes of an answer that are held back at most."""
_MOMENT = 0.05
"""Seconds from the query's start for which they are."""


@dataclass(eq=False, slots=True)
class Connection:
    """A client and its one query. Times are those of the monotonic clock.

    The first bytes of an answer are held back for a moment: until then another worker can take the query, and an error
    is told as one. `tries` counts the workers that were given it; `answering` says that the client may get bytes.
    `handed` is the frame for its worker; of a query that asks services with their answers, and `services` is how long
    they took.
    """

    socket: socket.socket
    arrived: float
    inbox: Inbox = field(default_factory=Inbox)
    out: bytearray = field(default_factory=bytearray)
    waits_to_write: bool = False
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
    handed: bytes = b""
    services: float | None = None
    finished: bool = False
    closed: bool = False

    def read(self) -> bytes | None:
        """What the client says; nothing when it has gone, None where there is nothing to read now."""
        if self.closed:
            return None
        try:
            return self.socket.recv(CHUNK)
        except BlockingIOError:
            return None
        except OSError:
            return b""

    def let_go(self, now: float) -> bool:
        """Whether what is held back may go out from now on: it is whole, or much, or has waited for its moment."""
        whole_or_much = self.finished or len(self.out) >= _HELD
        self.answering = self.answering or whole_or_much or (bool(self.out) and now >= self.begun + _MOMENT)
        return self.answering

    @property
    def holds(self) -> bool:
        """Whether something is held back."""
        return bool(self.out) and not self.answering

    @property
    def next_look(self) -> float:
        """When it has to be looked at, if nothing happens to it before."""
        if self.paused_since is not None:
            return math.inf
        return min(self.deadline, self.begun + _MOMENT) if self.holds else self.deadline

    def begin_anew(self) -> None:
        """The worker is lost, and with it what it wrote."""
        self.worker, self.recording, self.paused_since = None, None, None
        self.sent = 0
        self.out.clear()

    def told(self) -> dict[str, float]:
        """What the worker does not know: the seconds that the query waited, and those that its services took."""
        told = {"waited": round(self.begun - self.arrived, 6)}
        if self.services is not None:
            told["services"] = round(self.services, 6)
        return told

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
