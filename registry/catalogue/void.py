"""The register's description of itself: VoID, with real counts, as triples."""

from pyoxigraph import Literal, NamedNode, Triple

from ontologies.namespaces import DCT, PREFIXES, RDF, SKOS, VOID
from registry.catalogue.key_figures import key_figures
from registry.urls import Urls
from sparql.store import Reader

_VOCABULARIES = ("skos", "dct", "dcat", "euvoc", "skosno", "xkos", "eli", "modelldcatno", "prov", "samsvar")


def void_description(reader: Reader, urls: Urls, address: str) -> list[Triple]:
    """The dataset and its named graphs as subsets; `address` is where the register is served, without a slash."""
    dataset = register_of(urls)
    figures = key_figures(reader)
    sizes = reader.graphs()
    return [
        Triple(dataset, RDF.type, VOID.Dataset),
        Triple(dataset, DCT.title, Literal("Samsvar", language="nb")),
        Triple(dataset, VOID.sparqlEndpoint, NamedNode(f"{address}/sparql")),
        Triple(dataset, VOID.uriSpace, Literal(f"{urls.base}/")),
        Triple(dataset, VOID.openSearchDescription, NamedNode(f"{address}/opensearch.xml")),
        Triple(dataset, VOID.triples, Literal(sum(sizes.values()))),
        Triple(dataset, VOID.documents, Literal(figures.concepts + figures.statutory_concepts)),
        *(Triple(dataset, VOID.vocabulary, NamedNode(PREFIXES[name])) for name in _VOCABULARIES),
        *_partition(dataset, urls, SKOS.Concept, figures.concepts),
        *(triple for graph, size in sorted(sizes.items()) for triple in _subset(dataset, graph, size)),
    ]


def register_of(urls: Urls) -> NamedNode:
    """The register as a dataset."""
    return NamedNode(f"{urls.base}/.well-known/void#register")


def _partition(dataset: NamedNode, urls: Urls, kind: NamedNode, entities: int) -> list[Triple]:
    part = NamedNode(f"{urls.base}/.well-known/void#concepts")
    return [
        Triple(dataset, VOID.classPartition, part),
        Triple(part, VOID["class"], kind),
        Triple(part, VOID.entities, Literal(entities)),
    ]


def _subset(dataset: NamedNode, graph: str, size: int) -> list[Triple]:
    node = NamedNode(graph)
    return [
        Triple(dataset, VOID.subset, node),
        Triple(node, RDF.type, VOID.Dataset),
        Triple(node, VOID.triples, Literal(size)),
    ]
