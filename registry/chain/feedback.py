"""Whom to tell what is wrong with a description: its owner, else its publisher, else those who run the register.

Reads: contact points, as descriptions state them. Nothing is kept of who writes or what.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pyoxigraph import NamedNode

from ontologies.namespaces import CV, DCAT, FOAF, SAMSVAR, VCARD
from registry.catalogue.contacts import Contact, contact
from registry.catalogue.queries import is_iri
from registry.catalogue.texts import Reference, Texts
from registry.chain.owners import owner_of
from sparql.store import Reader

_MAIL = re.compile(r"[^\s@<>?&%\"',;:]+@[^\s@<>?&%\"',;:/]+")
_WEB = re.compile(r"https?://[^\s<>\"]+")
_PHONE = re.compile(r"\+?[\d ()-]{3,20}")
_POINTS = (DCAT.contactPoint, CV.contactPoint, CV.hasContactPoint)
_COMPARED = (SAMSVAR.firstConcept, SAMSVAR.secondConcept)
_MAILS = (VCARD.hasEmail, FOAF.mbox)
_PHONES = (VCARD.hasTelephone, FOAF.phone)
_PAGES = (VCARD.hasURL, FOAF.homepage)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where feedback goes: an e-mail address, else a web address, else a telephone number, as `way` says."""

    who: Literal["owner", "publisher", "register"]
    way: Literal["mail", "web", "phone"]
    address: str
    name: Texts = ()


def recipient_of(reader: Reader, uri: str, register: str) -> Recipient | None:
    """Who hears of a thing; `register` is the contact of those who run the register, "" for none."""
    owner = owner_of(reader, uri)
    name = owner.organisation.label if owner.organisation else ()
    for point in owner.contacts:
        if found := _ways(point):
            return Recipient("owner", *found, point.name or name)
    for point in _points_of(reader, owner.organisation):
        if found := _ways(point):
            return Recipient("publisher", *found, point.name or name)
    return of_register(register)


def recipients_of(reader: Reader, uri: str, register: str) -> tuple[Recipient, ...]:
    """Who hears of a thing: of a finding the owners of both concepts, where they can be reached, each once."""
    node = NamedNode(uri)
    concepts = [value for each in _COMPARED for value in _values(reader, node, each)]
    found = [told for each in concepts or [uri] if (told := recipient_of(reader, each, register))]
    owners = [each for each in found if each.who != "register"]
    return tuple(dict.fromkeys(owners or found))


def of_register(register: str) -> Recipient | None:
    """Those who run the register: an e-mail or web address, None for none."""
    found = _ways(Contact("", email=register, url=register))
    return Recipient("register", *found) if found else None


def _ways(point: Contact) -> tuple[Literal["mail", "web", "phone"], str] | None:
    """The first way to reach a contact point that can be a link; what only looks like an address is none."""
    if _MAIL.fullmatch(point.email):
        return "mail", point.email
    if _WEB.fullmatch(point.url):
        return "web", point.url
    if _PHONE.fullmatch(point.telephone):
        return "phone", re.sub(r"[^\d+]", "", point.telephone)
    return None


def _points_of(reader: Reader, organisation: Reference | None) -> Iterator[Contact]:
    """The contact points of an organisation, and what is said of it directly."""
    if organisation is None or not is_iri(organisation.uri):
        return
    node = NamedNode(organisation.uri)
    for point in sorted({value for each in _POINTS for value in _values(reader, node, each)}):
        yield contact(reader, point)
    mail, phone, page = (
        next((value for each in ways for value in _values(reader, node, each)), "")
        for ways in (_MAILS, _PHONES, _PAGES)
    )
    yield Contact(organisation.uri, organisation.label, mail.removeprefix("mailto:"), phone.removeprefix("tel:"), page)


def _values(reader: Reader, node: NamedNode, predicate: NamedNode) -> list[str]:
    return sorted(getattr(quad.object, "value", "") for quad in reader.quads(node, predicate))
