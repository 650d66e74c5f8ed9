"""The SPARQL 1.1 Graph Store HTTP Protocol: which graph a request is about, and which triples it carries.

https://www.w3.org/TR/sparql11-http-rdf-update/. Knows no web framework and no store. Every way to ask wrongly is a
`ProtocolError`.
"""

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit
from uuid import uuid4

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple

from sparql.changes import DEFAULT
from sparql.errors import MediaTypeError, ProtocolError
from sparql.protocol import Parameters

PATH = "/graphs"
DATASETS = (RdfFormat.TRIG, RdfFormat.N_QUADS)
WRITTEN = (
    RdfFormat.TURTLE,
    RdfFormat.JSON_LD,
    RdfFormat.RDF_XML,
    RdfFormat.N_TRIPLES,
    RdfFormat.N3,
    *DATASETS,
)
"""What may be sent."""
_BY_MEDIA_TYPE = {each.media_type.partition(";")[0]: each for each in WRITTEN}
MULTIPART = "multipart/form-data"
_CHARSETS = ("", "utf-8", "utf8", "us-ascii")


def named_graph(parameters: Parameters) -> str | None:
    """The graph of ``?graph=`` or ``?default`` (the empty name); None where the request names none (section 4.2).

    Raises:
        ProtocolError: both, one twice, or no absolute IRI.
    """
    graphs, default = parameters.get("graph", ()), "default" in parameters
    if not graphs:
        return DEFAULT if default else None
    if default or len(graphs) > 1:
        raise ProtocolError("Name one graph: ?graph= with its IRI, or ?default.")
    return checked(graphs[0])


def direct_graph(uri_base: str, raw_path: str) -> str:
    """The graph whose IRI is the address that was asked for (section 4.1), with the path as it was sent."""
    return checked(f"{uri_base}{urlsplit(raw_path).path}")


def new_graph(uri_base: str) -> str:
    """The IRI of a graph that nobody has named."""
    return f"{uri_base}{PATH}/{uuid4()}"


def checked(graph: str) -> str:
    """The IRI of a graph.

    Raises:
        ProtocolError: not an absolute IRI.
    """
    try:
        NamedNode(graph)
    except ValueError as error:
        raise ProtocolError(f"{graph!r} is no absolute IRI, so it names no graph.") from error
    return graph


def media_type(name: str, charset: str) -> str:
    """The media type of a document, if it is one of WRITTEN.

    Raises:
        MediaTypeError: another one, or another encoding than UTF-8.
    """
    if name not in _BY_MEDIA_TYPE:
        raise MediaTypeError(f"Send one of {', '.join(_BY_MEDIA_TYPE)}, not {name or 'a body without a type'}.")
    if charset.lower() not in _CHARSETS:
        raise MediaTypeError(f"RDF is sent as UTF-8, not as {charset}.")
    return name


def triples_of(quads: Iterable[Quad], graph: str) -> list[Triple]:
    """The triples of a document for one graph.

    Raises:
        ProtocolError: the document (TriG, N-Quads, JSON-LD) has triples in another graph.
    """
    found = []
    for quad in quads:
        name = quad.graph_name
        if not isinstance(name, DefaultGraph) and getattr(name, "value", None) != graph:
            raise ProtocolError(f"The document has triples in {name}, but only <{graph}> is written.")
        found.append(quad.triple)
    return found


def matches(tags: Sequence[str], identity: str) -> bool:
    """Whether one of these entity tags is of the generation `identity`, in whatever syntax."""
    return any(tag.rpartition("-")[0] == identity for tag in tags)


def entity_tag(identity: str, suffix: str) -> str:
    """The entity tag of a graph in one syntax: generations change it, also those that left the graph as it was."""
    return f"{identity}-{suffix}"
