"""URIs that have been another kind of thing: what an import brings under one is left out, a write of one is refused.

Reads: what arrives, the published URIs. Writes: nothing but the report.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from pyoxigraph import NamedNode, Triple

from importers.base import Batch
from importers.issues import issue
from importers.report import ImportReport, RecordReport, Where
from ontologies.namespaces import RDF
from registry.arrivals import Arrival
from registry.errors import UriReusedError
from registry.partial_sources import by_subject, with_parts
from registry.published.uris import PublishedUris
from registry.search.entries import KINDS
from sparql.changes import Changes, GraphChange, graph_node
from sparql.store import Quads

_SAME = {"law-concept": "concept"}
"""A concept that a law defines is a concept."""


def screened(published: PublishedUris, arrival: Arrival, generation: int) -> Arrival:
    """A new graph without things whose URIs have been things of another kind."""
    known = published.kinds((record.subject for record in arrival.batch.report.records), generation)
    reused = _reused(arrival.triples(), known) if known else frozenset()
    if not reused:
        return arrival
    batch = replace(arrival.batch, triples=tuple(arrival.triples()))
    return replace(arrival, batch=_without(batch, reused, known), content=())


def without_reused(published: PublishedUris, batch: Batch, things: Iterable[str], generation: int) -> Batch:
    """The batch without those of these things, which are new or changed; the very same batch where there are none."""
    known = published.kinds(things, generation)
    reused = _reused(batch.triples, known) if known else frozenset()
    return _without(batch, reused, known) if reused else batch


def refuse_reused(published: PublishedUris, held: Quads, writes: Changes, generation: int) -> None:
    """Goes on where no graph comes to say of a thing that it is something else only than it has been.

    Raises:
        UriReusedError: one does.
    """
    for graph, change in writes.graphs.items():
        becoming: dict[str, set[str]] = {}
        for uri, kind in _typed(change.added):
            becoming.setdefault(uri, set()).add(kind)
        for uri, before in sorted(published.kinds(becoming, generation).items()):
            if _plain(becoming[uri] | _staying(held, uri, graph, change)).isdisjoint(_plain(before)):
                raise UriReusedError(
                    f"{uri} has been another kind of thing ({', '.join(sorted(before))}) and stays that. "
                    "Give the new thing a URI of its own."
                )


def _staying(held: Quads, uri: str, graph: str, change: GraphChange) -> set[str]:
    """What a graph says that a thing is, and goes on saying."""
    if change.cleared:
        return set()
    said = (quad.triple for quad in held.quads(NamedNode(uri), RDF.type, None, graph_node(graph)))
    return {kind for _, kind in _typed(triple for triple in said if triple not in change.removed)}


def _typed(triples: Iterable[Triple]) -> Iterator[tuple[str, str]]:
    """Things with their kinds, of triples that say any."""
    for triple in triples:
        thing, kind = triple.subject, triple.object
        if triple.predicate != RDF.type or not isinstance(thing, NamedNode):
            continue
        if isinstance(kind, NamedNode) and kind in KINDS:
            yield thing.value, KINDS[kind]


def _reused(triples: Iterable[Triple], known: Mapping[str, AbstractSet[str]]) -> frozenset[str]:
    """Those of the URIs that have been none of all that they are said to be now."""
    now: dict[str, set[str]] = {}
    for uri, kind in _typed(triples):
        if uri in known:
            now.setdefault(uri, set()).add(kind)
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
    if record.status != "rejected":  # a preview has told it already
        record.status = "rejected"
        record.issues.append(issue("uri-reused", ", ".join(sorted(before)), record.where))
