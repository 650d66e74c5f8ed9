"""Concepts as the directory's resource service writes them."""

from typing import Any

from ontologies.namespaces import AUDIENCE, CONCEPT_STATUS, RELATIONSHIP_WITH_SOURCE
from registry.catalogue.concepts import Concept, concept
from registry.catalogue.definitions import Definition, DefinitionSource
from registry.catalogue.texts import Reference
from registry.catalogue.things import Said
from registry.national.identifiers import Thing, directory_id
from registry.national.resources import catalogue, contact_point, harvest, one_each, present, publisher, separate
from sparql.store import Reader

_PLAIN = ("seeAlso", "isReplacedBy", "replaces", "exactMatch", "closeMatch")
"""Relations that are no more than the other concept's URI."""


def concept_resource(reader: Reader, thing: Thing) -> dict[str, Any]:
    """The whole concept."""
    found = concept(reader, thing.uri)
    if found is None:
        raise LookupError(thing.uri)
    graphs = Said(reader, thing.uri).graphs
    definitions = [definition(one) for one in found.definitions]
    return present(
        {
            "id": thing.identifier,
            "uri": found.uri,
            "type": thing.kind.type,
            "identifier": next(iter(found.identifiers), found.uri),
            "harvest": harvest(reader, graphs),
            "collection": _collection(reader, found, graphs),
            "publisher": publisher(found.publisher),
            "creator": publisher(found.creator),
            "subject": [{"label": one_each(one.label)} for one in found.subjects],
            "status": {"uri": CONCEPT_STATUS[found.status].value, "code": found.status} if found.status else None,
            "example": one_each(found.examples),
            "prefLabel": one_each(found.terms),
            "altLabel": separate(found.admitted),
            "hiddenLabel": separate(found.discouraged),
            "contactPoint": next((contact_point(one) for one in found.contacts), None),
            "definition": next(iter(definitions), None),
            "definitions": definitions,
            "remark": one_each(found.notes),
            "range": [present({"uri": one.uri, "text": one_each(one.label)}) for one in found.value_ranges],
            "created": found.created,
            "validFromIncluding": found.valid_from,
            "validToIncluding": found.valid_to,
            **_relations(found),
        }
    )


def definition(one: Definition) -> dict[str, Any]:
    """A definition with audience, relation to its source, and sources."""
    return present(
        {
            "text": one_each(one.texts),
            "targetGroup": AUDIENCE[one.audience].value if one.audience else "",
            "sourceRelationship": RELATIONSHIP_WITH_SOURCE[one.relationship].value if one.relationship else "",
            "sources": [_source(source) for source in one.sources],
        }
    )


def _source(source: DefinitionSource) -> dict[str, Any]:
    return present({"uri": source.uri, "text": one_each(source.text)})


def _collection(reader: Reader, found: Concept, graphs: tuple[str, ...]) -> dict[str, Any] | None:
    if not found.collections:
        return catalogue(reader, graphs)
    first: Reference = found.collections[0]
    label = one_each(first.label)
    return present({"id": directory_id(first.uri), "uri": first.uri, "label": label})


def _relations(found: Concept) -> dict[str, Any]:
    """The relations by the directory's names: plain ones as URIs, others as objects with a text."""
    plain: dict[str, list[str]] = {
        name: [] for name in ("seeAlso", "isReplacedBy", "replaces", "exactMatch", "closeMatch")
    }
    rich: dict[str, list[dict[str, Any]]] = {"associativeRelation": [], "genericRelation": [], "partitiveRelation": []}
    for one in found.relations:
        note = one_each(one.note)
        if one.kind in plain:
            plain[one.kind].append(one.other.uri)
        elif one.kind == "related":
            rich["associativeRelation"].append(present({"description": note, "related": one.other.uri}))
        elif one.kind in ("generalizes", "specializes"):
            rich["genericRelation"].append(present({"divisioncriterion": note, one.kind: one.other.uri}))
        elif one.kind in ("hasPart", "isPartOf"):
            rich["partitiveRelation"].append(present({"description": note, one.kind: one.other.uri}))
    member_of = [one.uri for one in found.collections]
    return {**plain, **rich, "memberOf": member_of}
