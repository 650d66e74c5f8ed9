"""Batches that meet in one graph: files of one catalogue are one, of texts of one act the newest counts."""

from collections.abc import Iterable
from dataclasses import replace

from importers.report import ImportReport, RecordReport
from registry.arrivals import Arrival
from registry.law_texts import newest_text


def merge(arrivals: Iterable[Arrival]) -> list[Arrival]:
    """One arrival a graph, in the order of the first; contents of catalogues side by side, reports joined."""
    merged: dict[tuple[str, str], Arrival] = {}
    for arrival in arrivals:
        key = (arrival.batch.kind, arrival.batch.catalogue)
        meet = newest_text if arrival.batch.kind == "law" else _joined
        merged[key] = meet(merged[key], arrival) if key in merged else arrival
    return list(merged.values())


def _joined(first: Arrival, second: Arrival) -> Arrival:
    one, other = first.batch.report, second.batch.report
    report = ImportReport(one.catalogue, f"{one.source}, {other.source}", one.format, _records(one, other))
    report.issues = one.issues + [issue for issue in other.issues if issue not in one.issues]
    batch = replace(
        first.batch,
        title=first.batch.title or second.batch.title,
        publisher=first.batch.publisher or second.batch.publisher,
        triples=(*first.batch.triples, *second.batch.triples),
        report=report,
    )
    return Arrival(batch, report.source, first.files + second.files, first.content + second.content)


def _records(one: ImportReport, other: ImportReport) -> list[RecordReport]:
    """A record that several files have is one record, with the issues of all of them."""
    known = {record.subject: record for record in one.records if record.subject}
    added: list[RecordReport] = []
    for record in other.records:
        if (earlier := known.get(record.subject)) is None or earlier.status != record.status:
            added.append(record)
            continue
        earlier.issues += [issue for issue in record.issues if issue not in earlier.issues]
        earlier.repaired = earlier.repaired or record.repaired
    return one.records + added
