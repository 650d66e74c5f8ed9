"""GenusDifference: the definitions begin with different superordinate concepts (an agreement against a person)."""

from registry.harmonisation.definiens import term_lemmas
from registry.harmonisation.evidence.base import Example, comparable
from registry.harmonisation.genus import Genus, genus
from registry.harmonisation.records import DefinitionRecord, Evidence, Severity
from registry.harmonisation.relations import by_reference, related_words
from registry.harmonisation.words import content_lemmas, family, language_data

_SENTENCES = {
    "nb": "Overbegrepet er «{a}» i den ene og «{b}» i den andre.",
    "nn": "Overomgrepet er «{a}» i den eine og «{b}» i den andre.",
    "en": "The superordinate concept is “{a}” in one and “{b}” in the other.",
}


class GenusDifference:
    """Another nearest superordinate concept."""

    code = "GenusDifference"
    norm = "ISO 704:2022, 6.4.2 (intensional definitions); Termlosen (Digdir): genusMissing"
    severity: Severity = "minor"
    telling = 30
    labels = {  # noqa: RUF012 - a constant
        "nb": "Ulike overbegrep",
        "nn": "Ulike overomgrep",
        "en": "Different superordinate concepts",
    }
    examples = (
        Example("ferietillegg", "beløp som kommer i juni", "rettighet som følger av ansettelse", trips=True),
        Example("fiskebrygge", "brygge der det landes fisk", "en kaibrygge til bruk for fiskere", trips=False),
        Example("fiskebrygge", "innretning ved sjø", "anlegg ved sjø for båter", trips=False),
        Example("driver", "den som har ansvar for et lager", "fysisk eller juridisk person med lager", trips=False),
        Example("lagersum", "eiendeler på lager", "alle aktiva i bygget", trips=False),
        Example("fiskebrygge", "når båter kan legge til", "brygge der det landes fisk", trips=False),
    )

    def find(self, a: DefinitionRecord, b: DefinitionRecord) -> list[Evidence]:
        """At most one piece of evidence."""
        if not comparable(a, b) or by_reference(a.text, a.language) or by_reference(b.text, b.language):
            return []
        space = family(a.language)
        first, second = genus(a.text, space), genus(b.text, space)
        if first is None or second is None or _alike(a, b, first, second):
            return []
        sentences = {language: text.format(a=first.shown, b=second.shown) for language, text in _SENTENCES.items()}
        spans = (first.start, first.end), (second.start, second.end)
        return [Evidence(self.code, sentences, *spans, first.shown, second.shown)]


def _alike(a: DefinitionRecord, b: DefinitionRecord, first: Genus, second: Genus) -> bool:
    """The same word, a compound of it, the term itself, a near synonym, or named somewhere by the other side."""
    term = term_lemmas(a.term, family(a.language)) + term_lemmas(b.term, family(b.language))
    if first.lemma in term or second.lemma in term:
        return True
    if related_words(first.lemma, second.lemma):
        return True
    groups: list[list[str]] = language_data("genus")["near_synonyms"]
    if any(first.lemma in group and second.lemma in group for group in groups):
        return True
    space = family(a.language)
    return first.lemma in content_lemmas(b.text, space) or second.lemma in content_lemmas(a.text, space)
