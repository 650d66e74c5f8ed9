"""Data categories of TBX dialects to fields of a concept record: TBX-Basic, TBX-AP-NO 1 and 2, and what tools write.

Categories are in lower case; DatCatInfo and the two versions of TBX-AP-NO name the same thing differently.
"""

from importers.concepts.record import RelationKind, RelationTarget

DEFINITIONS = frozenset({"definition", "definisjon", "alternativformulering"})
SOURCES = frozenset({"source", "kilde", "xsource", "definitionsource", "externalcrossreference"})
"""What says where a definition comes from, where it stands in one group with it."""
RELATIONSHIPS = frozenset({"forholdtilkilde", "relationshipwithsource"})
AUDIENCES = frozenset({"målgruppe", "audience"})
STATUSES = frozenset({"administrativestatus", "typeterm", "normativeauthorization", "termstatus"})
TRANSACTIONS = frozenset({"transactiontype", "typedato", "typetransaction"})
RELATION_TEXTS = frozenset({"beskrivelse", "inndelingskriterium", "relationrole", "description"})

FIELDS = {
    "identifikator": "identifier",
    "identifier": "identifier",
    "ansvarligvirksomhet": "publisher",
    "publisher": "publisher",
    "hasemail": "contact",
    "hastelephone": "contact",
    "kontaktpunkt": "contact",
    "subjectfield": "subject",
    "fagområde": "subject",
    "bruksområde": "subject",
    "note": "note",
    "merknad": "note",
    "usagenote": "note",
    "usage note": "note",
    "explanation": "note",
    "context": "example",
    "example": "example",
    "eksempel": "example",
    "omfang": "value_range",
    "valuerange": "value_range",
    "startdate": "valid_from",
    "enddate": "valid_to",
    "status": "status",
    "versioninfo": "version",
    "seogså": "see_also",
    "seealso": "see_also",
    "crossreference": "see_also",
    "externalcrossreference": "see_also",
    "xgraphic": "see_also",
    "erstatter": "replaces",
    "replaces": "replaces",
    "erstattesav": "replaced_by",
    "isreplacedby": "replaced_by",
}
"""Category to field of the entry."""

RELATIONS: dict[str, tuple[RelationKind, RelationTarget]] = {
    "superordinateconceptgeneric": ("generic", "generic"),
    "specializes": ("generic", "generic"),
    "subordinateconceptgeneric": ("generic", "specific"),
    "generalizes": ("generic", "specific"),
    "superordinateconceptpartitive": ("partitive", "whole"),
    "ispartof": ("partitive", "whole"),
    "subordinateconceptpartitive": ("partitive", "part"),
    "haspart": ("partitive", "part"),
    "relatedconcept": ("associative", ""),
    "associatedconcept": ("associative", ""),
    "coordinateconceptgeneric": ("associative", ""),
    "related": ("associative", ""),
    "assosiertbegrep": ("associative", ""),
}
"""Category to the relation that this concept has to what it names."""

TYPED_RELATIONS: dict[tuple[str, str], tuple[RelationKind, RelationTarget]] = {
    ("generiskrelasjon", "overordnetbegrep"): ("generic", "generic"),
    ("generiskrelasjon", "underordnetbegrep"): ("generic", "specific"),
    ("partitivrelasjon", "overordnetbegrep"): ("partitive", "whole"),
    ("partitivrelasjon", "underordnetbegrep"): ("partitive", "part"),
}
"""TBX-AP-NO 1 says what kind a relation is beside the concept that it leads to."""

TERM_STATUSES = {
    "preferredterm": "preferred",
    "preferred": "preferred",
    "anbefaltterm": "preferred",
    "standardizedterm": "preferred",
    "admittedterm": "admitted",
    "admitted": "admitted",
    "tillattterm": "admitted",
    "deprecatedterm": "discouraged",
    "deprecated": "discouraged",
    "supersededterm": "discouraged",
    "frarådetterm": "discouraged",
    "frarådtterm": "discouraged",
    "forbidden": "discouraged",
    "obsolete": "discouraged",
    "notrecommended": "discouraged",
    "datastrukturterm": "data_structure",
    "datastructureterm": "data_structure",
}
"""A term's status without hyphens and the ending -admn-sts."""

DATES = {
    "origination": "created",
    "creation": "created",
    "input": "created",
    "modification": "modified",
    "sistoppdatert": "modified",
    "gyldigfraogmed": "valid_from",
    "gyldigtilogmed": "valid_to",
}
"""The kind of a transaction to the date that it tells."""

AUDIENCE_CODES = {
    "allmennheten": "public",
    "public": "public",
    "fagspesialist": "specialist",
    "specialist": "specialist",
}
