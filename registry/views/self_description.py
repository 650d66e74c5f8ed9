"""What the register says of itself to machines: VoID, OpenSearch, sitemap, robots, and the page of addresses."""

from flask import Blueprint, Response, current_app, render_template, request
from flask_babel import gettext as _
from pyoxigraph import NamedNode

from ontologies.namespaces import RDF
from registry.catalogue.per_generation import per_generation
from registry.catalogue.void import void_description
from registry.dumping.description import data_dumps
from registry.errors import NotAcceptableError, NotFoundError
from registry.search.entries import KINDS
from registry.views.addresses import ADDRESSES
from registry.views.context import reader, register
from registry.views.languages import said
from registry.views.rendering import Shown, conditional, page
from sparql.formats import JSON_LD, RDF_BY_MEDIA_TYPE, RDF_FORMATS, serialise
from sparql.negotiation import best
from sparql.readable.json_ld import context as json_ld_context
from sparql.store import Reader

blueprint = Blueprint("self_description", __name__)

_MOST = 50_000
"""Pages that one file may list, by the sitemap protocol."""


@page(blueprint, "/api/docs")
def addresses() -> Shown:
    """Every address that a client may rely on, with the formats that it answers in."""
    return Shown(
        "about/addresses.html",
        {"addresses": ADDRESSES, "base": register().urls.base},
        lambda: [
            {"path": each.path, "formats": list(each.formats), "what": str(each.what), "example": each.example}
            for each in ADDRESSES
        ],
    )


@blueprint.get("/.well-known/void")
def void() -> Response:
    """The description of the data, in any RDF syntax."""
    media_type = best(request.headers.get("Accept"), [*(each.media_type for each in RDF_FORMATS), "text/html"])
    if media_type is None:
        raise NotAcceptableError("The description can be had in any RDF syntax.")
    syntax = RDF_BY_MEDIA_TYPE.get(media_type, RDF_FORMATS[0])
    address = register().settings.public_url
    triples = [*void_description(reader(), register().urls, address), *data_dumps(register().urls, address)]
    return conditional(syntax.media_type, lambda: serialise(triples, syntax), [])


@blueprint.get("/context.jsonld")
def context() -> Response:
    """The JSON-LD context whole. Documents carry what they use of it, and have nobody fetch it."""
    return conditional(JSON_LD.media_type, lambda: current_app.json.dumps({"@context": dict(json_ld_context())}), [])


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """Lets a browser add the register as a search engine."""
    address = register().settings.public_url
    text = render_template("about/opensearch.xml", address=address, description=_("Concepts that agree"))
    return Response(text, mimetype="application/opensearchdescription+xml")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Pages may be indexed; queries may not."""
    address = register().settings.public_url
    lines = ("User-agent: *", "Disallow: /sparql?", "Disallow: /search?", f"Sitemap: {address}/sitemap.xml", "")
    return Response("\n".join(lines), mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """The pages of all things that lists have; where they are more than one file may list, the files that do."""
    files = -(-len(_things(reader())) // _MOST)
    return _sitemap(1) if files <= 1 else _xml("about/sitemap_index.xml", numbers=range(1, files + 1))


@blueprint.get("/sitemap-<int:number>.xml")
def sitemap_part(number: int) -> Response:
    """One of those files, counted from one."""
    return _sitemap(number)


@per_generation
def _things(reader: Reader) -> tuple[str, ...]:
    """All things that search and lists have, by their URIs."""
    found = {quad.subject for kind in KINDS for quad in reader.quads(None, RDF.type, kind)}
    return tuple(sorted(each.value for each in found if isinstance(each, NamedNode)))


def _sitemap(number: int) -> Response:
    things = _things(reader())[(number - 1) * _MOST : number * _MOST]
    if number < 1 or (number > 1 and not things):
        raise NotFoundError(said(_("There is no part %(number)s of the sitemap.", number=number)))
    return _xml("about/sitemap.xml", things=things)


def _xml(template: str, **what: object) -> Response:
    address = register().settings.public_url
    return conditional("application/xml", lambda: render_template(template, address=address, **what), [])
