"""LegalBasisDifference: two definitions that have words in common rest on other provisions of law."""

from registry.harmonisation.bases import Cited, cited, named_sources
from registry.harmonisation.evidence.base import Example, comparable, quote
from registry.harmonisation.pointing import by_reference
from registry.harmonisation.records import DefinitionRecord, Evidence, Severity
from registry.harmonisation.similarity import contained
from registry.harmonisation.words import content_lemmas, family

_SHARED = 0.34
"""The share of the shorter definition's content words that the longer must have: else they are about other things."""
_SENTENCES = {
    "nb": "Den ene bygger på {a}, den andre på {b}.",
    "nn": "Den eine byggjer på {a}, den andre på {b}.",
    "en": "One rests on {a}, the other on {b}.",
}


class LegalBasisDifference:
    """Another provision that decides what falls under the term."""

    code = "LegalBasisDifference"
    norm = "SKOS-AP-NO-Begrep, dct:source (the source of a definition); ISO 704:2022, 6.4 (delimiting characteristics)"
    severity: Severity = "minor"
    telling = 26
    labels = {  # noqa: RUF012 - a constant
        "nb": "Ulike lovgrunnlag",
        "nn": "Ulike lovgrunnlag",
        "en": "Different legal bases",
    }
    examples = (
        Example(
            "lagerskatt",
            "skatt av lager etter skatteloven § 14-1",
            "skatt av lager etter folketrygdloven § 3-15",
            trips=True,
        ),
        Example(
            "lagerskatt",
            "skatt av lager etter skatteloven § 14-1",
            "skatt etter lov 26. mars 1999 nr. 14 § 14-1 av lager",
            trips=False,
        ),
        Example("lagerskatt", "skatt av lager etter skatteloven § 14-1", "skatt av lager ved årets slutt", trips=False),
        Example(
            "lagerskatt",
            "skatt av lager etter skatteloven kapittel 14",
            "skatt av lager etter folketrygdloven kapittel 3",
            trips=True,
        ),
        Example(
            "lagerskatt",
            "skatt av lager etter skatteloven kapittel 14",
            "skatt av lager etter skatteloven § 14-1",
            trips=False,
        ),
        Example(
            "lagerskatt",
            "skatt av lager etter skatteloven § 14-1",
            "utleie av båter etter folketrygdloven § 3-15",
            trips=False,
        ),
    )

    def find(self, a: DefinitionRecord, b: DefinitionRecord) -> list[Evidence]:
        """At most one piece of evidence: the first provisions of both, where they have no act and section in common."""
        if a == b or not comparable(a, b) or by_reference(a.text, a.language) or by_reference(b.text, b.language):
            return []
        first, second = cited(a.text), cited(b.text)
        in_text = bool(first and second)
        if not in_text:
            first, second = _of_sources(a), _of_sources(b)
        if not first or not second or _meet(first, second) or not _of_one_thing(a, b):
            return []
        mine, theirs = quote(first[0].text), quote(second[0].text)
        sentences = {language: text.format(a=mine, b=theirs) for language, text in _SENTENCES.items()}
        spans = (first[0].span, second[0].span) if in_text else (None, None)
        return [Evidence(self.code, sentences, spans[0], spans[1], mine, theirs)]


def _of_sources(record: DefinitionRecord) -> tuple[Cited, ...]:
    """What a catalogue says that a definition rests on; law rests on itself."""
    return () if record.statutory else tuple(each for each in named_sources(record) if each.provision.section)


def _meet(first: tuple[Cited, ...], second: tuple[Cited, ...]) -> bool:
    """Whether both name one provision, or a chapter and a section of one act, which may stand in it."""
    mine, theirs = ({each.provision for each in cites} for cites in (first, second))
    chapters = {each.act for each in mine | theirs if each.is_chapter}
    sections = {each.act for each in mine | theirs if not each.is_chapter}
    both = {each.act for each in mine} & {each.act for each in theirs}
    return bool(mine & theirs or both & chapters & sections)


def _of_one_thing(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    space = family(a.language)
    return contained(content_lemmas(a.text, space), content_lemmas(b.text, space)) >= _SHARED
