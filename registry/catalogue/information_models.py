"""Information models: the list, and one with its elements, their properties and the concepts that they mean."""

from dataclasses import dataclass
from typing import Any

from ontologies.namespaces import ADMS, DCT, MODELLDCATNO, OWL
from registry.catalogue.collation import collation_key
from registry.catalogue.definitions import code_of
from registry.catalogue.labels import labelled_if
from registry.catalogue.model_elements import Element, elements_of
from registry.catalogue.per_generation import per_generation
from registry.catalogue.queries import ask, count, grouped, iri
from registry.catalogue.texts import Language, Reference, Texts, lists_as_json, texts_as_json, texts_of
from registry.catalogue.things import Said, references_as_json
from sparql.store import Reader


@dataclass(frozen=True, slots=True)
class ModelLine:
    """A model in the list."""

    reference: Reference
    publisher: Reference | None
    elements: int

    def as_json(self) -> dict[str, Any]:
        """The model, its publisher and the number of its elements."""
        publisher = self.publisher.as_json() if self.publisher else None
        return {**self.reference.as_json(), "publisher": publisher, "elements": self.elements}


@dataclass(frozen=True, slots=True)
class InformationModel:
    """One information model whole."""

    uri: str
    title: Texts
    description: Texts
    publisher: Reference | None
    concepts: tuple[Reference, ...]
    status: str
    version: str
    modified: str
    elements: tuple[Element, ...]

    def as_json(self) -> dict[str, Any]:
        """The model, its elements and their parts."""
        return {
            "uri": self.uri,
            "title": texts_as_json(self.title),
            "description": lists_as_json(self.description),
            "publisher": self.publisher.as_json() if self.publisher else None,
            "concepts": references_as_json(self.concepts),
            "status": self.status,
            "version": self.version,
            "modified": self.modified,
            "elements": [element.as_json() for element in self.elements],
        }


@per_generation
def information_models(reader: Reader, language: Language) -> tuple[ModelLine, ...]:
    """Every model by title."""
    found = [
        ModelLine(
            reference=Reference(uri, texts_of(row["title"] for row in rows if "title" in row)),
            publisher=labelled_if(reader, iri(rows[0], "publisher")),
            elements=count(rows[0], "elements"),
        )
        for uri, rows in grouped(ask(reader, "models"), "model").items()
    ]
    return tuple(sorted(found, key=lambda one: collation_key(one.reference.name(language))))


def information_model(reader: Reader, uri: str, language: Language) -> InformationModel | None:
    """The model with this IRI; None where there is none. Elements and parts are sorted for the language."""
    said = Said(reader, uri)
    if MODELLDCATNO.InformationModel.value not in said.types:
        return None
    return InformationModel(
        uri=uri,
        title=said.texts(DCT.title),
        description=said.texts(DCT.description),
        publisher=said.reference(DCT.publisher),
        concepts=said.references(DCT.subject),
        status=code_of(said.first(ADMS.status)),
        version=said.first(OWL.versionInfo),
        modified=said.first(DCT.modified),
        elements=elements_of(reader, uri, language),
    )
