"""The list of findings as a workbench: the reader's choices, the facets with counts, the list by finding or by term."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext

from registry.catalogue.collation import collation_key
from registry.catalogue.facets_of_things import NARROWER, european_act, values_of_things
from registry.catalogue.finding_facets import FACETS, Facets, facets
from registry.catalogue.graphs import graphs
from registry.catalogue.labels import labelled
from registry.catalogue.organisations import organisations
from registry.catalogue.paging import Page, page_of
from registry.catalogue.per_generation import per_generation
from registry.catalogue.texts import Language, shown
from registry.errors import BadRequestError
from registry.harmonisation.evidence import KINDS
from registry.harmonisation.finding_table import FindingRow, finding_table
from registry.harmonisation.records import SEVERITIES
from registry.settling.states import STATES
from registry.views.context import reader
from registry.views.findings import kind_label
from registry.views.languages import language, said
from registry.views.parameters import chosen, one_of
from sparql.store import Reader

CHARTED = ("ministry", "kind", "area", "publisher")
"""Facets that are drawn."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: how many findings have it under the other choices, in all and of each severity."""

    value: str
    label: str
    count: int
    chosen: bool = False
    severities: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Value, label and number."""
        return {"value": self.value, "label": self.label, "count": self.count}


@dataclass(frozen=True, slots=True)
class TermGroup:
    """The findings about one term: the worst, how many there are of each severity, how many concepts they are about.

    `sources` are the acts of the EU that the acts behind them make law.
    """

    worst: FindingRow
    count: int
    severities: Mapping[str, int]
    concepts: int
    sources: int

    def as_json(self) -> dict[str, Any]:
        """The term with its numbers."""
        numbers = {"findings": self.count, "concepts": self.concepts, "severities": dict(self.severities)}
        numbers["sources"] = self.sources
        return {"term": self.worst.term, "worst": self.worst.uri, **numbers}


class Workbench:
    """The findings that the request's choices let through."""

    def __init__(self) -> None:
        self._facets: Facets = facets(reader())
        self.choices = {facet: chosen(facet) for facet in FACETS}
        self.term = chosen("term")
        self._check()
        self._about = finding_table(reader()).about(self.term) if self.term else None
        self._numbers = self._facets.chosen(self.choices, self._about)

    @property
    def is_filtered(self) -> bool:
        """Whether there is any choice at all."""
        return bool(self.term or any(self.choices.values()))

    @property
    def rows(self) -> list[FindingRow]:
        """The findings, worst first."""
        return [self._facets.rows[number] for number in sorted(self._numbers)]

    def severities(self) -> dict[str, int]:
        """How many there are of each severity under the other choices; all four are there."""
        return {severity: self._counts("severity").get(severity, 0) for severity in SEVERITIES}

    def choices_of(self, facet: str) -> list[Choice]:
        """The values of a facet that some finding has under the other choices, by label."""
        names = _labels(reader(), facet, language())
        own = self.choices[facet]
        counted = {own: 0, **self._counts(facet)} if own else self._counts(facet)
        found = [Choice(value, names.get(value, value), count, value == own) for value, count in counted.items()]
        return sorted(found, key=lambda choice: _place(facet, choice))

    def offered(self, facet: str) -> bool:
        """Whether there is anything to choose: data that has the facet, with more than one value."""
        return len(self._facets.sets[facet]) > 1 or bool(self.choices[facet])

    def figures(self, facet: str) -> list[Choice]:
        """The values of a facet among the findings that are chosen, with severities, the most first."""
        names = _labels(reader(), facet, language())
        sets = self._facets.sets
        found = []
        for value, count in self._facets.counts(facet, self._numbers).items():
            if facet == "area" and NARROWER in value:
                continue
            rows = sets[facet][value] & self._numbers
            by_severity = sets["severity"]
            severities: dict[str, int] = {name: len(rows & by_severity.get(name, frozenset())) for name in SEVERITIES}
            found.append(Choice(value, names.get(value, value), count, value == self.choices[facet], severities))
        return sorted(found, key=lambda choice: (-choice.count, collation_key(choice.label)))

    def terms(self, number: int, size: int) -> Page[TermGroup]:
        """A page of the findings by term, the term with the worst finding first."""
        groups: dict[str, list[FindingRow]] = {}
        for row in self.rows:
            groups.setdefault(next(iter(row.keys), row.term), []).append(row)
        return page_of(list(groups.values()), number, size).map(_group)

    def as_json(self) -> dict[str, Any]:
        """What is chosen, and the facets with their counts."""
        offered = [facet for facet in FACETS if self._facets.sets[facet]]
        return {
            "choices": {name: value for name, value in {**self.choices, "term": self.term}.items() if value},
            "facets": {facet: [choice.as_json() for choice in self.choices_of(facet)] for facet in offered},
        }

    def _counts(self, facet: str) -> dict[str, int]:
        others = {name: value for name, value in self.choices.items() if name != facet}
        return self._facets.counts(facet, self._facets.chosen(others, self._about))

    def _check(self) -> None:
        """Looks whether every choice is one.

        Raises:
            BadRequestError: a value that nothing in the register has.
        """
        one_of("severity", SEVERITIES)
        one_of("kind", tuple(KINDS))
        one_of("state", STATES)
        catalogue = self.choices["catalogue"]
        if catalogue and catalogue not in {info.identifier for info in graphs(reader()).values()}:
            raise BadRequestError(said(gettext("There is no catalogue called %(name)s.", name=catalogue)))


def _group(rows: list[FindingRow]) -> TermGroup:
    severities: dict[str, int] = {name: sum(row.severity == name for row in rows) for name in SEVERITIES}
    concepts = {concept for row in rows for concept in row.concepts}
    known = values_of_things(reader())
    graphs_of = {graph for row in rows for graph in row.catalogues}
    sources = {value for graph in graphs_of for facet, value in known.get(graph, ()) if facet == "source"}
    return TermGroup(rows[0], len(rows), severities, len(concepts), len(sources))


def _place(facet: str, choice: Choice) -> tuple[int, Any]:
    """Severities by gravity, everything else by name."""
    order = SEVERITIES if facet == "severity" else ()
    return (order.index(choice.value) if choice.value in order else len(order), collation_key(choice.label))


@per_generation
def _labels(seen: Reader, facet: str, chosen_language: Language) -> dict[str, str]:
    """What the values of a facet are called; those that are their own names are left out."""
    values: Iterable[str] = facets(seen).sets[facet]
    if facet == "kind":
        return {code: kind_label(code, chosen_language) for code in values}
    if facet == "catalogue":
        known = {info.identifier: info for info in graphs(seen).values()}
        return {name: shown(known[name].name, chosen_language) or name for name in values}
    if facet == "publisher":
        known_publishers = {one.number: one.reference for one in organisations(seen, chosen_language) if one.number}
        return {
            number: (known_publishers.get(number) or labelled(seen, number)).name(chosen_language) for number in values
        }
    if facet == "source":
        return {uri: european_act(uri) for uri in values}
    if facet in {"event", "service"}:
        return {uri: labelled(seen, uri).name(chosen_language) for uri in values}
    return {}
