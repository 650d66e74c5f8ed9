"""The read side: findings for pages, the command line and JSON, worst first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypedDict, Unpack

from pyoxigraph import Literal, NamedNode

from ontologies.namespaces import DCT
from registry.harmonisation.comparing_words import highlight, word_difference
from registry.harmonisation.finding_table import (
    FindingRow,
    finding_table,
    row_of,
    rows_of_concept,
    severities,
    worst_rows,
)
from registry.harmonisation.reader import DefinitionSource
from registry.harmonisation.records import SEVERITIES, DefinitionRecord, Evidence, Finding
from registry.harmonisation.stored_findings import read_finding
from registry.notes import noted
from sparql.store import Reader

__all__ = [
    "OPEN",
    "Filters",
    "FindingPage",
    "as_json",
    "counts",
    "finding",
    "findings",
    "findings_of_concept",
    "highlight",
    "matching",
    "most_telling",
    "read",
    "word_difference",
]


OPEN = "open"
"""The state of a finding that nobody has decided on."""
_TELLING = 4


class Filters(TypedDict, total=False):
    """What findings are chosen by; None chooses all.

    `kind` is a code of EVIDENCE, `term` any spelling or inflection of a word, `catalogue` the IRI of a named graph.
    """

    severity: str | None
    kind: str | None
    term: str | None
    catalogue: str | None


@dataclass(frozen=True, slots=True)
class FindingPage:
    """A slice of the queue; `total` counts all that match."""

    total: int
    items: tuple[Finding, ...]


def findings(reader: Reader, *, offset: int = 0, limit: int = 50, **filters: Unpack[Filters]) -> FindingPage:
    """Findings that match every filter, worst first."""
    chosen = matching(reader, **filters)
    return FindingPage(len(chosen), tuple(read(reader, chosen[offset : offset + limit])))


def matching(reader: Reader, **filters: Unpack[Filters]) -> list[FindingRow]:
    """The rows of the findings that match every filter, worst first."""
    table = finding_table(reader)
    severity, kind, catalogue = filters.get("severity"), filters.get("kind"), filters.get("catalogue")
    term = filters.get("term")
    about = table.about(term) if term is not None else None
    return [
        row
        for number, row in enumerate(table.rows)
        if (severity is None or row.severity == severity)
        and (kind is None or kind in row.kinds)
        and (catalogue is None or catalogue in row.catalogues)
        and (about is None or number in about)
    ]


def read(reader: Reader, rows: Iterable[FindingRow]) -> Iterator[Finding]:
    """The findings of these rows, whole."""
    source = DefinitionSource(reader)
    held: dict[str, list[DefinitionRecord]] = {}
    for row in rows:
        concepts = set(row.concepts)
        for concept in concepts - held.keys():
            held[concept] = list(source.records(concept))
        records = [record for concept in concepts for record in held[concept]]
        if found := read_finding(reader, NamedNode(row.uri), records):
            yield found


def finding(reader: Reader, identifier: str) -> Finding | None:
    """The finding with this id (the last part of its URI); None if there is none."""
    rows = [row for node in _named(reader, identifier) if (row := row_of(reader, node))]
    return next(read(reader, rows), None)


def _named(reader: Reader, identifier: str) -> Iterator[NamedNode]:
    for quad in reader.quads(predicate=DCT.identifier, object=Literal(identifier)):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject


def findings_of_concept(reader: Reader, concept: str, limit: int = 50) -> FindingPage:
    """The findings in which a concept has a part, worst first."""
    rows = rows_of_concept(reader, concept)
    return FindingPage(len(rows), tuple(read(reader, rows[:limit])))


def counts(reader: Reader) -> dict[str, int]:
    """Severity to the number of findings, worst first; all four are there."""
    found = severities(reader)
    return {severity: found.get(severity, 0) for severity in SEVERITIES}


def most_telling(reader: Reader, n: int = 3) -> list[Finding]:
    """The findings to show first, each about another term; four at most."""
    rows = (row_of(reader, NamedNode(uri)) for uri in first_telling(reader)[:n])
    return list(read(reader, filter(None, rows)))


@noted("most-telling", list, tuple)
def first_telling(reader: Reader) -> tuple[str, ...]:
    """The IRIs of those findings."""
    chosen: dict[str, str] = {}
    for row in worst_rows(reader):
        chosen.setdefault(next(iter(row.keys), row.term), row.uri)
        if len(chosen) == _TELLING:
            break
    return tuple(chosen.values())


def as_json(found: Finding, language: str = "nb", state: str = OPEN) -> dict[str, Any]:
    """A finding with the members that docs/formats.md promises; `state` is one of registry/settling/states.py."""
    comparison = found.comparison
    document = {
        "id": found.id,
        "term": found.term,
        "met": found.met,
        "relation": comparison.relation,
        "label": comparison.label,
        "same_score": comparison.same_score,
        "severity": comparison.severity,
        "state": state,
        "evidence": [evidence_as_json(item, language) for item in comparison.evidence],
        "a": _side_as_json(found.a),
        "b": _side_as_json(found.b),
    }
    return document | ({"through": found.through} if found.through else {})


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
    document |= {name: value for name, value in values.items() if value}
    return document | ({"proof": item.proof.as_json()} if item.proof else {})


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
