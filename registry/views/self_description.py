"""What the register says of itself to machines: VoID, OpenSearch, sitemap, robots, and the page of addresses."""

from flask import Blueprint, Response, current_app, render_template, request
from flask_babel import gettext as _

from registry.catalogue.void import void_description
from registry.dumping.description import data_dumps
from registry.errors import NotAcceptableError
from registry.views.addresses import ADDRESSES
from registry.views.context import reader, register
from registry.views.rendering import Shown, conditional, page
from sparql.formats import JSON_LD, RDF_BY_MEDIA_TYPE, RDF_FORMATS, serialise
from sparql.negotiation import best
from sparql.readable.json_ld import context as json_ld_context

blueprint = Blueprint("self_description", __name__)

_SITEMAP = "SELECT DISTINCT ?thing WHERE { ?thing a <http://www.w3.org/2004/02/skos/core#Concept> } LIMIT 50000"


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
    """The pages of concepts, at most fifty thousand of them, as the sitemap protocol allows in one file."""
    things = sorted(row["thing"].value for row in reader().select(_SITEMAP) if hasattr(row["thing"], "value"))
    address = register().settings.public_url
    return conditional(
        "application/xml", lambda: render_template("about/sitemap.xml", things=things, address=address), []
    )
