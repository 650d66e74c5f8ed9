"""The kinds of evidence: one file each, named in this tuple. A newcomer adds a file and a line here."""

from registry.harmonisation.evidence.base import EvidenceKind
from registry.harmonisation.evidence.characteristic_difference import CharacteristicDifference
from registry.harmonisation.evidence.circular_definition import CircularDefinition
from registry.harmonisation.evidence.exception_difference import ExceptionDifference
from registry.harmonisation.evidence.genus_difference import GenusDifference
from registry.harmonisation.evidence.hierarchy_divergence import HierarchyDivergence
from registry.harmonisation.evidence.inclusion_exclusion_contradiction import InclusionExclusionContradiction
from registry.harmonisation.evidence.threshold_difference import ThresholdDifference
from registry.harmonisation.evidence.within_source_divergence import WithinSourceDivergence

EVIDENCE: tuple[EvidenceKind, ...] = (
    InclusionExclusionContradiction(),
    ThresholdDifference(),
    HierarchyDivergence(),
    ExceptionDifference(),
    WithinSourceDivergence(),
    GenusDifference(),
    CircularDefinition(),
    CharacteristicDifference(),
)
"""Every kind, most telling first."""

KINDS: dict[str, EvidenceKind] = {kind.code: kind for kind in EVIDENCE}
"""Kind by its code."""
