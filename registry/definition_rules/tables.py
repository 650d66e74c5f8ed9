"""What the rules find as CSV, and as a validation report of SHACL.

A report says of each result the concept or the definition (focus node), the property with its value, a message in
three languages, and the rule as the shape: ``https://w3id.org/samsvar/definition-rules#{code}``.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ontologies.namespaces import DCT, RDF, SH, SKOS, SKOSNO, XSD, Namespace
from registry.definition_rules.base import RuleFinding, RuleText
from registry.definition_rules.judging import told
from registry.tables import csv_text

RULES = Namespace("https://w3id.org/samsvar/definition-rules#")
"""The rules, as shapes; `Rule` is their constraint component."""
COLUMNS = (
    *("concept", "term", "definition", "language", "text", "rule", "points", "kind", "norm"),
    *("quoted", "start", "end", "label", "explanation", "mended"),
)
_MISSING = {"sourceMissing": DCT.source, "relationshipMissing": SKOSNO.relationshipWithSource}
"""Rules about a property that a definition has not, so that there is no value."""
_OF_THE_TERM = "plural"
_SEVERITIES = {"substance": SH.Warning, "form": SH.Info, "record": SH.Info}


def findings_as_csv(findings: Iterable[RuleFinding], language: str) -> str:
    """One line a finding."""
    return csv_text(COLUMNS, (_line(finding, language) for finding in findings))


def validation_report(findings: Iterable[RuleFinding]) -> Iterator[Triple]:
    """A ``sh:ValidationReport`` with a result for each finding, and the rules that these name."""
    report, rules, number = BlankNode("report"), dict[str, RuleText](), 0
    for number, finding in enumerate(findings, 1):
        result = BlankNode(f"result{number}")
        rules[finding.rule.code] = finding.rule
        yield Triple(report, SH.result, result)
        yield from _result(result, finding)
    yield Triple(report, RDF.type, SH.ValidationReport)
    yield Triple(report, SH.conforms, Literal("false" if number else "true", datatype=XSD.boolean))
    for rule in rules.values():
        yield from _shape(rule)


def _line(finding: RuleFinding, language: str) -> dict[str, str]:
    said = told(finding, language)
    start, end = finding.span or ("", "")
    values = {**said, "points": finding.rule.points, "start": start, "end": end}
    return {name: str(values[name] if values[name] is not None else "") for name in COLUMNS}


def _result(result: BlankNode, finding: RuleFinding) -> Iterator[Triple]:
    code = finding.rule.code
    focus, path, value = _place(finding)
    yield Triple(result, RDF.type, SH.ValidationResult)
    yield Triple(result, SH.focusNode, focus)
    yield Triple(result, SH.resultPath, path)
    if value is not None:
        yield Triple(result, SH.value, value)
    yield Triple(result, SH.resultSeverity, _SEVERITIES[finding.rule.kind])
    yield Triple(result, SH.sourceShape, RULES[code])
    yield Triple(result, SH.sourceConstraintComponent, RULES.Rule)
    for language, words in finding.explanations.items():
        yield Triple(result, SH.resultMessage, Literal(words, language=language))


def _place(finding: RuleFinding) -> tuple[NamedNode, NamedNode, Literal | None]:
    """The thing, the property of it that the rule is about, and its value where there is one."""
    record, code = finding.record, finding.rule.code
    if code == _OF_THE_TERM:
        return NamedNode(record.concept), SKOS.prefLabel, Literal(record.term, language=record.language)
    if code in _MISSING:
        return NamedNode(record.definition), _MISSING[code], None
    return NamedNode(record.definition), RDF.value, Literal(record.text, language=record.language)


def _shape(rule: RuleText) -> Iterator[Triple]:
    node = RULES[rule.code]
    yield Triple(node, RDF.type, SH.PropertyShape)
    yield Triple(node, DCT.source, Literal(rule.norm))
    for language, name in rule.labels.items():
        yield Triple(node, SH.name, Literal(name, language=language))
