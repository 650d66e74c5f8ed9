"""CharacteristicDifference: two definitions that have much in common each name something that the other does not."""

from collections.abc import Sequence

from registry.harmonisation.evidence.base import Example, comparable
from registry.harmonisation.genus import same_genus
from registry.harmonisation.leftovers import but_genus, common
from registry.harmonisation.pointing import by_reference
from registry.harmonisation.records import DefinitionRecord, Evidence, Severity
from registry.harmonisation.similarity import contained
from registry.harmonisation.words import Token, content_lemmas, family

_SHARED = 0.34
"""The share of the shorter definition's content words that the longer must have, so that the rest tells something."""
_IN_SOME_FORM = 0.5
_SHOWN = 4
_SENTENCES = {
    "nb": ("Den ene sier «{a}», den andre «{b}».", "Bare den ene nevner «{a}».", "Bare den andre nevner «{b}»."),
    "nn": ("Den eine seier «{a}», den andre «{b}».", "Berre den eine nemner «{a}».", "Berre den andre nemner «{b}»."),
    "en": ("One says “{a}”, the other “{b}”.", "Only the first mentions “{a}”.", "Only the second mentions “{b}”."),
}


class CharacteristicDifference:
    """Other delimiting characteristics beside a common core."""

    code = "CharacteristicDifference"
    norm = "ISO 704:2022, 6.4 (delimiting characteristics)"
    severity: Severity = "minor"
    telling = 10
    labels = {  # noqa: RUF012 - a constant
        "nb": "Ulike kjennetegn",
        "nn": "Ulike kjenneteikn",
        "en": "Different characteristics",
    }
    examples = (
        Example("bestått", "andel av elever som fullfører året", "andel av et kull som fullfører året", trips=True),
        Example("lagervare", "vare som selges fra lager i butikk", "vare som selges fra lager", trips=True),
        Example(
            "utøver", "person som deltar under utøving av idrett", "person som deltar i utøvelse av idrett", trips=False
        ),
        Example("lagervare", "vare som selges fra lager", "penger på konto i utlandet", trips=False),
    )

    def find(self, a: DefinitionRecord, b: DefinitionRecord) -> list[Evidence]:
        """At most one piece of evidence, with the first few words that only one side has."""
        if a == b or not comparable(a, b) or by_reference(a.text, a.language) or by_reference(b.text, b.language):
            return []
        if not _common_core(a, b):
            return []
        mine, theirs = but_genus(a, b), but_genus(b, a)
        return [_evidence(mine, theirs)] if mine or theirs else []


def _common_core(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    """Whether much of the shorter text stands in the longer, or half of its words in some form and one genus."""
    space = family(a.language)
    if contained(content_lemmas(a.text, space), content_lemmas(b.text, space)) >= _SHARED:
        return True
    return bool(same_genus(a, b)) and common(a, b)[0] >= _IN_SOME_FORM


def _evidence(mine: Sequence[Token], theirs: Sequence[Token]) -> Evidence:
    first, second = _words(mine), _words(theirs)
    form = 0 if mine and theirs else 1 if mine else 2
    sentences = {language: forms[form].format(a=first, b=second) for language, forms in _SENTENCES.items()}
    return Evidence(CharacteristicDifference.code, sentences, _span(mine), _span(theirs), first, second)


def _words(tokens: Sequence[Token]) -> str:
    return ", ".join(dict.fromkeys(token.text.lower() for token in tokens[:_SHOWN]))


def _span(tokens: Sequence[Token]) -> tuple[int, int] | None:
    return (tokens[0].start, tokens[0].end) if tokens else None
