"""The operations of an API: method and path, parameters, what they take and what they answer."""

from collections.abc import Iterator, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode

from importers.concepts.values import to_iri
from importers.models.api_description import flag, members, security_schemes, text
from importers.models.builder import ANY_NUMBER, ModelBuilder, Words
from importers.models.naming import Names, Pointer
from importers.models.references import References
from importers.models.schema_reader import CONCEPT, SchemaReader, kind_of
from ontologies.namespaces import DCAT, DCT, MODELLDCATNO, OWL, RDF, SAMSVAR

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


class OperationReader:
    """Adds the operations of one document to a builder; what they hold is read by `schemas`."""

    def __init__(
        self, builder: ModelBuilder, schemas: SchemaReader, references: References, service: NamedNode
    ) -> None:
        self._builder = builder
        self._schemas = schemas
        self._references = references
        self._service = service
        self._names = Names(service.value)

    def read(self, document: Mapping[str, Any]) -> None:
        """Every operation of the document, those that callers receive (webhooks) included."""
        for key in ("paths", "webhooks"):
            for path in members(document.get(key)):
                pointer = self._resolved((key, path))
                for method in _METHODS:
                    if isinstance(self._references.at((*pointer, method)), Mapping):
                        self._operation(document, (*pointer, method), path, method)

    def _resolved(self, pointer: Pointer) -> Pointer:
        """Where what stands at a pointer is described, if it only refers to that."""
        found = members(self._references.at(pointer))
        reference = found.get("$ref")
        if not isinstance(reference, str) or "schema" in found:
            return pointer
        other = self._references.pointer(reference)
        end = self._references.followed(other) if other is not None else None
        if end is None:
            self._schemas.not_followed[reference] = None
        return end if end is not None else pointer

    def _operation(self, document: Mapping[str, Any], pointer: Pointer, path: str, method: str) -> None:
        said = members(self._references.at(pointer))
        own = text(said, "operationId")
        steps = ("operations", own or f"{method}-{path}")
        node = self._names.minted(steps)
        title = text(said, "summary") or own or f"{method.upper()} {path}"
        self._builder.describe(node, SAMSVAR.Operation, Words(own, title, text(said, "description")))
        self._builder.add(self._service, SAMSVAR.hasOperation, node)
        self._builder.add(node, SAMSVAR.method, Literal(method.upper()))
        self._builder.add(node, SAMSVAR.path, Literal(path))
        for tag in said.get("tags") or ():
            self._builder.text(node, DCAT.keyword, tag)
        if said.get("deprecated") is True:
            self._builder.add(node, OWL.deprecated, flag(value=True))
        for scheme in security_schemes(document, said.get("security")):
            self._builder.text(node, SAMSVAR.securityScheme, scheme)
        for place in self._parameters(pointer):
            self._builder.add(node, SAMSVAR.hasParameter, self._parameter(steps, place))
        for message in self._messages((*steps, "request"), self._resolved((*pointer, "requestBody"))):
            self._builder.add(node, SAMSVAR.hasRequest, message)
        for status in members(said.get("responses")):
            place = self._resolved((*pointer, "responses", status))
            for message in self._messages((*steps, "responses", status), place):
                self._builder.add(node, SAMSVAR.hasResponse, message)
                self._builder.add(message, SAMSVAR.statusCode, Literal(status))

    def _parameters(self, pointer: Pointer) -> Iterator[Pointer]:
        """The operation's own, and those of its path that it does not replace."""
        seen: set[tuple[str, str]] = set()
        for above in (pointer, pointer[:-1]):
            listed = members(self._references.at(above)).get("parameters")
            for number in range(len(listed) if isinstance(listed, list) else 0):
                place = self._resolved((*above, "parameters", str(number)))
                said = members(self._references.at(place))
                key = text(said, "in"), text(said, "name")
                if key not in seen and key[1]:
                    seen.add(key)
                    yield place

    def _parameter(self, steps: Pointer, pointer: Pointer) -> NamedNode:
        said = members(self._references.at(pointer))
        name, where = text(said, "name"), text(said, "in")
        node = self._names.minted((*steps, "parameters", f"{where}-{name}"))
        concept = text(said, CONCEPT) or text(members(said.get("schema")), CONCEPT)
        self._builder.describe(node, SAMSVAR.Parameter, Words(name, "", text(said, "description"), to_iri(concept)))
        self._builder.text(node, SAMSVAR.parameterIn, where)
        self._builder.add(node, SAMSVAR.required, flag(value=said.get("required") is True))
        media = next(iter(members(said.get("content"))), None)
        place = (*pointer, "schema") if media is None else (*pointer, "content", media, "schema")
        self._type(node, place, name)
        return node

    def _type(self, node: NamedNode, pointer: Pointer, name: str) -> None:
        if self._references.at(pointer) is None:
            return
        target = self._schemas.read(pointer, name)
        if target is not None:
            self._builder.add(node, MODELLDCATNO.hasType, target.node)
        if kind_of(members(self._references.at(pointer))) == "array":
            self._builder.add(node, MODELLDCATNO.maxOccurs, Literal(ANY_NUMBER))

    def _messages(self, steps: Pointer, pointer: Pointer) -> Iterator[NamedNode]:
        """A message for each media type; one without a type where there is none."""
        said = members(self._references.at(pointer))
        if not said:
            return
        for media in members(said.get("content")) or ("",):
            node = self._names.minted((*steps, media) if media else steps)
            self._builder.add(node, RDF.type, SAMSVAR.Message)
            self._builder.text(node, DCT.description, text(said, "description"))
            if isinstance(needed := said.get("required"), bool):
                self._builder.add(node, SAMSVAR.required, flag(value=needed))
            if media:
                self._media_type(node, media)
                self._type(node, (*pointer, "content", media, "schema"), "-".join(steps[1:]))
            yield node

    def _media_type(self, node: NamedNode, media: str) -> None:
        plain = media.partition(";")[0].strip()
        self._builder.add(node, DCT["format"], to_iri(_MEDIA_TYPES + plain) or Literal(media))
        if iri := to_iri(_MEDIA_TYPES + plain):
            self._builder.add(self._service, DCT["format"], iri)
