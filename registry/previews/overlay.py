"""A generation as it would be with other content in some graphs: to ask what follows before it is written."""

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from sparql.store import Quads, Term


class Overlay:
    """The quads of a reader, but for the graphs that are given anew."""

    def __init__(self, reader: Quads, graphs: Mapping[NamedNode, Iterable[Triple]]) -> None:
        self._reader = reader
        self._graphs = {graph: _Graph(graph, triples) for graph, triples in graphs.items()}

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,  # noqa: A002 - RDF's own word
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """Quads that match the pattern; None matches anything."""
        if isinstance(graph, NamedNode) and graph in self._graphs:
            yield from self._graphs[graph].quads(subject, predicate, object)
            return
        found = self._reader.quads(subject, predicate, object, graph)
        if graph is not None:
            yield from found
            return
        yield from (quad for quad in found if quad.graph_name not in self._graphs)
        for each in self._graphs.values():
            yield from each.quads(subject, predicate, object)


class _Graph:
    """One graph, found by subject or by object."""

    def __init__(self, graph: NamedNode, triples: Iterable[Triple]) -> None:
        self._all: list[Quad] = []
        self._by_subject: dict[object, list[Quad]] = {}
        self._by_object: dict[object, list[Quad]] = {}
        for triple in triples:
            quad = Quad(triple.subject, triple.predicate, triple.object, graph)
            self._all.append(quad)
            self._by_subject.setdefault(quad.subject, []).append(quad)
            self._by_object.setdefault(quad.object, []).append(quad)

    def quads(self, subject: NamedNode | None, predicate: NamedNode | None, wanted: Term | None) -> Iterator[Quad]:
        if subject is not None:
            found = self._by_subject.get(subject, [])
        elif wanted is not None:
            found = self._by_object.get(wanted, [])
        else:
            found = self._all
        for quad in found:
            if (predicate is None or quad.predicate == predicate) and (wanted is None or quad.object == wanted):
                yield quad
