"""FAIR Signposting: a page says which thing it is about, what describes it for machines, what kind it is, whose.

Level 1 is the Link header of the page, level 2 the whole as a link set at ``/linkset?uri=``.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, request
from flask_babel import gettext
from pyoxigraph import NamedNode, Triple

from ontologies.namespaces import DCAT, DCT, SCHEMA
from registry.errors import NotAcceptableError
from registry.renditions.schema_org import kinds_of
from registry.views import held
from registry.views.context import reader, register
from registry.views.languages import said
from registry.views.links import document_path, linkset_path
from registry.views.rendering import conditional
from sparql.formats import RDF_FORMATS
from sparql.negotiation import best

blueprint = Blueprint("signposts", __name__)

JSON_SET, TEXT_SET = "application/linkset+json", "application/linkset"
_MOST = 10
"""Distributions that the header of a page names; the link set has all."""


@dataclass(frozen=True, slots=True)
class Signpost:
    """One typed link."""

    relation: str
    href: str
    type: str = ""
    profile: str = ""

    def __str__(self) -> str:
        named = {"rel": self.relation, "type": self.type, "profile": self.profile}
        return "; ".join((f"<{self.href}>", *(f'{name}="{value}"' for name, value in named.items() if value)))

    def as_json(self) -> dict[str, str]:
        """The link's target, as a link set has it."""
        known = {"href": self.href, "type": self.type, "profile": self.profile}
        return {name: value for name, value in known.items() if value}


def page_links(uri: str) -> list[str]:
    """Members of the Link header of a thing's page."""
    posts = list(_posts(uri))
    items = [post for post in posts if post.relation == "item"][:_MOST]
    sets = [Signpost("linkset", linkset_path(uri), kind) for kind in (JSON_SET, TEXT_SET)]
    return [str(post) for post in (*(each for each in posts if each.relation != "item"), *items, *sets)]


@blueprint.get("/linkset")
def linkset() -> Response:
    """Every signpost of a thing's page and of the documents that describe it (RFC 9264)."""
    uri = held.asked_uri()
    held.must_hold(uri)
    media_type = best(request.headers.get("Accept"), (JSON_SET, TEXT_SET, "application/json"))
    if media_type is None:
        offers = [(linkset_path(uri), kind) for kind in (JSON_SET, TEXT_SET)]
        raise NotAcceptableError(said(gettext("The links can be had in other formats.")), offers)
    write = _as_text if media_type == TEXT_SET else _as_json
    return conditional(media_type, lambda: write(uri), [])


def _posts(uri: str) -> Iterator[Signpost]:
    if uri.isascii():
        yield Signpost("cite-as", uri)
    own = [quad.triple for quad in reader().quads(NamedNode(uri))]
    yield Signpost("type", SCHEMA.AboutPage.value.replace("http:", "https:"))
    yield from (Signpost("type", kind.value.replace("http:", "https:")) for kind in kinds_of(own))
    for relation, predicate in (("author", DCT.publisher), ("license", DCT.license), ("item", DCAT.distribution)):
        yield from (Signpost(relation, target) for target in _targets(own, predicate))
    for syntax in RDF_FORMATS:
        yield Signpost("describedby", document_path(uri, syntax.suffix), syntax.media_type)


def _targets(triples: Sequence[Triple], predicate: NamedNode) -> list[str]:
    found = {
        each.object.value for each in triples if each.predicate == predicate and isinstance(each.object, NamedNode)
    }
    return sorted(each for each in found if each.isascii())


def _sets(uri: str) -> Iterator[tuple[str, list[Signpost]]]:
    """The page with its links, then each document with the page that it describes."""
    page = document_path(uri, "html")
    yield page, list(_posts(uri))
    for syntax in RDF_FORMATS:
        yield document_path(uri, syntax.suffix), [Signpost("describes", page, "text/html")]


def _absolute(path: str) -> str:
    return f"{register().settings.public_url}{path}" if path.startswith("/") else path


def _as_json(uri: str) -> str:
    found = []
    for anchor, posts in _sets(uri):
        links: dict[str, object] = {"anchor": _absolute(anchor)}
        for relation in dict.fromkeys(post.relation for post in posts):
            own = [post.as_json() for post in posts if post.relation == relation]
            links[relation] = [{**each, "href": _absolute(each["href"])} for each in own]
        found.append(links)
    return json.dumps({"linkset": found}, ensure_ascii=False)


def _as_text(uri: str) -> str:
    lines = [
        f'<{_absolute(post.href)}>{str(post).partition(">")[2]}; anchor="{_absolute(anchor)}"'
        for anchor, posts in _sets(uri)
        for post in posts
    ]
    return ",\n".join(lines) + "\n"
