"""The answer as JSON, with the members that docs/api.md promises."""

from typing import Any

from registry.draft_check.answer import (
    AmendedSection,
    ChangedDefinition,
    CheckedDefinition,
    DoubtfulCitation,
    DraftAnswer,
    Occurrences,
    OtherDefinition,
    UsedTerm,
)
from registry.harmonisation.listing import evidence_as_json
from registry.harmonisation.records import DefinitionRecord


def answer_as_json(answer: DraftAnswer, language: str) -> dict[str, Any]:
    """All of an answer; explanations in `language` (nb, nn or en)."""
    return {
        "title": answer.draft.title,
        "language": answer.draft.language,
        "enabling": [{"uri": uri, "title": title} for uri, title in answer.enabling.items()],
        "definitions": [_definition(each, language) for each in answer.definitions],
        "additions": [{"term": each.term, "text": each.text} for each in answer.additions],
        "terms": [_term(each) for each in answer.terms],
        "citations": [_citation(each, language) for each in answer.citations],
        "discretion": [{"words": each.words, "sections": list(each.sections)} for each in answer.discretion],
        "amended": [_amended(each) for each in answer.amended],
    }


def _definition(one: CheckedDefinition, language: str) -> dict[str, Any]:
    return {
        "term": one.record.term,
        "text": one.record.text,
        "section": one.section,
        "scope": one.record.scope,
        "used": _occurrences(one.used) if one.used else None,
        "unused": one.is_unused,
        "departs": bool(one.departures),
        "total": one.in_all,
        "others": [_other(each, language) for each in one.others],
        "rules": [each.as_json(language) for each in one.rules],
        "suggested": [_record(each) for each in one.suggested],
    }


def _occurrences(used: Occurrences) -> dict[str, Any]:
    return {"count": used.count, "forms": list(used.forms), "compounds": list(used.compounds)}


def _other(one: OtherDefinition, language: str) -> dict[str, Any]:
    comparison = one.finding.comparison
    return {
        **_record(one.record),
        "section": one.section,
        "departs": one.departs,
        "relation": comparison.relation,
        "label": comparison.label,
        "same_score": comparison.same_score,
        "severity": comparison.severity,
        "evidence": [evidence_as_json(item, language) for item in comparison.evidence],
    }


def _record(record: DefinitionRecord) -> dict[str, Any]:
    return {
        "concept": record.concept,
        "term": record.term,
        "text": record.text,
        "language": record.language,
        "by": record.said_by,
        "statutory": record.statutory,
        "act": record.act,
        "scope": record.scope,
    }


def _term(one: UsedTerm) -> dict[str, Any]:
    return {
        "term": one.term,
        "ground": one.ground,
        **_occurrences(one.occurrences),
        "total": one.texts,
        "definitions": [_record(each) for each in one.definitions],
    }


def _citation(one: DoubtfulCitation, language: str) -> dict[str, Any]:
    return {
        "section": one.section,
        "text": one.text,
        "kind": one.evidence.kind,
        "explanation": one.evidence.explanation[language],
        "successor": one.successor,
    }


def _amended(one: AmendedSection) -> dict[str, Any]:
    return {
        "act": one.act,
        "title": one.title,
        "section": one.number,
        "operation": one.operation,
        "instructions": list(one.instructions),
        "applied": not one.doubt,
        "doubt": one.doubt,
        "before": one.before,
        "after": one.after,
        "definitions": [_changed(each) for each in one.definitions],
    }


def _changed(one: ChangedDefinition) -> dict[str, Any]:
    return {
        "change": one.change,
        "term": one.term,
        "before": one.before,
        "after": one.after,
        "concept": one.concept,
        "affected": [each.as_json() for each in one.affected],
    }
