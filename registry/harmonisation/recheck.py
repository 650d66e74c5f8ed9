"""Findings kept up to date inside a write session: only the blocks that a change touches are compared again.

A pair of definitions belongs to one block (its meeting key), a circle to its concepts; so replacing what belongs to
touched keys and touched concepts gives what a full run would give. A session does it once, for all graphs it changed.
Findings about sources are left alone: registry/references/following.py keeps them.

Reads: graphs of catalogues and law, derived (term keys), findings. Writes: derived (term keys), findings.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import chain

from pyoxigraph import Literal, NamedNode, Triple

from ontologies.namespaces import RDF, SAMSVAR
from registry.harmonisation import circles, detector, rdf
from registry.harmonisation.candidates import LeftOut, keys
from registry.harmonisation.encounters import LINK, MARK, linked, other_keys
from registry.harmonisation.facts import WholeGraphs
from registry.harmonisation.findings import find_among, find_everywhere
from registry.harmonisation.meetings import Meetings, Part
from registry.harmonisation.reader import DefinitionSource
from registry.harmonisation.records import SEVERITIES, DefinitionRecord, Finding
from registry.urls import Urls
from sparql.store import Quads, Reader, WriteSession

_MANY = 1_000
"""Touched concepts from which it is asked whether all of them are compared faster than the blocks of these."""


def recheck(
    session: WriteSession, urls: Urls, before: Iterable[str], after: Iterable[str], content: WholeGraphs | None = None
) -> list[LeftOut]:
    """Brings keys and findings up to date after graphs were changed. Returns what of the touched words is not compared.

    `before` holds the concepts that were there and are changed or gone, `after` those that are new or changed;
    `content` gives what the session holds, where that is faster than to ask the session.
    """
    touched = set(before) | set(after)
    if not touched:
        return []
    source = DefinitionSource(content, content.facts) if content else DefinitionSource(session)
    if _are_most(touched, source):
        return _find_all(session, urls, source).left_out
    again = compared_again(session, session, urls, touched)
    _write_keys(session, urls, again)
    _replace(
        session,
        urls,
        belonging(session, urls, again.keys, touched),
        [triple for finding in again.findings for triple in rdf.to_triples(finding, urls)],
    )
    return again.left_out


@dataclass(frozen=True, slots=True)
class Again:
    """What was compared again: the touched definitions and those that they meet, under which keys, what was found.

    `held` are the keys that the touched concepts had, `left_out` is what of the touched words was not compared.
    `everything` says that all definitions were compared: `others` are all that are not touched, and no keys are told.
    """

    held: set[Triple]
    changed: list[DefinitionRecord]
    others: list[DefinitionRecord]
    keys: set[str]
    findings: list[Finding]
    left_out: list[LeftOut]
    everything: bool = False


def foreseen(reader: Reader, content: WholeGraphs, urls: Urls, touched: set[str]) -> Again:
    """What is compared again when the graphs hold `content`: the blocks of touched concepts; all, if most are touched.

    Keys are as `reader` holds them.
    """
    source = DefinitionSource(content, content.facts)
    if _are_most(touched, source):
        return _all_again(source.all_records(), touched)
    return compared_again(reader, content, urls, touched, content)


def _are_most(touched: AbstractSet[str], source: DefinitionSource) -> bool:
    """Whether so many concepts are touched that comparing all is faster."""
    return len(touched) > _MANY and 2 * len(touched) > source.concepts()


def _all_again(records: list[DefinitionRecord], touched: AbstractSet[str]) -> Again:
    part = Part.of(records)
    findings = find_among(part)
    changed = [record for record in records if record.concept in touched]
    others = [record for record in records if record.concept not in touched]
    return Again(set(), changed, others, set(), findings, part.left_out(), everything=True)


def compared_again(
    reader: Reader, content: Quads, urls: Urls, touched: set[str], whole: WholeGraphs | None = None
) -> Again:
    """The blocks of touched concepts: keys as `reader` holds them, definitions as `content` has them now.

    `whole` is the same content where it can give whole graphs.
    """
    held = {triple for concept in touched for triple in _held_keys(reader, urls, concept)}
    old = {triple.object.value for triple in held if isinstance(triple.object, Literal)}
    source = DefinitionSource(content, whole.facts if whole else None)
    changed = source.all_records(touched)
    touched_keys = old | {key for record in changed for key in _keys_of(record)} | {LINK + each for each in touched}
    met = _concepts_of(reader, urls, touched_keys) | _mentioned(reader, urls, changed)
    others = source.all_records(met - touched)
    part = Part.of([*changed, *others], touched_keys)
    findings = find_among(part, touched)
    return Again(held, changed, others, touched_keys, findings, part.left_out())


def recheck_all(session: WriteSession, urls: Urls) -> dict[str, int]:
    """Computes all keys and findings anew. Returns the number of findings by severity."""
    severities = _find_all(session, urls, DefinitionSource(session)).severities
    return {severity: severities[severity] for severity in SEVERITIES}


@dataclass(slots=True)
class _Found:
    """What comparing all definitions found, by severity, and what it left out."""

    severities: Counter[str] = field(default_factory=Counter)
    left_out: list[LeftOut] = field(default_factory=list)


def _find_all(session: WriteSession, urls: Urls, source: DefinitionSource) -> _Found:
    """All keys and findings are these from now on; both are stored as they are made, as there may be millions."""
    found = _Found()

    def triples(meetings: Meetings) -> Iterator[Triple]:
        for finding in find_everywhere(meetings):
            found.severities[finding.comparison.severity] += 1
            yield from rdf.to_triples(finding, urls)

    with Meetings() as meetings:
        meetings.add(source.by_concept())
        _write_all_keys(session, urls, meetings.keys_of_concepts())
        others = _of_sources(session, urls) | detector.description(urls)
        session.replace_graph(urls.findings, chain(others, triples(meetings)))
        found.left_out = meetings.left_out
    return found


def _write_all_keys(session: WriteSession, urls: Urls, keys_of_concepts: Iterable[tuple[str, str]]) -> None:
    """All concepts have these keys and no others from now on."""
    new: Iterable[Triple] = (_key_triple(concept, key) for concept, key in keys_of_concepts)
    old = {
        quad.triple
        for predicate in (SAMSVAR.termKey, SAMSVAR.meetingKey)
        for quad in session.quads(predicate=predicate, graph=urls.derived)
    }
    if old:
        wanted = set(new)
        session.delete(urls.derived, old - wanted)
        new = wanted - old
    session.insert(urls.derived, new)


def _of_sources(session: WriteSession, urls: Urls) -> set[Triple]:
    """The findings about sources (registry/references/following.py), which no comparison makes or unmakes."""
    found = session.quads(None, RDF.type, SAMSVAR.SourceFinding, urls.findings)
    nodes = [quad.subject for quad in found if isinstance(quad.subject, NamedNode)]
    return {triple for node in nodes for triple in rdf.triples_of(session, urls, node)}


def counts_of(session: WriteSession, urls: Urls, graph: NamedNode) -> dict[str, int]:
    """The number of findings that a catalogue or act has a part in, by severity."""
    findings = {
        quad.subject
        for predicate in (SAMSVAR.firstCatalogue, SAMSVAR.secondCatalogue)
        for quad in session.quads(None, predicate, graph, urls.findings)
    }
    severities = Counter(
        quad.object.value
        for finding in findings
        if isinstance(finding, NamedNode)
        for quad in session.quads(finding, SAMSVAR.severity, None, urls.findings)
        if isinstance(quad.object, Literal)
    )
    return {severity: severities[severity] for severity in SEVERITIES}


def _held_keys(reader: Reader, urls: Urls, concept: str) -> Iterator[Triple]:
    for predicate in (SAMSVAR.termKey, SAMSVAR.meetingKey):
        yield from (quad.triple for quad in reader.quads(NamedNode(concept), predicate, None, urls.derived))


def _key_triples(record: DefinitionRecord) -> list[Triple]:
    return [_key_triple(record.concept, key) for key in _keys_of(record)]


def _key_triple(concept: str, key: str) -> Triple:
    return Triple(NamedNode(concept), _predicate(key), Literal(key))


def _keys_of(record: DefinitionRecord) -> tuple[str, ...]:
    """Every key that a definition meets others under."""
    return (*keys(record), *other_keys(record))


def _predicate(key: str) -> NamedNode:
    return SAMSVAR.meetingKey if key.startswith(MARK) else SAMSVAR.termKey


def _write_keys(session: WriteSession, urls: Urls, again: Again) -> None:
    new = {triple for record in again.changed for triple in _key_triples(record)}
    session.delete(urls.derived, again.held - new)
    session.insert(urls.derived, new - again.held)


def _concepts_of(reader: Reader, urls: Urls, wanted: Iterable[str]) -> set[str]:
    """The concepts that have one of these keys, or that one links to."""
    found = {
        quad.subject.value
        for key in wanted
        for quad in reader.quads(None, _predicate(key), Literal(key), urls.derived)
        if isinstance(quad.subject, NamedNode)
    }
    return found | {linked(key) for key in wanted if linked(key)}


def _mentioned(reader: Reader, urls: Urls, changed: list[DefinitionRecord]) -> set[str]:
    """Concepts whose terms stand in the changed definitions of their own catalogue: those may close a circle."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for record in changed:
        wanted[record.catalogue].update(circles.mentioned_keys(record))
    return {
        concept
        for catalogue, mentioned in wanted.items()
        for concept in _concepts_of(reader, urls, mentioned)
        if any(True for _ in reader.quads(NamedNode(concept), RDF.type, None, NamedNode(catalogue)))
    }


