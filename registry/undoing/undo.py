"""Undoing an import: what it changed is put back, in a session and a generation of its own, as if it were imported.

An undo is an import of what was there before, and known as one (`samsvar:Undo`): it has a report, versions, tombstones
and an entry in the journal, findings follow it, and it can itself be undone.

Reads: the graph, the journal, the provenance graph. Writes: what an import writes (registry/storing.py).
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from pyoxigraph import NamedNode

from importers.base import Batch
from importers.report import ImportReport, RecordReport, Where
from ontologies.namespaces import SAMSVAR
from registry import closures, provenance, storing
from registry.amendments import CurrentLaw
from registry.arrivals import Arrival
from registry.catalogue.imports import ImportInfo, import_info, previous_import
from registry.errors import CannotUndoError, NotFoundError, PreconditionError
from registry.history.states import States, states
from registry.journal.entries import COMMAND_LINE, Author
from registry.previews.difference import Difference, difference
from registry.previews.foreseeing import fingerprint
from registry.previews.outlook import Outlook, Planned, outlook, titled
from registry.previews.overlay import InMemory
from registry.quality.keeping import keep_figures
from registry.services import Services
from registry.undoing.conflicts import Conflict, conflicts
from registry.undoing.merging import Clash, Merged, merged
from sparql.embedded.generations import KEPT
from sparql.store import Reader

_CHANGED = "The catalogue has changed since you were shown what the undo does: look at it again."
_NOTHING = "Nothing of {} is left to be put back: everything that it changed was changed again since."
_GONE = "What {} did is taken back already, or never changed anything."
_REMOVED = "{} was removed since, by {}: there is nothing to put anything back into. Import the catalogue again."
_ALREADY = "{} was undone already, by {}. To have it again, undo that."


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What an undo does: `arrival` has what the graph is to hold, `state` is the fingerprint of what it held before.

    `made` is the IRI of the undo itself once it is done.
    """

    of: ImportInfo
    arrival: Arrival
    state: str
    difference: Difference
    conflicts: tuple[Conflict, ...]
    outlook: Outlook = field(default_factory=Outlook)
    made: str = ""

    def as_json(self) -> dict[str, Any]:
        """What would be different, and what stays because it was changed since."""
        batch = self.arrival.batch
        graph = {
            "graph": self.of.graph,
            "kind": batch.kind,
            "catalogue": batch.catalogue,
            "title": batch.title,
            "counts": self.difference.counts,
            "others": self.difference.others,
            "things": [thing.as_json() for thing in self.difference.things],
        }
        return {
            **({"import": self.made} if self.made else {}),
            "undoes": self.of.uri,
            "state": self.state,
            "difference": {"graphs": [graph], **self.outlook.as_json()},
            "conflicts": [each.as_json() for each in self.conflicts],
            "reports": [batch.report.as_json()],
            "unreadable": [],
        }


def foresee(services: Services, uri: str) -> UndoPlan:
    """What undoing the import with this IRI would do, with the disagreements that it would bring and end.

    Raises:
        NotFoundError: there is no such import.
        CannotUndoError: it was undone already, nothing of it is left, or its journal was deleted.
    """
    reader = services.store.reader()
    plan = _planned(services, reader, uri)
    graph, new = NamedNode(plan.of.graph), plan.arrival.batch.triples
    old = storing.triples_of(reader, graph)
    concepts = closures.affected(set(old), set(new)) & (closures.concepts(old) | closures.concepts(new))
    content = InMemory((*new, titled(graph, plan.arrival.batch.title)))
    planned = [Planned(graph, content, concepts)] if concepts else []
    return replace(plan, outlook=outlook(reader, services.urls, planned, [plan.difference]))


