"""What arrives under a URI that has been another kind of thing is left out, and the report says so.

Reads: what arrives, the published URIs. Writes: nothing but the report.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from pyoxigraph import NamedNode, Triple

from importers.base import Batch
from importers.issues import issue
from importers.report import ImportReport, RecordReport, Where
from ontologies.namespaces import RDF
from registry.arrivals import Arrival
from registry.partial_sources import by_subject, with_parts
from registry.published.uris import PublishedUris
from registry.search.entries import KINDS

_SAME = {"law-concept": "concept"}
"""A concept that a law defines is a concept."""


def screened(published: PublishedUris, arrival: Arrival) -> Arrival:
    """A new graph without things whose URIs have been things of another kind."""
    known = published.kinds(record.subject for record in arrival.batch.report.records)
    reused = _reused(arrival.triples(), known) if known else frozenset()
    if not reused:
        return arrival
    batch = replace(arrival.batch, triples=tuple(arrival.triples()))
    return replace(arrival, batch=_without(batch, reused, known), content=())


def without_reused(published: PublishedUris, batch: Batch, things: Iterable[str]) -> Batch:
    """The batch without those of these things, which are new or changed; the very same batch where there are none."""
    known = published.kinds(things)
    reused = _reused(batch.triples, known) if known else frozenset()
    return _without(batch, reused, known) if reused else batch


def _reused(triples: Iterable[Triple], known: Mapping[str, AbstractSet[str]]) -> frozenset[str]:
    """Those of the URIs that have been none of all that they are said to be now."""
    now: dict[str, set[str]] = {}
    for triple in triples:
        thing, kind = triple.subject, triple.object
        if triple.predicate != RDF.type or not isinstance(thing, NamedNode) or not isinstance(kind, NamedNode):
            continue
        if thing.value in known and kind in KINDS:
            now.setdefault(thing.value, set()).add(KINDS[kind])
    return frozenset(uri for uri, kinds in now.items() if _plain(kinds).isdisjoint(_plain(known[uri])))


def _plain(kinds: Iterable[str]) -> set[str]:
    return {_SAME.get(kind, kind) for kind in kinds}


def _without(batch: Batch, reused: AbstractSet[str], known: Mapping[str, AbstractSet[str]]) -> Batch:
    refused = set(with_parts(by_subject(batch.triples), reused))
    for uri in sorted(reused):
        _tell(batch.report, uri, known[uri])
    return replace(batch, triples=tuple(triple for triple in batch.triples if triple not in refused))


def _tell(report: ImportReport, uri: str, before: AbstractSet[str]) -> None:
    record = next((each for each in report.records if each.subject == uri), None)
    if record is None:
        record = RecordReport(uri, where=Where(report.source))
        report.records.append(record)
    record.status = "rejected"
    record.issues.append(issue("uri-reused", ", ".join(sorted(before)), record.where))
