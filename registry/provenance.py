"""Where each graph came from: one `samsvar:Import` (a prov:Activity) per import that changed it.

Reads: a batch. Writes: the provenance graph. The graph's own description is replaced, its earlier imports stay.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from pyoxigraph import Literal, NamedNode, Triple

from importers.base import Batch
from ontologies.namespaces import DCT, ORGANISATION, PROV, RDF, SAMSVAR, XSD
from registry.urls import Urls
from sparql.store import WriteSession


@dataclass(frozen=True, slots=True)
class Origin:
    """One import of one graph: the source's name, the batch, and the hashes under which bytes and report are kept.

    `blob` holds one hash a source, separated by spaces, where several files were one catalogue.
    """

    source: str
    batch: Batch
    blob: str
    report: str


def record(session: WriteSession, urls: Urls, graph: NamedNode, origin: Origin) -> None:
    """Writes down one import of one graph."""
    session.delete(urls.provenance, [quad.triple for quad in session.quads(subject=graph, graph=urls.provenance)])
    batch = origin.batch
    activity = urls.mint("imports", f"{session.next_generation}-{batch.kind}-{batch.catalogue}")
    session.insert(urls.provenance, _graph(graph, activity, batch))
    session.insert(urls.provenance, _activity(activity, graph, origin, session.next_generation))


def forget(session: WriteSession, urls: Urls, graph: NamedNode) -> None:
    """Writes down that a graph was removed; its imports stay known."""
    session.delete(urls.provenance, [quad.triple for quad in session.quads(subject=graph, graph=urls.provenance)])
    session.insert(urls.provenance, [Triple(graph, PROV.invalidatedAtTime, _now())])


def _now() -> Literal:
    return Literal(datetime.now(UTC).isoformat(timespec="seconds"), datatype=XSD.dateTime)


def _graph(graph: NamedNode, activity: NamedNode, batch: Batch) -> list[Triple]:
    triples = [
        Triple(graph, DCT.identifier, Literal(batch.catalogue)),
        Triple(graph, DCT.title, Literal(batch.title or batch.catalogue)),
        Triple(graph, SAMSVAR.kind, Literal(batch.kind)),
        Triple(graph, SAMSVAR["import"], activity),
    ]
    if batch.publisher:
        publisher = ORGANISATION[batch.publisher] if batch.publisher.isdigit() else NamedNode(batch.publisher)
        triples.append(Triple(graph, DCT.publisher, publisher))
    return triples


def _activity(activity: NamedNode, graph: NamedNode, origin: Origin, generation: int) -> list[Triple]:
    counts = origin.batch.report.counts()
    numbers = {
        SAMSVAR.generationNumber: generation,
        SAMSVAR.stored: counts["stored"] + counts["unchanged"],
        SAMSVAR.rejected: counts["rejected"],
    }
    return [
        Triple(activity, RDF.type, SAMSVAR.Import),
        Triple(activity, RDF.type, PROV.Activity),
        Triple(activity, PROV.generated, graph),
        Triple(activity, PROV.endedAtTime, _now()),
        Triple(activity, SAMSVAR.format, Literal(origin.batch.report.format)),
        Triple(activity, SAMSVAR.sourceName, Literal(origin.source)),
        Triple(activity, SAMSVAR.report, Literal(origin.report)),
        *(Triple(activity, SAMSVAR.blob, Literal(blob)) for blob in origin.blob.split()),
        *(Triple(activity, predicate, Literal(number)) for predicate, number in numbers.items()),
    ]
