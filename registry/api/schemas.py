"""The shapes of what the JSON API answers, as JSON Schema 2020-12: what OpenAPI says, and what fields there are.

Every object may get further members within a major version.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias

from registry.harmonisation.records import SEVERITIES

Schema: TypeAlias = Mapping[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer", "minimum": 0}
YES_OR_NO: Schema = {"type": "boolean"}
ANYTHING: Schema = {}
OBJECT: Schema = {"type": "object"}
URI: Schema = {"type": "string", "format": "uri"}


def named(name: str) -> Schema:
    """A shape that stands among the components."""
    return {"$ref": f"#/components/schemas/{name}"}


def list_of(items: Schema) -> Schema:
    """An array."""
    return {"type": "array", "items": dict(items)}


def or_null(schema: Schema) -> Schema:
    """The same, or null."""
    return {"oneOf": [dict(schema), {"type": "null"}]}


def one_of(*values: str) -> Schema:
    """One of some words."""
    return {"type": "string", "enum": list(values)}


def members(**properties: Schema) -> Schema:
    """An object in which all of these members are there."""
    return {"type": "object", "required": [*properties], "properties": {**properties}}


TEXTS, TEXT_LISTS, REFERENCE = named("Texts"), named("TextLists"), named("Reference")
_RESOURCE = {"uri": URI, "label": TEXTS, "publisher": or_null(REFERENCE)}
_COUNTS = members(concepts=NUMBER, informationModels=NUMBER, datasets=NUMBER, dataServices=NUMBER)

COMPONENTS: Mapping[str, Schema] = {
    "Texts": {
        "description": "A text by language; `und` for one without. With `language` in the request: that text alone.",
        "oneOf": [{"type": "object", "additionalProperties": TEXT}, TEXT],
    },
    "TextLists": {
        "description": "Lists of texts by language. With `language` in the request: the list of that language alone.",
        "oneOf": [{"type": "object", "additionalProperties": list_of(TEXT)}, list_of(TEXT)],
    },
    "Reference": members(uri=TEXT, label=TEXTS),
    "Concept": members(uri=URI, term=TEXTS, definitions=TEXT_LISTS, catalogues=list_of(TEXT), replaced=YES_OR_NO),
    "Finding": members(
        uri=URI,
        id=TEXT,
        term=TEXT,
        met=TEXT,
        relation=TEXT,
        label=TEXT,
        same_score={"type": ["number", "null"]},
        severity=one_of(*SEVERITIES),
        state=TEXT,
        evidence=list_of(OBJECT),
        a=OBJECT,
        b=OBJECT,
    ),
    "Act": members(
        uri=URI,
        label=TEXTS,
        shortTitle=TEXTS,
        kind=TEXT,
        identifier=TEXT,
        date=TEXT,
        ministry=TEXT,
        definitions=NUMBER,
    ),
    "InformationModel": members(**_RESOURCE, elements=NUMBER),
    "Resource": members(**_RESOURCE, accessRights=TEXT),
    "Catalogue": members(
        uri=URI,
        kind=TEXT,
        id=TEXT,
        title=TEXTS,
        publisher=or_null(REFERENCE),
        counts=_COUNTS,
        lastImport=or_null(OBJECT),
    ),
    "Organisation": members(uri=TEXT, label=TEXTS, organisationNumber=TEXT, counts=_COUNTS),
    "Problem": {
        "description": "What is wrong and how to mend it (RFC 9457).",
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {"type": TEXT, "title": TEXT, "status": {"type": "integer"}, "detail": TEXT},
    },
}


def properties_of(name: str) -> Mapping[str, Schema]:
    """The members of a component that is an object."""
    found: Mapping[str, Schema] = COMPONENTS[name]["properties"]
    return found
