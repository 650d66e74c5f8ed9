"""The answer as a report in words: headings and lines, which Word and the command line print alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from registry.draft_check.answer import (
    AmendedSection,
    CheckedDefinition,
    DraftAnswer,
    Ground,
    OtherDefinition,
    UsedTerm,
)
from registry.draft_check.words import doubt_in_words, word
from registry.harmonisation.relations import SAME

_SHOWN = 5
"""Other definitions of one term."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line: a heading of level 1 to 3, a paragraph (0), or an item of a list (-1)."""

    text: str
    level: int = 0


def report(answer: DraftAnswer, language: str) -> Iterator[Line]:
    """All lines in order; parts with nothing in them are left out."""
    yield Line(word("title", language), 1)
    if answer.draft.title:
        yield Line(answer.draft.title)
    if answer.enabling:
        yield Line(f"{word('enabling', language)}: {', '.join(answer.enabling.values())}")
    yield Line(word("note", language))
    yield Line(word("definitions", language), 2)
    if not answer.definitions:
        yield Line(word("no_definitions", language))
    for definition in answer.definitions:
        yield from _definition(definition, language)
    yield from _amended(answer, language)
    yield from _terms(answer, language)
    if answer.citations:
        yield Line(word("citations", language), 2)
        yield from (Line(f"{one.section}: {one.evidence.explanation[language]}", -1) for one in answer.citations)
    if answer.discretion:
        yield Line(word("discretion", language), 2)
        yield from (
            Line(f"«{one.words}»: {', '.join(one.sections)}".removesuffix(": "), -1) for one in answer.discretion
        )


def _definition(one: CheckedDefinition, language: str) -> Iterator[Line]:
    yield Line(f"{one.record.term} ({one.section})", 3)
    yield Line(one.record.text)
    if one.is_unused:
        yield Line(word("unused", language))
    elif one.used is not None:
        yield Line(word("used", language, count=one.used.count))
    if one.used is not None and one.used.compounds:
        yield Line(word("compounds", language, words=", ".join(one.used.compounds)))
    for finding in one.rules:
        mended = f" {word('mended', language, text=finding.mended)}" if finding.mended else ""
        yield Line(f"{word('rule', language)}: {finding.explanations[language]}{mended}", -1)
    for each in one.suggested:
        yield Line(word("suggested", language, text=each.text, uri=each.concept), -1)
    yield Line(word("others", language, total=one.in_all) if one.in_all else word("nobody", language))
    for other in one.others[:_SHOWN]:
        yield Line(_other(other, language), -1)


def _other(one: OtherDefinition, language: str) -> str:
    comparison = one.finding.comparison
    said = [word("departs", language)] if one.departs else []
    said += [word("same", language)] if comparison.relation in SAME else []
    said += [item.explanation[language] for item in comparison.evidence]
    by = f"{one.record.said_by} {one.section}".strip()
    return f"{by}: {one.record.text} {' '.join(said)}".strip()


def _terms(answer: DraftAnswer, language: str) -> Iterator[Line]:
    if answer.terms:
        yield Line(word("terms", language), 2)
    for ground in get_args(Ground):
        found = [each for each in answer.terms if each.ground == ground]
        if found:
            yield Line(word(f"ground-{ground}", language), 3)
            yield from (Line(_term(each, language), -1) for each in found)


def _term(one: UsedTerm, language: str) -> str:
    first = one.definitions[0]
    line = word("term_line", language, term=one.term, count=one.occurrences.count, total=one.texts)
    return f"{line}: {first.said_by}: {first.text}"


def _amended(answer: DraftAnswer, language: str) -> Iterator[Line]:
    if answer.amended:
        yield Line(word("amended", language), 2)
    for one in answer.amended:
        yield Line(f"{one.title} {one.number}".strip(), 3)
        yield from _change(one, language)


def _change(one: AmendedSection, language: str) -> Iterator[Line]:
    yield from (Line(instruction) for instruction in one.instructions)
    if one.doubt:
        yield Line(word("not_applied", language, doubt=doubt_in_words(one.doubt, language)))
        return
    if one.before == one.after:
        yield Line(word("unchanged", language))
        return
    yield Line(f"{word('before', language)}: {one.before or '–'}")
    yield Line(f"{word('after', language)}: {one.after or '–'}")
    for changed in one.definitions:
        yield Line(f"{word(changed.change, language)}: {changed.term}: {changed.after or changed.before}", -1)
        for owner in changed.affected:
            name = owner.organisation.name("nb") if owner.organisation else "–"
            yield Line(f"{word('resting', language)}: {name} ({owner.total})", -1)
