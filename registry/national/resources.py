"""Things as the directory's resource service writes them. Members without a value are left out, as there."""

from collections.abc import Iterable
from typing import Any

from ontologies.namespaces import DCAT, DCT, FOAF
from registry.catalogue.contacts import Contact, contact
from registry.catalogue.graphs import graphs
from registry.catalogue.imports import import_info
from registry.catalogue.organisations import organisation_number
from registry.catalogue.resources import access_code
from registry.catalogue.texts import Reference, Texts, texts_as_json
from registry.catalogue.things import Said
from registry.national.identifiers import Thing, directory_id
from sparql.store import Reader


def resource(reader: Reader, thing: Thing) -> dict[str, Any]:
    """What all kinds but concepts have in common, in the directory's names."""
    said = Said(reader, thing.uri)
    rights = said.first(DCT.accessRights)
    return present(
        {
            "id": thing.identifier,
            "uri": thing.uri,
            "type": thing.kind.type,
            "identifier": said.values(DCT.identifier),
            "title": one_each(thing.title),
            "description": one_each(said.texts(DCT.description)),
            "publisher": publisher(said.reference(DCT.publisher)),
            "contactPoint": [contact_point(contact(reader, one)) for one in said.values(DCAT.contactPoint)],
            "keyword": separate(said.texts(DCAT.keyword)),
            "theme": said.values(DCAT.theme),
            "accessRights": {"uri": rights, "code": access_code(rights)} if rights else None,
            "subject": [named(one) for one in said.references(DCT.subject)],
            "conformsTo": [named(one) for one in said.references(DCT.conformsTo)],
            "page": said.values(FOAF.page),
            "landingPage": said.values(DCAT.landingPage),
            "endpointURL": said.values(DCAT.endpointURL),
            "issued": said.first(DCT.issued),
            "modified": said.first(DCT.modified),
            "catalog": catalogue(reader, said.graphs),
            "harvest": harvest(reader, said.graphs),
        }
    )


def present(members: dict[str, Any]) -> dict[str, Any]:
    """The members that have a value."""
    return {name: value for name, value in members.items() if value not in (None, "", [], {}, ())}


def one_each(texts: Texts) -> dict[str, str]:
    """One text a language; words without a language count as bokmål, since the directory's texts all have one."""
    return {"nb" if tag == "und" else tag: value for tag, value in texts_as_json(texts).items()}


def separate(texts: Texts) -> list[dict[str, str]]:
    """An object for each text."""
    return [one_each((text,)) for text in texts]


def publisher(reference: Reference | None) -> dict[str, Any] | None:
    """An organisation; `orgPath` has no more than its own number, since the register holds no tree of organisations."""
    if reference is None:
        return None
    number = organisation_number(reference.uri)
    return present(
        {
            "uri": reference.uri,
            "id": number,
            "name": reference.name("nb"),
            "orgPath": f"/{number}" if number else "",
            "prefLabel": one_each(reference.label),
        }
    )


def contact_point(one: Contact) -> dict[str, Any]:
    """Whom to ask."""
    return present(
        {
            "uri": one.uri,
            "fullname": next((name.value for name in one.name), ""),
            "email": one.email,
            "hasTelephone": one.telephone,
            "hasURL": one.url,
        }
    )


def named(one: Reference) -> dict[str, Any]:
    """Another thing, or words."""
    return present({"uri": one.uri, "prefLabel": one_each(one.label)})


def catalogue(reader: Reader, held_in: Iterable[str]) -> dict[str, Any] | None:
    """The first catalogue that says something about the thing."""
    known = graphs(reader)
    found = next((known[graph] for graph in held_in if graph in known), None)
    if found is None:
        return None
    return present(
        {
            "id": directory_id(found.uri),
            "uri": found.uri,
            "title": one_each(found.name),
            "publisher": publisher(found.publisher),
        }
    )


def harvest(reader: Reader, held_in: Iterable[str]) -> dict[str, Any] | None:
    """When the thing last came."""
    known = graphs(reader)
    found = (import_info(reader, known[graph].last_import) for graph in held_in if graph in known)
    ended = max((one.ended for one in found if one), default="")
    return {"lastHarvested": ended} if ended else None
