"""Names of older SKOS-AP-NO brought to one namespace, so that the rest of the normaliser meets one vocabulary.

The oldest form stands in ``http://difi.no/skosno#``, version 1 in ``https://data.norge.no/vocabulary/skosno#`` and an
announced one in ``https://vokab.norge.no/skosno#``. Names that are not in the tables below are kept as they are.
"""

from urllib.parse import unquote

from pyoxigraph import NamedNode

from importers.rdf.triples import Term
from ontologies.namespaces import AUDIENCE, RELATIONSHIP_WITH_SOURCE, SKOSNO, SKOSNO_ANNOUNCED, SKOSNO_OLD

_NAMESPACES = (SKOSNO_OLD.iri, SKOSNO_ANNOUNCED.iri, SKOSNO.iri)

_OLD_NAMES: dict[str, str] = {
    "betydningsbeskrivelse": "definisjon",
    "definisjon": "definisjon",
    "alternativFormulering": "alternativFormulering",
    "forholdTilKilde": "forholdTilKilde",
    "omfang": "omfang",
    "verdiområde": "omfang",
    "bruksområde": "bruksområde",
    "datastrukturterm": "datastrukturterm",
    "datasktrukturterm": "datastrukturterm",
    "assosiativRelasjon": "assosiativRelasjon",
    "assisiativRelasjon": "assosiativRelasjon",
    "generiskRelasjon": "generiskRelasjon",
    "partitivRelasjon": "partitivRelasjon",
    "inndelingskriterium": "inndelingskriterium",
    "Definisjon": "Definisjon",
    "Betydningsbeskrivelse": "Definisjon",
    "AlternativFormulering": "AlternativFormulering",
    "AssosiativRelasjon": "AssosiativRelasjon",
    "GeneriskRelasjon": "GeneriskRelasjon",
    "PartitivRelasjon": "PartitivRelasjon",
    "egendefinert": "egendefinert",
    "basertPåKilde": "basertPåKilde",
    "basertPaaKilde": "basertPåKilde",
    "sitatFraKilde": "sitatFraKilde",
    "allmennheten": "allmennheten",
    "fagspesialist": "fagspesialist",
}
"""Local name as met in any skosno namespace to the one that the normaliser reads."""

_NEW_NAMES = frozenset(
    {
        "relationshipWithSource",
        "valueRange",
        "dataStructureLabel",
        "isFromConceptIn",
        "hasToConcept",
        "relationRole",
        "hasGenericConceptRelation",
        "hasGenericConcept",
        "hasSpecificConcept",
        "hasPartitiveConceptRelation",
        "hasPartitiveConcept",
        "hasComprehensiveConcept",
        "AssociativeConceptRelation",
        "GenericConceptRelation",
        "PartitiveConceptRelation",
    }
)

RELATIONSHIPS: dict[str, NamedNode] = {
    "egendefinert": RELATIONSHIP_WITH_SOURCE["self-composed"],
    "basertpåkilde": RELATIONSHIP_WITH_SOURCE["derived-from-source"],
    "basertpaakilde": RELATIONSHIP_WITH_SOURCE["derived-from-source"],
    "sitatfrakilde": RELATIONSHIP_WITH_SOURCE["direct-from-source"],
    "self-composed": RELATIONSHIP_WITH_SOURCE["self-composed"],
    "derived-from-source": RELATIONSHIP_WITH_SOURCE["derived-from-source"],
    "direct-from-source": RELATIONSHIP_WITH_SOURCE["direct-from-source"],
}
"""How a definition relates to its source: name in lower case without blanks to the code."""

AUDIENCES: dict[str, NamedNode] = {
    "allmennheten": AUDIENCE.public,
    "public": AUDIENCE.public,
    "fagspesialist": AUDIENCE.specialist,
    "specialist": AUDIENCE.specialist,
}
"""Whom a definition is meant for: name in lower case to the code."""


def code_of(value: Term, codes: dict[str, NamedNode]) -> NamedNode | None:
    """The code that an IRI's last name or a text stands for, None if it stands for none."""
    if isinstance(value, NamedNode):
        name = unquote(value.value).rsplit("#", 1)[-1].rsplit("/", 1)[-1]
    else:
        name = getattr(value, "value", "")
    return codes.get("".join(name.split()).strip(".,;:").lower())


def modern_name(iri: str) -> NamedNode | None:
    """Today's name of a skosno term that has one, None for any other IRI."""
    for namespace in _NAMESPACES:
        if iri.startswith(namespace):
            local = unquote(iri.removeprefix(namespace))
            if local in _NEW_NAMES:
                return SKOSNO[local]
            return SKOSNO[_OLD_NAMES[local]] if local in _OLD_NAMES else None
    return None


def is_old_name(iri: str) -> bool:
    """Whether a skosno term is of version 1 or older."""
    return not iri.startswith(SKOSNO.iri) or unquote(iri.removeprefix(SKOSNO.iri)) in _OLD_NAMES
