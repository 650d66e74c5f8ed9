"""ValidityGap: there is no day on which both definitions hold: one ended before the other began."""

from registry.harmonisation.evidence.base import Example
from registry.harmonisation.records import DefinitionRecord, Evidence, Severity
from registry.harmonisation.severity import valid_together

_SENTENCES = {
    "nb": "De gjelder ikke samtidig: den ene {a}, den andre {b}.",
    "nn": "Dei gjeld ikkje samstundes: den eine {a}, den andre {b}.",
    "en": "They do not hold at the same time: one {a}, the other {b}.",
}
_UNTIL = {"nb": ("til og med {}", "fra og med {}"), "nn": ("til og med {}", "frå og med {}")}
_UNTIL_EN = ("until {}", "from {}")


class ValidityGap:
    """Definitions of different times."""

    code = "ValidityGap"
    norm = "SKOS-AP-NO-Begrep, euvoc:startDate and euvoc:endDate (when a concept is valid)"
    severity: Severity = "information"
    telling = 3
    labels = {  # noqa: RUF012 - a constant
        "nb": "Ikke gyldige samtidig",
        "nn": "Ikkje gyldige samstundes",
        "en": "Not valid at the same time",
    }
    examples = (
        Example(
            "kaiplass",
            "plass ved kai",
            "plass på land",
            trips=True,
            a_facts={"valid_to": "2014-12-31"},
            b_facts={"valid_from": "2015-01-01"},
        ),
        Example(
            "kaiplass",
            "plass ved kai",
            "plass på land",
            trips=False,
            a_facts={"valid_to": "2015-01-01"},
            b_facts={"valid_from": "2015-01-01"},
        ),
        Example("kaiplass", "plass ved kai", "plass på land", trips=False, a_facts={"valid_to": "2014-12-31"}),
    )

    def find(self, a: DefinitionRecord, b: DefinitionRecord) -> list[Evidence]:
        """At most one piece of evidence; the texts themselves say nothing of it."""
        if valid_together(a, b):
            return []
        first_ends = bool(a.valid_to and b.valid_from and a.valid_to[:10] < b.valid_from[:10])
        values = (a.valid_to, b.valid_from) if first_ends else (a.valid_from, b.valid_to)
        days = values[0][:10], values[1][:10]
        forms = (0, 1) if first_ends else (1, 0)
        sentences = {
            language: text.format(
                a=_UNTIL.get(language, _UNTIL_EN)[forms[0]].format(days[0]),
                b=_UNTIL.get(language, _UNTIL_EN)[forms[1]].format(days[1]),
            )
            for language, text in _SENTENCES.items()
        }
        return [Evidence(self.code, sentences, None, None, *days)]
