"""Two definitions in, one verdict out. Symmetric: compare(b, a) is the mirror image of compare(a, b)."""

from registry.harmonisation.evidence import EVIDENCE
from registry.harmonisation.records import Comparison, DefinitionRecord
from registry.harmonisation.relations import label, score_of, suggest
from registry.harmonisation.severity import weigh


def compare(a: DefinitionRecord, b: DefinitionRecord, *, circles: bool = True) -> Comparison:
    """Relation, label, score, severity and evidence; spans count characters in a.text and b.text.

    Without `circles` only what is about the pair: the register lists a circle once, for the concept that has it.
    """
    evidence = tuple(
        item for kind in EVIDENCE if circles or kind.code != "CircularDefinition" for item in kind.find(a, b)
    )
    score = score_of(a, b)
    relation = suggest(a, b, score, evidence)
    return Comparison(
        relation,
        label(a, b, relation, score, {item.kind for item in evidence}),
        score,
        weigh(a, b, relation, score, evidence),
        evidence,
    )
