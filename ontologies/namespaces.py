"""Namespaces of the vocabularies that the register speaks, and the prefixes that it prints.

A term is written ``SKOS.prefLabel`` or, where the local name is no Python name, ``SKOS["prefLabel"]``.
"""

from functools import cache

from pyoxigraph import NamedNode


@cache
def _node(iri: str) -> NamedNode:
    return NamedNode(iri)


class Namespace:
    """A vocabulary's namespace IRI; attribute access makes the term, once: then it is an attribute like any other."""

    def __init__(self, iri: str) -> None:
        self.iri = iri

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__"):
            raise AttributeError(name)
        node = _node(self.iri + name)
        setattr(self, name, node)
        return node

    def __getitem__(self, name: str) -> NamedNode:
        return _node(self.iri + name)

    def __contains__(self, iri: str) -> bool:
        return iri.startswith(self.iri)


RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
SKOSXL = Namespace("http://www.w3.org/2008/05/skos-xl#")
DCT = Namespace("http://purl.org/dc/terms/")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
PROV = Namespace("http://www.w3.org/ns/prov#")
OA = Namespace("http://www.w3.org/ns/oa#")
SSSOM = Namespace("https://w3id.org/sssom/")
SEMAPV = Namespace("https://w3id.org/semapv/vocab/")
ADMS = Namespace("http://www.w3.org/ns/adms#")
ORG = Namespace("http://www.w3.org/ns/org#")
SCHEMA = Namespace("http://schema.org/")
EUVOC = Namespace("http://publications.europa.eu/ontology/euvoc#")
XKOS = Namespace("http://rdf-vocabulary.ddialliance.org/xkos#")
UNESKOS = Namespace("http://purl.org/umu/uneskos#")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
CV = Namespace("http://data.europa.eu/m8g/")
CPSV = Namespace("http://purl.org/vocab/cpsv#")
VOID = Namespace("http://rdfs.org/ns/void#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
ROV = Namespace("http://www.w3.org/ns/regorg#")
PROF = Namespace("http://www.w3.org/ns/dx/prof/")
SH = Namespace("http://www.w3.org/ns/shacl#")
DQV = Namespace("http://www.w3.org/ns/dqv#")
SKOSNO = Namespace("https://data.norge.no/vocabulary/skosno#")
SKOSNO_OLD = Namespace("http://difi.no/skosno#")
SKOSNO_ANNOUNCED = Namespace("https://vokab.norge.no/skosno#")
DCATNO = Namespace("https://data.norge.no/vocabulary/dcatno#")
MODELLDCATNO = Namespace("https://data.norge.no/vocabulary/modelldcatno#")
CPSVNO = Namespace("https://data.norge.no/vocabulary/cpsvno#")
RELATIONSHIP_WITH_SOURCE = Namespace("https://data.norge.no/vocabulary/relationship-with-source-type#")
AUDIENCE = Namespace("https://data.norge.no/vocabulary/audience-type#")
CONCEPT_STATUS = Namespace("http://publications.europa.eu/resource/authority/concept-status/")
ACCESS_RIGHT = Namespace("http://publications.europa.eu/resource/authority/access-right/")
ORGANISATION = Namespace("https://organization-catalog.fellesdatakatalog.digdir.no/organizations/")
"""Publisher IRIs of every spelling are normalised to this one, on the nine digits of the organisation number."""
SAMSVAR = Namespace("https://w3id.org/samsvar/ontology#")
"""The register's own terms: findings, evidence, statutory concepts (see ontologies/samsvar.ttl)."""

PREFIXES: dict[str, str] = {
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "owl": OWL.iri,
    "xsd": XSD.iri,
    "skos": SKOS.iri,
    "skosxl": SKOSXL.iri,
    "dct": DCT.iri,
    "dcat": DCAT.iri,
    "vcard": VCARD.iri,
    "foaf": FOAF.iri,
    "prov": PROV.iri,
    "oa": OA.iri,
    "sssom": SSSOM.iri,
    "semapv": SEMAPV.iri,
    "adms": ADMS.iri,
    "org": ORG.iri,
    "schema": SCHEMA.iri,
    "euvoc": EUVOC.iri,
    "xkos": XKOS.iri,
    "uneskos": UNESKOS.iri,
    "eli": ELI.iri,
    "dcatap": DCATAP.iri,
    "cv": CV.iri,
    "cpsv": CPSV.iri,
    "void": VOID.iri,
    "rov": ROV.iri,
    "prof": PROF.iri,
    "dqv": DQV.iri,
    "skosno": SKOSNO.iri,
    "dcatno": DCATNO.iri,
    "modelldcatno": MODELLDCATNO.iri,
    "cpsvno": CPSVNO.iri,
    "samsvar": SAMSVAR.iri,
}
"""Prefix to namespace IRI, in the order in which documents declare them."""
