"""EnumerationDifference: both definitions list the same kind of things, and one lists more.

Two lists are held against each other if at least half of the shorter one's members stand in both. Members that are
forms, compounds or synonyms of one another are the same; so is what the other definition names anywhere else. Where
one abstract noun stands against one other ("produksjon", "framstilling"), that is wording and no difference.
"""

from functools import cache

from registry.harmonisation.enumerations import Member, lists
from registry.harmonisation.evidence.base import Example, comparable, quote
from registry.harmonisation.genus import related_words
from registry.harmonisation.leftovers import alike
from registry.harmonisation.packs import words
from registry.harmonisation.pointing import by_reference
from registry.harmonisation.records import DefinitionRecord, Evidence, Severity
from registry.harmonisation.words import content_lemmas, family, language_data

_SHOWN = 4
_STEM, _PART = 5, 4
_SHARED, _SHARE = 2, 0.5
_SENTENCES = {
    "nb": (
        "Den ene regner opp også «{a}», den andre «{b}».",
        "Bare den ene regner opp «{a}».",
        "Bare den andre regner opp «{b}».",
    ),
    "nn": (
        "Den eine reknar opp òg «{a}», den andre «{b}».",
        "Berre den eine reknar opp «{a}».",
        "Berre den andre reknar opp «{b}».",
    ),
    "en": ("One also lists “{a}”, the other “{b}”.", "Only the first lists “{a}”.", "Only the second lists “{b}”."),
}


class EnumerationDifference:
    """Members of a list that the other's list does not have."""

    code = "EnumerationDifference"
    norm = "ISO 704:2022, 6.4.3 (extensional definitions)"
    severity: Severity = "information"
    telling = 20
    labels = {"nb": "Ulike oppregninger", "nn": "Ulike oppramsingar", "en": "Different enumerations"}  # noqa: RUF012 - a constant
    examples = (
        Example("torgvare", "fisk, frukt, blomster og brød", "fisk, frukt og blomster på torget", trips=True),
        Example("husdyr", "hund, katt og hest", "hund, katt, hest og kanin", trips=True),
        Example("husdyr", "dyr som hund, katt og geit", "hunder, katter og sauer", trips=True),
        Example("farm animal", "cattle, sheep and goats", "cattle, sheep, goats and pigs", trips=True, language="en"),
        Example("husdyr", "hund, katt og hest", "hundar, kattar og hestar", trips=False),
        Example("arbeid", "produksjon, lagring og salg", "framstilling, lagring og salg", trips=False),
        Example("båtferdsel", "ferdsel med skip, kano og kajakk", "ferdsel med fartøy, kano og kajakk", trips=False),
        Example("husdyr", "hund, katt og hest", "papir, penn og lim", trips=False),
        Example("husdyr", "hund, katt og hest", "hund, katt og kanin", trips=True),
        Example("torgvare", "frukt, bær og grønnsaker", "bær, frukt og grønnsaker", trips=False),
    )

    def find(self, a: DefinitionRecord, b: DefinitionRecord) -> list[Evidence]:
        """At most one piece of evidence, for the two lists that have most in common."""
        if a.text == b.text or not comparable(a, b):
            return []
        if by_reference(a.text, a.language) or by_reference(b.text, b.language):
            return []
        space = family(a.language)
        best = _closest(lists(a.text, space), lists(b.text, space))
        if best is None:
            return []
        first, second = best
        mine, theirs = _lonely(a, first, second, b), _lonely(b, second, first, a)
        if not (mine or theirs) or _reworded(mine, theirs, space):
            return []
        return [_evidence(a.text, mine, b.text, theirs)]


Listed = tuple[Member, ...]


def _closest(mine: tuple[Listed, ...], theirs: tuple[Listed, ...]) -> tuple[Listed, Listed] | None:
    """The two lists with most members in common, if they have enough; None if there are none."""
    scored = [
        (_in_common(first, second), -place, first, second)
        for place, (first, second) in enumerate((first, second) for first in mine for second in theirs)
    ]
    if not scored:
        return None
    shared, _, first, second = max(scored, key=lambda each: each[:2])
    enough = shared >= _SHARED and shared >= _SHARE * min(len(first), len(second))
    return (first, second) if enough else None


def _in_common(first: Listed, second: Listed) -> int:
    return min(
        sum(any(_same(one, other) for other in second) for one in first),
        sum(any(_same(one, other) for one in first) for other in second),
    )


def _same(one: Member, other: Member) -> bool:
    """Whether two members name one thing: the same words, or heads that are forms or synonyms of one another."""
    return one.lemmas == other.lemmas or _same_word(one.head, other.head)


def _same_word(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    begins = len(shorter) >= _STEM and longer.startswith(shorter)
    return begins or alike(one, other) or related_words(one, other) or other in _synonyms(one)


@cache
def _synonyms(word: str) -> frozenset[str]:
    data = language_data("genus")
    groups: list[list[str]] = [*data["synonyms"], *data["near_synonyms"]]
    return frozenset(other for group in groups if word in group for other in group)


def _lonely(a: DefinitionRecord, first: Listed, second: Listed, b: DefinitionRecord) -> list[Member]:
    """Members of a's list that b's list has not, nor b anywhere; none that only end a list ("og andre dyr")."""
    space = family(a.language)
    said = {*content_lemmas(b.text, space), *content_lemmas(a.term, space), *content_lemmas(b.term, space)}
    return [
        one
        for one in first
        if not _names_nothing(a.text[one.start : one.end], one, space)
        and not any(_same(one, member) for member in second)
        and not any(_same_word(one.head, word) for word in said)
    ]


def _names_nothing(text: str, member: Member, space: str) -> bool:
    """Whether a member is a catch-all, an adjective left alone, or a provision."""
    alone = len(member.lemmas) == 1 and text.lower().endswith(tuple(words(space, "clauses", "adjective_endings")))
    return alone or member.catch_all or member.head.endswith(tuple(words(space, "clauses", "vague")))


def _reworded(mine: list[Member], theirs: list[Member], space: str) -> bool:
    """Whether one word stands against one other that is likelier another name than another thing.

    Two abstract nouns ("produksjon", "framstilling"), or words of one beginning or end ("pengebidrag", "pengestøtte").
    """
    if len(mine) != len(theirs):
        return False
    endings = tuple(words(space, "clauses", "abstract_endings"))
    if endings and all(one.head.endswith(endings) for one in (*mine, *theirs)):
        return True
    pairs = [(one.head, other.head) for one, other in zip(mine, theirs, strict=True)]
    return all(a[:_PART] == b[:_PART] or a[-_PART:] == b[-_PART:] for a, b in pairs)


def _evidence(a: str, mine: list[Member], b: str, theirs: list[Member]) -> Evidence:
    first, second = _shown(a, mine), _shown(b, theirs)
    form = 0 if mine and theirs else 1 if mine else 2
    sentences = {language: forms[form].format(a=first, b=second) for language, forms in _SENTENCES.items()}
    return Evidence(EnumerationDifference.code, sentences, _span(mine), _span(theirs), first, second)


def _shown(text: str, members: list[Member]) -> str:
    return ", ".join(quote(text[member.start : member.end]) for member in members[:_SHOWN])


def _span(members: list[Member]) -> tuple[int, int] | None:
    return (members[0].start, members[0].end) if members else None
