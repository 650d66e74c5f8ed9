"""Severity: evidence, weighed by legal hierarchy, publisher, field, scope and validity.

critical      a contradiction or differing thresholds, valid together, in one hierarchy, one publisher or one field
major         other thresholds and contradictions; exceptions; departures from an enabling act or a cited provision
minor         genus, wording, circles
information   the same in other words, by reference, additions, homonyms of other fields, definitions that never hold
              together
"""

import re

from registry.harmonisation.records import SEVERITIES, DefinitionRecord, Evidence, Relation, Severity
from registry.harmonisation.relations import CONFLICTING, SAME, other_field

STRONG = CONFLICTING | {"HierarchyDivergence", "CitationDivergence"}
_ADDING = frozenset({"ExtensionClause"})
_ONE_SIDED = frozenset({"ExceptionDifference"})
_ALIKE = 0.1
"""Below this likeness an exception on one side tells little: the definitions differ in everything else too."""
_BY_CHANCE = 0.05
"""Below this likeness a word that one takes out and the other puts in may stand in both by chance."""
_NARROW_SCOPE = re.compile(
    r"\b(?:kapi(?:ttel(?:et)?|tlet|ttlet)|paragraf(?:en)?|§|avsnitt(?:et)?|del(?:en)?|ledd(?:et)?|chapter|section)\b",
    re.IGNORECASE,
)


def in_hierarchy(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    """Whether one stands in a regulation that is given under the other's act, or both in one act."""
    return bool(a.act and b.act) and (a.act == b.act or a.act in b.enabling or b.act in a.enabling)


def same_publisher(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    """Whether one body answers for both."""
    return bool(a.publisher) and a.publisher == b.publisher


def same_field(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    """Whether both name one subject field."""
    return bool({subject.casefold() for subject in a.subjects} & {subject.casefold() for subject in b.subjects})


def valid_together(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    """Whether there is a day on which both hold; an open end never excludes one."""
    starts_after = bool(a.valid_from and b.valid_to and a.valid_from[:10] > b.valid_to[:10])
    ends_before = bool(a.valid_to and b.valid_from and a.valid_to[:10] < b.valid_from[:10])
    return not (starts_after or ends_before)


def scopes_meet(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    """False where both hold for a chapter or section only, of different acts."""
    narrow = bool(_NARROW_SCOPE.search(a.scope)) and bool(_NARROW_SCOPE.search(b.scope))
    return not (narrow and a.act != b.act)


def _is_no_disagreement(a: DefinitionRecord, b: DefinitionRecord, relation: Relation) -> bool:
    """The same in other words or by reference, or a homonym that its field tells apart."""
    return relation in SAME or relation == "synonym" or (relation == "homonym" and other_field(a, b))


def weigh(
    a: DefinitionRecord, b: DefinitionRecord, relation: Relation, score: float, evidence: tuple[Evidence, ...]
) -> Severity:
    """The severity of a comparison."""
    from registry.harmonisation.evidence import KINDS  # noqa: PLC0415 - kinds use this module's tests of place

    kinds = {item.kind for item in evidence}
    if (
        not valid_together(a, b)
        or (kinds & _ADDING and not kinds & CONFLICTING)
        or (not kinds & CONFLICTING and _is_no_disagreement(a, b, relation))
    ):
        return "information"
    if relation in {"homonym", "coordinate"} and not kinds & CONFLICTING:
        return "minor"
    worst = min((SEVERITIES.index(KINDS[kind].severity) for kind in kinds), default=SEVERITIES.index("minor"))
    close = in_hierarchy(a, b) or same_publisher(a, b) or same_field(a, b)
    if kinds & CONFLICTING and close:
        worst = SEVERITIES.index("critical")
    unsure = kinds & _ONE_SIDED and not kinds & STRONG and score < _ALIKE
    by_chance = kinds & STRONG == {"InclusionExclusionContradiction"} and score < _BY_CHANCE
    if not scopes_meet(a, b) or unsure or by_chance:
        worst += 1
    return SEVERITIES[min(worst, len(SEVERITIES) - 1)]
