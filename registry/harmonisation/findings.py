"""Definitions in, findings out.

A finding is a pair of definitions of one term with what tells them apart, or a circle: a definition that uses its own
term (the finding relates it to itself: a is b) or two concepts of one catalogue that are defined by each other.
Definitions whose terms differ make one where they say the same, or are linked and contradict each other
(encounters.py). Identical texts and copies are findings too, with the severity `information`: they can be shared.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import chain, groupby

from registry.harmonisation import circles, parallel, queue
from registry.harmonisation.candidates import Candidate, identity
from registry.harmonisation.encounters import is_told, way
from registry.harmonisation.meetings import Meetings, Part
from registry.harmonisation.reading import compared_as_read, depends, reading
from registry.harmonisation.records import Comparison, DefinitionRecord, Finding
from registry.harmonisation.relations import CONFLICTING

_ID_LENGTH = 16


def text_hash(text: str) -> str:
    """The fingerprint of a definition's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def fingerprint(text: str) -> str:
    """A definition's text as a finding remembers it: the first sixteen hexadecimal digits."""
    return text_hash(text)[:_ID_LENGTH]


def pair_fingerprint(a: DefinitionRecord, b: DefinitionRecord) -> str:
    """The unordered pair of texts, whoever says them: both fingerprints, the lower first."""
    return "-".join(sorted(fingerprint(side.text) for side in (a, b)))


def finding_id(a: DefinitionRecord, b: DefinitionRecord) -> str:
    """Sixteen hexadecimal digits over the unordered pair of definition IRIs and text hashes."""
    sides = sorted(f"{side.definition or side.concept or side.term} {text_hash(side.text)}" for side in (a, b))
    return hashlib.sha256("\n".join(sides).encode()).hexdigest()[:_ID_LENGTH]


def find(
    records: Iterable[DefinitionRecord],
    touched_keys: Collection[str] | None = None,
    touched_concepts: Collection[str] | None = None,
) -> list[Finding]:
    """All findings in a set of definitions, worst first.

    With `touched_keys` pairs are sought in those blocks only, with `touched_concepts` circles through those concepts
    only; `records` must then hold everything in the blocks and in the concepts' catalogues.
    """
    return find_among(Part.of(records, touched_keys), touched_concepts)


def find_among(part: Part, touched_concepts: Collection[str] | None = None) -> list[Finding]:
    """The same, where the definitions are in their blocks already.

    While other processes compare definitions, this one seeks circles.
    """
    with parallel.begun(part.pairs(), part.about()) as verdicts:
        in_circles = list(_in_circles(part.candidates.records, touched_concepts))
        found = {finding.id: finding for finding in chain(_ranked(verdicts), in_circles)}
    return sorted(found.values(), key=lambda finding: (finding.rank, finding.id))


def find_everywhere(meetings: Meetings) -> Iterator[Finding]:
    """All findings in a register, each as soon as it is made, in no order that means anything; none twice."""
    with parallel.begun(meetings.pairs(), meetings.about()) as verdicts:
        in_circles = (finding for records in meetings.catalogues() for finding in _in_circles(records))
        yield from (finding for finding in chain(in_circles, _ranked(verdicts)) if meetings.is_new(finding.id))


def _in_circles(records: Iterable[DefinitionRecord], touched: Collection[str] | None = None) -> Iterator[Finding]:
    for a, b, comparison in circles.find(records, touched):
        yield from queue.ranked([Finding(finding_id(a, b), a.term, a, b, comparison)])


def _ranked(verdicts: Iterable[parallel.Verdict]) -> Iterator[Finding]:
    """What is told of those who met, with its place in the queue; a block's verdicts come one after the other."""
    for _, block in groupby(verdicts, key=lambda verdict: verdict[0].key):
        told = (_told(candidate, comparison) for candidate, comparison in block)
        yield from queue.ranked(filter(None, told))


def _told(candidate: Candidate, comparison: Comparison) -> Finding | None:
    if way(candidate.key) == "term":
        return _as_read(_of_pair(candidate, comparison), candidate.block)
    a, b = candidate.a, candidate.b
    if not is_told(candidate, comparison):
        return None
    return Finding(finding_id(a, b), a.term, a, b, comparison, met=way(candidate.key))


def _of_pair(candidate: Candidate, comparison: Comparison) -> Finding | None:
    a, b = candidate.a, candidate.b
    kinds = {item.kind for item in comparison.evidence}
    if identity(a) == identity(b) and not kinds & CONFLICTING:
        return None
    if a.concept and a.concept == b.concept and comparison.relation in {"identical", "editorialVariant"}:
        return None
    return Finding(finding_id(a, b), a.term, a, b, comparison)


def _as_read(finding: Finding | None, block: Iterable[DefinitionRecord]) -> Finding | None:
    """The finding, where a definition points to another or adds to one, of the definitions as they are read."""
    if finding is None or not (depends(finding.a) or depends(finding.b)):
        return finding
    first, second = reading(finding.a, block), reading(finding.b, block)
    through = "; ".join(each.through for each in (first, second) if each)
    comparison = compared_as_read(finding.a, finding.b, first, second) if through else None
    return replace(finding, comparison=comparison or finding.comparison, through=through)


def is_circle(finding: Finding) -> bool:
    """Whether the finding is about a circle and not about two definitions of one term."""
    return finding.a == finding.b or (finding.met == "term" and circles.is_outer(finding.a, finding.b))


def rank(finding: Finding) -> int:
    """The finding's place in the queue, lower first."""
    return finding.rank
