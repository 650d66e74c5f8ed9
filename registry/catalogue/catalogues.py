"""Catalogues: the list, and one with what it holds and how its last import went."""

from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from registry.catalogue.collation import collation_key
from registry.catalogue.graphs import GraphInfo, graphs
from registry.catalogue.imports import ImportInfo, import_info
from registry.catalogue.per_generation import per_generation
from registry.catalogue.queries import ask, count, grouped, iri
from registry.catalogue.texts import Language, Reference, Texts, lists_as_json, shown, texts_of
from sparql.store import Reader


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One catalogue's graph, how much it holds, and its last import."""

    graph: GraphInfo
    concepts: int = 0
    models: int = 0
    datasets: int = 0
    services: int = 0
    last_import: ImportInfo | None = None

    def as_json(self) -> dict[str, Any]:
        """The graph, counts by kind of thing, and the last import."""
        counts = {"concepts": self.concepts, "informationModels": self.models}
        counts |= {"datasets": self.datasets, "dataServices": self.services}
        last = self.last_import.as_json() if self.last_import else None
        return {**self.graph.as_json(), "counts": counts, "lastImport": last}


@dataclass(frozen=True, slots=True)
class CatalogueDescription:
    """What a catalogue says of itself: its collections and their descriptions."""

    collections: tuple[Reference, ...] = ()
    descriptions: Texts = ()

    def as_json(self) -> dict[str, Any]:
        """Collections with titles; descriptions by language."""
        collections = [collection.as_json() for collection in self.collections]
        return {"collections": collections, "description": lists_as_json(self.descriptions)}


@per_generation
def graph_counts(reader: Reader) -> dict[str, dict[str, int]]:
    """Graph IRI to the number of things of each kind in it."""
    return {
        graph: {iri(row, "kind"): count(row, "things") for row in rows}
        for graph, rows in grouped(ask(reader, "graph_counts"), "graph").items()
    }


@per_generation
def catalogues(reader: Reader, language: Language) -> tuple[Catalogue, ...]:
    """Every catalogue by title."""
    found = [_catalogue(reader, info) for info in graphs(reader).values() if info.kind == "catalogue"]
    return tuple(sorted(found, key=lambda one: collation_key(shown(one.graph.name, language) or one.graph.identifier)))


def catalogue(reader: Reader, identifier: str) -> Catalogue | None:
    """The catalogue with this id; None where there is none."""
    known = graphs(reader).values()
    info = next((one for one in known if one.kind == "catalogue" and one.identifier == identifier), None)
    return _catalogue(reader, info) if info else None


def description(reader: Reader, graph: str) -> CatalogueDescription:
    """What the graph says of the collections and catalogues in it."""
    rows = ask(reader, "catalogue_description", graph=NamedNode(graph))
    collections = tuple(
        Reference(uri, texts_of(row["title"] for row in group if "title" in row))
        for uri, group in sorted(grouped(rows, "collection").items())
    )
    return CatalogueDescription(collections, texts_of(row["description"] for row in rows if "description" in row))


def _catalogue(reader: Reader, info: GraphInfo) -> Catalogue:
    counts = graph_counts(reader).get(info.uri, {})
    return Catalogue(
        graph=info,
        concepts=counts.get("concepts", 0),
        models=counts.get("models", 0),
        datasets=counts.get("datasets", 0),
        services=counts.get("services", 0),
        last_import=import_info(reader, info.last_import),
    )
