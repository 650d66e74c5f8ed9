"""Prefixes that a file may use without declaring them, and namespaces that are written nearly right."""

import re

from pyoxigraph import NamedNode

from ontologies.namespaces import (
    CPSVNO,
    CV,
    DCAT,
    DCATNO,
    DCT,
    EUVOC,
    FOAF,
    MODELLDCATNO,
    OWL,
    PREFIXES,
    PROF,
    RDF,
    RDFS,
    SKOS,
    SKOSNO,
    SKOSXL,
    VCARD,
)

WELL_KNOWN: dict[str, str] = {
    **PREFIXES,
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "locn": "http://www.w3.org/ns/locn#",
    "spdx": "http://spdx.org/rdf/terms#",
    "odrs": "http://schema.theodi.org/odrs#",
    "dqv": "http://www.w3.org/ns/dqv#",
    "time": "http://www.w3.org/2006/time#",
    "sh": "http://www.w3.org/ns/shacl#",
    "doap": "http://usefulinc.com/ns/doap#",
}
"""Prefix to namespace."""

_PREFIXED = re.compile(r"(?!geo:|time:)([a-z]+):([A-Za-z]\w*)")
"""Not those that are schemes of IRIs too."""
_TERM = re.compile(r"https?://(?:www\.)?([^\s<>\"]+?)[#/]*(?<=[#/])([A-Za-z]\w*)", re.IGNORECASE)


def _bare(namespace: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", namespace).rstrip("#/").lower()


_OF_SHARED = (SKOS, SKOSXL, DCT, RDF, RDFS, OWL, FOAF, DCAT, VCARD, EUVOC, CV, PROF)
_NEAR = {_bare(each.iri): each for each in (*_OF_SHARED, SKOSNO, DCATNO, MODELLDCATNO, CPSVNO)}


def term_meant(iri: str) -> tuple[NamedNode, str] | None:
    """The term that is meant by an IRI, and the code of the repair; None where the IRI says what it means.

    It may be a prefixed name that was never expanded, or of a well-known namespace with another scheme or another end.
    """
    if (prefixed := _PREFIXED.fullmatch(iri)) and prefixed[1] in WELL_KNOWN:
        return NamedNode(WELL_KNOWN[prefixed[1]] + prefixed[2]), "prefix-undeclared"
    found = _TERM.fullmatch(iri)
    namespace = _NEAR.get(found[1].lower()) if found else None
    if found is None or namespace is None or iri == namespace.iri + found[2]:
        return None
    return namespace[found[2]], "wrong-namespace"
