"""Who is next: queries that wait for a worker, and those at work. Clients take turns, however many each one asks."""

from collections.abc import Iterator
from ipaddress import IPv6Address, ip_address, ip_network
from itertools import count

from sparql.budget import Budget
from sparql.errors import QueryBusyError
from sparql.limits import client_waits, client_works, nobody_free, queue_is_full
from sparql.query_host.connection import Connection

_OWN_BITS = 64
"""Of an IPv6 address, those that name the network of one client; the others are the client's own to choose."""


def counted_as(address: str) -> str:
    """Whom the queue counts as one: an address, or the smallest network that an IPv6 client is given."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return str(known)
    return str(known.ipv4_mapped or ip_network((known, _OWN_BITS), strict=False))


class FairQueue:
    """The queue of the query host. `working` are the connections whose queries have a worker."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._waiting: list[Connection] = []
        self._turns = count(1)
        self._last_turn: dict[str, int] = {}
        self.working: list[Connection] = []

    def add(self, connection: Connection) -> None:
        """The query waits from now on.

        Raises:
            ClientBusyError: as many of its client wait as may.
            QueryBusyError: the queue is full.
        """
        budget = self._budget
        own = sum(each.client == connection.client for each in self._waiting)
        if budget.client_waiting and own >= budget.client_waiting:
            raise client_waits(budget, own)
        if len(self._waiting) >= budget.waiting:
            raise queue_is_full(budget, len(self._waiting))
        self._waiting.append(connection)

    def take(self) -> Connection | None:
        """The next one, at work from now on; None where none waits or none may.

        It is the client's turn that has the fewest at work, and of those the one whose last turn was longest ago.
        """
        if len(self.working) >= self._budget.workers or not self._waiting:
            return None
        chosen = min(self._waiting, key=lambda each: (self._at_work(each), self._last_turn.get(each.client, 0)))
        if self._at_work(chosen) >= (self._budget.per_client or self._budget.workers):
            return None
        self._waiting.remove(chosen)
        self.working.append(chosen)
        present = {each.client for each in (*self._waiting, *self.working)}
        self._last_turn = {client: turn for client, turn in self._last_turn.items() if client in present}
        self._last_turn[chosen.client] = next(self._turns)
        return chosen

    def put_back(self, connection: Connection) -> None:
        """The query waits again, before all others of its client: its worker was lost through no fault of its own."""
        self.working.remove(connection)
        self._waiting.insert(0, connection)

    def remove(self, connection: Connection) -> None:
        """The query is done, or given up."""
        for each in (self._waiting, self.working):
            if connection in each:
                each.remove(connection)

    def impatient(self, now: float) -> Iterator[tuple[Connection, QueryBusyError]]:
        """Those that have waited too long and wait no more, each with why."""
        patience = self._budget.patience
        late = [each for each in self._waiting if now >= each.arrived + patience]
        for each in late:
            self._waiting.remove(each)
            at_work = self._at_work(each)
            if self._budget.per_client and at_work >= self._budget.per_client:
                yield each, client_works(self._budget, at_work)
            else:
                yield each, nobody_free(self._budget, now - each.arrived)

    def next_end(self) -> float | None:
        """When the first of those that wait has waited too long."""
        return min((each.arrived + self._budget.patience for each in self._waiting), default=None)

    def _at_work(self, connection: Connection) -> int:
        return sum(each.client == connection.client for each in self.working)
