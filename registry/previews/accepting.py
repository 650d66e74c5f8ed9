"""Accepting a preview: what was shown is imported, all of it or what was chosen, or nothing is.

Reads: a kept preview. Writes: what an import writes (registry/storing.py).
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import partial
from itertools import chain

from pyoxigraph import NamedNode

from registry import pipeline, storing
from registry.access.import_rights import may_import_arrival
from registry.access.tokens import Token
from registry.arrivals import Arrival, Spool
from registry.errors import BadRequestError, PreconditionError
from registry.journal.entries import Author
from registry.previews.choosing import chosen, pass_over
from registry.previews.keeping import Preview
from registry.readings.known import state as state_of
from registry.services import Services
from sparql.store import Reader

_CHANGED = "The register has changed since the preview of {} was made: upload the file again to see what differs now."


def accept(
    services: Services,
    preview: Preview,
    token: Token,
    wanted: Collection[str] | None = None,
    progress: pipeline.Progress = lambda _: None,
) -> pipeline.Outcome:
    """Imports what the preview showed, of new, changed and gone things only those `wanted`; None is all of them.

    `token` is that of who accepts it: what it may import is asked again, as the register is now.

    Raises:
        ForbiddenError: the token may not import what was shown.
        PreconditionError: a graph is no longer as it was when the preview was made.
        BadRequestError: something is wanted that the preview does not show.
        StoreError: busy, full, read-only or damaged; then nothing at all was stored.
    """
    _check_wanted(preview, wanted)
    outcome = pipeline.Outcome()
    with Spool() as spool:
        kept = list(services.previews.arrivals(preview, spool))
        states = {storing.graph_of(services, arrival.batch): state for arrival, state in kept}
        arrivals = [arrival for arrival, _ in kept]
        check = partial(_check, services, token, tuple(arrivals), states)
        if wanted is not None:
            reader = services.store.reader()
            check(reader)
            arrivals = [
                each for arrival in arrivals if (each := _chosen(services, reader, arrival, wanted)) is not None
            ]
        outcome.reports = [arrival.batch.report for arrival in arrivals]
        if arrivals:
            author = Author(token.id, token.organisation)
            amended = storing.store(services, arrivals, progress, check, author)
            outcome.reports += [arrival.batch.report for arrival in amended]
    services.previews.discard(preview.id)
    return outcome


def _check_wanted(preview: Preview, wanted: Collection[str] | None) -> None:
    if wanted is None:
        return
    things = chain.from_iterable(graph["things"] for graph in preview.document["difference"]["graphs"])
    unknown = set(wanted)
    for thing in things:
        unknown.discard(thing["uri"])
    if unknown:
        raise BadRequestError(f"The preview shows no new, changed or gone thing {min(unknown)}.")
    if not wanted:
        raise BadRequestError("Nothing is chosen: choose what to import, or discard the preview.")


def _check(
    services: Services, token: Token, arrivals: Iterable[Arrival], states: dict[NamedNode, str], reader: Reader
) -> None:
    """Lets through what the token may import now, into graphs that are still as they were."""
    for arrival in arrivals:
        may_import_arrival(reader, services.urls, token, arrival)
    for graph, state in states.items():
        if state_of(reader, services.urls, graph) != state:
            raise PreconditionError(_CHANGED.format(graph.value.rpartition("/")[2]))


def _chosen(services: Services, reader: Reader, arrival: Arrival, wanted: Collection[str]) -> Arrival | None:
    """The arrival with the chosen things only; an act is taken whole or not at all."""
    batch = arrival.batch
    if batch.kind == "law":
        return arrival if {record.subject for record in batch.report.records} & set(wanted) else None
    old = storing.triples_of(reader, storing.graph_of(services, batch))
    pass_over(batch.report.records, wanted)
    return replace(arrival, batch=replace(batch, triples=tuple(chosen(old, arrival.triples(), wanted))), content=())
