"""What compared the definitions: the program and its version, to which every finding is attributed (PROV)."""

from pyoxigraph import Literal, NamedNode, Triple

from ontologies.namespaces import DCT, OWL, PROV, RDF
from registry.urls import Urls
from registry.version import installed_version


def detector(urls: Urls) -> NamedNode:
    """The program in this version."""
    return NamedNode(f"{urls.findings.value}#samsvar-{installed_version()}")


def description(urls: Urls) -> set[Triple]:
    """What the graph of findings says of the program."""
    node = detector(urls)
    return {
        Triple(node, RDF.type, PROV.SoftwareAgent),
        Triple(node, DCT.title, Literal("Samsvar")),
        Triple(node, OWL.versionInfo, Literal(installed_version())),
    }
