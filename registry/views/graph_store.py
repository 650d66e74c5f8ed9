"""Graphs by the SPARQL 1.1 Graph Store HTTP Protocol: ``/graphs?graph=``, ``/graphs?default``, and their own addresses.

Reading is open. Writing takes a token, before the body is read; what it carries is parsed in a process of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode, Triple
from werkzeug.datastructures import FileStorage

from ontologies.namespaces import PREFIXES
from registry.access.bearer import token_of
from registry.access.graph_rights import may_write
from registry.access.tokens import Token
from registry.errors import NotAcceptableError, NotFoundError, PreconditionError
from registry.provenance import Deed
from registry.skolem import without_blank_nodes
from registry.updating import written
from registry.views import documents
from registry.views.context import reader, register
from registry.views.offers import OFFERS
from registry.views.rendering import HTML
from sparql.changes import DEFAULT, Changes, graph_node
from sparql.errors import ProtocolError
from sparql.formats import RDF_BY_MEDIA_TYPE, RdfSyntax
from sparql.graph_store import (
    MULTIPART,
    PATH,
    direct_graph,
    entity_tag,
    matches,
    media_type,
    named_graph,
    new_graph,
    triples_of,
)
from sparql.negotiation import best
from sparql.protocol import parameters_of
from sparql.query_host.replica import PLAIN
from sparql.store import Reader, WriteSession
from sparql.streaming import document
from sparql.updating.own_graphs import own_graphs

blueprint = Blueprint("graph_store", __name__)
_METHODS = ["GET", "PUT", "POST", "DELETE"]


@blueprint.route(PATH, methods=_METHODS)
def indirect() -> Response:
    """The graph that the query string names; a POST without one makes a graph."""
    graph = named_graph(parameters_of(request.query_string))
    if graph is None and request.method != "POST":
        raise ProtocolError("Say which graph: /graphs?graph= with its IRI, percent-encoded, or /graphs?default.")
    return _answer(new_graph(register().urls.base) if graph is None else graph)


@blueprint.route(f"{PATH}/<path:path>", methods=_METHODS)
@blueprint.route("/graph/<path:path>", methods=_METHODS)
def direct(path: str) -> Response:
    """The graph whose IRI is this address."""
    raw = str(request.environ.get("RAW_URI") or f"{PATH}/{path}")
    graph = direct_graph(register().urls.base, raw)
    if request.method in ("GET", "HEAD") and _is_for_people(graph, path):
        return documents.minted(request.path.lstrip("/"))
    return _answer(graph)


def _is_for_people(graph: str, path: str) -> bool:
    """Whether the page about the graph is asked for, or a document about it by its suffix, and not the graph itself."""
    if not _held(reader(), graph):
        return path.rpartition(".")[2] in OFFERS
    return best(request.headers.get("Accept"), [*RDF_BY_MEDIA_TYPE, HTML]) == HTML


def _answer(graph: str) -> Response:
    match request.method:
        case "PUT" | "POST":
            return _write(graph, replace=request.method == "PUT")
        case "DELETE":
            return _delete(graph)
        case _:
            return _read(graph)


def _read(graph: str) -> Response:
    """The graph in the syntax that the client likes best."""
    seen = reader()
    if not _held(seen, graph):
        raise _no_graph(graph)
    offer = best(request.headers.get("Accept"), list(RDF_BY_MEDIA_TYPE))
    if offer is None:
        raise NotAcceptableError(f"A graph comes as {', '.join(RDF_BY_MEDIA_TYPE)}.")
    return given(seen, graph, RDF_BY_MEDIA_TYPE[offer])


def given(seen: Reader, graph: str, syntax: RdfSyntax) -> Response:
    """The graph in the syntax, or 304 where the client has it."""
    response = Response(iter(()), content_type=syntax.content_type)
    response.set_etag(entity_tag(_identity(seen), syntax.suffix))
    response.vary.add("Accept")
    response.headers["Cache-Control"] = "no-cache"
    if request.if_none_match.contains_weak(response.get_etag()[0] or ""):
        response.status_code = 304
    elif request.method == "GET":
        _send(response, document(_triples_of(seen, graph), syntax, _prefixes()))
    return response


def _send(response: Response, content: bytes | Iterator[bytes]) -> None:
    """A short document goes whole, with its length; a long one as it is made, until the client hangs up."""
    if isinstance(content, bytes):
        response.data = content
    else:
        response.response = content


def _triples_of(seen: Reader, graph: str) -> Iterator[Triple]:
    return (quad.triple for quad in seen.quads(graph=graph_node(graph)))


def _prefixes() -> Mapping[str, str]:
    """None where queries have none either."""
    return {} if register().settings.default_graph == PLAIN else PREFIXES


def _write(graph: str, *, replace: bool) -> Response:
    """PUT and POST: 201 where there was no such graph, else 204."""
    token = _allowed(graph)
    found, content = _sent(graph)
    changes = Changes()
    if replace:
        changes.clear(graph, keep=True)
    elif graph != DEFAULT:
        changes.create(graph)
    for triple in found:
        changes.add(graph, triple)
    existed = _done(graph, changes, token, content)
    if existed or graph == DEFAULT:
        return Response(status=204)
    return Response(status=201, headers={"Location": graph})


def _delete(graph: str) -> Response:
    token = _allowed(graph)
    if not _held(reader(), graph):
        raise _no_graph(graph)
    changes = Changes()
    changes.clear(graph, keep=False)
    _done(graph, changes, token, b"")
    return Response(status=204)


def _done(graph: str, changes: Changes, token: Token, content: bytes) -> bool:
    """Writes and publishes; returns whether the graph was there before.

    Whose the graph is, and whether it is there, is looked up in the session too: others may have written meanwhile.
    """
    parts = register()
    blob = parts.blobs.put(content) if content else ""
    condition = _Condition.of_request()

    def check(session: WriteSession) -> bool:
        may_write(session, parts.urls, token, graph)
        existed = graph == DEFAULT or graph in session.graphs()
        if condition is not None:
            condition.check(_identity(parts.store.reader()), existed=existed)
        return existed

    done = Deed(token.id, token.organisation, f"{request.method} {graph or 'the default graph'}", blob)
    return written(parts, changes, done, check, alone=condition is not None)


def _allowed(graph: str) -> Token:
    """The token that allows the write, as things are now: who may not is told before the body is read."""
    parts = register()
    token = token_of(parts.tokens, request.headers.get("Authorization"))
    may_write(reader(), parts.urls, token, graph)
    return token


@dataclass(frozen=True, slots=True)
class _Condition:
    """If-Match and If-None-Match of a write: the tags, ``*`` for any."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]

    @classmethod
    def of_request(cls) -> "_Condition | None":
        """None where the request has no condition."""
        wanted, unwanted = (
            ("*",) if each.star_tag else tuple(each.as_set(include_weak=True))
            for each in (request.if_match, request.if_none_match)
        )
        return cls(wanted, unwanted) if wanted or unwanted else None

    def check(self, identity: str, *, existed: bool) -> None:
        """Raises PreconditionError where the graph is not what the client saw."""
        if self.wanted and not (existed and (self.wanted == ("*",) or matches(self.wanted, identity))):
            raise PreconditionError("The register has changed since you read the graph: read it again.")
        if self.unwanted and existed and (self.unwanted == ("*",) or matches(self.unwanted, identity)):
            raise PreconditionError("The graph is there already, as you know it.")


