"""The search index made anew out of the newest generation."""

from pyoxigraph import NamedNode

from registry.search.filling import fill
from registry.services import Services


def reindex(services: Services) -> int:
    """Makes the search index anew from the newest generation, under the write lock. Returns how many graphs it holds.

    Reads: every graph. Writes: the search index.
    """
    with services.store.session(deadline=services.settings.write_deadline) as session:
        services.index.remove()
        names = session.graphs()
        with services.index.writing() as index:
            for name in names:
                fill(index, session, services.urls, NamedNode(name), session.generation)
    return len(names)
