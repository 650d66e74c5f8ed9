"""Definitions in, findings out.

A finding is a pair of definitions of one term with what tells them apart, or a circle: a definition that uses its own
term (the finding relates it to itself: a is b) or two concepts of one catalogue that are defined by each other.
Definitions whose terms differ make one where they say the same, or are linked and contradict each other
(encounters.py). Identical texts and copies are findings too, with the severity `information`: they can be shared.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from registry.harmonisation import circles, parallel, queue
from registry.harmonisation.candidates import Candidate, Candidates, identity
from registry.harmonisation.encounters import Encounters, comparison_of, way
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
    candidates = Candidates(records)
    return find_among(candidates, Encounters(candidates.records), touched_keys, touched_concepts)


def find_among(
    candidates: Candidates,
    encounters: Encounters,
    touched_keys: Collection[str] | None = None,
    touched_concepts: Collection[str] | None = None,
) -> list[Finding]:
    """The same, where the definitions are in their blocks already.

    While other processes compare definitions of one term, this one sees to the rest.
    """
    blocks: dict[str, list[Finding]] = defaultdict(list)
    with parallel.begun(candidates.pairs(touched_keys), candidates.about(touched_keys)) as verdicts:
        met = [(each.key, finding) for each in encounters.pairs(touched_keys) if (finding := _of_encounter(each))]
        in_circles = list(circles.find(candidates.records, touched_concepts))
        for candidate, comparison in verdicts:
            if finding := _as_read(_of_pair(candidate, comparison), candidates.block(candidate.key)):
                blocks[candidate.key].append(finding)
    for key, finding in met:
        blocks[key].append(finding)
    ranked = [finding for block in blocks.values() for finding in queue.ranked(block)]
    for circle in in_circles:
        ranked += queue.ranked([_of_circle(*circle)])
    return sorted({finding.id: finding for finding in ranked}.values(), key=lambda finding: (finding.rank, finding.id))


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


def _of_encounter(met: Candidate) -> Finding | None:
    a, b = met.a, met.b
    comparison = comparison_of(met)
    return Finding(finding_id(a, b), a.term, a, b, comparison, met=way(met.key)) if comparison else None


def _of_circle(a: DefinitionRecord, b: DefinitionRecord, comparison: Comparison) -> Finding:
    return Finding(finding_id(a, b), a.term, a, b, comparison)


def is_circle(finding: Finding) -> bool:
    """Whether the finding is about a circle and not about two definitions of one term."""
    return finding.a == finding.b or (finding.met == "term" and circles.is_outer(finding.a, finding.b))


def rank(finding: Finding) -> int:
    """The finding's place in the queue, lower first."""
    return finding.rank
