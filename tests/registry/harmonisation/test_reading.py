from dataclasses import replace

from definition_samples import make

from registry.harmonisation.findings import find
from registry.harmonisation.records import DefinitionRecord, Finding, SourceReference

ACT = "http://register.example/legislation/lov/2019/06/21/70"
HARBOUR = replace(
    make("havn", "område der fartøyer på over 15 meter kan ligge", 1),
    statutory=True,
    act=ACT,
    sources=(SourceReference("havne- og farvannsloven § 4", f"{ACT}/4"),),
)
OTHER = make("havn", "område der fartøyer på over 10 meter kan ligge", 2, publisher="kyst")
POINTING = make("havn", "havn som definert i lov 21. juni 2019 nr. 70 § 4", 3, publisher="by")
ADDING = replace(make("havn", "Som havn regnes også flytebrygge", 4), statutory=True, act=ACT)


def between(found: list[Finding], one: DefinitionRecord, other: DefinitionRecord) -> Finding:
    pair = {one.concept, other.concept}
    return next(finding for finding in found if {finding.a.concept, finding.b.concept} == pair)


def test_a_definition_by_reference_is_compared_as_what_it_refers_to() -> None:
    found = find([HARBOUR, OTHER, POINTING])
    through = between(found, OTHER, POINTING)
    assert through.through == "lov 21. juni 2019 nr. 70 § 4"
    assert through.comparison.severity == "minor"
    assert between(found, HARBOUR, OTHER).comparison.severity == "major"
    [limit] = [item for item in through.comparison.evidence if item.kind == "ThresholdDifference"]
    spans = {through.a.concept: limit.a_span, through.b.concept: limit.b_span}
    assert spans[POINTING.concept] is None
    assert OTHER.text[slice(*(spans[OTHER.concept] or (0, 0)))] == "over 10 meter"


def test_what_it_refers_to_is_the_same_by_reference() -> None:
    finding = between(find([HARBOUR, OTHER, POINTING]), HARBOUR, POINTING)
    assert (finding.comparison.relation, finding.through) == ("incorporatedByReference", "lov 21. juni 2019 nr. 70 § 4")


def test_a_reference_that_leads_nowhere_is_left_as_it_is() -> None:
    astray = replace(POINTING, text="havn som definert i lov 21. juni 2019 nr. 70 § 9")
    finding = between(find([HARBOUR, OTHER, astray]), OTHER, astray)
    assert (finding.comparison.relation, finding.through) == ("incorporatedByReference", "")


def test_an_addition_is_read_with_what_it_adds_to() -> None:
    against = replace(OTHER, text="område der fartøyer på over 15 meter kan ligge, unntatt flytebrygge")
    finding = between(find([HARBOUR, against, ADDING]), against, ADDING)
    kinds = {item.kind for item in finding.comparison.evidence}
    assert "InclusionExclusionContradiction" in kinds
    assert finding.through == HARBOUR.said_by
    [item] = [item for item in finding.comparison.evidence if item.kind == "InclusionExclusionContradiction"]
    place = item.a_span if finding.a.concept == ADDING.concept else item.b_span
    assert "flytebrygge" in ADDING.text[slice(*(place or (0, 0)))]
