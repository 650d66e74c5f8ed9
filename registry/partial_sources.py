"""A source that could be read in part only: what it does not describe stays as it is, for nobody said it is gone.

So does what it describes only the beginning of, since the source ends there, or without saying what it is; and of a
thing of which statements could not be read, the properties that it has no values of any more.
"""

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import chain

from pyoxigraph import NamedNode, Triple

from importers.base import Batch
from importers.report import READ_IN_PART
from registry.closures import leads_to_part, parts
from registry.search.entries import found_by_search

_LOST = frozenset({"statement-unreadable", "iri-unreadable"})


def completed(batch: Batch, held: Collection[Triple]) -> Batch:
    """The batch as it is to be stored, `held` being what its graph holds. A source read whole is taken as it is."""
    if not batch.report.partial:
        return batch
    old = by_subject(held)
    cut = (_cut_off(batch) | (found_by_search(held) - found_by_search(batch.triples))) & old.keys()
    new = without(batch.triples, cut)
    new += _not_read(batch, old, new)
    described = {triple.subject.value for triple in new if isinstance(triple.subject, NamedNode)}
    kept = standing_alone(old) - described
    records = {record.subject for record in batch.report.records}
    listed = [one for iri in described - records for one in old.get(iri, ()) if points_at(one) in kept]
    return replace(batch, triples=(*new, *listed, *with_parts(old, kept)))


def _not_read(batch: Batch, old: Mapping[str, list[Triple]], new: Iterable[Triple]) -> list[Triple]:
    """What is held of things of which a statement could not be read: the properties that are now missing."""
    found = by_subject(new)
    damaged = {record.subject for record in batch.report.records if any(issue.code in _LOST for issue in record.issues)}
    missing: dict[str, list[Triple]] = {}
    for thing in damaged & old.keys() & found.keys():
        said = {triple.predicate for triple in found[thing]}
        missing[thing] = [triple for triple in old[thing] if triple.predicate not in said]
    return with_parts({**old, **missing}, missing)


def _cut_off(batch: Batch) -> set[str]:
    """Records in the middle of which the source ends."""
    return {
        record.subject for record in batch.report.records if any(issue.code == READ_IN_PART for issue in record.issues)
    }


def by_subject(triples: Iterable[Triple]) -> dict[str, list[Triple]]:
    """Triples by the IRI that they are about."""
    found: dict[str, list[Triple]] = {}
    for triple in triples:
        if isinstance(triple.subject, NamedNode):
            found.setdefault(triple.subject.value, []).append(triple)
    return found


def without(triples: Iterable[Triple], things: AbstractSet[str]) -> list[Triple]:
    """The triples but those of some things and of parts that belong to nothing else."""
    if not things:
        return list(triples)
    found = by_subject(triples)
    return with_parts(found, standing_alone(found) - things)


def standing_alone(described: Mapping[str, list[Triple]]) -> set[str]:
    """What is no part of anything else."""
    belonging = parts(chain.from_iterable(described.values()))
    return described.keys() - {node.value for node in belonging if isinstance(node, NamedNode)}


def with_parts(described: Mapping[str, list[Triple]], things: Iterable[str]) -> list[Triple]:
    """The triples of some things and of their parts, at any depth."""
    found: list[Triple] = []
    waiting = sorted(things)
    seen = set(waiting)
    while waiting:
        for triple in described.get(waiting.pop(), ()):
            found.append(triple)
            part = points_at(triple)
            if leads_to_part(triple) and part not in seen and not found_by_search(described.get(part, ())):
                seen.add(part)
                waiting.append(part)
    return found


def points_at(triple: Triple) -> str:
    """The IRI that is the value of a triple; "" where it is none."""
    return triple.object.value if isinstance(triple.object, NamedNode) else ""
