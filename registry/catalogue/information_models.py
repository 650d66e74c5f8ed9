"""Information models: the list, and one with its elements, their properties and the concepts that they mean."""

from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from ontologies.namespaces import ADMS, DCT, MODELLDCATNO, OWL
from registry.catalogue.collation import collation_key
from registry.catalogue.definitions import code_of
from registry.catalogue.labels import labelled_if
from registry.catalogue.per_generation import per_generation
from registry.catalogue.queries import ask, count, grouped, iri
from registry.catalogue.texts import Language, Reference, Texts, lists_as_json, shown, texts_as_json, texts_of
from registry.catalogue.things import Said, references_as_json
from sparql.store import Reader, Row


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
class Part:
    """A property of an element or a code of a list. `kind` is the class's name, such as ``Attribute``."""

    uri: str
    kind: str
    title: Texts
    notation: str
    minimum: str
    maximum: str
    value_types: tuple[Reference, ...]
    concepts: tuple[Reference, ...]

    def as_json(self) -> dict[str, Any]:
        """The property or code; ``minOccurs`` and ``maxOccurs`` as written."""
        document = {"uri": self.uri, "kind": self.kind, "title": texts_as_json(self.title), "notation": self.notation}
        document |= {"minOccurs": self.minimum, "maxOccurs": self.maximum}
        types = references_as_json(self.value_types)
        return {**document, "types": types, "concepts": references_as_json(self.concepts)}


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a model: object type, data type, code list ..., with its properties or codes."""

    uri: str
    kind: str
    title: Texts
    description: Texts
    concepts: tuple[Reference, ...]
    parts: tuple[Part, ...]

    @property
    def reference(self) -> Reference:
        """The element as others refer to it."""
        return Reference(self.uri, self.title)

    def as_json(self) -> dict[str, Any]:
        """The element and its parts."""
        return {
            "uri": self.uri,
            "kind": self.kind,
            "title": texts_as_json(self.title),
            "description": texts_as_json(self.description),
            "concepts": references_as_json(self.concepts),
            "parts": [part.as_json() for part in self.parts],
        }


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
    groups = grouped(ask(reader, "model_elements", model=said.node), "element")
    elements = [_element(reader, element, rows, language) for element, rows in groups.items()]
    return InformationModel(
        uri=uri,
        title=said.texts(DCT.title),
        description=said.texts(DCT.description),
        publisher=said.reference(DCT.publisher),
        concepts=said.references(DCT.subject),
        status=code_of(said.first(ADMS.status)),
        version=said.first(OWL.versionInfo),
        modified=said.first(DCT.modified),
        elements=tuple(sorted(elements, key=lambda one: (_last(one.kind), collation_key(shown(one.title, language))))),
    )


def _element(reader: Reader, uri: str, rows: list[Row], language: Language) -> Element:
    node = NamedNode(uri)
    parts = ask(reader, "model_properties", element=node) + ask(reader, "model_codes", element=node)
    groups = grouped(parts, "part").items()
    order = {part: count(group[0], "order") for part, group in groups}
    found = [_part(part, group) for part, group in groups]
    return Element(
        uri=uri,
        kind=_kind(rows),
        title=_texts(rows, "title"),
        description=_texts(rows, "description"),
        concepts=_references(rows, "subject", "subjectLabel"),
        parts=tuple(sorted(found, key=lambda p: (order[p.uri], p.notation, collation_key(shown(p.title, language))))),
    )


def _part(uri: str, rows: list[Row]) -> Part:
    return Part(
        uri=uri,
        kind=_kind(rows) or ("CodeElement" if any("notation" in row for row in rows) else ""),
        title=_texts(rows, "title"),
        notation=iri(rows[0], "notation"),
        minimum=iri(rows[0], "minimum"),
        maximum=iri(rows[0], "maximum"),
        value_types=_references(rows, "valueType", "valueTypeTitle"),
        concepts=_references(rows, "subject", "subjectLabel"),
    )


def _kind(rows: list[Row]) -> str:
    kinds = {code_of(iri(row, "type")) for row in rows if iri(row, "type") in MODELLDCATNO}
    return min(kinds - {"ModelElement", "Property"}, default="")


def _last(kind: str) -> int:
    """Object types come first, what they are made of after them."""
    order = ("RootObjectType", "ObjectType", "DataType", "CodeList", "SimpleType")
    return order.index(kind) if kind in order else len(order)


def _texts(rows: list[Row], variable: str) -> Texts:
    return texts_of(row[variable] for row in rows if variable in row)


def _references(rows: list[Row], variable: str, label: str) -> tuple[Reference, ...]:
    groups = grouped((row for row in rows if variable in row), variable)
    return tuple(Reference(uri, _texts(group, label)) for uri, group in sorted(groups.items()))
