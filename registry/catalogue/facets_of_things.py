"""Ministries, legal areas, acts of the EU, services and events of concepts and of graphs: what findings are chosen by.

Reads: ministries and areas of acts, and the acts of the EU that they make law; services and events of catalogues, by
the concepts that they are about, the acts that they rest on, and the events that group them. They are read once, noted
down, and read again after a change in an act or in a graph that has services or events: it takes seconds where a
register holds all law.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

from ontologies.namespaces import CPSV, CPSVNO, CV, DCT, ELI, RDF, RDFS
from registry.catalogue.graphs import graphs
from registry.harmonisation.facts import LAW
from registry.notes import kept_until
from registry.references.held_acts import HeldActs, held_acts
from registry.references.resolving import resolve_text
from sparql.store import Reader

NARROWER = " > "
"""Between a legal area and one within it."""
_OF_THE_EU = re.compile(r"http://data\.europa\.eu/eli/(reg|dir)/(\d{4})/(\d+)/oj")
_NUMBERED_BY_YEAR, _OF_THE_UNION = 2015, 2010
"""Since when all acts are numbered year first, and since when they are the Union's."""
_SERVICES = (CPSV.PublicService, CPSVNO.Service)
_EVENTS = (CV.Event, CV.LifeEvent, CV.BusinessEvent)

Values: TypeAlias = Mapping[str, Iterable[tuple[str, str]]]
"""Facets and values by the IRI of a concept or graph."""


def _matter(reader: Reader, changes: Sequence[Quad]) -> bool:
    """Whether acts, or graphs that have services or events, are among what has changed."""
    kinds = (*_SERVICES, *_EVENTS)
    served = {quad.graph_name for kind in kinds for quad in reader.quads(None, RDF.type, kind)}
    return any(_is_law(quad) or quad.graph_name in served or quad.object in kinds for quad in changes)


def _is_law(quad: Quad) -> bool:
    return isinstance(quad.graph_name, NamedNode) and LAW in quad.graph_name.value


def _of_note(note: Mapping[str, list[list[str]]]) -> Values:
    return {thing: [(facet, value) for facet, value in has] for thing, has in note.items()}


@kept_until(_matter, "facets-of-things", lambda found: {thing: sorted(has) for thing, has in found.items()}, _of_note)
def values_of_things(reader: Reader) -> Values:
    """The facets and values of concepts and graphs; of most there are none."""
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for thing, values in chain(_Acts(reader).values.items(), _Services(reader).values.items()):
        found[thing] |= values
    return found


class _Acts:
    """Ministries, legal areas and source acts of the acts, by the graph that each act stands in."""

    def __init__(self, reader: Reader) -> None:
        self.values: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        for quad in reader.quads(predicate=ELI.responsibility_of):
            if isinstance(quad.object, Literal) and isinstance(quad.graph_name, NamedNode):
                self.values[quad.graph_name.value].add(("ministry", quad.object.value))
        for quad in reader.quads(predicate=ELI.transposes):
            if isinstance(quad.object, NamedNode) and isinstance(quad.graph_name, NamedNode):
                self.values[quad.graph_name.value].add(("source", quad.object.value))
        laws = {uri for uri, info in graphs(reader).items() if info.kind == "law"}
        for quad in reader.quads(predicate=DCT.subject):
            graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
            if graph in laws and isinstance(quad.object, Literal):
                self.values[graph].update(("area", area) for area in _with_wider(quad.object.value))


def european_act(eli: str) -> str:
    """What people call an act of the EU by its ELI: "(EU) 2019/1009", "2008/50/EF"; the ELI if it is no such."""
    found = _OF_THE_EU.fullmatch(eli)
    if found is None:
        return eli
    kind, year, number = found.groups()
    if int(year) >= _NUMBERED_BY_YEAR:
        return f"(EU) {year}/{number}"
    if kind == "dir":
        return f"{year}/{number}/{'EU' if int(year) >= _OF_THE_UNION else 'EF'}"
    return f"({'EU' if int(year) >= _OF_THE_UNION else 'EF'}) {number}/{year}"


def _with_wider(area: str) -> Iterator[str]:
    """A legal area and those that it lies within."""
    parts = area.split(NARROWER)
    return (NARROWER.join(parts[:count]) for count in range(1, len(parts) + 1))


class _Services:
    """Services and events by the concepts that they are about and the graphs of the acts that they rest on."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._acts: HeldActs | None = None
        self.values: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        self._all_events = self._of_types(*_EVENTS)
        for service in self._of_types(*_SERVICES):
            values = {("service", service.value), *(("event", event.value) for event in self._events(service))}
            for thing in self._things(service):
                self.values[thing] |= values
        for event in self._all_events:
            for concept in self._objects(event, DCT.subject):
                self.values[concept.value].add(("event", event.value))

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
