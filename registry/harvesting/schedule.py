"""When a source is fetched: all once, or each on its own time while the process runs; one harvest at a time."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

from registry.errors import NotFoundError
from registry.harvesting.running import harvest
from registry.harvesting.store import Run, SourceState
from registry.services import Services
from sparql.embedded.files import storage_errors
from sparql.embedded.locks import exclusive
from sparql.errors import StoreBusyError, StoreError

_LOOK = 60.0
"""Seconds after which the daemon looks again for sources that were added or switched on."""
_SHORTEST = 1.0
"""Seconds between two looks where a source is due but somebody else harvests."""
_SOONEST = timedelta(minutes=15)
"""When a source that failed is tried again; twice as late after each further failure, up to its own interval."""
_CLOCKS_DIFFER = timedelta(minutes=5)
"""How far ahead a run may be written down."""
_MOST_DOUBLINGS = 10

Told = Callable[[SourceState, Run], None]
Failed = Callable[[StoreError], None]


def due(state: SourceState) -> datetime:
    """When the source is to be fetched next; the beginning of time for one that never was, or in the future.

    A clock that was wrong has written down a run in the future; the source does not wait until then.
    """
    tried = datetime.fromisoformat(state.tried) if state.tried else None
    if tried is None or tried > datetime.now(UTC) + _CLOCKS_DIFFER:
        return datetime.min.replace(tzinfo=UTC)
    interval = timedelta(hours=state.source.hours)
    if state.failures:
        interval = min(interval, _SOONEST * 2 ** min(state.failures - 1, _MOST_DOUBLINGS))
    return tried + interval


@contextmanager
def only_harvest(services: Services) -> Iterator[None]:
    """Holds the lock of harvesting.

    Raises:
        StoreBusyError: another process harvests.
        StoreError: the data directory cannot be written.
    """
    directory = services.store.directory
    with storage_errors(directory):
        directory.mkdir(parents=True, exist_ok=True)
    try:
        with exclusive(directory / "harvest.lock", 0.1):
            yield
    except StoreBusyError as error:
        raise StoreBusyError("Another process is harvesting: wait until it is done.") from error


def harvest_once(services: Services, states: Iterable[SourceState], told: Told, *, force: bool = False) -> list[Run]:
    """Runs these sources, one after the other. Returns their runs."""
    runs = []
    for state in states:
        runs.append(harvest(services, state, force=force))
        told(state, runs[-1])
    return runs


def harvest_forever(services: Services, told: Told, stop: threading.Event, failed: Failed = lambda _: None) -> None:
    """Runs each enabled source when it is due, until `stop` is set. While somebody else harvests it waits.

    It goes on where state.db or the data directory fails, as on a full disk: `failed` is told, and it looks again.
    """
    while not stop.is_set():
        try:
            wait = _look(services, told, stop)
        except StoreError as error:
            failed(error)
            wait = _LOOK
        stop.wait(wait)


def _look(services: Services, told: Told, stop: threading.Event) -> float:
    """Runs what is due. Returns the seconds until it is worth to look again."""
    for state in _enabled(services):
        if not stop.is_set():
            _run_if_due(services, state, told, stop)
    now = datetime.now(UTC)
    soonest = min(map(due, _enabled(services)), default=now + timedelta(seconds=_LOOK))
    return min(max((soonest - now).total_seconds(), _SHORTEST), _LOOK)


def _run_if_due(services: Services, state: SourceState, told: Told, stop: threading.Event) -> None:
    if due(state) > datetime.now(UTC):
        return
    with suppress(StoreBusyError, NotFoundError), only_harvest(services):
        fresh = services.harvests.find(state.source.id)
        if fresh.source.enabled and due(fresh) <= datetime.now(UTC):
            told(fresh, harvest(services, fresh, pause=stop.wait))


def _enabled(services: Services) -> list[SourceState]:
    return [state for state in services.harvests.everything() if state.source.enabled]
