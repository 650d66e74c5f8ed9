"""What a life event, a service or a pair of services has in words: the acts, and what these define differently.

A service rests on acts, and names concepts. Where two of these define a word differently, data and decisions of the one
cannot be used as they are in the other. Reads: the chain, and findings.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from ontologies.namespaces import ELI, RDF
from registry.catalogue.citations import cited
from registry.catalogue.labels import labelled
from registry.catalogue.texts import Reference
from registry.chain import walking
from registry.chain.neighbours import Neighbours
from registry.harmonisation.finding_table import FindingRow, finding_table
from registry.urls import Urls
from sparql.store import Reader

KINDS = ("service", "event")
_CONCEPTS = ("concept", "statutoryConcept")
_PARTS_OF_ACT = 5
"""lov, year, month, day and number."""


@dataclass(frozen=True, slots=True)
class Area:
    """A service or an event: the acts that it rests on, and the concepts that it names, all as IRIs."""

    reference: Reference
    kind: str
    acts: frozenset[str]
    concepts: frozenset[str]

    def as_json(self) -> dict[str, Any]:
        """The thing, its kind, and how many acts and concepts it has."""
        numbers = {"acts": len(self.acts), "concepts": len(self.concepts)}
        return {**self.reference.as_json(), "kind": self.kind, **numbers}


@dataclass(frozen=True, slots=True)
class Act:
    """An act and who rests on it; `held`: the register has its text; `findings`: in how many it has a part."""

    reference: Reference
    areas: tuple[Reference, ...]
    held: bool
    findings: int

    def as_json(self) -> dict[str, Any]:
        """All members."""
        areas = [area.uri for area in self.areas]
        return {**self.reference.as_json(), "restsOnIt": areas, "held": self.held, "findings": self.findings}


@dataclass(frozen=True, slots=True)
class Term:
    """A word with the findings about it, the worst first, and who defines it: acts, else concepts."""

    term: str
    rows: tuple[FindingRow, ...]
    sources: tuple[Reference, ...]

    def as_json(self) -> dict[str, Any]:
        """The word, its sources and its findings."""
        return {
            "term": self.term,
            "severity": self.rows[0].severity,
            "sources": [source.as_json() for source in self.sources],
            "findings": [
                {"uri": row.uri, "severity": row.severity, "relation": row.relation, "kinds": list(row.kinds)}
                for row in self.rows
            ],
        }


@dataclass(frozen=True, slots=True)
class SharedTerms:
    """One area, or two whose words are held against each other."""

    areas: tuple[Area, ...]
    acts: tuple[Act, ...]
    terms: tuple[Term, ...]


def area(reader: Reader, urls: Urls, uri: str) -> Area | None:
    """A service or an event with what it rests on; None for what is neither."""
    neighbours = Neighbours(reader, urls)
    kind = neighbours.kind(uri)
    if kind not in KINDS:
        return None
    found = walking.foundations(neighbours, uri).kinds
    start = urls.mint("legislation", "").value
    acts = {_act(one, start) for one, kind in found.items() if kind == "provision" and one.startswith(start)}
    concepts = {one for one, kind in found.items() if kind in _CONCEPTS}
    return Area(labelled(reader, uri), kind, frozenset(acts), frozenset(concepts))


def shared_terms(reader: Reader, areas: Sequence[Area]) -> SharedTerms:
    """The acts of one area or two, and the words that are defined differently: within one, between two."""
    acts = sorted({act for each in areas for act in each.acts})
    graphs = {graph: act for act in acts for graph in _graphs(reader, act)}
    rows = [row for row in finding_table(reader).rows if _meet(row, areas, graphs)]
    by_act = defaultdict[str, int](int)
    for row in rows:
        for act in {graphs[graph] for graph in row.catalogues if graph in graphs}:
            by_act[act] += 1
    held = set(graphs.values())
    lines = [_line(reader, act, areas, held=act in held, findings=by_act[act]) for act in acts]
    return SharedTerms(tuple(areas), tuple(sorted(lines, key=_most)), tuple(_terms(reader, rows, graphs)))


def _line(reader: Reader, act: str, areas: Sequence[Area], *, held: bool, findings: int) -> Act:
    resting = tuple(each.reference for each in areas if act in each.acts)
    return Act(cited(reader, act), resting, held, findings)


def _most(act: Act) -> tuple[bool, int, str]:
    return not act.held, -act.findings, act.reference.uri


def _act(provision: str, start: str) -> str:
    """The act of a provision, or the act itself."""
    return start + "/".join(provision.removeprefix(start).split("/")[:_PARTS_OF_ACT])


def _graphs(reader: Reader, act: str) -> set[str]:
    """Where the text of an act is."""
    found = reader.quads(NamedNode(act), RDF.type, ELI.LegalResource)
    return {quad.graph_name.value for quad in found if isinstance(quad.graph_name, NamedNode)}


def _meet(row: FindingRow, areas: Sequence[Area], graphs: dict[str, str]) -> bool:
    """Whether both definitions of a finding are the area's; of two areas, whether one is of each."""
    ends = list(zip(row.concepts, row.catalogues, strict=True))
    if ends[0] == ends[1]:
        return False
    sides = [
        [concept in each.concepts or graphs.get(graph, "-") in each.acts for each in areas] for concept, graph in ends
    ]
    if len(areas) == 1:
        return sides[0][0] and sides[1][0]
    return (sides[0][0] and sides[1][1]) or (sides[0][1] and sides[1][0])


def _terms(reader: Reader, rows: Iterable[FindingRow], graphs: dict[str, str]) -> list[Term]:
    groups = defaultdict[str, list[FindingRow]](list)
    for row in rows:
        groups[next(iter(row.keys), row.term)].append(row)
    return [Term(group[0].term, tuple(group), _sources(reader, group, graphs)) for group in groups.values()]


def _sources(reader: Reader, rows: Iterable[FindingRow], graphs: dict[str, str]) -> tuple[Reference, ...]:
    ends = {
        graphs.get(graph) or concept
        for row in rows
        for concept, graph in zip(row.concepts, row.catalogues, strict=True)
    }
    return tuple(cited(reader, end) for end in sorted(ends) if end)
