"""Updates that are evaluated while a session is open, over its own state, so that many of them share a generation.

Only one operation with a WHERE, and only for a moment: what takes longer holds up everybody who writes. It is refused
with NotQuickError, is evaluated without the lock then, and is not tried here again.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Final

from pyoxigraph import RdfFormat, serialize

from sparql.changes import Changes
from sparql.errors import QueryMemoryError, SparqlError
from sparql.query_host.replica import PLAIN
from sparql.store import WriteSession
from sparql.updating.host import DiedError, UpdateHost
from sparql.updating.text import DELETE_WHERE, MODIFY, Operation

QUICK: Final = 0.25
"""Seconds that an evaluation may take."""
_REMEMBERED: Final = 256
"""Texts that are known to take longer."""


class NotQuickError(SparqlError):
    """The update cannot be evaluated in a session: it takes too long, or the session changed too much."""


class QuickUpdates:
    """Has a process of its own (`host`), for nobody may wait for others' evaluations while the lock is held."""

    def __init__(self, host: UpdateHost) -> None:
        self._host = host
        self._slow: OrderedDict[int, None] = OrderedDict()

    def suits(self, operations: Sequence[Operation], text: str) -> bool:
        """Whether it may be tried. A ``plain`` dataset hides graphs that the store of a session has."""
        forms = [each.form for each in operations]
        return (
            forms in ([MODIFY], [DELETE_WHERE]) and self._host.default_graph != PLAIN and hash(text) not in self._slow
        )

    def ready(self) -> None:
        """Starts the process where it is not there; to be called without the lock, for starting takes a while."""
        self._ask({"do": "nothing"}, b"", self._host.budget.timeout)

    def evaluate(
        self, text: str, using: Sequence[str] | None, using_named: Sequence[str] | None, session: WriteSession
    ) -> Changes:
        """What the update changes in the session's state.

        Raises:
            NotQuickError: it has to be evaluated without the lock.
            QueryError: refused, or not SPARQL Update.
        """
        so_far = session.so_far()
        if so_far is None:
            raise NotQuickError("The session changed more than can be told.")
        asked = text.encode("utf-8", "surrogatepass")
        removed, added = (serialize(quads, format=RdfFormat.N_QUADS) or b"" for quads in so_far)
        self._ask({"do": "follow"}, b"", self._host.budget.timeout)
        request = {
            "do": "over",
            "using": using,
            "using_named": using_named,
            "text": len(asked),
            "removed": len(removed),
        }
        try:
            return self._ask(request, asked + removed + added, QUICK)
        except NotQuickError:
            self._slow[hash(text)] = None
            if len(self._slow) > _REMEMBERED:
                self._slow.popitem(last=False)
            raise

    def _ask(self, request: Mapping[str, object], content: bytes, seconds: float) -> Changes:
        try:
            _, changes = self._host.ask(request, content, seconds)
        except (TimeoutError, DiedError, QueryMemoryError) as error:
            raise NotQuickError("The update takes long: it is evaluated without the lock.") from error
        return changes
