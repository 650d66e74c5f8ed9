"""By what findings can be chosen and counted: each facet's values, and which rows of the finding table have each.

Reads: the finding table; ministries, legal areas and kinds of the acts; the services and events of catalogues, by the
concepts that they are about, the acts that they rest on, and the events that group them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from ontologies.namespaces import CPSV, CPSVNO, CV, DCT, ELI, RDF, RDFS
from registry.catalogue.graphs import graphs
from registry.catalogue.organisations import organisation_number
from registry.catalogue.per_generation import per_generation
from registry.harmonisation.finding_table import FindingRow, finding_table
from registry.references.held_acts import HeldActs, held_acts
from registry.references.resolving import resolve_text
from registry.settling.states import states
from sparql.store import Reader

FACETS = ("severity", "kind", "catalogue", "publisher", "ministry", "area", "event", "service", "state")
"""In the order of the page. `catalogue` is a catalogue, an act or a regulation."""
NARROWER = " > "
"""Between a legal area and one within it."""

Sets = dict[str, frozenset[int]]
"""The numbers of rows by value."""


@dataclass(frozen=True, slots=True)
class Facets:
    """For each facet its values with their rows; the row numbers of everything."""

    rows: tuple[FindingRow, ...]
    sets: Mapping[str, Sets]

    def chosen(self, choices: Mapping[str, str], about: frozenset[int] | None = None) -> frozenset[int]:
        """The rows that every choice lets through ("" is no choice); `about` holds them to those of a word."""
        found = [self.sets[facet].get(value, frozenset()) for facet, value in choices.items() if value]
        found += [about] if about is not None else []
        return frozenset.intersection(*found) if found else frozenset(range(len(self.rows)))

    def counts(self, facet: str, among: frozenset[int]) -> dict[str, int]:
        """How many of some rows each value of a facet has; values that have none are left out."""
        found = {value: len(rows & among) for value, rows in self.sets[facet].items()}
        return {value: number for value, number in found.items() if number}


@per_generation
def facets(reader: Reader) -> Facets:
    """The facets of this generation's findings."""
    rows = finding_table(reader).rows
    values = _Values(reader, rows)
    found: dict[str, defaultdict[str, set[int]]] = {facet: defaultdict(set) for facet in FACETS}
    for number, row in enumerate(rows):
        for facet, value in values.of(row):
            found[facet][value].add(number)
    return Facets(
        rows, {facet: {value: frozenset(has) for value, has in sets.items()} for facet, sets in found.items()}
    )


class _Values:
    """The facets and values of a finding."""

    def __init__(self, reader: Reader, rows: tuple[FindingRow, ...]) -> None:
        self._states = states(reader, rows)
        self._acts = _Acts(reader)
        self._services = _Services(reader)
        self._identifiers = {uri: info.identifier for uri, info in graphs(reader).items()}

    def of(self, row: FindingRow) -> Iterator[tuple[str, str]]:
        """Each facet with each of its values that the finding has."""
        yield "severity", row.severity
        yield "state", self._states.get(row.uri, "open")
        yield from (("kind", kind) for kind in row.kinds)
        yield from (("publisher", organisation_number(uri) or uri) for uri in row.publishers if uri)
        for graph in row.catalogues:
            if graph in self._identifiers:
                yield "catalogue", self._identifiers[graph]
            yield from self._acts.of_graph(graph)
        for thing in (*row.concepts, *row.catalogues):
            yield from self._services.of(thing)


class _Acts:
    """Ministries and legal areas of the acts, by the graph that each act stands in."""

    def __init__(self, reader: Reader) -> None:
        self._values: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        for quad in reader.quads(predicate=ELI.responsibility_of):
            if isinstance(quad.object, Literal) and isinstance(quad.graph_name, NamedNode):
                self._values[quad.graph_name.value].add(("ministry", quad.object.value))
        laws = {uri for uri, info in graphs(reader).items() if info.kind == "law"}
        for quad in reader.quads(predicate=DCT.subject):
            graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
            if graph in laws and isinstance(quad.object, Literal):
                self._values[graph].update(("area", area) for area in _with_wider(quad.object.value))

    def of_graph(self, graph: str) -> Iterable[tuple[str, str]]:
        """The facets and values of the act in a graph."""
        return self._values.get(graph, ())


def _with_wider(area: str) -> Iterator[str]:
    """A legal area and those that it lies within."""
    parts = area.split(NARROWER)
    return (NARROWER.join(parts[:count]) for count in range(1, len(parts) + 1))


class _Services:
    """Services and events by the concepts that they are about and the graphs of the acts that they rest on."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._acts: HeldActs | None = None
        self._values: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        self._all_events = self._of_types(CV.Event, CV.LifeEvent, CV.BusinessEvent)
        for service in self._of_types(CPSV.PublicService, CPSVNO.Service):
            values = {("service", service.value), *(("event", event.value) for event in self._events(service))}
            for thing in self._things(service):
                self._values[thing] |= values
        for event in self._all_events:
            for concept in self._objects(event, DCT.subject):
                self._values[concept.value].add(("event", event.value))

    def of(self, thing: str) -> Iterable[tuple[str, str]]:
        """The facets and values of a concept or a graph."""
        return self._values.get(thing, ())

    def _of_types(self, *kinds: NamedNode) -> set[NamedNode]:
        subjects = (quad.subject for kind in kinds for quad in self._reader.quads(None, RDF.type, kind))
        return {subject for subject in subjects if isinstance(subject, NamedNode)}

    def _objects(self, subject: NamedNode, *predicates: NamedNode) -> set[NamedNode]:
        objects = (quad.object for predicate in predicates for quad in self._reader.quads(subject, predicate))
        return {each for each in objects if isinstance(each, NamedNode)}

    def _events(self, service: NamedNode) -> set[NamedNode]:
        naming = {quad.subject for quad in self._reader.quads(None, DCT.relation, service)}
        return self._objects(service, CV.isGroupedBy) | {event for event in self._all_events if event in naming}

    def _things(self, service: NamedNode) -> Iterator[str]:
        """The concepts that a service is about, and the graphs of the acts that it rests on."""
        for concept in self._objects(service, DCT.subject):
            yield concept.value
        rules = {
            rule for follows in self._objects(service, CPSV.follows) for rule in self._objects(follows, CPSV.implements)
        }
        for resource in self._objects(service, CV.hasLegalResource) | rules:
            yield from self._held(resource)

    def _held(self, resource: NamedNode) -> Iterator[str]:
        """The graph of an act, or of the acts that a description of one links to at Lovdata."""
        self._acts = self._acts or held_acts(self._reader)
        for link in {resource, *self._objects(resource, RDFS.seeAlso)}:
            for found in filter(None, (each.act for each in resolve_text(self._reader, link.value, self._acts))):
                for quad in self._reader.quads(NamedNode(found), RDF.type, ELI.LegalResource):
                    yield getattr(quad.graph_name, "value", "")
