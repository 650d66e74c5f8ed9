"""Where each graph came from: one `samsvar:Import` (a prov:Activity) per import that changed it.

Reads: a batch. Writes: the provenance graph. The graph's own description is replaced, its earlier imports stay.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from secrets import token_hex

from pyoxigraph import Literal, NamedNode, Triple

from importers.base import Batch
from ontologies.namespaces import DCAT, DCT, ORGANISATION, PROV, RDF, SAMSVAR, SKOS, XSD
from registry.history import recording
from registry.history.recording import History
from registry.journal.entries import Entry
from registry.urls import Place, Urls
from sparql.store import Reader, WriteSession


@dataclass(frozen=True, slots=True)
class Origin:
    """One import of one graph: the source's name, the batch, and the hashes under which bytes and report are kept.

    `blob` holds one hash a source, separated by spaces, where several files were one catalogue. `history` is what the
    import changed (registry/history/recording.py), `changes` the hash of the journal, `token` the id of the token that
    it came with, empty for the command line, `undoes` the import that this one takes back, empty for others.
    """

    source: str
    batch: Batch
    blob: str
    report: str
    history: History = field(default_factory=History)
    changes: str = ""
    token: str = ""
    undoes: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """A write that is no import: the id of the token, for which organisation, and what was asked for.

    `token` is empty for what the command line does, `blob` the hash under which an upload is kept. Whose token it was
    is not said here: this graph is public.
    """

    token: str
    organisation: str
    request: str
    blob: str = ""


def record(session: WriteSession, urls: Urls, origins: Mapping[NamedNode, Origin]) -> None:
    """Writes down where graphs came from in one session, one import each."""
    held = (quad.triple for graph in origins for quad in session.quads(subject=graph, graph=urls.provenance))
    session.delete(urls.provenance, list(held))
    described: list[Triple] = []
    for graph, origin in origins.items():
        batch = origin.batch
        activity = new_import(urls, session, batch)
        described += _graph(graph, activity, batch)
        described += _activity(activity, graph, origin, session.next_generation)
        described += recording.described(urls, activity, origin.history)
    session.insert(urls.provenance, described)


def new_import(urls: Urls, session: WriteSession, batch: Batch) -> NamedNode:
    """The name of the import of one batch."""
    return urls.mint("imports", f"{session.next_generation}-{batch.kind}-{batch.catalogue}")


def new_update(urls: Urls, session: WriteSession) -> NamedNode:
    """A name for one update."""
    return urls.mint("updates", f"{session.next_generation}-{token_hex(4)}")


def record_updates(session: WriteSession, urls: Urls, journal: Iterable[tuple[Entry, Deed]], kept: str) -> None:
    """Writes down updates: when, with which token, which graphs they changed; `kept` is the hash of the journal."""
    triples: list[Triple] = []
    for entry, deed in journal:
        activity = NamedNode(entry.write)
        triples += [
            Triple(activity, RDF.type, SAMSVAR.Update),
            Triple(activity, RDF.type, PROV.Activity),
            Triple(activity, PROV.endedAtTime, Literal(entry.time, datatype=XSD.dateTime)),
            Triple(activity, SAMSVAR.generationNumber, Literal(session.next_generation)),
            Triple(activity, SAMSVAR.changes, Literal(kept)),
            Triple(activity, SAMSVAR.removed, Literal(len(entry.removed))),
            Triple(activity, SAMSVAR.added, Literal(len(entry.added))),
            *(Triple(activity, PROV.generated, NamedNode(graph)) for graph in entry.graphs if graph),
        ]
        if deed.token:
            triples.append(Triple(activity, SAMSVAR.token, Literal(deed.token)))
        if deed.blob:
            triples.append(Triple(activity, SAMSVAR.blob, Literal(deed.blob)))
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


def title_of(reader: Reader, urls: Urls, graph: NamedNode) -> str:
    """What a graph is called; empty where it is not known."""
    titles = (quad.object for quad in reader.quads(graph, DCT.title, None, urls.provenance))
    return next((title.value for title in titles if isinstance(title, Literal)), "")


def forget(session: WriteSession, urls: Urls, graph: NamedNode) -> None:
    """Writes down that a graph was removed; its imports stay known."""
    session.delete(urls.provenance, [quad.triple for quad in session.quads(subject=graph, graph=urls.provenance)])
    session.insert(urls.provenance, [Triple(graph, PROV.invalidatedAtTime, _now())])


def now() -> str:
    """The time as ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _now() -> Literal:
    return Literal(now(), datatype=XSD.dateTime)


def _graph(graph: NamedNode, activity: NamedNode, batch: Batch) -> list[Triple]:
    return [
        Triple(graph, DCT.identifier, Literal(batch.catalogue)),
        Triple(graph, SAMSVAR.kind, Literal(batch.kind)),
        Triple(graph, SAMSVAR["import"], activity),
        *_called(graph, batch),
    ]


def _called(node: NamedNode, batch: Batch) -> Iterator[Triple]:
    """Title and publisher, said of the graph, and of the import so that they are known when later ones are undone."""
    yield Triple(node, DCT.title, Literal(batch.title or batch.catalogue))
    if batch.publisher:
        publisher = ORGANISATION[batch.publisher] if batch.publisher.isdigit() else NamedNode(batch.publisher)
        yield Triple(node, DCT.publisher, publisher)


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
        *_called(activity, origin.batch),
        *_undoing(activity, origin.undoes),
        Triple(activity, PROV.generated, graph),
        Triple(activity, PROV.endedAtTime, _now()),
        Triple(activity, SAMSVAR.format, Literal(origin.batch.report.format)),
        Triple(activity, SAMSVAR.sourceName, Literal(origin.source)),
        Triple(activity, SAMSVAR.report, Literal(origin.report)),
        Triple(activity, SAMSVAR.changes, Literal(origin.changes)),
        *([Triple(activity, SAMSVAR.token, Literal(origin.token))] if origin.token else []),
        *(Triple(activity, SAMSVAR.blob, Literal(blob)) for blob in origin.blob.split()),
        *(Triple(activity, predicate, Literal(number)) for predicate, number in numbers.items()),
    ]


def _undoing(activity: NamedNode, undone: str) -> list[Triple]:
    if not undone:
        return []
    return [Triple(activity, RDF.type, SAMSVAR.Undo), Triple(activity, SAMSVAR.undoes, NamedNode(undone))]
