"""ScopeDisjoint: both definitions hold for a part of an act only, and for parts of different acts."""

from registry.harmonisation.evidence.base import Example, quote
from registry.harmonisation.records import DefinitionRecord, Evidence, Severity
from registry.harmonisation.severity import scopes_meet

_SENTENCES = {
    "nb": "Den ene gjelder bare «{a}», den andre bare «{b}», i hver sin lov eller forskrift.",
    "nn": "Den eine gjeld berre «{a}», den andre berre «{b}», i kvar si lov eller forskrift.",
    "en": "One holds only “{a}”, the other only “{b}”, each in an act or regulation of its own.",
}
_HARBOUR, _ROAD = ({"act": f"https://example.no/lov/{number}", "statutory": True} for number in (1, 2))


class ScopeDisjoint:
    """Parts of different acts: the two never meet in one text."""

    code = "ScopeDisjoint"
    norm = "Joint Practical Guide of the EU, guideline 14 (the scope of definitions); ISO 704:2022, 5.4 (subject field)"
    severity: Severity = "information"
    telling = 4
    labels = {  # noqa: RUF012 - a constant
        "nb": "Atskilte virkeområder",
        "nn": "Åtskilde verkeområde",
        "en": "Disjoint scopes",
    }
    examples = (
        Example(
            "fører",
            "den som styrer båten",
            "den som kjører bilen",
            trips=True,
            a_facts={**_HARBOUR, "scope": "i dette kapittelet"},
            b_facts={**_ROAD, "scope": "i denne paragrafen"},
        ),
        Example(
            "fører",
            "den som styrer båten",
            "den som kjører bilen",
            trips=False,
            a_facts={**_HARBOUR, "scope": "i denne loven"},
            b_facts={**_ROAD, "scope": "i dette kapittelet"},
        ),
        Example(
            "fører",
            "den som styrer båten",
            "den som fører skipet",
            trips=False,
            a_facts={**_HARBOUR, "scope": "i dette kapittelet"},
            b_facts={**_HARBOUR, "scope": "i denne paragrafen"},
        ),
    )

    def find(self, a: DefinitionRecord, b: DefinitionRecord) -> list[Evidence]:
        """At most one piece of evidence; the texts themselves say nothing of it."""
        if scopes_meet(a, b):
            return []
        values = quote(a.scope), quote(b.scope)
        sentences = {language: text.format(a=values[0], b=values[1]) for language, text in _SENTENCES.items()}
        return [Evidence(self.code, sentences, None, None, *values)]
