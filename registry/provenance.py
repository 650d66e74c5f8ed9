"""Where each graph came from: one `samsvar:Import` (a prov:Activity) per import that changed it.

Reads: a batch. Writes: the provenance graph. The graph's own description is replaced, its earlier imports stay.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex

from pyoxigraph import Literal, NamedNode, Triple

from importers.base import Batch
from ontologies.namespaces import DCAT, DCT, ORGANISATION, PROV, RDF, SAMSVAR, SKOS, XSD
from registry.history import recording
from registry.history.recording import Kept
from registry.urls import Place, Urls
from sparql.store import Reader, WriteSession


@dataclass(frozen=True, slots=True)
class Origin:
    """One import of one graph: the source's name, the batch, and the hashes under which bytes and report are kept.

    `blob` holds one hash a source, separated by spaces, where several files were one catalogue. `history` is what the
    import changed (registry/history/recording.py).
    """

    source: str
    batch: Batch
    blob: str
    report: str
    history: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class Deed:
    """A write that is no import: the id of the token, for which organisation, and the hash under which it is kept.

    Whose token it was is not said here: this graph is public.
    """

    token: str
    organisation: str
    blob: str


def record(session: WriteSession, urls: Urls, origins: Mapping[NamedNode, Origin]) -> None:
    """Writes down where graphs came from in one session, one import each."""
    held = (quad.triple for graph in origins for quad in session.quads(subject=graph, graph=urls.provenance))
    session.delete(urls.provenance, list(held))
    described: list[Triple] = []
    for graph, origin in origins.items():
        batch = origin.batch
        activity = urls.mint("imports", f"{session.next_generation}-{batch.kind}-{batch.catalogue}")
        described += _graph(graph, activity, batch)
        described += _activity(activity, graph, origin, session.next_generation)
        described += recording.described(urls, activity, origin.history)
    session.insert(urls.provenance, described)


def record_update(session: WriteSession, urls: Urls, graphs: Iterable[NamedNode], deed: Deed) -> None:
    """Writes down one update: when, with which token, what it was, and which graphs it changed."""
    activity = urls.mint("updates", f"{session.next_generation}-{token_hex(4)}")
    triples = [
        Triple(activity, RDF.type, SAMSVAR.Update),
        Triple(activity, RDF.type, PROV.Activity),
        Triple(activity, PROV.endedAtTime, _now()),
        Triple(activity, SAMSVAR.generationNumber, Literal(session.next_generation)),
        Triple(activity, SAMSVAR.token, Literal(deed.token)),
        Triple(activity, SAMSVAR.blob, Literal(deed.blob)),
        *(Triple(activity, PROV.generated, graph) for graph in graphs),
    ]
    if deed.organisation:
        triples.append(Triple(activity, PROV.wasAssociatedWith, ORGANISATION[deed.organisation]))
    session.insert(urls.provenance, triples)


def describe(session: WriteSession, urls: Urls, graph: NamedNode, place: Place, deed: Deed) -> None:
    """Describes a graph that nobody has described: its kind, id, title and publisher."""
    if any(session.quads(graph, SAMSVAR.kind, None, urls.provenance)):
        return
    held = {
        quad.subject
        for collection in (SKOS.Collection, DCAT.Catalog)
        for quad in session.quads(None, RDF.type, collection, graph)
    }
    titles = [
        quad.object
        for thing in held
        if isinstance(thing, NamedNode)
        for quad in session.quads(thing, DCT.title, None, graph)
    ]
    triples = [
        Triple(graph, DCT.identifier, Literal(place.identifier)),
        Triple(graph, DCT.title, titles[0] if titles else Literal(place.identifier)),
        Triple(graph, SAMSVAR.kind, Literal(place.kind)),
    ]
    if deed.organisation:
        triples.append(Triple(graph, DCT.publisher, ORGANISATION[deed.organisation]))
    session.insert(urls.provenance, triples)


def publisher_of(reader: Reader, urls: Urls, graph: NamedNode) -> str:
    """The IRI of the organisation that a graph belongs to; empty where it is not known."""
    return next(
        (
            quad.object.value
            for quad in reader.quads(graph, DCT.publisher, None, urls.provenance)
            if isinstance(quad.object, NamedNode)
        ),
        "",
    )


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
