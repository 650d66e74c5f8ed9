"""A generation as it would be with other content in some graphs: to ask what follows before it is written."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from ontologies.namespaces import RDF
from registry.harmonisation.facts import FactsOf, facts_in, read_stored
from registry.previews.located import Located
from registry.statements import parsed
from sparql.embedded.stored_form import as_stored
from sparql.store import Quads, Term


class Content(Protocol):
    """What one graph is to hold."""

    def triples(
        self, subject: NamedNode | None = None, predicate: NamedNode | None = None, value: Term | None = None
    ) -> Iterator[Triple]:
        """Triples that match the pattern; None matches anything."""
        ...


class Overlay:
    """The quads of a reader, but for the graphs that are given anew."""

    def __init__(self, reader: Quads, graphs: Mapping[NamedNode, Content]) -> None:
        self._reader = reader
        self._graphs = graphs

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,  # noqa: A002 - RDF's own word
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """Quads that match the pattern; None matches anything."""
        if isinstance(graph, NamedNode) and graph in self._graphs:
            yield from _quads(graph, self._graphs[graph].triples(subject, predicate, object))
            return
        found = self._reader.quads(subject, predicate, object, graph)
        if graph is not None:
            yield from found
            return
        yield from (quad for quad in found if quad.graph_name not in self._graphs)
        for name, content in self._graphs.items():
            yield from _quads(name, content.triples(subject, predicate, object))

    def facts(self, graph: NamedNode) -> FactsOf:
        """What a graph says of a thing; of a graph that is given anew what it is to say."""
        if graph not in self._graphs:
            return read_stored(self._reader, graph)
        content = self._graphs[graph]
        return lambda thing: facts_in(content.triples(thing))


class InMemory:
    """Triples of a small graph, found by subject or by object."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._all = list(triples)
        self._by_subject: dict[object, list[Triple]] = {}
        self._by_object: dict[object, list[Triple]] = {}
        for triple in self._all:
            self._by_subject.setdefault(triple.subject, []).append(triple)
            self._by_object.setdefault(triple.object, []).append(triple)

    def triples(
        self, subject: NamedNode | None = None, predicate: NamedNode | None = None, value: Term | None = None
    ) -> Iterator[Triple]:
        """See `Content`."""
        if subject is not None:
            found = self._by_subject.get(subject, [])
        elif value is not None:
            found = self._by_object.get(value, [])
        else:
            found = self._all
        return _matching(found, predicate, value)


class OnDisk:
    """A graph whose text lies on disk, with some triples that are said of it beside."""

    def __init__(self, located: Located, beside: Iterable[Triple] = ()) -> None:
        self._located = located
        self._beside = list(beside)

    def triples(
        self, subject: NamedNode | None = None, predicate: NamedNode | None = None, value: Term | None = None
    ) -> Iterator[Triple]:
        """See `Content`. Without a subject, and without a class whose things are sought, all of the text is read."""
        yield from _matching((one for one in self._beside if subject in (None, one.subject)), predicate, value)
        if subject is not None:
            yield from _matching(self._located.triples(str(subject).encode()), predicate, value)
        elif predicate == RDF.type and value is not None:
            things = self._located.typed.get(str(value).encode(), ())
            yield from (Triple(NamedNode(each[1:-1].decode()), RDF.type, value) for each in things if each[:1] == b"<")
        else:
            yield from _matching(self._read(predicate), predicate, value)

    def _read(self, predicate: NamedNode | None) -> Iterator[Triple]:
        wanted = None if predicate is None else str(predicate).encode()
        found = (line for line, (_, said, _) in self._located.all_lines() if wanted in (None, said))
        for triple in parsed(found):
            if triple is not None:
                yield from as_stored([triple])


def _matching(triples: Iterable[Triple], predicate: NamedNode | None, value: Term | None) -> Iterator[Triple]:
    return (
        each
        for each in triples
        if (predicate is None or each.predicate == predicate) and (value is None or each.object == value)
    )


def _quads(graph: NamedNode, triples: Iterable[Triple]) -> Iterator[Quad]:
    return (Quad(each.subject, each.predicate, each.object, graph) for each in triples)
