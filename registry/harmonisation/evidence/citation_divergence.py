"""CitationDivergence: a definition names as its source the provision that the other stands in, and differs from it.

What claims to quote must have the content words of the provision, or some of them in one piece. What is derived from
it, or says nothing of how it follows its source, must not set other limits or take out what the provision puts in.
"""

from registry.harmonisation.bases import Provision, named_sources, stands_in
from registry.harmonisation.evidence.base import Example, comparable
from registry.harmonisation.evidence.inclusion_exclusion_contradiction import InclusionExclusionContradiction
from registry.harmonisation.evidence.threshold_difference import ThresholdDifference
from registry.harmonisation.pointing import by_reference
from registry.harmonisation.records import DefinitionRecord, Evidence, Severity, SourceReference
from registry.harmonisation.words import content_lemmas, family

_QUOTING = frozenset({"direct-from-source", "sitatFraKilde"})
_OWN = frozenset({"self-composed", "egendefinert"})
_CONTRADICTING = (ThresholdDifference(), InclusionExclusionContradiction())
_SENTENCES = {
    "nb": (
        "Den ene skal være et sitat fra bestemmelsen som den andre står i, men ordlyden er en annen.",
        "Den ene bygger på bestemmelsen som den andre står i, men sier noe annet.",
    ),
    "nn": (
        "Den eine skal vere eit sitat frå føresegna som den andre står i, men ordlyden er ein annan.",
        "Den eine byggjer på føresegna som den andre står i, men seier noko anna.",
    ),
    "en": (
        "One is said to quote the provision that the other stands in, but the wording differs.",
        "One rests on the provision that the other stands in, but says something else.",
    ),
}
_LAW = {
    "act": "https://example.no/legislation/lov/1999/03/26/14",
    "statutory": True,
    "sources": (SourceReference("skatteloven § 2-1"),),
}
_QUOTE = {"sources": (SourceReference("skatteloven § 2-1"),), "relationship": "direct-from-source"}
_DERIVED = {"sources": (SourceReference("skatteloven § 2-1"),), "relationship": "derived-from-source"}


class CitationDivergence:
    """Differs from the provision that it cites."""

    code = "CitationDivergence"
    norm = "SKOS-AP-NO-Begrep, skosno:relationshipWithSource (how a definition follows its source)"
    severity: Severity = "major"
    telling = 70
    labels = {  # noqa: RUF012 - a constant
        "nb": "Avvik fra sitert bestemmelse",
        "nn": "Avvik frå sitert føresegn",
        "en": "Differs from the provision cited",
    }
    examples = (
        Example(
            "kaiperson",
            "person som arbeider på kai",
            "enhver som har arbeid ved sjøen",
            trips=True,
            a_facts=_QUOTE,
            b_facts=_LAW,
        ),
        Example(
            "kaiperson",
            "person over 18 år på kai",
            "person over 16 år på kai",
            trips=True,
            a_facts=_DERIVED,
            b_facts=_LAW,
        ),
        Example(
            "kaiperson",
            "Person som arbeider på kai.",
            "person som arbeider på kai",
            trips=False,
            a_facts=_QUOTE,
            b_facts=_LAW,
        ),
        Example(
            "kaiperson",
            "person som arbeider på kai",
            "person som arbeider på kai eller molo mot vederlag",
            trips=False,
            a_facts=_QUOTE,
            b_facts=_LAW,
        ),
        Example(
            "kaiperson",
            "person som har arbeid på kaien",
            "enhver som arbeider på kai",
            trips=False,
            a_facts=_DERIVED,
            b_facts=_LAW,
        ),
    )

    def find(self, a: DefinitionRecord, b: DefinitionRecord) -> list[Evidence]:
        """At most one piece of evidence, over both texts."""
        if a.statutory == b.statutory or not comparable(a, b):
            return []
        concept, law = (b, a) if a.statutory else (a, b)
        if concept.relationship in _OWN or by_reference(concept.text, concept.language) or not _names(concept, law):
            return []
        quoting = concept.relationship in _QUOTING
        if _quotes(concept, law) if quoting else not any(kind.find(a, b) for kind in _CONTRADICTING):
            return []
        sentences = {language: forms[0 if quoting else 1] for language, forms in _SENTENCES.items()}
        return [Evidence(self.code, sentences, (0, len(a.text)), (0, len(b.text)))]


def _names(concept: DefinitionRecord, law: DefinitionRecord) -> bool:
    """Whether the concept's sources name the provision; both must say which section, and it is the same."""
    named = {each.provision for each in named_sources(concept)}
    return any(provision in named for provision in stands_in(law) if provision != Provision(provision.act, ""))


def _quotes(concept: DefinitionRecord, law: DefinitionRecord) -> bool:
    """Whether the content words of one stand in the other, in one piece; list markers and the like do not count."""
    mine, theirs = (" ".join(content_lemmas(side.text, family(side.language))) for side in (concept, law))
    return f" {mine} " in f" {theirs} "
