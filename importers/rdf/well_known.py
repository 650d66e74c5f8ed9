"""Prefixes that a file may use without declaring them."""

from ontologies.namespaces import PREFIXES

WELL_KNOWN: dict[str, str] = {
    **PREFIXES,
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "rov": "http://www.w3.org/ns/regorg#",
    "locn": "http://www.w3.org/ns/locn#",
    "spdx": "http://spdx.org/rdf/terms#",
    "prof": "http://www.w3.org/ns/dx/prof/",
    "odrs": "http://schema.theodi.org/odrs#",
    "dqv": "http://www.w3.org/ns/dqv#",
    "time": "http://www.w3.org/2006/time#",
    "sh": "http://www.w3.org/ns/shacl#",
    "doap": "http://usefulinc.com/ns/doap#",
}
"""Prefix to namespace."""
