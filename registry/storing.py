"""The part of the pipeline under the lock: named graphs replaced, everything derived brought up to date, published.

Reads: batches. Writes: the catalogue's graph, derived, findings and provenance graphs, the search index, blobs.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from importers.base import Batch
from importers.report import Issue, RecordReport, Where
from registry import closures, provenance
from registry.search.entries import entries
from registry.search.index import IndexWriter
from registry.services import Services
from registry.upkeep import Changes, bring_up_to_date, changes_between
from sparql.embedded.generations import KEPT
from sparql.embedded.session import as_stored
from sparql.store import Reader, WriteSession


@dataclass(frozen=True, slots=True)
class Arrival:
    """A batch on its way in: the name of its source and the hash under which its bytes are kept."""

    batch: Batch
    source: str
    blob: str


def preview(services: Services, arrivals: Iterable[Arrival]) -> None:
    """Marks in the reports what an import would do; writes nothing."""
    reader = services.store.reader()
    for arrival in arrivals:
        _compare(reader, graph_of(services, arrival.batch), arrival.batch)


def store(services: Services, arrivals: Sequence[Arrival], progress: Callable[[str], None]) -> None:
    """One write session for all batches; leaving it publishes."""
    with (
        services.store.session(deadline=services.settings.write_deadline) as session,
        services.index.writing() as index,
    ):
        index.discard_after(session.generation)
        for arrival in arrivals:
            progress(f"storing {arrival.batch.title or arrival.batch.catalogue}")
            _store_one(services, session, index, arrival)
        index.sweep(session.next_generation - KEPT)


def graph_of(services: Services, batch: Batch) -> NamedNode:
    """The named graph that a batch replaces."""
    return services.urls.graph(batch.kind, batch.catalogue)


def _store_one(services: Services, session: WriteSession, index: IndexWriter, arrival: Arrival) -> None:
    batch = arrival.batch
    graph = graph_of(services, batch)
    comparison = _compare(session, graph, batch)
    if comparison is None or not comparison.differs:
        batch.report.generation = session.generation
        return
    session.replace_graph(graph, batch.triples)
    checked = batch.kind != "vocabulary"
    found = bring_up_to_date(session, services.urls, graph, comparison, checked=checked)
    if checked:
        batch.report.findings = found
    index.replace_graph(graph.value, entries(batch.triples), session.next_generation)
    batch.report.generation = session.next_generation
    report = json.dumps(batch.report.as_json(), ensure_ascii=False).encode()
    origin = provenance.Origin(arrival.source, batch, arrival.blob, services.blobs.put(report))
    provenance.record(session, services.urls, graph, origin)


def _compare(reader: Reader, graph: NamedNode, batch: Batch) -> Changes | None:
    """What the batch changes. Marks records `unchanged`; None where it must not replace what is there."""
    old: list[Triple] = [quad.triple for quad in reader.quads(graph=graph)]
    new = as_stored(batch.triples)
    if old and not batch.report.records and closures.concepts(old):
        batch.report.records.append(_would_empty(batch))
        return None
    changes = changes_between(old, new)
    known = {triple.subject.value for triple in old if isinstance(triple.subject, NamedNode)} if old else set()
    for record in batch.report.records:
        if record.status == "stored" and record.subject in known and record.subject not in changes.things:
            record.status = "unchanged"
    return changes


def _would_empty(batch: Batch) -> RecordReport:
    message = "the source describes the catalogue but has no record; the records already held were not removed"
    fix = "import it together with the file that holds the records"
    issue = Issue("catalogue-would-be-emptied", "warning", message, batch.catalogue, fix)
    return RecordReport(batch.catalogue, "skipped", Where(batch.report.source), [issue])


def remove(services: Services, kind: str, catalogue: str) -> bool:
    """Removes a graph with everything derived from it; what came with its imports stays in provenance and blobs.

    Returns whether there was one. Writes: the graph, derived, findings, provenance, the search index.
    """
    graph = services.urls.graph(kind, catalogue)
    with (
        services.store.session(deadline=services.settings.write_deadline) as session,
        services.index.writing() as index,
    ):
        index.discard_after(session.generation)
        old = [quad.triple for quad in session.quads(graph=graph)]
        concepts = closures.concepts(old)
        session.replace_graph(graph, [])
        bring_up_to_date(session, services.urls, graph, Changes(concepts, frozenset(), differs=True))
        index.replace_graph(graph.value, [], session.next_generation)
        if old:
            provenance.forget(session, services.urls, graph)
    return bool(old)


def reindex(services: Services) -> int:
    """Makes the search index anew from the newest generation, under the write lock. Returns how many graphs it holds.

    Reads: every graph. Writes: the search index.
    """
    with services.store.session(deadline=services.settings.write_deadline) as session:
        services.index.remove()
        names = [NamedNode(name) for name in session.graphs()]
        with services.index.writing() as index:
            for name in names:
                found = entries(quad.triple for quad in session.quads(graph=name))
                index.replace_graph(name.value, found, session.generation)
    return len(names)
