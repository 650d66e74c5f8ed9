"""What sets the wordings of a word apart: each difference once, from whichever side a finding tells it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from registry.catalogue.readings import Reading, numbers_of
from registry.harmonisation import listing
from registry.harmonisation.evidence import EVIDENCE
from registry.harmonisation.finding_table import FindingRow
from registry.harmonisation.records import DefinitionRecord, Evidence, Finding
from registry.views.context import reader
from registry.views.findings import FindingLine, explained, kind_label, line
from registry.views.languages import language

_COMPARED = 30
"""Findings of one word that its page tells of."""
_BY_CODE = {kind.code: kind for kind in EVIDENCE}

Pair = tuple[int, int, FindingLine]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference in words, with each pair of wordings that has it: their numbers (0 if unknown) and the finding.

    The first of a pair is what the words call "den ene", whichever of the two the finding names first.
    """

    severity: str
    kind: str
    words: str
    pairs: tuple[Pair, ...]


def differences(rows: Sequence[FindingRow], wordings: Sequence[Reading]) -> list[Difference]:
    """What the gravest findings rest on, the gravest first, each difference once; agreement is left out."""
    telling = [row for row in rows if row.severity != "information"]
    numbers = numbers_of(wordings)
    found: dict[tuple[str, str, str], list[Pair]] = {}
    for finding in listing.read(reader(), telling[:_COMPARED]):
        first, second = (_number(wordings, numbers, side) for side in (finding.a, finding.b))
        shown = line(finding)
        for item in finding.comparison.evidence:
            pair, what = (first, second, shown), _what(finding, item)
            turned = None if what in found else from_the_other_side(finding, item)
            if turned and (there := _what(finding, turned)) in found:
                pair, what = (second, first, replace(shown, sides=shown.sides[::-1])), there
            found.setdefault(what, []).append(pair)
    return [Difference(*what, tuple(pairs)) for what, pairs in found.items()]


def from_the_other_side(finding: Finding, item: Evidence) -> Evidence | None:
    """The same piece of evidence with b told of first; None where the two texts by themselves do not show it."""
    kind = _BY_CODE.get(item.kind)
    for turned in kind.find(finding.b, finding.a) if kind else ():
        if (turned.b_span, turned.a_span, turned.b_value, turned.a_value) == (
            item.a_span,
            item.b_span,
            item.a_value,
            item.b_value,
        ):
            return turned
    return None


def _what(finding: Finding, item: Evidence) -> tuple[str, str, str]:
    return finding.comparison.severity, kind_label(item.kind, language()), explained(item, language())


def _number(wordings: Sequence[Reading], numbers: Mapping[str, tuple[int, ...]], side: DefinitionRecord) -> int:
    """The number of the wording that a side of a finding is, 0 where the page has none."""
    of_concept = numbers.get(side.concept, ())
    exact = (number for number in of_concept if wordings[number - 1].text.value == side.text)
    return next(exact, next(iter(of_concept), 0))
