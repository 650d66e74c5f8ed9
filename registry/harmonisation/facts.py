"""What graphs say of things, as definitions are read from it: looked up one by one, or a whole graph at once."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Protocol, TypeAlias

from pyoxigraph import NamedNode, Triple

from ontologies.namespaces import DCT, ELI, EUVOC, RDF, RDFS, SAMSVAR, SKOS, SKOSNO
from sparql.store import Quads, Term

Facts: TypeAlias = Mapping[NamedNode, Collection[Term]]
"""What is said of one thing in one graph: property to values, none twice."""
FactsOf: TypeAlias = Callable[[NamedNode], Facts]
"""What one graph says of a thing."""
LAW = "/graph/law/"
"""What the graphs of acts have in their names."""


class WholeGraphs(Quads, Protocol):
    """What can be asked for quads, and has whole graphs at hand."""

    def facts(self, graph: NamedNode) -> FactsOf:
        """The facts of a graph, as `read_whole` gives them."""
        ...


READ = frozenset(
    {
        *(SKOS.exactMatch, SKOS.closeMatch),
        *(RDF.value, RDFS.label, RDFS.seeAlso, SKOS.prefLabel, SKOS.altLabel, EUVOC.xlDefinition),
        *(DCT.publisher, DCT.subject, DCT.source, DCT.title, SKOSNO.relationshipWithSource),
        *(EUVOC.startDate, EUVOC.endDate, SAMSVAR.act, SAMSVAR.scope, ELI.is_part_of, ELI.number),
    }
)
"""The properties that a record is made of: what is not among them is not known of a graph that is read whole."""


def looked_up(reader: Quads, graph: NamedNode) -> FactsOf:
    """Facts that are looked up when they are asked for."""

    def facts_of(thing: NamedNode) -> Facts:
        return facts_in(quad.triple for quad in reader.quads(subject=thing, graph=graph))

    return facts_of


def facts_in(triples: Iterable[Triple]) -> Facts:
    """What triples say of their one subject."""
    facts: dict[NamedNode, dict[Term, None]] = {}
    for triple in triples:
        facts.setdefault(triple.predicate, {})[triple.object] = None
    return facts


def read_whole(reader: Quads, graph: NamedNode) -> FactsOf:
    """The same facts, as far as records need them, of a graph that is read from end to end now."""
    facts: dict[object, dict[NamedNode, dict[Term, None]]] = {}
    for quad in reader.quads(graph=graph):
        if (predicate := quad.predicate) in READ:
            facts.setdefault(quad.subject, {}).setdefault(predicate, {})[quad.object] = None
    return lambda thing: facts.get(thing, {})


def read_stored(reader: Quads, graph: NamedNode) -> FactsOf:
    """The facts of a catalogue, read from end to end; of an act, most of which is other text, looked up."""
    return looked_up(reader, graph) if LAW in graph.value else read_whole(reader, graph)
