"""Writes that are no imports: SPARQL Update and uploads to /graphs. Atomic, published before they are answered."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TypeVar

from registry.provenance import Deed
from registry.services import Services
from registry.writing import Writing
from sparql.changes import Changes as Writes
from sparql.errors import SparqlError
from sparql.protocol import ProtocolUpdate
from sparql.store import WriteSession
from sparql.updating.quick import NotQuickError

T = TypeVar("T")


class _StaleError(SparqlError):
    """Somebody published between the evaluation and the write."""


def update(services: Services, asked: ProtocolUpdate, deed: Deed) -> None:
    """A SPARQL Update: evaluated where it can be killed, then written in one session.

    What does not depend on what is there waits with other small writes; so does one operation with a WHERE, evaluated
    over what the others wrote before it. What is long, or takes longer than a moment, is evaluated without the lock; if
    somebody else published meanwhile it is evaluated again under it, at most as long as an update may take.

    Raises:
        QueryError: see UpdateHost.evaluate.
        StoreError: see GenerationStore.session.
    """
    begun(services, asked, deed)()


def begun(services: Services, asked: ProtocolUpdate, deed: Deed) -> Callable[[], object]:
    """The part of `update` that only computes; calling what it gives is the rest, which waits."""
    operations = services.updates.admit(asked.text, names_graphs=asked.using is not None)
    writes = None if operations is None else services.updates.of_data(operations)
    if writes is not None:
        return _submitted(services, writes, deed, _anything).result
    quick = operations is not None and services.quick_updates.suits(operations, asked.text)
    return partial(_evaluated, services, asked, deed, quick=quick)


def _evaluated(services: Services, asked: ProtocolUpdate, deed: Deed, *, quick: bool) -> None:
    if quick and _quickly(services, asked, deed):
        return
    generation, writes = services.updates.evaluate(asked.text, asked.using, asked.using_named)
    try:
        written(services, writes, deed, _anything if generation is None else _same_generation(generation))
    except _StaleError:
        with services.alone() as writing:
            _, writes = services.updates.evaluate(asked.text, asked.using, asked.using_named)
            writing.write(writes, deed)


def _quickly(services: Services, asked: ProtocolUpdate, deed: Deed) -> bool:
    """Evaluates and writes in a session that is shared; False where that cannot be done, and nothing was written."""

    def job(writing: Writing) -> None:
        writing.catch_up()
        writes = services.quick_updates.evaluate(asked.text, asked.using, asked.using_named, writing.session)
        writing.write(writes, deed)

    try:
        services.quick_updates.ready()
        services.writes.submit(job).result()
    except NotQuickError:
        return False
    return True


def written(
    services: Services, writes: Writes, deed: Deed, check: Callable[[WriteSession], T], *, alone: bool = False
) -> T:
    """Writes, and returns what `check` says of the store before; what it raises is raised, and nothing is written.

    With `alone` nobody else writes in the same session, so that `check` sees what is published.
    """
    if alone:
        with services.alone() as writing:
            seen = check(writing.session)
            writing.write(writes, deed)
            return seen
    return _submitted(services, writes, deed, check).result()


def _submitted(services: Services, writes: Writes, deed: Deed, check: Callable[[WriteSession], T]) -> "Future[T]":
    """The same without waiting for it."""

    def job(writing: Writing) -> T:
        seen = check(writing.session)
        writing.write(writes, deed)
        return seen

    return services.writes.submit(job)


def _same_generation(generation: int) -> Callable[[WriteSession], None]:
    def check(session: WriteSession) -> None:
        if session.generation != generation or session.changed:
            raise _StaleError

    return check


def _anything(_: WriteSession) -> None:
    """What does not depend on what is there."""
