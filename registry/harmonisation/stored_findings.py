"""Findings read back from the store: the way back of `rdf`. A few look-ups each, however many findings there are."""

from collections.abc import Iterable
from typing import TypeVar, get_args

from pyoxigraph import Literal, NamedNode

from ontologies.namespaces import DCT, OA, SAMSVAR
from registry.harmonisation.facts import Facts, facts_in
from registry.harmonisation.findings import fingerprint
from registry.harmonisation.proofs.owl import read_proof
from registry.harmonisation.records import (
    SEVERITIES,
    Comparison,
    DefinitionRecord,
    Evidence,
    Finding,
    Label,
    Meeting,
    Relation,
    Span,
)
from sparql.store import Reader

T = TypeVar("T", bound=str)
_LABELS: tuple[Label, ...] = get_args(Label)
_MEETINGS: tuple[Meeting, ...] = get_args(Meeting)
_RELATIONS: tuple[Relation, ...] = get_args(Relation)


def read_finding(reader: Reader, node: NamedNode, records: Iterable[DefinitionRecord]) -> Finding | None:
    """One finding; `records` must hold the definitions of its two concepts. None if the store has no such finding."""
    facts = _facts(reader, node)
    held = list(records)
    a, b = (_record(facts, which, held) for which in ("first", "second"))
    if a is None or b is None:
        return None
    comparison = Comparison(
        _known(_value(facts, SAMSVAR.relation), _RELATIONS, "overlapping"),
        _known(_value(facts, SAMSVAR.label), _LABELS, "conflict"),
        float(_value(facts, SAMSVAR.sameScore)),
        _known(_value(facts, SAMSVAR.severity), SEVERITIES, "information"),
        read_evidence(reader, facts),
    )
    identifier, term = _value(facts, DCT.identifier), _value(facts, SAMSVAR.term)
    met = _known(_value(facts, SAMSVAR.metBy), _MEETINGS, "term")
    through = _value(facts, SAMSVAR.through)
    return Finding(identifier, term, a, b, comparison, int(_value(facts, SAMSVAR["rank"])), met, through)


def read_evidence(reader: Reader, finding: Facts) -> tuple[Evidence, ...]:
    """The evidence of one finding, in its order."""
    nodes = [node for node in finding.get(SAMSVAR.hasEvidence, ()) if isinstance(node, NamedNode)]
    return tuple(_evidence(reader, _facts(reader, node)) for node in sorted(nodes, key=_number))


def _evidence(reader: Reader, facts: Facts) -> Evidence:
    said = (term for term in facts.get(DCT.description, ()) if isinstance(term, Literal))
    return Evidence(
        _value(facts, SAMSVAR.evidenceKind),
        {text.language: text.value for text in said if text.language},
        _span(reader, facts, SAMSVAR.firstSpan),
        _span(reader, facts, SAMSVAR.secondSpan),
        _value(facts, SAMSVAR.firstValue),
        _value(facts, SAMSVAR.secondValue),
        read_proof(lambda node: _facts(reader, node), facts) if SAMSVAR.proves in facts else None,
    )


def _number(evidence: NamedNode) -> int:
    return int(evidence.value.rpartition("/")[2])


def _span(reader: Reader, facts: Facts, which: NamedNode) -> Span | None:
    """The place in a text that a selector names."""
    selector = next(iter(facts.get(which, ())), None)
    place = _facts(reader, selector) if isinstance(selector, NamedNode) else {}
    start, end = _value(place, OA.start), _value(place, OA.end)
    return (int(start), int(end)) if start and end else None


def _facts(reader: Reader, node: NamedNode) -> Facts:
    return facts_in(quad.triple for quad in reader.quads(subject=node))


def _value(facts: Facts, predicate: NamedNode) -> str:
    """The value of a property, "" for none."""
    term = next(iter(facts.get(predicate, ())), None)
    return term.value if isinstance(term, Literal | NamedNode) else ""


def _record(facts: Facts, which: str, records: list[DefinitionRecord]) -> DefinitionRecord | None:
    """The definition that a side of a finding is of, with the text that was compared; None where it has another now."""
    names = ("Concept", "Definition", "Catalogue", "Language", "Fingerprint")
    wanted = tuple(_value(facts, SAMSVAR[which + name]) for name in names)
    for record in records:
        if (record.concept, record.definition, record.catalogue, record.language, fingerprint(record.text)) == wanted:
            return record
    return None


def _known(text: str, values: Iterable[T], otherwise: T) -> T:
    """The code that the text is."""
    return next((value for value in values if value == text), otherwise)
