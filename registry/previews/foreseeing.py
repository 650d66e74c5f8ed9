"""What an import would do, graph by graph: the difference, and what follows from it. Nothing is written.

What arrives stays text, as in an import; only what differs becomes objects, one thing after the other.

Reads: arrivals and the newest generation. Writes: temporary files, and the statuses in the reports.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from hashlib import sha256

from pyoxigraph import NamedNode, Triple

from importers.report import ImportReport
from registry.amendments import CurrentLaw
from registry.arrivals import Arrival
from registry.partial_sources import completed
from registry.previews.difference import Difference
from registry.previews.located import Located, written
from registry.previews.outlook import Planned, outlook, titled
from registry.previews.overlay import OnDisk
from registry.previews.plans import GraphPlan, Plan
from registry.previews.text_difference import TextDifference, concepts_of
from registry.published.screening import screened
from registry.readings.known import state
from registry.services import Services
from registry.storing import graph_of, triples_of, whole, would_empty
from sparql.store import Reader


def foresee(services: Services, arrivals: Sequence[Arrival], progress: Callable[[str], None] = lambda _: None) -> Plan:
    """What an import of these would do, and in their reports what would become of each record."""
    reader = services.store.reader()
    law = CurrentLaw(reader, services.urls, arrivals)
    seen: list[tuple[GraphPlan, Planned | None]] = []
    for arrival in arrivals:
        progress(f"comparing {arrival.batch.title or arrival.batch.catalogue}")
        seen.append(_of_one(services, reader, law.now(arrival)))
    # of an act what came is stored: it is consolidated again then
    plans = [
        replace(plan, arrival=came) if came.batch.kind == "law" else plan
        for (plan, _), came in zip(seen, arrivals, strict=True)
    ]
    for arrival in law.further():
        plan, becomes = _of_one(services, reader, arrival)
        if becomes is not None:
            plans.append(replace(plan, stored=False))
            seen.append((plan, becomes))
    amended = tuple(plan.arrival.batch.report for plan in plans[len(arrivals) :])
    progress("definitions are compared")
    planned = [each for _, each in seen if each is not None]
    follows = outlook(reader, services.urls, planned, [plan.difference for plan in plans])
    return Plan(tuple(plans), follows, amended)


def fingerprint(triples: Iterable[Triple]) -> str:
    """What tells one state of a graph from another, whatever the order of its triples."""
    total = sum(int.from_bytes(sha256(str(triple).encode()).digest()) for triple in triples)
    return f"{total % 2**256:064x}"


def _of_one(services: Services, reader: Reader, arrival: Arrival) -> tuple[GraphPlan, Planned | None]:
    """The graph's part, and what is to be compared of it: nothing where nothing changes, nor of vocabularies."""
    graph = graph_of(services, arrival.batch)
    now = state(reader, services.urls, graph)
    arrival = screened(services.published, _completed(reader, graph, arrival), reader.generation)
    batch = arrival.batch
    before = Located([reader.n_triples(graph)] if reader.graphs().get(graph.value) else [])
    if not batch.report.records and any(concepts_of(before)):
        batch.report.records.append(would_empty(batch))
        return GraphPlan(arrival, graph, now, Difference(), stored=False), None
    after = Located(arrival.portions())
    found = TextDifference.between(before, after)
    _mark_unchanged(batch.report, before, found.affected)
    plan = GraphPlan(arrival, graph, now, found.as_difference())
    if batch.kind == "vocabulary" or not found.affected:
        return plan, None
    content = OnDisk(after, [titled(graph, batch.title or batch.catalogue)])
    return plan, Planned(graph, content, found.concepts())


def _completed(reader: Reader, graph: NamedNode, arrival: Arrival) -> Arrival:
    """The arrival with what its graph keeps of what is there: all that a part does not describe."""
    if not arrival.batch.report.partial:
        return arrival
    return replace(arrival, batch=completed(whole(arrival), triples_of(reader, graph)), content=())


def _mark_unchanged(report: ImportReport, before: Located, affected: frozenset[str]) -> None:
    for record in report.records:
        if record.status == "stored" and record.subject not in affected and written(record.subject) in before:
            record.status = "unchanged"
