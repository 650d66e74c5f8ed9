"""Circles: a definition that uses its own term (inner), two concepts of one catalogue defined by each other (outer).

Circles are a matter of editing more than of substance: outer ones, and compounds that are only taken apart, are
information; a definition that needs its own term is minor.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from registry.harmonisation.candidates import keys
from registry.harmonisation.evidence.circular_definition import CircularDefinition, mentions, paraphrase
from registry.harmonisation.records import Comparison, DefinitionRecord, Severity
from registry.harmonisation.words import family

_CIRCULAR = CircularDefinition()
_LONGEST = 3
"""Terms of up to so many words are looked for in definitions."""


def is_outer(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    """Whether two records can only meet in an outer circle: they share no key."""
    return not set(keys(a)) & set(keys(b))


def mentioned_keys(record: DefinitionRecord) -> Iterable[str]:
    """Keys of the terms that may stand in a definition."""
    return mentions(record.text, record.language, _LONGEST)


def find(
    records: Iterable[DefinitionRecord], touched: Collection[str] | None = None
) -> Iterator[tuple[DefinitionRecord, DefinitionRecord, Comparison]]:
    """Circles, as pairs with their comparison; `touched` keeps those through at least one of these concepts."""
    catalogues: dict[tuple[str, str], list[DefinitionRecord]] = defaultdict(list)
    for record in records:
        catalogues[(record.catalogue, family(record.language))].append(record)
    for members in catalogues.values():
        yield from _inner(members, touched)
        yield from _outer(members, touched)


def _inner(
    members: list[DefinitionRecord], touched: Collection[str] | None
) -> Iterator[tuple[DefinitionRecord, DefinitionRecord, Comparison]]:
    """One circle a concept: that of its first definition that has one. A compound taken apart is information only."""
    done: set[str] = set()
    for record in sorted(members, key=lambda side: (side.concept, side.definition, _place(side), side.text)):
        if record.concept in done or (touched is not None and record.concept not in touched):
            continue
        if evidence := _CIRCULAR.find(record, record):
            if record.concept:
                done.add(record.concept)
            severity: Severity = "information" if paraphrase(record) else "minor"
            yield record, record, Comparison("identical", "same", 1.0, severity, tuple(evidence))


def _place(record: DefinitionRecord) -> int:
    return {"nb": 0, "nn": 1}.get(record.language, 2)


def _outer(
    members: list[DefinitionRecord], touched: Collection[str] | None
) -> Iterator[tuple[DefinitionRecord, DefinitionRecord, Comparison]]:
    by_key: dict[str, list[DefinitionRecord]] = defaultdict(list)
    for record in members:
        by_key[keys(record)[0] if keys(record) else ""].append(record)
    seen: set[frozenset[int]] = set()
    for record in members:
        if touched is not None and record.concept not in touched:
            continue
        for other in _mentioned(record, by_key):
            pair = frozenset((id(record), id(other)))
            if pair in seen or record.language != other.language or not is_outer(record, other):
                continue
            seen.add(pair)
            a, b = sorted((record, other), key=lambda side: (side.concept, side.definition, side.text))
            if evidence := _CIRCULAR.find(a, b):
                yield a, b, Comparison("overlapping", "harmonisable", 0.0, "information", tuple(evidence))


def _mentioned(record: DefinitionRecord, by_key: dict[str, list[DefinitionRecord]]) -> Iterator[DefinitionRecord]:
    """Records of the catalogue whose recommended term stands in the definition."""
    for key in mentioned_keys(record):
        yield from by_key.get(key, ())
