"""What the rules say of the definitions of a concept or a catalogue, and what these score.

Every definition is tested by the rules that hold for it, each worth its points; the score is the share that it keeps.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from ontologies.namespaces import RDF
from registry.definition_rules.base import RuleFinding, RuleText, rule_texts
from registry.definition_rules.checking import check, check_all, is_read, rules_of
from registry.harmonisation.reader import CLASSES, definition_records
from registry.harmonisation.records import DefinitionRecord
from sparql.store import Reader


@dataclass(frozen=True, slots=True)
class RuleScore:
    """Points that definitions keep, `of` those they are tested for; `broken` counts definitions by a rule's code."""

    definitions: int
    points: int
    of: int
    broken: Mapping[str, int]

    @property
    def share(self) -> float:
        """From 0 to 1; 1 where nothing was tested."""
        return self.points / self.of if self.of else 1.0

    def taken(self) -> list[tuple[RuleText, int, int]]:
        """Each rule that is broken, by how many definitions, and the points that it took; the most points first."""
        found = [
            (rule_texts()[code], number, number * rule_texts()[code].points) for code, number in self.broken.items()
        ]
        return sorted(found, key=lambda each: -each[2])

    def __add__(self, other: "RuleScore") -> "RuleScore":
        """What both score together."""
        together = Counter(self.broken) + Counter(other.broken)
        broken = {code: together[code] for code in rule_texts() if code in together}
        return RuleScore(self.definitions + other.definitions, self.points + other.points, self.of + other.of, broken)

    def as_json(self) -> dict[str, Any]:
        """With what each rule took; the members that docs/quality.md promises."""
        taken = {rule.code: {"definitions": number, "points": points} for rule, number, points in self.taken()}
        return {
            "definitions": self.definitions,
            "points": self.points,
            "of": self.of,
            "share": round(self.share, 4),
            "taken": taken,
        }


NO_SCORE = RuleScore(0, 0, 0, {})
"""Of no definitions."""


def ranked(scores: Mapping[str, RuleScore]) -> dict[str, RuleScore]:
    """Scores by who or what has them, the best first."""
    return dict(sorted(scores.items(), key=lambda pair: (-pair[1].share, pair[0])))


@dataclass(frozen=True, slots=True)
class Judgement:
    """Definitions with the rules that they break; `together` where they were held against each other, too."""

    records: tuple[DefinitionRecord, ...]
    findings: tuple[RuleFinding, ...]
    together: bool

    @property
    def score(self) -> RuleScore:
        """What all of them score."""
        return self._scored(self.records, self.findings)

    def by_publisher(self) -> dict[str, RuleScore]:
        """The score of each organisation's definitions by its IRI ("" where none is named), the best first."""
        records: dict[str, list[DefinitionRecord]] = {}
        findings: dict[str, list[RuleFinding]] = {}
        for record in self.records:
            records.setdefault(record.publisher, []).append(record)
        for finding in self.findings:
            findings.setdefault(finding.record.publisher, []).append(finding)
        return ranked({who: self._scored(held, findings.get(who, ())) for who, held in records.items()})

    def as_json(self, language: str) -> dict[str, Any]:
        """The score, and every finding with the definition that it is about."""
        return {"score": self.score.as_json(), "findings": [told(each, language) for each in self.findings]}

    def of_catalogue_as_json(self, identifier: str, language: str) -> dict[str, Any]:
        """The same of the catalogue with this id, with the score of each organisation."""
        return {"catalogue": identifier, **ranked_as_json(self.by_publisher()), **self.as_json(language)}

    def _scored(self, records: Iterable[DefinitionRecord], findings: Iterable[RuleFinding]) -> RuleScore:
        held = [record for record in records if is_read(record)]
        of = sum(rule.points for record in held for rule in rules_of(record, together=self.together))
        pairs = {(finding.record, finding.rule.code) for finding in findings}
        broken = Counter(code for _, code in pairs)
        taken = sum(rule_texts()[code].points * number for code, number in broken.items())
        return RuleScore(len(held), of - taken, of, {code: broken[code] for code in rule_texts() if code in broken})


def is_concept(reader: Reader, uri: str) -> bool:
    """Whether the register has a concept with this URI."""
    return any(True for kind in CLASSES for _ in reader.quads(NamedNode(uri), RDF.type, kind))


def of_concept(reader: Reader, uri: str) -> Judgement:
    """One concept's definitions, each by itself."""
    records = definition_records(reader, [uri])
    return Judgement(tuple(records), tuple(finding for record in records for finding in check(record)), together=False)


def of_graph(reader: Reader, graph: str) -> Judgement:
    """The definitions of one catalogue or act, each by itself and against each other."""
    node = NamedNode(graph)
    typed = (quad.subject for kind in CLASSES for quad in reader.quads(None, RDF.type, kind, node))
    concepts = {concept.value for concept in typed if isinstance(concept, NamedNode)}
    records = [record for record in definition_records(reader, concepts) if record.catalogue == graph]
    return Judgement(tuple(records), _sorted(records, check_all(records)), together=True)


def ranked_as_json(scores: Mapping[str, RuleScore]) -> dict[str, Any]:
    """The scores of organisations in their order."""
    return {"organisations": [{"organisation": uri, **score.as_json()} for uri, score in scores.items()]}


def told(finding: RuleFinding, language: str) -> dict[str, Any]:
    """A finding with the concept, the definition and the words that it is about."""
    record = finding.record
    return {
        "concept": record.concept,
        "term": record.term,
        "definition": record.definition,
        "text": record.text,
        "language": record.language,
        "quoted": finding.quoted or None,
        **finding.as_json(language),
    }


def _sorted(records: Sequence[DefinitionRecord], findings: Iterable[RuleFinding]) -> tuple[RuleFinding, ...]:
    place = {record: number for number, record in enumerate(records)}
    return tuple(sorted(findings, key=lambda finding: place[finding.record]))