def undo(
    services: Services,
    uri: str,
    author: Author = COMMAND_LINE,
    check: Callable[[Reader, Arrival], None] = lambda _, __: None,
    state: str = "",
) -> UndoPlan:
    """Undoes the import with this IRI, in a generation of its own; returns what that did.

    What `check` raises is raised, and nothing written. `state` is that of the plan that was shown, "" where none was.

    Raises:
        PreconditionError: the graph is no longer in that state.
        NotFoundError, CannotUndoError: as `foresee`.
        StoreError: busy, full, read-only or damaged; then nothing at all was stored.
    """
    with (
        services.store.session(deadline=services.settings.write_deadline) as session,
        services.index.writing() as index,
    ):
        plan = _planned(services, session, uri)
        check(session, plan.arrival)
        if state not in ("", plan.state):
            raise PreconditionError(_CHANGED)
        storing.ready(services, session, index)
        graph = NamedNode(plan.of.graph)
        amended = CurrentLaw(session, services.urls).amended(graph)
        stored = storing.Storing(services, session, index, lambda _: None, author)
        stored.put(plan.arrival, storing.triples_of(session, graph))
        if plan.arrival.batch.kind == "law":
            law = CurrentLaw(session, services.urls)
            for arrival in law.again(sorted({*amended, *law.amended(graph)}, key=str)):
                stored.replace(arrival)
        stored.finish()
        if not session.graphs().get(graph.value):
            provenance.forget(session, services.urls, graph)
        made = provenance.new_import(services.urls, session, plan.arrival.batch)
        index.sweep(session.next_generation - KEPT)
    keep_figures(services.figures, services.store.reader())
    return replace(plan, made=made.value)


def _planned(services: Services, reader: Reader, uri: str) -> UndoPlan:
    info = import_info(reader, uri)
    if info is None:
        raise NotFoundError(f"There is no import {uri}: samsvar imports and /imports list them.")
    if info.undone_by:
        raise CannotUndoError(_ALREADY.format(uri, info.undone_by))
    graph = NamedNode(info.graph)
    found = states(reader, services.blobs, graph, uri, info.generation)
    if not found.now and found.after:
        raise CannotUndoError(_REMOVED.format(graph.value, found.later[0].write))
    result = _merged(services, graph, found)
    with_tokens = frozenset(
        entry.write for entry in found.later if any(reader.quads(NamedNode(entry.write), SAMSVAR.token))
    )
    kept = conflicts(found, result.clashes, with_tokens)
    if result.triples == found.now:
        raise CannotUndoError((_NOTHING if kept else _GONE).format(uri), [each.as_json() for each in kept])
    changed = difference(found.now, result.triples, closures.affected(found.now, result.triples))
    source = f"undo of {info.identifier}"
    records = [RecordReport(thing.uri, where=Where(source)) for thing in changed.things if thing.change != "gone"]
    records += [each.as_record(source) for each in kept]
    report = ImportReport(services.urls.place(info.graph).identifier, source, "undo", records)
    batch = replace(_described(services, reader, info, found), triples=tuple(result.triples), report=report)
    return UndoPlan(info, Arrival(batch, source, undoes=uri), fingerprint(found.now), changed, kept)


def _merged(services: Services, graph: NamedNode, found: States) -> Merged:
    """An act is taken back whole or not at all, for half an act says what no legislator has said."""
    if services.urls.place(graph.value).kind != "law" or found.after == found.now:
        return merged(found)
    changed = closures.affected(found.after, found.now)
    return Merged(found.now, tuple(map(Clash, sorted(changed))))


def _described(services: Services, reader: Reader, info: ImportInfo, found: States) -> Batch:
    """The graph under the title that it had then, if nobody else has written to it since; without triples."""
    place = services.urls.place(info.graph)
    earlier = previous_import(reader, info) if found.after == found.now else None
    graph = NamedNode(info.graph)
    title = earlier.title if earlier else provenance.title_of(reader, services.urls, graph) or info.title
    publisher = earlier.publisher if earlier else provenance.publisher_of(reader, services.urls, graph)
    empty = ImportReport(place.identifier, "", "")
    return Batch(place.identifier, place.kind, title, publisher, (), empty)  # type: ignore[arg-type] # one of the kinds
