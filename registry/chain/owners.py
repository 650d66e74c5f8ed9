"""Who answers for a thing in the chain: its owner, and whom to ask.

A part of a model is its model's, a provision its act's; what names nobody is the publisher's of its catalogue.
"""

from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from pyoxigraph import Literal, NamedNode

from ontologies.namespaces import CV, DCAT, DCT, ELI, MODELLDCATNO, SAMSVAR, SKOS
from registry.catalogue.contacts import Contact, contact
from registry.catalogue.graphs import graphs
from registry.catalogue.labels import labelled
from registry.catalogue.texts import Reference, text_of
from sparql.store import Reader, Term

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
    return Owners(reader).of(uri)


class Owners:
    """The owners of many things: what these have in common, such as a model or an act, is looked up once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._whole = cache(self._look_up_whole)
        self._own = cache(self._look_up_own)
        self._contact = cache(partial(contact, reader))

    def of(self, uri: str) -> Owner:
        """The owner of a thing and its contact points, from the nearest whole that names them."""
        organisation, contacts = None, tuple[Contact, ...]()
        thing: NamedNode | None = NamedNode(uri)
        for _ in range(_STEPS + 1):
            if thing is None or (organisation and contacts):
                break
            named, points = self._own(thing)
            organisation, contacts = organisation or named, contacts or points
            thing = self._whole(thing)
        return Owner(organisation or _of_catalogue(self._reader, uri), contacts)

    def _look_up_whole(self, part: NamedNode) -> NamedNode | None:
        """What a thing is part of."""
        for each in _WHOLE:
            for quad in self._reader.quads(part, each):
                if isinstance(quad.object, NamedNode):
                    return quad.object
        for each in _PART:
            for quad in self._reader.quads(predicate=each, object=part):
                if isinstance(quad.subject, NamedNode):
                    return quad.subject
        return None

    def _look_up_own(self, thing: NamedNode) -> tuple[Reference | None, tuple[Contact, ...]]:
        """The organisation and the contact points that a thing names itself."""
        organisation = None
        for value in (one for each in _OWNER for one in sorted(self._values(thing, each), key=str)):
            if isinstance(value, NamedNode):
                organisation = labelled(self._reader, value.value)
            elif isinstance(value, Literal):
                organisation = Reference("", (text_of(value),))
            if organisation:
                break
        points = {one.value for each in _CONTACT for one in self._values(thing, each) if isinstance(one, NamedNode)}
        return organisation, tuple(self._contact(point) for point in sorted(points))

    def _values(self, thing: NamedNode, predicate: NamedNode) -> set[Term]:
        return {quad.object for quad in self._reader.quads(thing, predicate)}


def _of_catalogue(reader: Reader, uri: str) -> Reference | None:
    known = graphs(reader)
    held = (getattr(quad.graph_name, "value", "") for quad in reader.quads(NamedNode(uri)))
    return next((known[graph].publisher for graph in held if graph in known), None)
