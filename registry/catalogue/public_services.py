"""Public services and the events in people's lives that lead to them: lists, and one with what it needs and gives."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from ontologies.namespaces import CPSV, CPSVNO, CV, DCT
from registry.catalogue.contacts import Contact, contact
from registry.catalogue.definitions import code_of
from registry.catalogue.labels import labelled
from registry.catalogue.resources import ResourceLine, lines
from registry.catalogue.texts import Language, Reference, Texts, lists_as_json, texts_as_json
from registry.catalogue.things import Said, references_as_json
from sparql.store import Reader

_EVENTS = {CV.Event.value, CV.LifeEvent.value, CV.BusinessEvent.value}
_SERVICES = {CPSV.PublicService.value, CPSVNO.Service.value}
_NEEDS = (CPSV.hasInput, CPSVNO.hasRequiredEvidence, CV.holdsRequirement, CV.hasCriterion)
_PRODUCES = (CPSV.produces, CPSVNO.hasPossibleOutput)
_LAW = (CPSV.implements, CPSVNO.ruleForDisclosure, CPSVNO.ruleForNonDisclosure, CPSVNO.ruleForDataProcessing)


@dataclass(frozen=True, slots=True)
class Item:
    """What a service needs, produces or follows: its description, and the datasets or the law that it leads to."""

    reference: Reference
    description: Texts
    leads_to: tuple[Reference, ...]

    def as_json(self) -> dict[str, Any]:
        """The thing, its description, and what it leads to."""
        document = {**self.reference.as_json(), "description": lists_as_json(self.description)}
        return {**document, "leadsTo": references_as_json(self.leads_to)}


@dataclass(frozen=True, slots=True)
class PublicService:
    """One service, or one event with `services` that it leads to."""

    uri: str
    kind: str
    title: Texts
    description: Texts
    authority: tuple[Reference, ...]
    concepts: tuple[Reference, ...]
    needs: tuple[Item, ...]
    produces: tuple[Item, ...]
    rules: tuple[Item, ...]
    legislation: tuple[Item, ...]
    datasets: tuple[Reference, ...]
    channels: tuple[Item, ...]
    requires: tuple[Reference, ...]
    events: tuple[Reference, ...]
    services: tuple[Reference, ...]
    contacts: tuple[Contact, ...]

    def as_json(self) -> dict[str, Any]:
        """All that the page shows."""
        items = ("needs", "produces", "rules", "legislation", "channels")
        references = ("authority", "concepts", "datasets", "requires", "events", "services")
        return {
            "uri": self.uri,
            "kind": self.kind,
            "title": texts_as_json(self.title),
            "description": lists_as_json(self.description),
            **{name: [item.as_json() for item in getattr(self, name)] for name in items},
            **{name: references_as_json(getattr(self, name)) for name in references},
            "contacts": [one.as_json() for one in self.contacts],
        }


def public_services(reader: Reader, language: Language) -> tuple[ResourceLine, ...]:
    """Every service by title."""
    return lines(reader, "public_services", language)


def events(reader: Reader, language: Language) -> tuple[ResourceLine, ...]:
    """Every event by title."""
    return lines(reader, "events", language)


def public_service(reader: Reader, uri: str) -> PublicService | None:
    """The service or event with this IRI; None for what is neither."""
    said = Said(reader, uri)
    known = sorted(said.types & (_EVENTS | _SERVICES), key=lambda name: (name == CV.Event.value, name))
    if not known:
        return None
    points = said.values(CV.contactPoint) + said.values(CV.hasContactPoint)
    return PublicService(
        uri=uri,
        kind=code_of(known[0]),
        title=said.texts(DCT.title),
        description=said.texts(DCT.description),
        authority=said.references(CV.hasCompetentAuthority, CV.ownedBy),
        concepts=said.references(DCT.subject, CV.isClassifiedBy),
        needs=_items(reader, said, _NEEDS, (DCT.isPartOf,)),
        produces=_items(reader, said, _PRODUCES, (DCT.isPartOf,)),
        rules=_items(reader, said, (CPSV.follows,), _LAW),
        legislation=_items(reader, said, (CV.hasLegalResource,), ()),
        datasets=said.references(CV.isDescribedAt),
        channels=_items(reader, said, (CV.hasChannel,), (CPSVNO.dataService,)),
        requires=said.references(DCT.requires),
        events=_events(reader, said),
        services=_services(reader, said),
        contacts=tuple(contact(reader, point) for point in points),
    )


def _items(
    reader: Reader, said: Said, predicates: tuple[NamedNode, ...], onward: tuple[NamedNode, ...]
) -> tuple[Item, ...]:
    found = []
    for uri in sorted({value for each in predicates for value in said.values(each)}):
        item = Said(reader, uri)
        found.append(Item(labelled(reader, uri), item.texts(DCT.description), item.references(*onward)))
    return tuple(found)


def _events(reader: Reader, said: Said) -> tuple[Reference, ...]:
    """The events of a service: those that it is grouped by, and those that name it."""
    if not said.types & _SERVICES:
        return ()
    naming = _naming(reader, said.node, (DCT.relation, CPSVNO.mayTrigger, CPSVNO.mayTriggerNeedFor), _EVENTS)
    return _named(reader, {*said.values(CV.isGroupedBy), *naming})


def _services(reader: Reader, said: Said) -> tuple[Reference, ...]:
    """The services of an event: those that it names, and those that are grouped by it."""
    if not said.types & _EVENTS:
        return ()
    named = {value for each in (CPSVNO.mayTrigger, CPSVNO.mayTriggerNeedFor) for value in said.values(each)}
    named |= {value for value in said.values(DCT.relation) if Said(reader, value).types & _SERVICES}
    return _named(reader, named | _naming(reader, said.node, (CV.isGroupedBy,), _SERVICES))


def _naming(reader: Reader, node: NamedNode, predicates: tuple[NamedNode, ...], kinds: set[str]) -> set[str]:
    subjects = {quad.subject for each in predicates for quad in reader.quads(predicate=each, object=node)}
    return {one.value for one in subjects if isinstance(one, NamedNode) and Said(reader, one.value).types & kinds}


def _named(reader: Reader, uris: Iterable[str]) -> tuple[Reference, ...]:
    return tuple(labelled(reader, uri) for uri in sorted(uris))
