"""The kinds of evidence: one file each, named in this tuple. A newcomer adds a file and a line here."""

from registry.harmonisation.evidence.base import EvidenceKind, SourceKind
from registry.harmonisation.evidence.characteristic_difference import CharacteristicDifference
from registry.harmonisation.evidence.circular_definition import CircularDefinition
from registry.harmonisation.evidence.citation_divergence import CitationDivergence
from registry.harmonisation.evidence.enumeration_difference import EnumerationDifference
from registry.harmonisation.evidence.exception_difference import ExceptionDifference
from registry.harmonisation.evidence.extension_clause import ExtensionClause
from registry.harmonisation.evidence.genus_difference import GenusDifference
from registry.harmonisation.evidence.hierarchy_divergence import HierarchyDivergence
from registry.harmonisation.evidence.inclusion_exclusion_contradiction import InclusionExclusionContradiction
from registry.harmonisation.evidence.legal_basis_difference import LegalBasisDifference
from registry.harmonisation.evidence.quantifier_difference import QuantifierDifference
from registry.harmonisation.evidence.scope_disjoint import ScopeDisjoint
from registry.harmonisation.evidence.stale_source import StaleSource
from registry.harmonisation.evidence.threshold_difference import ThresholdDifference
from registry.harmonisation.evidence.threshold_one_sided import ThresholdOneSided
from registry.harmonisation.evidence.threshold_proof import ThresholdProof
from registry.harmonisation.evidence.unresolved_reference import UnresolvedReference
from registry.harmonisation.evidence.validity_gap import ValidityGap
from registry.harmonisation.evidence.within_source_divergence import WithinSourceDivergence

EVIDENCE: tuple[EvidenceKind, ...] = (
    InclusionExclusionContradiction(),
    ThresholdDifference(),
    HierarchyDivergence(),
    CitationDivergence(),
    ExceptionDifference(),
    QuantifierDifference(),
    ThresholdOneSided(),
    WithinSourceDivergence(),
    GenusDifference(),
    EnumerationDifference(),
    LegalBasisDifference(),
    CircularDefinition(),
    CharacteristicDifference(),
    ExtensionClause(),
    ScopeDisjoint(),
    ValidityGap(),
)
"""Every kind that two definitions are compared by, most telling first."""

PROVING: tuple[EvidenceKind, ...] = (ThresholdProof(),)
"""Kinds that add a proof to what the others say: relation, label and severity of a comparison do not depend on them."""

SOURCE_EVIDENCE: tuple[SourceKind, ...] = (StaleSource(), UnresolvedReference())
"""Every kind that is about one definition and the law that its source names."""

_ALL: tuple[EvidenceKind | SourceKind, ...] = (*EVIDENCE, *PROVING, *SOURCE_EVIDENCE)
KINDS: dict[str, EvidenceKind | SourceKind] = {kind.code: kind for kind in _ALL}
"""Kind by its code."""
