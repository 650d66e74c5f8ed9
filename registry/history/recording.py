"""What an import changes in a graph, written down so that it can be shown, and taken back.

The things that differ are kept as they were and as they became, with their parts: N-Quads, `TOGETHER` things a blob,
in the graphs `BEFORE` and `AFTER`. The provenance graph has a `samsvar:Version` for each thing that search finds, and
each element of an information model, that was changed or is gone; of one that is gone it is a `samsvar:Tombstone` too.

Reads: a graph before and after. Writes: blobs; the triples that it returns are for the provenance graph.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from ontologies.namespaces import DCT, MODELLDCATNO, PROV, RDF, SAMSVAR
from registry import closures
from registry.partial_sources import by_subject, with_parts
from registry.search.entries import found_by_search
from registry.urls import Urls
from sparql.embedded.blobs import BlobStore
from sparql.store import WriteSession

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


@dataclass(frozen=True, slots=True)
class History:
    """What is known of one import's changes to a graph; `unchanged` things that search finds are the same as before."""

    kept: tuple[Kept, ...] = ()
    unchanged: int = 0


def keep(blobs: BlobStore, old: Iterable[Triple], new: Iterable[Triple], affected: AbstractSet[str]) -> History:
    """Keeps the things that differ as they were and as they are; nothing where the graph is new."""
    before = by_subject(old)
    if not before:
        return History()
    after = by_subject(new)
    found = found_by_search(triple for triples in before.values() for triple in triples)
    held = found | _elements(before)
    things = sorted(affected)
    groups = [things[start : start + TOGETHER] for start in range(0, len(things), TOGETHER)]
    hashes = blobs.put_all(_states(group, before, after) for group in groups)
    kept = tuple(
        Kept(
            blob,
            tuple(iri for iri in group if iri in held and iri in after),
            tuple(iri for iri in group if iri in held and iri not in after),
        )
        for blob, group in zip(hashes, groups, strict=True)
    )
    return History(kept, len((found & after.keys()) - affected))


def _elements(described: Mapping[str, list[Triple]]) -> set[str]:
    """The elements of information models: they have pages of their own, and change by themselves."""
    return {
        subject
        for subject, triples in described.items()
        if not closures.is_minted(subject)
        and any(
            triple.predicate == RDF.type
            and isinstance(triple.object, NamedNode)
            and triple.object.value.startswith(MODELLDCATNO.iri)
            for triple in triples
        )
    }


def described(urls: Urls, activity: NamedNode, history: History) -> Iterator[Triple]:
    """What the provenance graph says of the versions that an import ended."""
    yield Triple(activity, SAMSVAR.unchanged, Literal(history.unchanged))
    for each in history.kept:
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


def raise_stones(session: WriteSession, urls: Urls, changed: Mapping[NamedNode, AbstractSet[str]]) -> None:
    """Things that are there again have versions, but no tombstone. `changed`: of each graph what was changed in it."""
    touched = frozenset[str]().union(*changed.values())
    for stone in list(session.quads(None, RDF.type, SAMSVAR.Tombstone, urls.provenance)):
        version = stone.subject
        if isinstance(version, NamedNode):
            things = {each.object for each in session.quads(version, DCT.isVersionOf, None, urls.provenance)}
            named = (each for each in things if isinstance(each, NamedNode) and each.value in touched)
            if any(_is_in_any(session, each, changed) for each in named):
                session.delete(urls.provenance, [stone.triple])


def _is_in_any(session: WriteSession, thing: NamedNode, graphs: Iterable[NamedNode]) -> bool:
    return any(next(session.quads(thing, None, None, graph), None) is not None for graph in graphs)


def _states(group: list[str], before: dict[str, list[Triple]], after: dict[str, list[Triple]]) -> bytes:
    quads = [
        Quad(triple.subject, triple.predicate, triple.object, graph)
        for graph, state in ((BEFORE, before), (AFTER, after))
        for triple in with_parts(state, [iri for iri in group if iri in state])
    ]
    lines = (serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    return b"".join(sorted(lines))
