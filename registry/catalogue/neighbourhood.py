"""The concepts around one concept, as nodes and edges for a drawing and for the same as a list."""

from dataclasses import dataclass
from typing import Any

from registry.catalogue.concepts import Concept
from registry.catalogue.relations import Relation
from registry.catalogue.texts import Reference

REVERSED = frozenset({"generalizes", "hasPart", "narrower", "narrowMatch", "replaces", "referredToBy"})
"""Relations whose arrow points at the concept: everything is drawn from the narrower to the wider, part to whole."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two nodes, by their IRIs; `relation` as seen from the concept in the middle."""

    source: str
    target: str
    relation: Relation

    @property
    def kind(self) -> str:
        """The kind of the relation."""
        return self.relation.kind

    def as_json(self) -> dict[str, Any]:
        """Both ends and the kind of relation."""
        return {"source": self.source, "target": self.target, "kind": self.kind}


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The concept in the middle and what it is related to."""

    centre: Reference
    edges: tuple[Edge, ...]

    def as_json(self) -> dict[str, Any]:
        """Nodes, the middle one first, and edges."""
        others = {edge.relation.other.uri: edge.relation.other for edge in self.edges}
        nodes = [self.centre.as_json(), *(other.as_json() for other in others.values())]
        return {"nodes": nodes, "edges": [edge.as_json() for edge in self.edges]}


def neighbourhood(concept: Concept) -> Neighbourhood:
    """Everything that the concept is related to."""
    edges = []
    for relation in concept.relations:
        ends = (concept.uri, relation.other.uri)
        source, target = reversed(ends) if relation.kind in REVERSED else ends
        edges.append(Edge(source, target, relation))
    return Neighbourhood(concept.reference, tuple(edges))
