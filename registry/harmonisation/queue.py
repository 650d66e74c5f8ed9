"""The order in which findings are shown: severity; then each term once before any term twice; then how telling.

Telling is, in this order: a typed contradiction, limit or hierarchy; two bodies that answer for the two definitions;
how strong the evidence is and how alike the texts are. The more alike two definitions are that set different limits,
the surer that they mean one concept. Regulations of one ministry are often copies of each other and stand behind; so do
those that make different acts of the EU law, whose words they take over, and the days of transitional rules.

The rounds are counted within a block of one term, so a block's ranks can be computed again by themselves.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from registry.harmonisation.eu_words import across
from registry.harmonisation.evidence import KINDS
from registry.harmonisation.records import SEVERITIES, Comparison, DefinitionRecord, Finding
from registry.harmonisation.severity import STRONG

_ROUND = 10_000
_ROUNDS = 1_000
"""So many findings of one term and severity are told apart; those beyond share the last round."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")
_TYPED, _ACROSS, _TELLING, _ALIKE = 3_500, 2_500, 25, 1_400


def ranked(block: Iterable[Finding]) -> Iterator[Finding]:
    """The findings of one block with their ranks."""
    rounds: dict[str, int] = {}
    for finding in sorted(block, key=lambda finding: (-worth(finding), finding.id)):
        severity = finding.comparison.severity
        place = rounds.get(severity, 0)
        rounds[severity] = place + 1
        step = SEVERITIES.index(severity) * _ROUNDS + min(place, _ROUNDS - 1)
        yield replace(finding, rank=step * _ROUND + _ROUND - 1 - worth(finding))


def worth(finding: Finding) -> int:
    """How telling a finding is among those of its severity, from 0 to 9 999."""
    comparison = finding.comparison
    kinds = {item.kind for item in comparison.evidence}
    telling = max((KINDS[kind].telling for kind in kinds), default=0)
    score = 0 if comparison.relation in {"homonym", "coordinate"} else comparison.likeness
    typed = bool(kinds & STRONG) and not _only_days(comparison)
    found = _TELLING * telling + round(_ALIKE * score) + _TYPED * typed
    apart = body(finding.a) != body(finding.b) and not across(finding.a, finding.b)
    return min(_ROUND - 1, found + _ACROSS * apart)


def _only_days(comparison: Comparison) -> bool:
    """Whether nothing but days of the calendar differs, as in transitional rules, of which each act has its own."""
    strong = [item for item in comparison.evidence if item.kind in STRONG]
    return all(_DAY.search(item.a_value) and _DAY.search(item.b_value) for item in strong)


def body(side: DefinitionRecord) -> str:
    """Who answers for a definition: the publisher, for law the ministry, else the catalogue."""
    return side.publisher or side.publisher_name or side.catalogue
