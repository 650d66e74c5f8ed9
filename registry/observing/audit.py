"""Who did what, and when: every write to the register, from the three places where writes leave their trace.

The journal has what changed the store (imports, updates, graphs, decisions), the ledger what people wrote in cases,
drafts and comments, ``state.db`` the tokens, users, sources and webhooks that came and went, and saved queries.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from registry.access.acts import acts
from registry.journal.reading import Wanted, writes
from registry.services import Services


@dataclass(frozen=True, slots=True)
class Event:
    """One deed. `time` is ISO 8601 in UTC; `author` the id of a token, a source that was harvested, or a user's name.

    `owner` is whom the token belongs to, where that is known; `about` what it was done to.
    """

    time: str
    author: str
    owner: str
    organisation: str
    act: str
    about: str


def events(parts: Services) -> Iterator[Event]:
    """All of them, oldest first."""
    owners = {each.id: each.owner for each in parts.tokens.list()}
    found = (_of_the_store(parts, owners), _of_people(parts), _of_administrators(parts, owners))
    return heapq.merge(*(sorted(each, key=moment) for each in found), key=moment)


def moment(event: Event) -> datetime:
    """When it was done."""
    return datetime.fromisoformat(event.time)


def _of_the_store(parts: Services, owners: dict[str, str]) -> Iterator[Event]:
    for entry in writes(parts.store.reader(), parts.blobs, Wanted()):
        about = " ".join((entry.write, *(graph or "the default graph" for graph in entry.graphs)))
        counts = f"{len(entry.removed)} removed, {len(entry.added)} added"
        asked = " ".join(entry.request.split())
        yield Event(
            entry.time,
            entry.author,
            owners.get(entry.author, ""),
            entry.organisation,
            "store written",
            f"{about}: {counts}: {asked}",
        )


def _of_people(parts: Services) -> Iterator[Event]:
    for kind, identifier, entry in parts.ledger.everything():
        about = f"{kind} {identifier} {entry.field}"
        yield Event(entry.time, entry.token, entry.owner, entry.organisation, "text written", about)


def _of_administrators(parts: Services, owners: dict[str, str]) -> Iterator[Event]:
    for each in acts(parts.tokens.path):
        yield Event(each.time, each.author, owners.get(each.author, ""), "", each.act, each.about)
