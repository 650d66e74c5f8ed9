"""One operation of the API as OpenAPI describes it: parameters, body, answers, whether it takes a token."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from registry.api.schemas import NUMBER, OBJECT, TEXT, Schema, members, named, one_of
from sparql.formats import RDF_FORMATS

Method: TypeAlias = Literal["get", "post", "put", "patch", "delete"]

JSON = "application/json"
CSV = "text/csv"
RDF = tuple(syntax.media_type for syntax in RDF_FORMATS)
_PAGE: Schema = {"type": "integer", "minimum": 1}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the address, or of the path; `commas` where it is a list of words in one parameter."""

    name: str
    what: str
    schema: Schema = field(default_factory=lambda: {"type": "string", "maxLength": 500})
    required: bool = False
    where: Literal["query", "path", "header"] = "query"
    example: str = ""
    commas: bool = False

    def as_json(self) -> dict[str, Any]:
        """As OpenAPI has it."""
        document: dict[str, Any] = {
            "name": self.name,
            "in": self.where,
            "description": self.what,
            "schema": dict(self.schema),
        }
        document |= {"required": True} if self.required or self.where == "path" else {}
        document |= {"style": "form", "explode": False} if self.commas else {}
        return document | ({"example": self.example} if self.example else {})


@dataclass(frozen=True, slots=True)
class Body:
    """What a request carries, by media type."""

    content: Mapping[str, Schema]
    required: bool = True

    def as_json(self) -> dict[str, Any]:
        """As OpenAPI has it."""
        return {"required": self.required, "content": _content(self.content)}


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path. `answers` are bodies by media type, by status; an empty one has no body.

    `token` says whether it needs one.
    """

    method: Method
    path: str
    name: str
    tag: str
    what: str
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    answers: Mapping[int, Mapping[str, Schema]] = field(default_factory=lambda: {200: {JSON: OBJECT}})
    token: bool = False

    def as_json(self) -> dict[str, Any]:
        """As OpenAPI has it."""
        document: dict[str, Any] = {
            "operationId": self.name,
            "tags": [self.tag],
            "summary": self.what,
            "parameters": [each.as_json() for each in self.parameters],
            "responses": {str(status): _answer(status, content) for status, content in self.answers.items()},
        }
        document["responses"]["414"] = _TOO_LONG
        document["responses"]["default"] = {"$ref": "#/components/responses/Problem"}
        document |= {"requestBody": self.body.as_json()} if self.body else {}
        return document | ({"security": [{"token": []}]} if self.token else {})


def json_of(schema: Schema, *others: str, status: int = 200) -> Mapping[int, Mapping[str, Schema]]:
    """JSON of this shape; the same as text in `others`."""
    return {status: {JSON: schema, **dict.fromkeys(others, TEXT)}}


def listing(name: str, items: Schema = OBJECT) -> Schema:
    """A document whose one member is a list."""
    return members(**{name: {"type": "array", "items": dict(items)}})


def paged(name: str) -> Schema:
    """A numbered page of a list, as the register's pages have them."""
    number = {"type": "integer", "minimum": 0}
    return members(**{name: {"type": "array", "items": OBJECT}}, total=number, page=number, pages=number, size=number)


def uri_parameter(what: str, name: str = "uri", example: str = "") -> Parameter:
    """A parameter that names a thing."""
    return Parameter(name, what, {"type": "string", "format": "uri", "maxLength": 500}, required=True, example=example)


def in_path(name: str, what: str) -> Parameter:
    """A part of the path."""
    return Parameter(name, what, {"type": "string", "pattern": "^[A-Za-z0-9._~-]+$", "minLength": 1}, where="path")


def size(usual: int, most: int) -> Parameter:
    """How many items a page is to have."""
    schema = {"type": "integer", "minimum": 1, "maximum": most, "default": usual}
    return Parameter("size", "items of a page", schema)


def word(name: str, what: str, *values: str) -> Parameter:
    """A parameter that has few values."""
    return Parameter(name, what, one_of(*values))


PAGE = Parameter("page", "which page, from 1", _PAGE)
LANG = Parameter("lang", "language of sentences that the register makes: nb, nn or en; others are passed over", TEXT)
COUNTS: Schema = {"type": "object", "additionalProperties": NUMBER}
PROBLEM = {"description": "A problem", "content": {"application/problem+json": {"schema": named("Problem")}}}
_TOO_LONG = {"description": "The address is longer than the server reads", "content": {"text/html": {}}}
_SAID = {200: "Done", 201: "Made", 202: "Not done yet: ask again at Location", 204: "Done; there is nothing to say"}


def _answer(status: int, content: Mapping[str, Schema]) -> dict[str, Any]:
    document: dict[str, Any] = {"description": _SAID[status]}
    return document | ({"content": _content(content)} if content else {})


def _content(content: Mapping[str, Schema]) -> dict[str, Any]:
    return {media_type: {"schema": dict(schema)} for media_type, schema in content.items()}
