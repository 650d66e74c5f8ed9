"""Migrations: each brings a data directory from the layout before to its own (sparql/embedded/layout.py).

A step that was cut short is done again: each may be run on what it has left behind.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from registry.search.making import reindex
from registry.services import Services
from sparql.embedded.layout import layout_of, write_layout


@dataclass(frozen=True, slots=True)
class Migration:
    """What leads to `layout` from the one before; `says` is what it does, for people."""

    layout: int
    says: str
    run: Callable[[Services], None]


def upgrade(services: Services) -> Iterator[Migration]:
    """Runs the migrations that a data directory needs, in order; yields each when it is done and recorded.

    Raises:
        StoreError: it cannot be written, or somebody else is writing.
    """
    directory = services.store.directory
    for migration in MIGRATIONS:
        if migration.layout > layout_of(directory):
            migration.run(services)
            write_layout(directory, migration.layout)
            yield migration


def _note_what_was_published(services: Services) -> None:
    """Notes the URIs that were published in `published.db`, and makes a search index of an older form anew.

    The older one is read first: it knows of more that is gone.
    """
    _read_on(services)
    if not services.index.is_of_this_version():
        reindex(services)
        _read_on(services, anew=True)


def _read_on(services: Services, *, anew: bool = False) -> None:
    with services.store.session(deadline=services.settings.write_deadline) as session:
        services.published.read_on(session.generation, anew=anew)


MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "published URIs are noted, the search index has its present form", _note_what_was_published),
)
"""Every one there ever was, oldest first: a register may come from far back."""
