"""What an import would do, graph by graph: the difference, and what follows from it. Nothing is written.

Reads: arrivals and the newest generation. Writes: nothing but the statuses in the reports.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256

from pyoxigraph import Triple

from registry.amendments import CurrentLaw
from registry.arrivals import Arrival
from registry.partial_sources import completed
from registry.previews.difference import Difference, difference
from registry.previews.outlook import Planned, outlook
from registry.previews.plans import GraphPlan, Plan
from registry.services import Services
from registry.storing import compare, graph_of, triples_of, whole
from sparql.embedded.session import as_stored
from sparql.store import Reader


def foresee(services: Services, arrivals: Sequence[Arrival]) -> Plan:
    """What an import of these would do, and in their reports what would become of each record."""
    reader = services.store.reader()
    law = CurrentLaw(reader, services.urls, arrivals)
    seen = [_of_one(services, reader, law.now(arrival)) for arrival in arrivals]
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
    return Plan(tuple(plans), outlook(reader, services.urls, [each for _, each in seen if each is not None]), amended)


def fingerprint(triples: Iterable[Triple]) -> str:
    """What tells one state of a graph from another, whatever the order of its triples."""
    total = sum(int.from_bytes(sha256(str(triple).encode()).digest()) for triple in triples)
    return f"{total % 2**256:064x}"


def _of_one(services: Services, reader: Reader, arrival: Arrival) -> tuple[GraphPlan, Planned | None]:
    """The graph's part, and what is to be compared of it: nothing where nothing changes, nor of vocabularies."""
    graph = graph_of(services, arrival.batch)
    old = triples_of(reader, graph)
    batch = completed(whole(arrival), old)
    state = fingerprint(old)
    changes = compare(old, batch)
    if changes is None:
        return GraphPlan(arrival, graph, state, Difference(), stored=False), None
    new = as_stored(batch.triples)
    plan = GraphPlan(replace(arrival, batch=batch, content=()), graph, state, difference(old, new, changes.things))
    if batch.kind == "vocabulary" or not changes.differs:
        return plan, None
    return plan, Planned(graph, batch.title or batch.catalogue, new, changes.before | changes.after)
