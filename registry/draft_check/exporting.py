"""The answer as a Word document, and as a table for a spreadsheet."""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO

from registry.draft_check.answer import AmendedSection, CheckedDefinition, DraftAnswer
from registry.draft_check.report import Line
from registry.draft_check.words import doubt_in_words

COLUMNS = ("kind", "section", "term", "text", "by", "severity", "code", "explanation")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What XML, and so Word, cannot hold."""


def as_word(lines: Iterable[Line]) -> bytes:
    """The lines as a Word document (.docx)."""
    from docx import Document  # noqa: PLC0415 - a second, and hardly anybody asks for it

    document = Document()
    for line in lines:
        text = _CONTROL.sub("", line.text)
        if line.level > 0:
            document.add_heading(text, line.level)
        else:
            document.add_paragraph(text, "List Bullet" if line.level else None)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def rows(answer: DraftAnswer, language: str) -> Iterator[dict[str, str]]:
    """One row for each thing that is told, with the members of `COLUMNS`."""
    for definition in answer.definitions:
        yield from _definition(definition, language)
    for term in answer.terms:
        first = term.definitions[0]
        yield {"kind": "term", "term": term.term, "text": first.text, "by": first.said_by, "code": term.ground}
    for one in answer.citations:
        said = one.evidence.explanation[language]
        yield {
            "kind": "citation",
            "section": one.section,
            "text": one.text,
            "code": one.evidence.kind,
            "explanation": said,
        }
    for words in answer.discretion:
        yield {"kind": "discretion", "section": ", ".join(words.sections), "text": words.words}
    for section in answer.amended:
        yield from _amended(section, language)


def _definition(one: CheckedDefinition, language: str) -> Iterator[dict[str, str]]:
    about = {"section": one.section, "term": one.record.term}
    code = "unused" if one.is_unused else ""
    yield {"kind": "definition", **about, "text": one.record.text, "code": code}
    for finding in one.rules:
        yield {"kind": "rule", **about, "code": finding.rule.code, "explanation": finding.explanations[language]}
    for each in one.suggested:
        yield {"kind": "suggested", **about, "text": each.text, "by": each.concept}
    for other in one.others:
        comparison = other.finding.comparison
        said = " ".join(item.explanation[language] for item in comparison.evidence)
        by = f"{other.record.said_by} {other.section}".strip()
        found = {"text": other.record.text, "by": by, "severity": comparison.severity, "code": comparison.relation}
        yield {"kind": "other", **about, **found, "explanation": said}


def _amended(one: AmendedSection, language: str) -> Iterator[dict[str, str]]:
    doubt = doubt_in_words(one.doubt, language) if one.doubt else ""
    about = {"section": one.number, "by": one.title}
    yield {"kind": "amendment", **about, "text": one.after, "code": one.operation, "explanation": doubt}
    for changed in one.definitions:
        yield {
            "kind": "changed-definition",
            **about,
            "term": changed.term,
            "text": changed.after,
            "code": changed.change,
        }
