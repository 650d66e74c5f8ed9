"""Data services (APIs): the list, and one with its addresses, the datasets that it serves and its concepts."""

from dataclasses import dataclass
from typing import Any

from ontologies.namespaces import DCAT, DCATAP, DCT
from registry.catalogue.contacts import Contact, contact
from registry.catalogue.operations import Operation, operations_of
from registry.catalogue.resources import ResourceLine, access_code, lines
from registry.catalogue.texts import Language, Reference, Texts, lists_as_json, texts_as_json
from registry.catalogue.things import Said, references_as_json
from sparql.store import Reader


@dataclass(frozen=True, slots=True)
class DataService:
    """One data service whole."""

    uri: str
    title: Texts
    description: Texts
    publisher: Reference | None
    access: str
    endpoints: tuple[str, ...]
    endpoint_descriptions: tuple[str, ...]
    datasets: tuple[Reference, ...]
    concepts: tuple[Reference, ...]
    conforms_to: tuple[Reference, ...]
    legislation: tuple[Reference, ...]
    conditions: tuple[Reference, ...]
    formats: tuple[Reference, ...]
    operations: tuple[Operation, ...]
    contacts: tuple[Contact, ...]
    modified: str

    def as_json(self) -> dict[str, Any]:
        """All that the page shows."""
        return {
            "uri": self.uri,
            "title": texts_as_json(self.title),
            "description": lists_as_json(self.description),
            "publisher": self.publisher.as_json() if self.publisher else None,
            "accessRights": self.access,
            "endpointURL": list(self.endpoints),
            "endpointDescription": list(self.endpoint_descriptions),
            "servesDataset": references_as_json(self.datasets),
            "concepts": references_as_json(self.concepts),
            "conformsTo": references_as_json(self.conforms_to),
            "legislation": references_as_json(self.legislation),
            "conditions": references_as_json(self.conditions),
            "formats": references_as_json(self.formats),
            "operations": [one.as_json() for one in self.operations],
            "contacts": [one.as_json() for one in self.contacts],
            "modified": self.modified,
        }


def data_services(reader: Reader, language: Language) -> tuple[ResourceLine, ...]:
    """Every data service by title."""
    return lines(reader, "data_services", language)


def data_service(reader: Reader, uri: str) -> DataService | None:
    """The data service with this IRI; None where there is none."""
    said = Said(reader, uri)
    if DCAT.DataService.value not in said.types:
        return None
    return DataService(
        uri=uri,
        title=said.texts(DCT.title),
        description=said.texts(DCT.description),
        publisher=said.reference(DCT.publisher),
        access=access_code(said.first(DCT.accessRights)),
        endpoints=tuple(said.values(DCAT.endpointURL)),
        endpoint_descriptions=tuple(said.values(DCAT.endpointDescription)),
        datasets=said.references(DCAT.servesDataset),
        concepts=said.references(DCT.subject),
        conforms_to=said.references(DCT.conformsTo),
        legislation=said.references(DCATAP.applicableLegislation),
        conditions=said.references(DCT.license, DCT.rights, DCATAP.availability),
        formats=said.references(DCT["format"], DCAT.mediaType),
        operations=operations_of(reader, said),
        contacts=tuple(contact(reader, one) for one in said.values(DCAT.contactPoint)),
        modified=said.first(DCT.modified),
    )
