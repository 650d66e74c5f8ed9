"""Datasets: the list, and one with its concepts, models, distributions, services and legal basis."""

from dataclasses import dataclass
from typing import Any

from ontologies.namespaces import CV, DCAT, DCATAP, DCATNO, DCT
from registry.catalogue.contacts import Contact, contact
from registry.catalogue.labels import labelled
from registry.catalogue.queries import ask, iri
from registry.catalogue.resources import ResourceLine, access_code, lines
from registry.catalogue.texts import Language, Reference, Texts, lists_as_json, texts_as_json
from registry.catalogue.things import Said, references_as_json
from sparql.store import Reader


@dataclass(frozen=True, slots=True)
class Distribution:
    """One form in which a dataset is given out."""

    uri: str
    title: Texts
    access_urls: tuple[str, ...]
    download_urls: tuple[str, ...]
    formats: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Title, addresses and formats."""
        return {
            "uri": self.uri,
            "title": texts_as_json(self.title),
            "accessURL": list(self.access_urls),
            "downloadURL": list(self.download_urls),
            "formats": list(self.formats),
        }


@dataclass(frozen=True, slots=True)
class Dataset:
    """One dataset whole."""

    uri: str
    title: Texts
    description: Texts
    publisher: Reference | None
    access: str
    concepts: tuple[Reference, ...]
    models: tuple[Reference, ...]
    services: tuple[Reference, ...]
    legislation: tuple[Reference, ...]
    themes: tuple[Reference, ...]
    keywords: Texts
    distributions: tuple[Distribution, ...]
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
            "concepts": references_as_json(self.concepts),
            "models": references_as_json(self.models),
            "services": references_as_json(self.services),
            "legislation": references_as_json(self.legislation),
            "themes": references_as_json(self.themes),
            "keywords": lists_as_json(self.keywords),
            "distributions": [distribution.as_json() for distribution in self.distributions],
            "contacts": [one.as_json() for one in self.contacts],
            "modified": self.modified,
        }


def datasets(reader: Reader, language: Language) -> tuple[ResourceLine, ...]:
    """Every dataset by title."""
    return lines(reader, "datasets", language)


def dataset(reader: Reader, uri: str) -> Dataset | None:
    """The dataset with this IRI; None where there is none."""
    said = Said(reader, uri)
    if DCAT.Dataset.value not in said.types:
        return None
    serving = {iri(row, "service") for row in ask(reader, "serving_services", thing=said.node)}
    return Dataset(
        uri=uri,
        title=said.texts(DCT.title),
        description=said.texts(DCT.description),
        publisher=said.reference(DCT.publisher),
        access=access_code(said.first(DCT.accessRights)),
        concepts=said.references(DCT.subject),
        models=said.references(DCT.conformsTo, DCATNO.informationModel),
        services=tuple(labelled(reader, service) for service in sorted(serving)),
        legislation=said.references(DCATAP.applicableLegislation, CV.hasLegalResource),
        themes=said.references(DCAT.theme),
        keywords=said.texts(DCAT.keyword),
        distributions=tuple(_distribution(reader, one) for one in said.values(DCAT.distribution)),
        contacts=tuple(contact(reader, one) for one in said.values(DCAT.contactPoint)),
        modified=said.first(DCT.modified),
    )


def _distribution(reader: Reader, uri: str) -> Distribution:
    said = Said(reader, uri)
    return Distribution(
        uri=uri,
        title=said.texts(DCT.title),
        access_urls=tuple(said.values(DCAT.accessURL)),
        download_urls=tuple(said.values(DCAT.downloadURL)),
        formats=tuple(one.name("nb") for one in said.references(DCT.format, DCAT.mediaType)),
    )