def _sent(graph: str) -> tuple[list[Triple], bytes]:
    """The triples of the body, or of all files of a form, and the bytes that are kept."""
    if request.mimetype == MULTIPART:
        files = [each for name in request.files for each in request.files.getlist(name)]
        if not files:
            raise ProtocolError("The form holds no file: give each part a filename and a Content-Type.")
        documents = [_part(each, graph) for each in files]
        return [triple for found, _ in documents for triple in found], b"\n".join(body for _, body in documents)
    kind = media_type(request.mimetype, request.mimetype_params.get("charset", ""))
    body = request.get_data()
    return _triples(body, kind, graph), body


def _part(part: FileStorage, graph: str) -> tuple[list[Triple], bytes]:
    kind = media_type(part.mimetype, part.mimetype_params.get("charset", ""))
    body = part.read()
    return _triples(body, kind, graph), body


def _triples(body: bytes, kind: str, graph: str) -> list[Triple]:
    parts = register()
    found = triples_of(parts.updates.parse(body, kind, graph or f"{parts.urls.base}{PATH}"), graph)
    return without_blank_nodes(found, parts.urls.base) if parts.urls.place(graph).kind else found


def _held(seen: Reader, graph: str) -> bool:
    """Whether the graph is there for clients: a ``plain`` dataset leaves out those that the register keeps itself."""
    parts = register()
    hidden = parts.settings.default_graph == PLAIN and graph in own_graphs(parts.urls.base)
    return graph == DEFAULT or (graph in seen.graphs() and not hidden)


def _no_graph(graph: str) -> NotFoundError:
    return NotFoundError(f"There is no graph {NamedNode(graph)}.")


def _identity(seen: Reader) -> str:
    """What changes with every generation, also where a number comes back."""
    return str(getattr(seen, "identity", seen.generation))
