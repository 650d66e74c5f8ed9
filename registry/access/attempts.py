"""How often each client came with a token that opens nothing, or began to sign in: past a limit it is told to wait.

A token cannot be guessed; this keeps a client that tries from filling logs, state.db and working days, and from having
this register ask the OpenID provider without end. A token that is right, and a sign-in that was begun, is always taken,
so that nobody who shares an address with such a client is shut out. Counted in each web process.
"""

import threading
import time

MOST = 50
"""Wrong tokens of one client in `PERIOD` seconds, or answers of a provider that belong to no sign-in;"""
MOST_BEGUN = 120
"""sign-ins that it may begin: a whole office may share one address."""
PERIOD = 60.0
_CLIENTS = 10_000


class Attempts:
    """Counts by client, of which each may have so many."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._since: dict[str, tuple[float, int]] = {}

    def too_many(self, client: str) -> bool:
        """Counts one more, and says whether it is one too many."""
        now = time.monotonic()
        with self._lock:
            since, number = self._since.get(client, (now, 0))
            if now - since >= PERIOD:
                since, number = now, 0
            if client not in self._since and len(self._since) >= _CLIENTS:
                self._since.clear()
            self._since[client] = (since, number + 1)
        return number >= self._most
