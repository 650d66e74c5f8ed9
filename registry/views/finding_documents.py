"""Findings as tables and as RDF, for the pages that list them."""

from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import NamedNode, Triple

from registry.harmonisation import listing
from registry.harmonisation.finding_table import FindingRow
from registry.harmonisation.rdf import triples_of
from registry.harmonisation.records import DefinitionRecord, Finding
from registry.tables import csv_text
from registry.views.context import reader, register
from registry.views.findings import explained, settled, uri_of, who
from registry.views.languages import language
from registry.views.rendering import CSV
from sparql.formats import RDF_FORMATS, RdfSyntax, serialise

_FINDING = ("uri", "term", "severity", "relation", "label", "same_score", "kinds", "explanation", "state")
_SIDE = ("by", "term", "text", "language", "concept", "definition", "act", "scope", "sources")
COLUMNS = (*_FINDING, *(f"{side}_{name}" for side in ("a", "b") for name in _SIDE))


def tables(rows: Iterable[FindingRow]) -> dict[str, Callable[[], str | bytes]]:
    """The findings in every format that is no page, by media type."""
    found = list(rows)
    syntaxes = {syntax.media_type: _in(syntax, found) for syntax in RDF_FORMATS}
    return {CSV: lambda: as_csv(found), **syntaxes}


def _in(syntax: RdfSyntax, rows: list[FindingRow]) -> Callable[[], bytes]:
    return lambda: serialise(as_triples(rows), syntax)


def as_csv(rows: Iterable[FindingRow]) -> str:
    """One line a finding, both definitions on it."""
    return csv_text(COLUMNS, (_line(finding) for finding in listing.read(reader(), rows)))


def as_triples(rows: Iterable[FindingRow]) -> Iterator[Triple]:
    """What the store says about the findings."""
    for row in rows:
        yield from triples_of(reader(), register().urls, NamedNode(row.uri))


def _line(finding: Finding) -> dict[str, str]:
    comparison = finding.comparison
    return {
        "uri": uri_of(finding),
        "term": finding.term,
        "severity": comparison.severity,
        "relation": comparison.relation,
        "label": comparison.label,
        "same_score": f"{comparison.same_score:.3f}",
        "kinds": " ".join(dict.fromkeys(item.kind for item in comparison.evidence)),
        "explanation": " ".join(explained(item, language()) for item in comparison.evidence),
        "state": settled(finding).state,
        **_side("a", finding.a),
        **_side("b", finding.b),
    }


def _side(name: str, side: DefinitionRecord) -> dict[str, str]:
    values = {
        "by": who(side),
        "term": side.term,
        "text": side.text,
        "language": side.language,
        "concept": side.concept,
        "definition": side.definition,
        "act": side.act,
        "scope": side.scope,
        "sources": " ; ".join(source.text or source.uri for source in side.sources),
    }
    return {f"{name}_{column}": value for column, value in values.items()}
