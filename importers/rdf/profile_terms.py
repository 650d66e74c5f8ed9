"""Terms that older versions of the application profiles had, or that real files write otherwise, and those of today."""

from functools import lru_cache

from pyoxigraph import NamedNode

from ontologies.namespaces import CV, DCATNO, DCT, MODELLDCATNO, RDFS, XKOS, XSD

_RENAMED: dict[str, NamedNode] = {
    XSD.iri + "minOccurs": MODELLDCATNO.minOccurs,
    XSD.iri + "maxOccurs": MODELLDCATNO.maxOccurs,
    MODELLDCATNO.iri + "subject": DCT.subject,
    MODELLDCATNO.iri + "notification": MODELLDCATNO.propertyNote,
    MODELLDCATNO.iri + "codeListReference": RDFS.seeAlso,
    MODELLDCATNO.iri + "containsModelelement": MODELLDCATNO.containsModelElement,
    CV.iri + "CriterionRequirement": CV.Criterion,
    CV.iri + "hasCriterion": CV.holdsRequirement,
    CV.iri + "ContactPage": CV.contactPage,
    DCT.iri + "ispartof": DCT.isPartOf,
}
_MOVED = (
    ("https://rdf-vocabulary.ddialliance.org/xkos/", XKOS),
    ("http://rdf-vocabulary.ddialliance.org/xkos/", XKOS),
    ("https://ddialliance.org/Specification/XKOS/1.2/OWL/xkos.html#", XKOS),
    ("https://ddialliance.org/Specification/XKOS/1.2/OWL/xkos.html", XKOS),
    ("http://difi.no/dcatno#", DCATNO),
)
"""Where the terms of a vocabulary stood before, or were thought to stand, and its namespace; longer ones first."""


@lru_cache(maxsize=10_000)
def todays_term(iri: str) -> NamedNode | None:
    """Today's term for one of an older version of a profile; None for every other IRI."""
    renamed = _RENAMED.get(iri)
    if renamed is not None:
        return renamed
    for start, namespace in _MOVED:
        if iri.startswith(start) and (name := iri.removeprefix(start)).isidentifier():
            return namespace[name]
    return None
