"""Earlier versions of things, and what became of those that are gone, read back from what imports kept.

Reads: the provenance graph and blobs.
"""

from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from ontologies.namespaces import DCT, EUVOC, RDF
from registry.catalogue.queries import ask, count, iri
from registry.catalogue.texts import Texts, lists_as_json, texts_as_json, texts_of
from registry.history.recording import AFTER, BEFORE
from registry.partial_sources import by_subject, with_parts
from registry.previews.difference import PropertyChange, difference
from sparql.embedded.blobs import BlobStore
from sparql.store import Reader, Row


@dataclass(frozen=True, slots=True)
class Version:
    """A thing as it was until `ended` (ISO 8601), when an import changed it (`properties`) or retired it (`gone`)."""

    uri: str
    ended: str
    activity: str
    graph: str
    gone: bool
    name: Texts
    definitions: Texts
    properties: tuple[PropertyChange, ...]
    triples: tuple[Triple, ...]

    def as_json(self) -> dict[str, Any]:
        """Until when, which import ended it, and what it said."""
        return {
            "uri": self.uri,
            "ended": self.ended,
            "import": self.activity,
            "graph": self.graph,
            "gone": self.gone,
            "name": texts_as_json(self.name),
            "definitions": lists_as_json(self.definitions),
            "changes": [each.as_json() for each in self.properties],
        }


def versions(reader: Reader, blobs: BlobStore, thing: str) -> tuple[Version, ...]:
    """The earlier versions of a thing, newest first; those whose bytes were deleted are left out."""
    rows = sorted(ask(reader, "versions", thing=NamedNode(thing)), key=lambda row: -count(row, "generation"))
    found = (_version(blobs, thing, row) for row in rows)
    return tuple(version for version in found if version is not None)


def tombstone(reader: Reader, blobs: BlobStore, thing: str) -> Version | None:
    """The last version of a thing that is gone; None for one that never was. Ask only of what is no longer held."""
    return next((version for version in versions(reader, blobs, thing) if version.gone), None)


def _version(blobs: BlobStore, thing: str, row: Row) -> Version | None:
    try:
        content = blobs.get(iri(row, "blob"))
    except KeyError:
        return None
    before, after = state_in(content, thing)
    change = next(difference(before, after, {thing}).things)
    gone = change.change == "gone"
    return Version(
        uri=iri(row, "version"),
        ended=iri(row, "ended"),
        activity=iri(row, "import"),
        graph=iri(row, "graph"),
        gone=gone,
        name=next(difference(before, (), {thing}).things).name,
        definitions=_definitions(before, thing),
        properties=() if gone else change.properties,
        triples=tuple(before),
    )


def version_called(reader: Reader, blobs: BlobStore, uri: str) -> tuple[str, Version] | None:
    """The thing and its version with this IRI; None where there is none or nothing is kept of it."""
    named = reader.quads(NamedNode(uri), DCT.isVersionOf)
    thing = next((quad.object.value for quad in named if isinstance(quad.object, NamedNode)), "")
    found = (each for each in (versions(reader, blobs, thing) if thing else ()) if each.uri == uri)
    return next(((thing, each) for each in found), None)


def state_in(content: bytes, thing: str) -> tuple[list[Triple], list[Triple]]:
    """A thing before and after an import, from a blob of what the import changed."""
    before, after = (_state(content, graph, thing) for graph in (BEFORE, AFTER))
    return before, after


def _state(content: bytes, graph: NamedNode, thing: str) -> list[Triple]:
    quads = (quad for quad in parse(content, RdfFormat.N_QUADS, lenient=True) if isinstance(quad, Quad))
    return with_parts(by_subject(quad.triple for quad in quads if quad.graph_name == graph), [thing])


def _definitions(triples: list[Triple], thing: str) -> Texts:
    notes = {
        each.object for each in triples if each.predicate == EUVOC.xlDefinition and each.subject == NamedNode(thing)
    }
    return texts_of(each.object for each in triples if each.predicate == RDF.value and each.subject in notes)