def belonging(reader: Reader, urls: Urls, touched_keys: set[str], touched: set[str]) -> set[NamedNode]:
    """The findings that belong to touched keys (pairs) or touched concepts (circles).

    One whose terms differ is listed under both, and belongs to the key under which the two met.
    """
    by_key = {
        quad.subject
        for key in touched_keys
        for quad in reader.quads(None, _predicate(key), Literal(key), urls.findings)
        if key.startswith(MARK) or not _met_otherwise(reader, urls, quad.subject)
    }
    by_concept = {
        quad.subject
        for concept in touched
        for predicate in (SAMSVAR.firstConcept, SAMSVAR.secondConcept)
        for quad in reader.quads(None, predicate, NamedNode(concept), urls.findings)
    }
    found = {finding for finding in by_key | by_concept if isinstance(finding, NamedNode)}
    circular = {finding for finding in found if _is(reader, urls, finding, SAMSVAR.CircularFinding)}
    of_sources = {finding for finding in found if _is(reader, urls, finding, SAMSVAR.SourceFinding)}
    return {finding for finding in found - of_sources if finding in (by_concept if finding in circular else by_key)}


def comparisons(reader: Reader, urls: Urls) -> set[NamedNode]:
    """All findings but those about sources."""
    of_kind = {
        kind: {quad.subject for quad in reader.quads(None, RDF.type, kind, urls.findings)}
        for kind in (SAMSVAR.Finding, SAMSVAR.SourceFinding)
    }
    found = of_kind[SAMSVAR.Finding] - of_kind[SAMSVAR.SourceFinding]
    return {finding for finding in found if isinstance(finding, NamedNode)}


def _met_otherwise(reader: Reader, urls: Urls, finding: object) -> bool:
    """Whether the terms of a finding's definitions differ."""
    return isinstance(finding, NamedNode) and any(
        True for _ in reader.quads(finding, SAMSVAR.meetingKey, None, urls.findings)
    )


def _is(reader: Reader, urls: Urls, finding: NamedNode, kind: NamedNode) -> bool:
    return any(True for _ in reader.quads(finding, RDF.type, kind, urls.findings))


def _replace(session: WriteSession, urls: Urls, findings: set[NamedNode], triples: list[Triple]) -> None:
    """The findings make room for the new triples; what stays the same is not written again."""
    old = {triple for finding in findings for triple in rdf.triples_of(session, urls, finding)}
    new = set(triples) | detector.description(urls)
    session.delete(urls.findings, old - new)
    session.insert(urls.findings, new - old)
