"""What an import changes in a graph, written down so that it can be shown, and taken back.

The things that differ are kept as they were and as they became, with their parts: N-Quads, `TOGETHER` things a blob,
in the graphs `BEFORE` and `AFTER`. The provenance graph has a `samsvar:Version` for each thing that search finds and
that was changed or is gone; of one that is gone it is a `samsvar:Tombstone` as well.

Reads: a graph before and after. Writes: blobs; the triples that it returns are for the provenance graph.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from ontologies.namespaces import DCT, PROV, RDF, SAMSVAR
from registry.partial_sources import by_subject, with_parts
from registry.search.entries import found_by_search
from registry.urls import Urls
from sparql.embedded.blobs import BlobStore

BEFORE, AFTER = NamedNode("urn:samsvar:before"), NamedNode("urn:samsvar:after")
TOGETHER = 200
"""Things whose states lie in one blob: who reads one of them reads all."""
_ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Kept:
    """A blob with the states of some things; of these, those that get a version, and those that are gone."""

    blob: str
    changed: tuple[str, ...]
    gone: tuple[str, ...]


def keep(
    blobs: BlobStore, old: Iterable[Triple], new: Iterable[Triple], affected: AbstractSet[str]
) -> tuple[Kept, ...]:
    """Keeps the things that differ as they were and as they are; nothing where the graph is new."""
    before = by_subject(old)
    if not before:
        return ()
    after = by_subject(new)
    held = found_by_search(triple for triples in before.values() for triple in triples)
    things = sorted(affected)
    groups = [things[start : start + TOGETHER] for start in range(0, len(things), TOGETHER)]
    hashes = blobs.put_all(_states(group, before, after) for group in groups)
    return tuple(
        Kept(
            blob,
            tuple(iri for iri in group if iri in held and iri in after),
            tuple(iri for iri in group if iri in held and iri not in after),
        )
        for blob, group in zip(hashes, groups, strict=True)
    )


def described(urls: Urls, activity: NamedNode, kept: Iterable[Kept]) -> Iterator[Triple]:
    """What the provenance graph says of the versions that an import ended."""
    for each in kept:
        yield Triple(activity, SAMSVAR.difference, Literal(each.blob))
        for iri in (*each.changed, *each.gone):
            digest = sha256(f"{activity.value} {iri}".encode()).hexdigest()
            version = urls.mint("versions", digest[:_ID_LENGTH])
            yield Triple(version, RDF.type, SAMSVAR.Version)
            yield Triple(version, DCT.isVersionOf, NamedNode(iri))
            yield Triple(version, PROV.wasInvalidatedBy, activity)
            yield Triple(version, SAMSVAR.blob, Literal(each.blob))
            if iri in each.gone:
                yield Triple(version, RDF.type, SAMSVAR.Tombstone)


def _states(group: list[str], before: dict[str, list[Triple]], after: dict[str, list[Triple]]) -> bytes:
    quads = [
        Quad(triple.subject, triple.predicate, triple.object, graph)
        for graph, state in ((BEFORE, before), (AFTER, after))
        for triple in with_parts(state, [iri for iri in group if iri in state])
    ]
    lines = (serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    return b"".join(sorted(lines))
