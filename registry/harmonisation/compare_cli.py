"""``samsvar compare``: pairs of definitions in, verdicts out, one JSON object a line. The register is not asked."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from registry.harmonisation.comparison import compare
from registry.harmonisation.guessing import guessed
from registry.harmonisation.listing import evidence_as_json
from registry.harmonisation.records import DefinitionRecord, SourceReference


def answers(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """One answer per line that holds a pair; a line that holds none is answered with an `error`."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answer(line, number)


def _answer(line: str, number: int) -> dict[str, Any]:
    try:
        pair = json.loads(line)
        identifier = pair.get("id", number)
        a, b = (record(_side(pair, name)) for name in ("a", "b"))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        reason = "not JSON" if isinstance(error, ValueError) else "not a pair of definitions"
        return _unreadable(number, f"line {number} is {reason}: {error}")
    return {"id": identifier, **verdict(a, b)}


def _unreadable(number: int, message: str) -> dict[str, Any]:
    nothing: dict[str, Any] = {"relation": None, "label": None, "same_score": None, "severity": None, "evidence": []}
    return {"id": number, **nothing, "error": message}


def _side(pair: dict[str, Any], name: str) -> dict[str, Any]:
    """One side of a pair: a definition alone may stand for it, and the pair may say what holds for both."""
    side = pair[name]
    given = {"definition": side} if isinstance(side, str) else side
    return {member: pair[member] for member in ("term", "language") if member in pair} | given


def record(side: dict[str, Any]) -> DefinitionRecord:
    """One side of a pair as a record. The language is guessed where none is given.

    Raises:
        KeyError: no term or no definition.
        TypeError: a member is not text.
    """
    texts = {name: _text(side, name) for name in ("act", "enabling")}
    texts |= {
        name: _text(side, name)
        for name in ("language", "publisher", "source", "relationship", "subject", "scope", "valid_from", "valid_to")
    }
    if not isinstance(side["term"], str) or not isinstance(side["definition"], str):
        raise TypeError("term and definition must be text")
    return DefinitionRecord(
        side["term"],
        side["definition"],
        texts["language"] or guessed(side["definition"]),
        statutory=bool(texts["act"]),
        act=texts["act"],
        enabling=(texts["enabling"],) if texts["enabling"] else (),
        relationship=texts["relationship"],
        publisher=texts["publisher"],
        publisher_name=texts["publisher"],
        sources=(SourceReference(texts["source"]),) if texts["source"] else (),
        subjects=(texts["subject"],) if texts["subject"] else (),
        scope=texts["scope"],
        valid_from=texts["valid_from"],
        valid_to=texts["valid_to"],
    )


def _text(side: dict[str, Any], name: str) -> str:
    value = side.get(name) or ""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be text")
    return value


def verdict(a: DefinitionRecord, b: DefinitionRecord, language: str = "") -> dict[str, Any]:
    """The comparison with the members that docs/formats.md promises, explained in `language`, else in that of `a`."""
    comparison = compare(a, b)
    return {
        "relation": comparison.relation,
        "label": comparison.label,
        "same_score": comparison.same_score,
        "severity": comparison.severity,
        "evidence": [evidence_as_json(item, language or a.language) for item in comparison.evidence],
    }
