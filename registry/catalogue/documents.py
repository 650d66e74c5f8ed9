"""The statements of the document about one thing: the thing itself and the nodes that only describe it."""

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad, Triple

from registry.urls import Urls
from sparql.store import Reader

_PARTS = ("definitions", "sources", "nodes", "evidence")
"""Kinds of minted nodes that have no life of their own."""
_LIMIT = 20_000
"""Quads that one document may hold; what describes one thing is far below."""


def described(reader: Reader, urls: Urls, uri: str) -> list[Triple]:
    """The triples about the thing, each once."""
    return list(dict.fromkeys(quad.triple for quad in described_quads(reader, urls, uri)))


def described_quads(reader: Reader, urls: Urls, uri: str) -> list[Quad]:
    """The quads about the thing and, through any number of steps, about its own definitions, sources and nodes.

    What is derived for convenience is left out, so that a harvester meets each definition once. Empty where the
    register holds nothing about the thing.
    """
    found: dict[Quad, None] = {}
    waiting, seen = [uri], {uri}
    while waiting and len(found) < _LIMIT:
        subject = waiting.pop()
        for quad in _about(reader, urls, subject):
            found[quad] = None
            value = quad.object
            if isinstance(value, NamedNode) and value.value not in seen and _belongs(urls, uri, value.value):
                seen.add(value.value)
                waiting.append(value.value)
    return list(found)


def is_held(reader: Reader, urls: Urls, uri: str) -> bool:
    """Whether anything is said about the thing."""
    return next(_about(reader, urls, uri), None) is not None


def _about(reader: Reader, urls: Urls, subject: str) -> Iterator[Quad]:
    return (quad for quad in reader.quads(subject=NamedNode(subject)) if quad.graph_name != urls.derived)


def _belongs(urls: Urls, owner: str, uri: str) -> bool:
    """Parts have IRIs of a minted kind, or below the thing's own."""
    return uri.startswith((f"{owner}/", *(f"{urls.base}/{kind}/" for kind in _PARTS)))
