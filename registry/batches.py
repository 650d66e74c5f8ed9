"""Batches that meet in one graph: files of one catalogue that arrive together are one catalogue."""

from collections.abc import Iterable
from dataclasses import replace

from pyoxigraph import Triple

from importers.report import ImportReport
from registry.storing import Arrival


def merge(arrivals: Iterable[Arrival]) -> list[Arrival]:
    """One arrival a graph, in the order of the first; triples united, reports joined."""
    merged: dict[tuple[str, str], Arrival] = {}
    for arrival in arrivals:
        key = (arrival.batch.kind, arrival.batch.catalogue)
        merged[key] = _joined(merged[key], arrival) if key in merged else arrival
    return list(merged.values())


def _joined(first: Arrival, second: Arrival) -> Arrival:
    triples: dict[Triple, None] = dict.fromkeys((*first.batch.triples, *second.batch.triples))
    one, other = first.batch.report, second.batch.report
    report = ImportReport(one.catalogue, f"{one.source}, {other.source}", one.format, one.records + other.records)
    batch = replace(
        first.batch,
        title=first.batch.title or second.batch.title,
        publisher=first.batch.publisher or second.batch.publisher,
        triples=tuple(triples),
        report=report,
    )
    return Arrival(batch, report.source, " ".join(filter(None, (first.blob, second.blob))))
