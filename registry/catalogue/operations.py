"""What an API does: its operations with parameters, and the parts of models that they take and answer."""

from dataclasses import dataclass
from typing import Any

from ontologies.namespaces import DCT, MODELLDCATNO, OWL, SAMSVAR
from registry.catalogue.texts import Reference, Texts, texts_as_json
from registry.catalogue.things import Said, references_as_json
from sparql.store import Reader


@dataclass(frozen=True, slots=True)
class Parameter:
    """What an operation is asked with; `place` is path, query, header or cookie."""

    reference: Reference
    place: str
    required: bool
    types: tuple[Reference, ...]
    concepts: tuple[Reference, ...]

    def as_json(self) -> dict[str, Any]:
        """The parameter, its place, types and concepts."""
        document = {**self.reference.as_json(), "in": self.place, "required": self.required}
        return {**document, "types": references_as_json(self.types), "concepts": references_as_json(self.concepts)}


@dataclass(frozen=True, slots=True)
class Message:
    """What an operation takes or answers; `status` is that of an answer, such as ``200``, "" of a request."""

    status: str
    types: tuple[Reference, ...]
    formats: tuple[Reference, ...]

    def as_json(self) -> dict[str, Any]:
        """Status, types and media types."""
        types, formats = references_as_json(self.types), references_as_json(self.formats)
        return {"status": self.status, "types": types, "formats": formats}


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path."""

    uri: str
    method: str
    path: str
    title: Texts
    deprecated: bool
    security: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    requests: tuple[Message, ...]
    responses: tuple[Message, ...]

    def as_json(self) -> dict[str, Any]:
        """All members."""
        return {
            "uri": self.uri,
            "method": self.method,
            "path": self.path,
            "title": texts_as_json(self.title),
            "deprecated": self.deprecated,
            "security": list(self.security),
            "parameters": [one.as_json() for one in self.parameters],
            "requests": [one.as_json() for one in self.requests],
            "responses": [one.as_json() for one in self.responses],
        }


def operations_of(reader: Reader, service: Said) -> tuple[Operation, ...]:
    """The operations of an API by path and method."""
    found = [_operation(reader, uri) for uri in service.values(SAMSVAR.hasOperation)]
    return tuple(sorted(found, key=lambda one: (one.path, one.method)))


def _operation(reader: Reader, uri: str) -> Operation:
    said = Said(reader, uri)
    parameters = [_parameter(reader, one) for one in said.values(SAMSVAR.hasParameter)]
    responses = [_message(reader, one) for one in said.values(SAMSVAR.hasResponse)]
    return Operation(
        uri=uri,
        method=said.first(SAMSVAR.method),
        path=said.first(SAMSVAR.path),
        title=said.texts(DCT.title),
        deprecated=said.first(OWL.deprecated) == "true",
        security=tuple(said.values(SAMSVAR.securityScheme)),
        parameters=tuple(sorted(parameters, key=lambda one: (one.place != "path", one.place, one.reference.uri))),
        requests=tuple(_message(reader, one) for one in said.values(SAMSVAR.hasRequest)),
        responses=tuple(sorted(responses, key=lambda one: one.status)),
    )


def _parameter(reader: Reader, uri: str) -> Parameter:
    said = Said(reader, uri)
    return Parameter(
        Reference(uri, said.texts(DCT.title)),
        said.first(SAMSVAR.parameterIn),
        said.first(SAMSVAR.required) == "true",
        said.references(MODELLDCATNO.hasType),
        said.references(DCT.subject),
    )


def _message(reader: Reader, uri: str) -> Message:
    said = Said(reader, uri)
    return Message(
        said.first(SAMSVAR.statusCode), said.references(MODELLDCATNO.hasType), said.references(DCT["format"])
    )
