"""ThresholdProof: what follows from two limits of one thing, whoever reads them.

The limits are read as sets of numbers in one unit, without rounding; one lies within the other, or they have no number
in common. That proves something of the limited characteristic ("in respect of age"); of the concepts themselves only
where the definitions say the same beside their limits. It adds to what is known of a difference and weighs nothing.
"""

from registry.harmonisation.evidence.base import Example, comparable
from registry.harmonisation.proofs.exact import in_one_unit
from registry.harmonisation.proofs.phrasing import sentences
from registry.harmonisation.proofs.proof import Conclusion, Extent, Proof, conclusion
from registry.harmonisation.proofs.subject import offers_alternatives, same_otherwise, single_limits
from registry.harmonisation.quantities import Quantity
from registry.harmonisation.quantities.phrasing import words
from registry.harmonisation.records import DefinitionRecord, Evidence, Severity


class ThresholdProof:
    """One limit lies within the other, or nothing satisfies both."""

    code = "ThresholdProof"
    norm = "OWL 2 Structural Specification, 7.5 (datatype restrictions); ISO 704:2022, 6.4 (delimiting characteristics)"
    severity: Severity = "information"
    telling = 10
    labels = {"nb": "Bevis av grenser", "nn": "Bevis av grenser", "en": "Proof from limits"}  # noqa: RUF012 - a constant
    examples = (
        Example("ungdomskort", "kort for person under 20 år", "kort for person under 25 år", trips=True),
        Example("småbåt", "båt med lengde under 800 cm og seil", "båt med lengde på høyst 15 meter", trips=True),
        Example("båtlag", "lag med høyst 8 medlemmer", "lag med 12 eller flere medlemmer", trips=True),
        Example("pause", "opphold i arbeidet på minst 45 minutter", "opphold i arbeidet på minst 1 time", trips=True),
        Example("voksen", "person over 18 år", "person som har fylt 18 år", trips=False),
        Example("korttidsleie", "leie i høyst 30 dager", "leie i høyst 2 måneder", trips=False),
        Example("ungdom", "person mellom 13 og 18 år", "person mellom 15 og 24 år", trips=False),
        Example("ungdomskort", "kort på 20 kroner", "kort på 25 kroner", trips=False),
        Example("torgbåt", "båt, unntatt båt under 5 meter", "båt, unntatt båt under 8 meter", trips=False),
        Example(
            "youth ticket",
            "ticket for a person under 20 years of age",
            "ticket for a person under 26 years of age",
            trips=True,
            language="en",
        ),
    )

    def find(self, a: DefinitionRecord, b: DefinitionRecord) -> list[Evidence]:
        """What the limits of the two prove, one piece for each characteristic."""
        if not comparable(a, b):
            return []
        found = ((_proof(a, b, first, second), first, second) for first, second in single_limits(a, b))
        return [_evidence(proof, first, second) for proof, first, second in found if proof]


def _proof(a: DefinitionRecord, b: DefinitionRecord, first: Quantity, second: Quantity) -> Proof | None:
    """What two limits prove, if anything."""
    exactly = in_one_unit(first, second)
    if exactly is None:
        return None
    unit, one, other = exactly
    proved = conclusion(one, other)
    return Proof(proved, _extent(a, b, proved), first.family, unit, one, other) if proved else None


def _extent(a: DefinitionRecord, b: DefinitionRecord, proved: Conclusion) -> Extent:
    """Of the concepts, where only the limits differ; that nothing is both, only where the limit is no alternative."""
    whole = same_otherwise(a, b) and not (proved == "disjoint" and (offers_alternatives(a) or offers_alternatives(b)))
    return "concept" if whole else "characteristic"


def _evidence(proof: Proof, first: Quantity, second: Quantity) -> Evidence:
    return Evidence(
        ThresholdProof.code,
        sentences(proof, first, second),
        (first.start, first.end),
        (second.start, second.end),
        words(first, "nb"),
        words(second, "nb"),
        proof,
    )
