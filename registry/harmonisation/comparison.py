"""Two definitions in, one verdict out. Symmetric: compare(b, a) is the mirror image of compare(a, b)."""

from collections.abc import Set as AbstractSet

from registry.harmonisation.bases import cited
from registry.harmonisation.candidates import keys, meeting_key
from registry.harmonisation.evidence import EVIDENCE, PROVING
from registry.harmonisation.limits import same_limits
from registry.harmonisation.negations import denials
from registry.harmonisation.packs import families
from registry.harmonisation.records import Comparison, DefinitionRecord, Evidence, Label, Relation
from registry.harmonisation.relations import (
    GENERIC,
    SAME,
    certain_label,
    likeness,
    lists_members,
    settled,
    suggest,
    unambiguous,
)
from registry.harmonisation.scoring.model import numbers_of, scorer
from registry.harmonisation.severity import weigh
from registry.harmonisation.wording import swapped
from registry.harmonisation.words import family, load_dictionaries

_BY_REFERENCE: frozenset[Relation] = frozenset({"incorporatedByReference"})
_OF_WORDING = frozenset({"CharacteristicDifference", "EnumerationDifference", "GenusDifference"})
"""What says where two texts differ, and not that they contradict each other."""


def compare(a: DefinitionRecord, b: DefinitionRecord, *, circles: bool = True) -> Comparison:
    """Relation, label, scores, severity and evidence; spans count characters in a.text and b.text.

    Without `circles` only what is about the pair: the register lists a circle once, for the concept that has it.
    """
    evidence = evidence_of(a, b, circles=circles)
    kinds = {item.kind for item in evidence}
    alike = likeness(a, b)
    suggested = suggest(a, b, alike, evidence)
    label, same_score = _judged(a, b, suggested, kinds)
    relation = settled(suggested, label)
    if relation in SAME - _BY_REFERENCE and meeting_key(a, b) is None and keys(a) and keys(b):
        relation = "synonym"
    severity = weigh(a, b, relation, alike, evidence)
    return Comparison(relation, label, same_score, severity, (*evidence, *_proofs(a, b)), alike)


def prepare() -> None:
    """Reads and compiles what the first comparison of a process does otherwise, dictionaries, packs and scorer."""
    load_dictionaries()
    for language in families():
        compare(DefinitionRecord("a", "a b 1", language), DefinitionRecord("a", "a c 2", language))


def evidence_of(a: DefinitionRecord, b: DefinitionRecord, *, circles: bool = True) -> tuple[Evidence, ...]:
    """Everything that tells the two apart, most telling kind first."""
    return tuple(item for kind in EVIDENCE if circles or kind.code != "CircularDefinition" for item in kind.find(a, b))


def _proofs(a: DefinitionRecord, b: DefinitionRecord) -> tuple[Evidence, ...]:
    """What is proved of the two, whatever they were judged to be."""
    return tuple(item for kind in PROVING for item in kind.find(a, b))


def _judged(
    a: DefinitionRecord, b: DefinitionRecord, relation: Relation, kinds: AbstractSet[str]
) -> tuple[Label, float]:
    """The label and same_score. Where words cannot be compared across languages, the relation alone decides."""
    certain = certain_label(a, b, relation, kinds)
    if certain == "same":
        return certain, 1.0
    if family(a.language) != family(b.language):
        return certain or "harmonisable", 0.0
    judged = scorer().judge(numbers_of(a, b, relation, kinds))
    return certain or allowed(a, b, judged.label, relation, kinds), judged.same_score


def allowed(
    a: DefinitionRecord, b: DefinitionRecord, label: Label, relation: Relation, kinds: AbstractSet[str]
) -> Label:
    """A learned label, unless something speaks against it that is not learned from words in common.

    What one source defines twice under one term is held to be one concept, unless it names two fields; so is what a
    phrase or a long compound names, and what one describes and the other lists. Texts of which one denies more than the
    other do not say the same, nor do those with other limits, or in which two things change places. Where one only says
    more of the same concept (narrower, broader), nothing conflicts; where both leave it to provisions, and to different
    ones, something does.
    """
    if label == "homonym" and relation != "homonym" and ("WithinSourceDivergence" in kinds or unambiguous(a.term)):
        return "conflict"
    if label == "homonym" and lists_members(a, b):
        return "harmonisable"
    if label == "conflict" and relation in GENERIC and kinds <= _OF_WORDING:
        return "harmonisable"
    if label in {"same", "harmonisable"} and "LegalBasisDifference" in kinds and cited(a.text) and cited(b.text):
        return "conflict"
    space = family(a.language)
    apart = denials(a.text, space) != denials(b.text, space) or swapped(a.text, b.text, space) or not same_limits(a, b)
    return "harmonisable" if label == "same" and apart else label
