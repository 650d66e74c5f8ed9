"""ThresholdDifference: both definitions set a limit on the same thing, and the limits differ.

Limits meet only in their family (age with age, share with share). What both texts share is taken away first; of what
is left, two limits are held against each other if they bound from the same side and stand among the same words, or
if there is nothing else that they could be about.
"""

from registry.harmonisation.evidence.base import Example, comparable
from registry.harmonisation.limits import differing
from registry.harmonisation.quantities import Quantity, quantities
from registry.harmonisation.quantities.phrasing import name, words
from registry.harmonisation.records import DefinitionRecord, Evidence, Severity
from registry.harmonisation.words import family

_SENTENCES = {
    "nb": "{name} er {a} i den ene og {b} i den andre.",
    "nn": "{name} er {a} i den eine og {b} i den andre.",
    "en": "{name} is {a} in one and {b} in the other.",
}


class ThresholdDifference:
    """Differing limits: ages, durations, amounts, shares, dates, measures, numbers of things."""

    code = "ThresholdDifference"
    norm = "ISO 704:2022, 6.4 (delimiting characteristics); de Marneffe, Rafferty and Manning 2008 (numeric mismatch)"
    severity: Severity = "major"
    telling = 90
    labels = {"nb": "Ulike grenser", "nn": "Ulike grenser", "en": "Different thresholds"}  # noqa: RUF012 - a constant
    examples = (
        Example("ungdomskort", "kort for person under 20 år", "kort for person under 25 år", trips=True),
        Example(
            "deltidselev",
            "elev med minst 40 prosent av full plan",
            "elev med minst halvparten av full plan",
            trips=True,
        ),
        Example("småbåt", "båt med lengde under 8 meter", "båt med lengde på høyst 15 meter", trips=True),
        Example(
            "storkunde",
            "kunde med kjøp over 2 G i året",
            "kunde med kjøp over to ganger grunnbeløpet i året",
            trips=False,
        ),
        Example("langtidsleie", "leie i minst ett år", "leie i minst 12 måneder", trips=False),
        Example("voksen", "person over 18 år", "person som har fylt 18 år", trips=False),
        Example("ungdomslag", "lag for person på høyst 16 år", "lag for person på høyst 20 år i bygda", trips=True),
        Example("frist", "plikt til å søke innen fem år", "plikt til å søke innen seks år", trips=True),
        Example(
            "øyboer", "bodd her mer enn 90 dager", "bodd her mer enn 183 dager i løpet av tolv måneder", trips=True
        ),
        Example("øyboer", "bodd på øya i minst ett år", "bodd på øya minst ett år i løpet av tre år", trips=False),
        Example(
            "kontrollør",
            "den som er godkjent etter forskrift om fartøy under 15 meter",
            "den som er godkjent for fartøy under 24 meter",
            trips=False,
        ),
        Example(
            "kontrollør",
            "den som er godkjent etter forskrift 2. mai 2003 nr. 7 om leie over 5 år",
            "den som er godkjent ved leie over 8 år",
            trips=False,
        ),
        Example(
            "flåte",
            "fartøy med fart over 5 km/t. Flåter deles i tre klasser: små flåter har fart over 9 km/t",
            "fartøy med fart over 5 km/t; flåter kan ha seil",
            trips=False,
        ),
        Example("korttidsopphold", "opphold under 3 måneder for barn", "opphold for barn under 3 år", trips=False),
        Example(
            "sesongkort", "kort etter lov 3. mars 2001 nr. 5 § 4", "kort etter lov 9. mai 2008 nr. 7 § 6", trips=False
        ),
        Example(
            "youth ticket",
            "ticket for a person under 20 years of age",
            "ticket for a person under 26 years of age",
            trips=True,
            language="en",
        ),
    )

    def find(self, a: DefinitionRecord, b: DefinitionRecord) -> list[Evidence]:
        """Pairs of limits that differ."""
        if not comparable(a, b):
            return []
        space = family(a.language)
        mine, theirs = quantities(a.text, space), quantities(b.text, space)
        if not mine or not theirs:
            return []
        return [_evidence(first, second) for first, second in differing(a, b, mine, theirs)]


def _evidence(first: Quantity, second: Quantity) -> Evidence:
    sentences = {
        language: sentence.format(
            name=name(first.family, language), a=words(first, language), b=words(second, language)
        )
        for language, sentence in _SENTENCES.items()
    }
    return Evidence(
        ThresholdDifference.code,
        sentences,
        (first.start, first.end),
        (second.start, second.end),
        words(first, "nb"),
        words(second, "nb"),
    )
