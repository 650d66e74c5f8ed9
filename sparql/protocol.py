"""The SPARQL 1.1 Protocol: what a request asks, and in which format its answer goes. Knows no web framework.

https://www.w3.org/TR/sparql11-protocol/ section 2. Every way to ask wrongly is a `ProtocolError`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import unquote_to_bytes

from pyoxigraph import NamedNode

from sparql.errors import MediaTypeError, NotAcceptableError, ProtocolError, QueryRefusedError
from sparql.formats import (
    RDF_BY_MEDIA_TYPE,
    RDF_BY_NAME,
    RESULT_FORMATS,
    RESULTS_BY_MEDIA_TYPE,
    RESULTS_BY_NAME,
    Format,
)
from sparql.language.gate import Shape
from sparql.negotiation import best, media_ranges

Parameters: TypeAlias = Mapping[str, Sequence[str]]

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
HTML = "text/html"
_KNOWN_CHARSETS = ("utf-8", "utf8", "us-ascii")
_MARK = "\ufeff"
"""What some editors begin a file with to say that it is UTF-8."""
_OF_GRAPHS = {"json": "jsonld", "application/json": "jsonld"}
"""What clients call JSON, where the answer is triples."""


@dataclass(frozen=True, slots=True)
class ProtocolQuery:
    """A query as the protocol carries it. Graphs are None where the request says nothing about its dataset.

    `values` are what the request's parameters ``$name`` give the query's own parameters, by name.
    """

    text: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    format_name: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProtocolUpdate:
    """An update as the protocol carries it. Graphs are None where the request says nothing about its dataset."""

    text: str
    using: tuple[str, ...] | None = None
    using_named: tuple[str, ...] | None = None


def parameters_of(encoded: bytes) -> dict[str, list[str]]:
    """The parameters of a URL's query or a form, each with its values in order.

    Raises:
        ProtocolError: one is not UTF-8. To put U+FFFD in its place would be to answer another question.
    """
    found: dict[str, list[str]] = {}
    for piece in filter(None, encoded.split(b"&")):
        name, _, value = (unquote_to_bytes(part) for part in piece.replace(b"+", b" ").partition(b"="))
        key = name.decode("utf-8", "replace")
        try:
            found.setdefault(key, []).append(value.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise ProtocolError(f"The parameter {key[:80]} is not UTF-8 (byte {error.start}).") from error
    return found


def of_get(parameters: Parameters) -> ProtocolQuery | None:
    """Query by GET; None where there is no query at all (section 2.1.1)."""
    if "update" in parameters:
        raise ProtocolError("An update cannot be sent by GET.")
    if "query" not in parameters:
        return None
    return _query(_one(parameters, "query"), parameters)


def of_form(form: Parameters, parameters: Parameters) -> ProtocolQuery | ProtocolUpdate:
    """Query or update by POST with URL-encoded parameters (sections 2.1.2 and 2.2.1).

    Dataset and format may stand in the URL too.
    """
    if "query" in parameters or "update" in parameters:
        raise ProtocolError("The query belongs in the body of the request, not in its URL.")
    if "update" in form:
        if "query" in form:
            raise ProtocolError("A request carries a query or an update, not both.")
        return _update(_one(form, "update"), _merged(form, parameters))
    if "query" not in form:
        raise ProtocolError("The parameter query is missing.")
    return _query(_one(form, "query"), _merged(form, parameters))


def of_body(body: bytes, parameters: Parameters) -> ProtocolQuery:
    """Query by POST directly (section 2.1.3)."""
    text = _whole(body, parameters, "query")
    if not text.strip():
        raise ProtocolError("The body of the request is empty: it should be the query.")
    return _query(text, parameters)


def update_of_body(body: bytes, parameters: Parameters) -> ProtocolUpdate:
    """Update by POST directly (section 2.2.2)."""
    return _update(_whole(body, parameters, "update"), parameters)


def body_kind(media_type: str, charset: str) -> str:
    """FORM, QUERY or UPDATE, for a POST with this Content-Type.

    Raises:
        MediaTypeError: another type, or another encoding than UTF-8.
    """
    if charset and charset.lower() not in _KNOWN_CHARSETS:
        raise MediaTypeError(f"The protocol knows UTF-8 only, not {charset}.")
    if media_type not in (FORM, QUERY, UPDATE):
        raise MediaTypeError(f"Send {FORM}, {QUERY} or {UPDATE}, not {media_type or 'a body without a type'}.")
    return media_type


def answer_format(shape: Shape, accept: str | None, name: str) -> Format:
    """The format for a query of this shape.

    `name` (``json``, ``ttl``, a media type ...) wins over the Accept header; ``auto`` and none leave it to that.

    Raises:
        NotAcceptableError: none fits; the message lists those that do.
    """
    graphs = shape.form in ("CONSTRUCT", "DESCRIBE")
    by_name: Mapping[str, Format] = RDF_BY_NAME if graphs else RESULTS_BY_NAME
    by_type: Mapping[str, Format] = RDF_BY_MEDIA_TYPE if graphs else RESULTS_BY_MEDIA_TYPE
    wanted = name.partition(";")[0].strip().replace(" ", "+").lower()
    if wanted not in ("", "auto"):
        wanted = _OF_GRAPHS.get(wanted, wanted) if graphs else wanted
        if wanted not in by_name:
            raise _not_acceptable(by_type)
        return by_name[wanted]
    named = {f"{each.type}/{each.subtype}" for each in media_ranges(accept or "")}
    offer = best(accept, [each for each, form in by_type.items() if each == form.media_type or each in named])
    if offer is None:
        raise _not_acceptable(by_type)
    return by_type[offer]


def likes_pages(accept: str | None) -> bool:
    """Whether this Accept header likes a page better than every format of answers."""
    return best(accept, [*RDF_BY_MEDIA_TYPE, *(each.media_type for each in RESULT_FORMATS), HTML]) == HTML


def _query(text: str, parameters: Parameters) -> ProtocolQuery:
    text = text.removeprefix(_MARK)
    if not text.strip():
        raise ProtocolError("The query is empty.")
    default = _graphs(each for each in parameters.get("default-graph-uri", ()) if each)
    named = _graphs(each for each in parameters.get("named-graph-uri", ()) if each)
    says = bool(default or named)
    name = next((value for key in ("format", "output") for value in parameters.get(key, ()) if value), "")
    values = {key[1:]: _one(parameters, key) for key in parameters if key.startswith("$")}
    return ProtocolQuery(text, default if says else None, named if says else None, name, values)


def _update(text: str, parameters: Parameters) -> ProtocolUpdate:
    default = _graphs(parameters.get("using-graph-uri", ()))
    named = _graphs(parameters.get("using-named-graph-uri", ()))
    says = bool(default or named)
    return ProtocolUpdate(text.removeprefix(_MARK), default if says else None, named if says else None)


def _graphs(names: Iterable[str]) -> tuple[str, ...]:
    """The graphs of these names, in order."""
    graphs = tuple(names)
    for graph in graphs:
        try:
            NamedNode(graph)
        except ValueError as error:
            raise ProtocolError(f"{graph!r} is no absolute IRI, so it names no graph.") from error
    return graphs


def _merged(form: Parameters, parameters: Parameters) -> Parameters:
    names = {*form, *parameters}
    return {name: [*form.get(name, ()), *parameters.get(name, ())] for name in names}


def _whole(body: bytes, parameters: Parameters, what: str) -> str:
    """The text of a body that is nothing else."""
    if "query" in parameters or "update" in parameters:
        raise ProtocolError(f"The {what} belongs in the body of the request, not in its URL.")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProtocolError(f"The {what} is not UTF-8 (byte {error.start}).") from error


def _one(parameters: Parameters, name: str) -> str:
    values = parameters[name]
    if len(values) != 1:
        raise ProtocolError(f"The parameter {name} is given {len(values)} times; once is right.")
    return values[0]


def no_updates() -> QueryRefusedError:
    """What answers an update where nobody takes any."""
    return QueryRefusedError("Updates need an administrator's token, and this register takes none here.")


def _not_acceptable(offers: Mapping[str, Format]) -> NotAcceptableError:
    return NotAcceptableError(
        f"The answer to this query comes as {', '.join(dict.fromkeys(each.media_type for each in offers.values()))}."
    )
