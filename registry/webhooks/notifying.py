"""Who is told what: each webhook what changed, or happened in cases, since it was told last, until it takes it.

Reads: imports and their differences. Writes: where each webhook stands, in state.db; nothing in the store.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice

from registry.errors import ForbiddenError, NotFoundError
from registry.feeds.changed import Changed, Place, changed, place_of
from registry.feeds.following import concerned
from registry.services import Services
from registry.webhooks.case_events import CaseEvent, case_events, first_events, last_place
from registry.webhooks.hooks import CASES, Webhook
from registry.webhooks.hooks import place_of as allowed_place
from registry.webhooks.posting import NotDeliveredError, post
from registry.webhooks.store import Delivery
from sparql.embedded.files import storage_errors
from sparql.embedded.locks import exclusive
from sparql.errors import StoreBusyError, StoreError

Told = Callable[[Webhook, Delivery], None]

_MOST = 100
"""Changes, or events, of one message."""
_SOONEST, _LATEST = timedelta(minutes=1), timedelta(hours=6)
"""When a message that was not taken is tried again: twice as late after each further failure."""
_MOST_DOUBLINGS = 9
_LOOK = 15.0
"""Seconds between two looks of the daemon."""
_WITHIN = 999_999_999
_BEGINNING = datetime.min.replace(tzinfo=UTC)


def begun(services: Services, hook: Webhook) -> Webhook:
    """A new webhook, which is told what changes from now on.

    Raises:
        NotFoundError: the register knows nothing of what it follows.
    """
    if hook.topic == CASES:
        return replace(hook, created=_now().isoformat(), after=str(last_place(services)))
    reader = services.store.reader()
    if concerned(reader, hook.followed) is None:
        raise NotFoundError("The register holds nothing that the webhook would follow.")
    return replace(hook, created=_now().isoformat(), after=str(Place(reader.generation, _WITHIN, _WITHIN)))


@contextmanager
def only_notifier(services: Services) -> Iterator[None]:
    """Holds the lock of notifying.

    Raises:
        StoreBusyError: another process notifies.
    """
    directory = services.store.directory
    with storage_errors(directory):
        directory.mkdir(parents=True, exist_ok=True)
    try:
        with exclusive(directory / "notify.lock", 0.1):
            yield
    except StoreBusyError as error:
        raise StoreBusyError("Another process is notifying: wait until it is done.") from error


def notify_once(services: Services, told: Told, *, force: bool = False) -> list[Delivery]:
    """Tells every webhook that is due what it has not been told; all of them with `force`."""
    made: list[Delivery] = []
    for hook in services.webhooks.everything():
        with suppress(NotFoundError):
            if force or not hook.due or datetime.fromisoformat(hook.due) <= _now():
                made += _deliver(services, hook, told)
    return made


def notify_forever(services: Services, told: Told, stop: threading.Event, failed: Callable[[StoreError], None]) -> None:
    """Looks again and again, until `stop` is set; it goes on where state.db fails, and `failed` is told."""
    while not stop.is_set():
        try:
            with suppress(StoreBusyError), only_notifier(services):
                notify_once(services, told)
        except StoreError as error:
            failed(error)
        stop.wait(_LOOK)


def _deliver(services: Services, hook: Webhook, told: Told) -> list[Delivery]:
    """Message after message until nothing is left, or one is not taken."""
    made: list[Delivery] = []
    while part := _untold(services, hook):
        hook, delivery = _attempt(services, hook, part)
        services.webhooks.record(hook, delivery)
        made.append(delivery)
        told(hook, delivery)
        if delivery.outcome == "failed":
            break
    return made


def _untold(services: Services, hook: Webhook) -> tuple[Changed | CaseEvent, ...]:
    if hook.topic == CASES:
        return first_events(case_events(services, int(hook.after), hook.organisation), _MOST)
    reader = services.store.reader()
    concern = concerned(reader, hook.followed)
    if concern is None:
        return ()
    return tuple(islice(changed(services, reader, concern, _BEGINNING, place_of(hook.after)), _MOST))


def _attempt(services: Services, hook: Webhook, part: tuple[Changed | CaseEvent, ...]) -> tuple[Webhook, Delivery]:
    """Posts a message. Its id follows from where the webhook stood, so that it is the same when it is tried again."""
    message = f"msg_{hook.id}_{hook.after}"
    time = _now()
    try:
        place = allowed_place(hook.url, services.settings.webhook_allow)
        said = post(place, services.webhooks.secret(hook.id), message, _body(hook, part, time))
    except (NotDeliveredError, ForbiddenError) as error:
        wait = min(_SOONEST * 2 ** min(hook.failures, _MOST_DOUBLINGS), _LATEST)
        later = replace(hook, failures=hook.failures + 1, due=(time + wait).isoformat())
        return later, Delivery(message, time.isoformat(), "failed", str(error), len(part))
    done = replace(hook, after=str(part[-1].place), failures=0, due="")
    return done, Delivery(message, time.isoformat(), "delivered", said, len(part))


def _body(hook: Webhook, part: tuple[Changed | CaseEvent, ...], time: datetime) -> bytes:
    kind, name = ("case.changed", "events") if hook.topic == CASES else ("register.changed", "changes")
    data = {name: [one.as_json() for one in part], "after": str(part[-1].place)}
    document = {"type": kind, "timestamp": time.isoformat(), "data": data}
    return json.dumps(document, ensure_ascii=False).encode()


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
