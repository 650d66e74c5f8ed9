"""ExceptionDifference: one definition makes an exception that the other does not make."""

from itertools import groupby

from registry.harmonisation.clauses import Item, taken_out, vague
from registry.harmonisation.evidence.base import Example, comparable, quote
from registry.harmonisation.genus import same_genus
from registry.harmonisation.leftovers import alike, synonyms
from registry.harmonisation.limits import common_core
from registry.harmonisation.pointing import by_reference, leans_on_law, refers
from registry.harmonisation.records import DefinitionRecord, Evidence, Severity
from registry.harmonisation.words import content_lemmas, family

_MOST_OF = 2
"""A thing is spoken of where more than one in so many of its words are said: "telt" is not "telt som står en uke"."""
_SENTENCES = {
    "nb": ("Bare den ene unntar «{item}».", "Bare den andre unntar «{item}»."),
    "nn": ("Berre den eine gjer unntak for «{item}».", "Berre den andre gjer unntak for «{item}»."),
    "en": ("Only the first excludes “{item}”.", "Only the second excludes “{item}”."),
}


class ExceptionDifference:
    """An exception on one side only."""

    code = "ExceptionDifference"
    norm = "ISO 704:2022, 6.4 (delimiting characteristics); Joint Practical Guide of the EU, guideline 6"
    severity: Severity = "major"
    telling = 60
    labels = {"nb": "Ulike unntak", "nn": "Ulike unntak", "en": "Different exceptions"}  # noqa: RUF012 - a constant
    examples = (
        Example(
            "torgplass", "plass på torget, unntatt parkeringsplass", "plass på torget der det selges varer", trips=True
        ),
        Example("søketid", "tiden for å søke, ikke medregnet ferien", "tiden for å søke om plass", trips=True),
        Example(
            "torgplass",
            "plass på torget, unntatt parkeringsplass",
            "torgets plasser, men ikke parkeringsplasser",
            trips=False,
        ),
        Example("stille rom", "rom der det ikke er lov å snakke", "rom for lesing", trips=False),
        Example("avgiftsfri kai", "kai der leien er unntatt fra avgift", "kai der båter leier plass", trips=False),
        Example("torgdag", "dag som ikke er søndag", "alle dager utenom søndager og 1. og 17. mai", trips=False),
        Example(
            "torgplass", "plass som nevnt i forskriften § 2", "plass på torget, unntatt parkeringsplass", trips=False
        ),
    )

    def find(self, a: DefinitionRecord, b: DefinitionRecord) -> list[Evidence]:
        """One piece of evidence per exception that has no partner; nothing where one side only refers."""
        if not comparable(a, b) or by_reference(a.text, a.language) or by_reference(b.text, b.language):
            return []
        exceptions = [taken_out(side.text, family(side.language), side.term) for side in (a, b)]
        if not any(exceptions) or not _of_one_thing(a, b):
            return []
        mine = [_evidence(a.text, listed, first=True) for listed in _lonely(a, b)]
        return mine + [_evidence(b.text, listed, first=False) for listed in _lonely(b, a)]


def _lonely(a: DefinitionRecord, b: DefinitionRecord) -> list[list[Item]]:
    """The exceptions of a of which b says nothing at all, neither out nor in; those of one list together.

    None where b leaves it to another definition, or speaks of most that the list takes out.
    """
    if refers(b.text) or leans_on_law(b.text, b.language):
        return []
    space = family(a.language)
    others, said = taken_out(b.text, space, b.term), frozenset(content_lemmas(b.text, space))
    found: list[list[Item]] = []
    for _, together in groupby(taken_out(a.text, space, a.term), key=lambda item: item.marker_start):
        listed = [item for item in together if not item.lemmas <= vague(space)]
        lonely = [item for item in listed if not _is_said(item, others, said)]
        if lonely and 2 * len(lonely) >= len(listed):
            found.append(lonely)
    return found


def _is_said(item: Item, others: tuple[Item, ...], said: frozenset[str]) -> bool:
    """Whether the other definition takes out something of the kind, or speaks of the thing at all."""
    spoken = sum(any(word.endswith(lemma) for word in said) for lemma in item.lemmas)
    return any(_shares(item, other) for other in others) or _MOST_OF * spoken > len(item.lemmas)


def _of_one_thing(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    """Whether the definitions have so much in common that an exception of one is one from what the other says."""
    return common_core(a, b) or same_genus(a, b) is True


def _shares(item: Item, other: Item) -> bool:
    """Whether two exceptions are about one thing: they have a word in common, in whatever form, or a synonym."""
    pairs = [(one, another) for one in item.lemmas for another in other.lemmas]
    return any(alike(one, another) or another in synonyms(one) for one, another in pairs)


def _evidence(text: str, listed: list[Item], *, first: bool) -> Evidence:
    start, end = min(item.span[0] for item in listed), max(item.span[1] for item in listed)
    words = quote(text[min(item.start for item in listed) : end])
    sentences = {language: forms[0 if first else 1].format(item=words) for language, forms in _SENTENCES.items()}
    code = ExceptionDifference.code
    return (
        Evidence(code, sentences, (start, end), None, words)
        if first
        else Evidence(code, sentences, None, (start, end), "", words)
    )
