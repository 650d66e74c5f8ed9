"""Who answers for a thing in the chain: its owner, and whom to ask.

A part of a model is its model's, a provision its act's; what names nobody is the publisher's of its catalogue.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode

from ontologies.namespaces import CV, DCAT, DCT, ELI, MODELLDCATNO, SAMSVAR, SKOS
from registry.catalogue.contacts import Contact, contact
from registry.catalogue.graphs import graphs
from registry.catalogue.labels import labelled
from registry.catalogue.texts import Reference, text_of
from sparql.store import Reader

_OWNER = (DCT.publisher, CV.hasCompetentAuthority, CV.ownedBy, DCT.creator, ELI.responsibility_of)
_CONTACT = (DCAT.contactPoint, CV.contactPoint, CV.hasContactPoint)
_WHOLE = (SAMSVAR.act, ELI.is_part_of, SKOS.inScheme)
"""Properties from a part to the whole that has an owner,"""
_PART = (MODELLDCATNO.containsModelElement, MODELLDCATNO.hasProperty, SAMSVAR.hasOperation)
"""and those from the whole to the part."""
_STEPS = 3


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owns a thing, and the contact points that it or its whole names."""

    organisation: Reference | None
    contacts: tuple[Contact, ...]

    def as_json(self) -> dict[str, Any]:
        """The organisation, null where nobody is named, and contact points."""
        organisation = self.organisation.as_json() if self.organisation else None
        return {"owner": organisation, "contacts": [one.as_json() for one in self.contacts]}


def owner_of(reader: Reader, uri: str) -> Owner:
    """The owner of a thing and its contact points, from the nearest whole that names them."""
    organisation, contacts = None, tuple[Contact, ...]()
    for thing in _wholes(reader, NamedNode(uri)):
        organisation = organisation or _organisation(reader, thing)
        contacts = contacts or _contacts(reader, thing)
        if organisation and contacts:
            break
    return Owner(organisation or _of_catalogue(reader, uri), contacts)


def _wholes(reader: Reader, thing: NamedNode) -> Iterator[NamedNode]:
    """The thing, what it is part of, and so on."""
    for _ in range(_STEPS + 1):
        yield thing
        whole = next(_whole(reader, thing), None)
        if whole is None:
            return
        thing = whole


def _whole(reader: Reader, part: NamedNode) -> Iterator[NamedNode]:
    for each in _WHOLE:
        yield from (quad.object for quad in reader.quads(part, each) if isinstance(quad.object, NamedNode))
    for each in _PART:
        found = reader.quads(predicate=each, object=part)
        yield from (quad.subject for quad in found if isinstance(quad.subject, NamedNode))


def _organisation(reader: Reader, thing: NamedNode) -> Reference | None:
    for each in _OWNER:
        for value in sorted({quad.object for quad in reader.quads(thing, each)}, key=str):
            if isinstance(value, NamedNode):
                return labelled(reader, value.value)
            if isinstance(value, Literal):
                return Reference("", (text_of(value),))
    return None


def _contacts(reader: Reader, thing: NamedNode) -> tuple[Contact, ...]:
    points = {
        quad.object.value
        for each in _CONTACT
        for quad in reader.quads(thing, each)
        if isinstance(quad.object, NamedNode)
    }
    return tuple(contact(reader, point) for point in sorted(points))


def _of_catalogue(reader: Reader, uri: str) -> Reference | None:
    known = graphs(reader)
    held = (getattr(quad.graph_name, "value", "") for quad in reader.quads(NamedNode(uri)))
    return next((known[graph].publisher for graph in held if graph in known), None)
