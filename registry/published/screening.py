"""What arrives under a URI that has been another kind of thing is left out, and the report says so.

Reads: arrivals, the published URIs. Writes: nothing.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from pyoxigraph import NamedNode

from importers.issues import issue
from importers.report import ImportReport, RecordReport, Where
from ontologies.namespaces import RDF
from registry.arrivals import Arrival
from registry.outline import outline_of
from registry.partial_sources import by_subject, with_parts
from registry.published.uris import PublishedUris
from registry.search.entries import KINDS

_SAME = {"law-concept": "concept"}
"""A concept that a law defines is a concept."""


def screened(published: PublishedUris, arrival: Arrival) -> Arrival:
    """The arrival without things whose URIs have been things of another kind."""
    arriving = {node[1:-1].decode(): kind for node, kind in outline_of(arrival.portions()).kinds.items()}
    known = published.kinds(arriving)
    differing = [uri for uri, kinds in known.items() if _plain([arriving[uri]]).isdisjoint(_plain(kinds))]
    reused = _never(arrival, differing, known) if differing else frozenset()
    if not reused:
        return arrival
    triples = list(arrival.triples())
    refused = set(with_parts(by_subject(triples), reused))
    for uri in sorted(reused):
        _tell(arrival.batch.report, uri, known[uri])
    kept = tuple(triple for triple in triples if triple not in refused)
    return replace(arrival, batch=replace(arrival.batch, triples=kept), content=())


def _never(arrival: Arrival, uris: Iterable[str], known: Mapping[str, AbstractSet[str]]) -> frozenset[str]:
    """Those of the URIs that have been none of all that they are said to be now."""
    now: dict[str, set[str]] = {uri: set() for uri in uris}
    for triple in arrival.triples():
        thing, kind = triple.subject, triple.object
        if triple.predicate == RDF.type and isinstance(thing, NamedNode) and isinstance(kind, NamedNode):
            now.get(thing.value, set()).add(KINDS.get(kind, ""))
    return frozenset(uri for uri, kinds in now.items() if _plain(kinds).isdisjoint(_plain(known[uri])))


def _plain(kinds: Iterable[str]) -> set[str]:
    return {_SAME.get(kind, kind) for kind in kinds}


def _tell(report: ImportReport, uri: str, before: AbstractSet[str]) -> None:
    where = Where(report.source)
    record = next((each for each in report.records if each.subject == uri), None)
    if record is None:
        record = RecordReport(uri, where=where)
        report.records.append(record)
    record.status = "rejected"
    record.issues.append(issue("uri-reused", ", ".join(sorted(before)), record.where))
