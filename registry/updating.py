"""Writes that are no imports: SPARQL Update and uploads to /graphs. Atomic, published before they are answered.

Reads: changes (sparql/changes.py). Writes: the graphs they name, derived, findings, provenance, the search index.
"""

from collections.abc import Callable
from typing import TypeVar

from pyoxigraph import NamedNode

from registry import provenance
from registry.provenance import Deed
from registry.search.entries import entries
from registry.search.index import IndexWriter
from registry.services import Services
from registry.skolem import with_random_iris
from registry.upkeep import Changes, bring_up_to_date, changes_between, concepts_among, owners, searchable
from sparql.changes import DEFAULT, GraphChange
from sparql.changes import Changes as Writes
from sparql.embedded.generations import KEPT
from sparql.errors import ProtocolError, SparqlError
from sparql.protocol import ProtocolUpdate
from sparql.store import WriteSession
from sparql.updating.text import has_dataset

T = TypeVar("T")
_SMALL = 2_000
"""Triples up to which a change is followed triple by triple; a larger one compares the whole graph."""


class _StaleError(SparqlError):
    """Somebody published between the evaluation and the write."""


def update(services: Services, asked: ProtocolUpdate, deed: Deed) -> None:
    """A SPARQL Update: evaluated where it can be killed, then written in one session.

    What does not depend on what is there waits with other small writes. Anything else is evaluated without the lock; if
    somebody else published meanwhile it is evaluated again under it, at most as long as an update may take.

    Raises:
        QueryError: see UpdateHost.evaluate.
        StoreError: see GenerationStore.session.
    """
    operations = services.updates.admit(asked.text)
    if asked.using is not None and has_dataset(operations):
        raise ProtocolError("using-graph-uri and using-named-graph-uri are for updates without USING and WITH.")
    writes = services.updates.of_data(operations)
    if writes is not None:
        written(services, writes, deed, _anything)
        return
    generation, writes = services.updates.evaluate(asked.text, asked.using, asked.using_named)
    try:
        written(services, writes, deed, _same_generation(generation))
    except _StaleError:
        with services.store.session(deadline=services.settings.write_deadline) as session:
            _, writes = services.updates.evaluate(asked.text, asked.using, asked.using_named)
            write(services, session, writes, deed)


def written(
    services: Services, writes: Writes, deed: Deed, check: Callable[[WriteSession], T], *, alone: bool = False
) -> T:
    """Writes, and returns what `check` says of the store before; what it raises is raised, and nothing is written.

    With `alone` nobody else writes in the same session, so that `check` sees what is published.
    """

    def job(session: WriteSession) -> T:
        seen = check(session)
        write(services, session, writes, deed)
        return seen

    if alone:
        with services.store.session(deadline=services.settings.write_deadline) as session:
            return job(session)
    return services.store.submit(job).result()


def _same_generation(generation: int) -> Callable[[WriteSession], None]:
    def check(session: WriteSession) -> None:
        if session.generation != generation or session.changed:
            raise _StaleError

    return check


def _anything(_: WriteSession) -> None:
    """What does not depend on what is there."""


def write(services: Services, session: WriteSession, writes: Writes, deed: Deed) -> None:
    """Makes the changes in an open session, and everything that follows from them."""
    with services.index.writing() as index:
        if not session.changed:
            index.discard_after(session.generation)
        changed = [
            graph
            for graph, change in writes.graphs.items()
            if (session.change(graph, change) if graph == DEFAULT else _write(services, session, index, graph, change))
        ]
        if changed:
            named = [NamedNode(graph) for graph in changed if graph != DEFAULT]
            for node in named:
                _describe(services, session, node, deed)
            provenance.record_update(session, services.urls, named, deed)
        index.sweep(session.next_generation - KEPT)


def _write(services: Services, session: WriteSession, index: IndexWriter, graph: str, change: GraphChange) -> bool:
    node = NamedNode(graph)
    if services.urls.place(graph).kind:
        change.added = with_random_iris(change.added, services.urls.base)
    size = len(change.removed) + len(change.added)
    follow: Callable[..., bool] = _whole if change.cleared or size > _SMALL else _part
    return follow(services, session, index, node, change)


def _whole(
    services: Services, session: WriteSession, index: IndexWriter, graph: NamedNode, change: GraphChange
) -> bool:
    """Compares the graph before and after."""
    old = [quad.triple for quad in session.quads(graph=graph)]
    if not session.change(graph.value, change):
        return False
    new = [quad.triple for quad in session.quads(graph=graph)]
    _follow(services, session, graph, changes_between(old, new))
    index.replace_graph(graph.value, entries(new), session.next_generation)
    return True


def _part(services: Services, session: WriteSession, index: IndexWriter, graph: NamedNode, change: GraphChange) -> bool:
    """Looks at the things that the changed triples belong to, before and after."""
    subjects = {each.subject for each in (*change.removed, *change.added)}
    things = owners(session, graph, subjects)
    before = concepts_among(session, graph, things)
    if not session.change(graph.value, change):
        return False
    things |= owners(session, graph, subjects)
    after = concepts_among(session, graph, things)
    _follow(services, session, graph, Changes(before, after, differs=True))
    found = entries(searchable(session, graph, things))
    index.replace_things(graph.value, things, found, session.next_generation)
    return True


def _follow(services: Services, session: WriteSession, graph: NamedNode, changes: Changes) -> None:
    if changes.before or changes.after:
        bring_up_to_date(session, services.urls, {graph: changes})


def _describe(services: Services, session: WriteSession, graph: NamedNode, deed: Deed) -> None:
    """A catalogue that an upload makes is listed like an imported one; one that is gone is known as gone."""
    place = services.urls.place(graph.value)
    if not place.kind:
        return
    if session.graphs().get(graph.value):
        provenance.describe(session, services.urls, graph, place, deed)
    else:
        provenance.forget(session, services.urls, graph)
