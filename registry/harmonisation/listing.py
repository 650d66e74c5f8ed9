"""The read side: findings for pages, the command line and JSON, worst first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode

from registry.harmonisation.comparing_words import highlight, word_difference
from registry.harmonisation.rdf import query, read_finding
from registry.harmonisation.reader import DefinitionSource
from registry.harmonisation.records import SEVERITIES, DefinitionRecord, Evidence, Finding
from registry.harmonisation.terms import term_key
from sparql.store import Reader, Row, Term

__all__ = [
    "FindingPage",
    "as_json",
    "counts",
    "finding",
    "findings",
    "findings_of_concept",
    "highlight",
    "most_telling",
    "word_difference",
]


@dataclass(frozen=True, slots=True)
class FindingPage:
    """A slice of the queue; `total` counts all that match."""

    total: int
    items: tuple[Finding, ...]


def findings(
    reader: Reader,
    *,
    severity: str | None = None,
    kind: str | None = None,
    term: str | None = None,
    catalogue: str | None = None,
    offset: int = 0,
    limit: int = 50,
) -> FindingPage:
    """Findings that match every filter, worst first.

    `kind` is a code of EVIDENCE, `term` any spelling or inflection of a word, `catalogue` the IRI of a named graph.
    """
    rows = reader.select(query("finding_queue"))
    if severity is not None:
        rows = [row for row in rows if _value(row, "severity") == severity]
    for wanted in _filters(reader, kind, term, catalogue):
        rows = [row for row in rows if row["finding"] in wanted]
    return FindingPage(len(rows), tuple(_read(reader, rows[offset : offset + limit])))


def _filters(reader: Reader, kind: str | None, term: str | None, catalogue: str | None) -> Iterable[set[Term]]:
    if kind is not None:
        yield _matching(reader, "findings_of_kind", kind=Literal(kind))
    if catalogue is not None:
        yield _matching(reader, "findings_of_catalogue", catalogue=NamedNode(catalogue))
    if term is not None:
        spaces = {term_key(term, language) for language in ("nb", "en")}
        yield {found for key in spaces if key for found in _matching(reader, "findings_of_term", key=Literal(key))}


def _matching(reader: Reader, name: str, **bindings: Term) -> set[Term]:
    return {row["finding"] for row in reader.select(query(name), **bindings)}


def _read(reader: Reader, rows: list[Row]) -> Iterable[Finding]:
    source = DefinitionSource(reader)
    held: dict[str, list[DefinitionRecord]] = {}
    for row in rows:
        concepts = {_value(row, "firstConcept"), _value(row, "secondConcept")}
        for concept in concepts - held.keys():
            held[concept] = list(source.records(concept))
        node = row["finding"]
        if isinstance(node, NamedNode):
            records = [record for concept in concepts for record in held[concept]]
            if found := read_finding(reader, node, records):
                yield found


def finding(reader: Reader, identifier: str) -> Finding | None:
    """The finding with this id (the last part of its URI); None if there is none."""
    nodes = reader.select(query("finding_by_id"), identifier=Literal(identifier))
    return next(iter(_read(reader, nodes)), None)


def findings_of_concept(reader: Reader, concept: str, limit: int = 50) -> FindingPage:
    """The findings in which a concept has a part, worst first."""
    wanted = _matching(reader, "findings_of_concept", concept=NamedNode(concept))
    rows = [row for row in reader.select(query("finding_queue")) if row["finding"] in wanted] if wanted else []
    return FindingPage(len(rows), tuple(_read(reader, rows[:limit])))


def counts(reader: Reader) -> dict[str, int]:
    """Severity to the number of findings, worst first; all four are there."""
    found = {_value(row, "severity"): int(_value(row, "findings")) for row in reader.select(query("finding_counts"))}
    return {severity: found.get(severity, 0) for severity in SEVERITIES}


def most_telling(reader: Reader, n: int = 3) -> list[Finding]:
    """The findings to show first, each about another term."""
    chosen: dict[str, Finding] = {}
    for found in _read(reader, reader.select(query("finding_queue"))[: 10 * n]):
        chosen.setdefault(term_key(found.term, found.a.language), found)
        if len(chosen) == n:
            break
    return list(chosen.values())


def _value(row: Row, name: str) -> str:
    term = row.get(name)
    return term.value if isinstance(term, Literal | NamedNode) else ""


def as_json(found: Finding, language: str = "nb") -> dict[str, Any]:
    """A finding with the members that docs/formats.md promises. `state` is "open" until people decide."""
    comparison = found.comparison
    return {
        "id": found.id,
        "term": found.term,
        "relation": comparison.relation,
        "label": comparison.label,
        "same_score": comparison.same_score,
        "severity": comparison.severity,
        "state": "open",
        "evidence": [evidence_as_json(item, language) for item in comparison.evidence],
        "a": _side_as_json(found.a),
        "b": _side_as_json(found.b),
    }


def evidence_as_json(item: Evidence, language: str = "nb") -> dict[str, Any]:
    """One piece of evidence; values are there only if they are known."""
    document: dict[str, Any] = {
        "kind": item.kind,
        "explanation": item.explanation.get(language) or item.explanation["nb"],
        "explanations": item.explanation,
        "a_span": list(item.a_span) if item.a_span else None,
        "b_span": list(item.b_span) if item.b_span else None,
    }
    values = {"a_value": item.a_value, "b_value": item.b_value}
    return document | {name: value for name, value in values.items() if value}


def _side_as_json(side: DefinitionRecord) -> dict[str, Any]:
    return {
        "term": side.term,
        "text": side.text,
        "language": side.language,
        "concept": side.concept,
        "definition": side.definition,
        "catalogue": side.catalogue,
        "catalogue_title": side.catalogue_title,
        "publisher": side.publisher,
        "publisher_name": side.publisher_name,
        "statutory": side.statutory,
        "act": side.act,
        "scope": side.scope,
        "legal_sources": [{"text": source.text, "uri": source.uri} for source in side.sources],
    }
