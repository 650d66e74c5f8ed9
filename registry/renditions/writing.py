"""The document about one thing in a syntax for triples."""

from collections.abc import Iterable

from pyoxigraph import BlankNode, Triple

from registry.urls import Urls
from sparql.formats import JSON_LD, TURTLE, RdfSyntax, serialise
from sparql.readable.json_ld import json_ld
from sparql.readable.json_ld_forms import Form
from sparql.readable.nesting import Node
from sparql.readable.turtle import turtle


def written(triples: Iterable[Triple], uri: str, syntax: RdfSyntax, urls: Urls, form: Form = json_ld) -> bytes:
    """Turtle and JSON-LD begin with the thing and have its parts inside it; the other syntaxes are sorted.

    In Turtle what was a blank node when it came, and is mentioned once, is one again. `form` is that of JSON-LD.
    """
    nameless = tuple(f"{urls.base}/{kind}/" for kind in ("nodes", "sources"))

    def is_nameless(node: Node) -> bool:
        return isinstance(node, BlankNode) or node.value.startswith(nameless)

    if syntax is TURTLE:
        return turtle(triples, uri, is_nameless)
    return form(triples, uri) if syntax is JSON_LD else serialise(triples, syntax)
