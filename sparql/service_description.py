"""What the SPARQL endpoint says about itself: SPARQL 1.1 Service Description, https://www.w3.org/TR/sparql11-service-description/."""

from pyoxigraph import NamedNode, Triple

from ontologies.namespaces import PREFIXES, RDF, SAMSVAR, Namespace
from sparql.formats import RDF_FORMATS, RESULT_FORMATS, RdfSyntax, serialise
from sparql.query_host.replica import UNION

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")


def service_description(
    endpoint: str, default_graph: str, syntax: RdfSyntax, *, federated: bool = False, searches: bool = False
) -> bytes:
    """The description of the service at the URL `endpoint`.

    `default_graph` is ``union`` or ``plain``; `federated` says whether SERVICE may ask anybody, `searches`
    whether `samsvar:search` is answered.
    """
    service = NamedNode(endpoint)
    dataset, graph = NamedNode(f"{endpoint}#dataset"), NamedNode(f"{endpoint}#default-graph")
    triples = [
        Triple(service, RDF.type, SD.Service),
        Triple(service, SD.endpoint, service),
        Triple(service, SD.supportedLanguage, SD.SPARQL11Query),
        Triple(service, SD.defaultDataset, dataset),
        Triple(dataset, RDF.type, SD.Dataset),
        Triple(dataset, SD.defaultGraph, graph),
        Triple(graph, RDF.type, SD.Graph),
        *(Triple(service, SD.resultFormat, NamedNode(each.engine.iri)) for each in RESULT_FORMATS),
        *(Triple(service, SD.resultFormat, NamedNode(each.engine.iri)) for each in RDF_FORMATS),
    ]
    if default_graph == UNION:
        triples.append(Triple(service, SD.feature, SD.UnionDefaultGraph))
    if federated:
        triples.append(Triple(service, SD.feature, SD.BasicFederatedQuery))
    if searches:
        triples.append(Triple(service, SD.propertyFeature, SAMSVAR.search))
    return serialise(triples, syntax, {**PREFIXES, "sd": SD.iri})
