"""Findings about one definition and the law that its source names. Both sides of such a finding are the definition."""

import hashlib
from collections.abc import Iterable

from registry.harmonisation import queue
from registry.harmonisation.evidence import KINDS, SOURCE_EVIDENCE
from registry.harmonisation.findings import text_hash
from registry.harmonisation.records import SEVERITIES, Comparison, DefinitionRecord, Evidence, Finding
from registry.references.resolving import ResolvedReference

_SOURCE_KINDS = frozenset(kind.code for kind in SOURCE_EVIDENCE)
_ID_LENGTH = 16


def evidence_of(cited: Iterable[tuple[ResolvedReference, bool]]) -> tuple[Evidence, ...]:
    """What is wrong with these references, each with whether the law in force is held; nothing comes twice."""
    found: dict[tuple[str, str, str], Evidence] = {}
    for reference, complete in cited:
        section = reference.provision if reference.provision_status in {"missing", "repealed"} else ""
        for kind in SOURCE_EVIDENCE:
            for item in kind.find(reference, complete=complete):
                found.setdefault((kind.code, reference.found.refid or reference.found.written, section), item)
    return tuple(found.values())


def finding_about(record: DefinitionRecord, evidence: tuple[Evidence, ...]) -> Finding:
    """The finding of a definition, with its place in the queue."""
    severity = min((KINDS[item.kind].severity for item in evidence), key=SEVERITIES.index)
    comparison = Comparison("identical", "same", 1.0, severity, evidence)
    named = f"sources {record.definition or record.concept} {text_hash(record.text)}"
    identifier = hashlib.sha256(named.encode()).hexdigest()[:_ID_LENGTH]
    [finding] = queue.ranked([Finding(identifier, record.term, record, record, comparison)])
    return finding


def is_about_sources(finding: Finding) -> bool:
    """Whether the finding is about the sources of one definition."""
    kinds = {item.kind for item in finding.comparison.evidence}
    return bool(kinds) and kinds <= _SOURCE_KINDS
