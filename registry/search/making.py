"""The search index made anew out of the newest generation."""

from pyoxigraph import NamedNode

from registry.search.filling import fill
from registry.services import Services
from sparql.embedded.verify import verify_database
from sparql.errors import StoreDamagedError


def reindex(services: Services) -> int:
    """Makes the search index anew from the newest generation, under the write lock. Returns how many graphs it holds.

    Reads: every graph. Writes: the search index; published.db, where it is damaged.
    """
    with services.store.session(deadline=services.settings.write_deadline) as session:
        services.index.remove()
        names = session.graphs()
        with services.index.writing() as index:
            for name in names:
                fill(index, session, services.urls, NamedNode(name), session.generation)
        _mend_published(services, session.generation)
    return len(names)


def _mend_published(services: Services, generation: int) -> None:
    """What was published is known from the search index, as far as it is still there."""
    path = services.published.path
    try:
        if path.exists():
            verify_database(path)
    except StoreDamagedError:
        services.published.make_anew(generation)
