"""URIs: a thing answers 303 to the document about it in the negotiated format; the document has the suffix.

Minted URIs live at their own paths, every other URI that the register holds at ``/resource?uri=``. One rule catches
every path that no page has, so that whatever is minted answers.
"""

from collections.abc import Callable

from flask import Blueprint, Response, request
from flask_babel import gettext
from pyoxigraph import Quad, Triple

from registry.catalogue.catalogues import description
from registry.catalogue.documents import described_quads, is_held
from registry.catalogue.queries import is_iri
from registry.catalogue.termbases import TBX
from registry.errors import BadRequestError, GoneError, NotAcceptableError, NotFoundError
from registry.history.versions import tombstone
from registry.views import (
    catalogues,
    chains,
    concepts,
    conflicts,
    datasets,
    definitions,
    information_models,
    legislation,
    past_imports,
    public_services,
    termbases,
    things,
)
from registry.views.context import reader, register
from registry.views.languages import remembers_language, said
from registry.views.links import document_path, minted_path
from registry.views.offers import OFFERS, Offer, offered, offered_documents
from registry.views.rendering import JSON, Shown, conditional, link
from sparql.formats import DATASETS_BY_MEDIA_TYPE, RDF_BY_MEDIA_TYPE, serialise, serialise_dataset
from sparql.negotiation import best as negotiate

blueprint = Blueprint("documents", __name__)

PAGES: tuple[Callable[[str], Shown | None], ...] = (
    concepts.document,
    definitions.document,
    conflicts.document,
    catalogues.document,
    legislation.section_document,
    legislation.document,
    information_models.document,
    datasets.dataset_document,
    datasets.data_service_document,
    public_services.document,
    past_imports.document,
    things.document,
)
"""What makes a page of a thing: the first that knows the thing."""


@blueprint.get("/<path:path>")
def minted(path: str) -> Response:
    """A URI of ours, or the document about it."""
    stem, _, suffix = path.rpartition(".")
    if suffix in OFFERS and stem and not stem.endswith("/"):
        return document(_named_by(stem), OFFERS[suffix])
    return thing(_named_by(path), request.args.get("format", ""))


def _named_by(path: str) -> str:
    """The URI of a path: ours; where the register is set up behind the host of older URIs and holds one, that one."""
    own = f"{register().urls.base}/{path}"
    older = [f"{scheme}://{request.host}/{path}" for scheme in ("https", "http")]
    return next((uri for uri in older if uri != own and is_iri(uri) and is_held(reader(), register().urls, uri)), own)


@blueprint.get("/resource")
def resource() -> Response:
    """Any URI that the register holds: ``?uri=``, and its document in one format with ``&format=``."""
    uri = request.args.get("uri", "")
    if not uri:
        raise BadRequestError(said(gettext("Say which thing: /resource?uri=, followed by its URI, percent-encoded.")))
    if not is_iri(uri):
        raise BadRequestError(said(gettext("The parameter uri is not an absolute URI.")))
    name = request.args.get("format", "")
    if not name or minted_path(uri):
        return thing(uri, name)
    return document(uri, _named(name, uri))


def thing(uri: str, name: str = "") -> Response:
    """303 to the document about the thing in the format asked for."""
    must_hold(uri)
    offer = _named(name, uri) if name else _negotiated(uri)
    target = document_path(uri, offer.suffix)
    response = Response(status=303, headers={"Location": _with_language(target)})
    response.vary.update(("Accept", "Accept-Language"))
    response.headers["Link"] = ", ".join(_links(uri, None))
    return response


def document(uri: str, offer: Offer) -> Response:
    """The document about the thing."""
    must_hold(uri)
    if offer.media_type in RDF_BY_MEDIA_TYPE:
        syntax = RDF_BY_MEDIA_TYPE[offer.media_type]
        return conditional(offer.media_type, lambda: serialise(triples_of(uri), syntax), _links(uri, offer))
    if offer.media_type in DATASETS_BY_MEDIA_TYPE:
        in_graphs = DATASETS_BY_MEDIA_TYPE[offer.media_type]
        return conditional(offer.media_type, lambda: serialise_dataset(quads_of(uri), in_graphs), _links(uri, offer))
    if offer.media_type == TBX:
        if not termbases.has_terms(uri):
            detail = said(gettext("Only concepts and catalogues of concepts are described as TBX."))
            raise NotAcceptableError(detail, _alternatives(uri))
        return conditional(offer.media_type, lambda: termbases.document(uri, triples_of(uri)), _links(uri, offer))
    return conditional(offer.media_type, lambda: _page(uri, offer), _links(uri, offer))


def must_hold(uri: str) -> None:
    """Goes on where the register says something about the thing.

    Raises:
        GoneError: it did, until the thing's source had it no longer.
        NotFoundError: it says nothing.
    """
    parts = register()
    if is_iri(uri) and (is_held(reader(), parts.urls, uri) or catalogues.of_uri(uri)):
        return
    if is_iri(uri) and (last := tombstone(reader(), parts.blobs, uri)) is not None:
        raise GoneError(
            said(gettext("The source of %(uri)s no longer has it since %(day)s.", uri=uri, day=last.ended)), uri, last
        )
    raise NotFoundError(said(gettext("The register holds nothing about %(uri)s.", uri=uri)))


def triples_of(uri: str) -> list[Triple]:
    """What the register says about the thing; of a catalogue, what it says about its graph and collections."""
    return [quad.triple for quad in quads_of(uri)]


def quads_of(uri: str) -> list[Quad]:
    """The same with the graphs that say so."""
    subjects = [uri]
    if known := catalogues.of_uri(uri):
        own = (one.uri for one in description(reader(), known.graph.uri).collections)
        subjects += [known.graph.uri, known.graph.last_import, *own]
    urls = register().urls
    return [quad for subject in subjects if subject for quad in described_quads(reader(), urls, subject)]


def _page(uri: str, offer: Offer) -> str:
    shown = next(found for make in PAGES if (found := make(uri)) is not None)
    if offer.media_type == JSON:
        return shown.json()
    shown.context["formats"] = offered_documents(uri, _offers(uri))
    shown.context["chain"] = chains.section(uri)
    return shown.html()


def _offers(uri: str) -> list[Offer]:
    """The formats in which the thing is described."""
    return [offer for offer in OFFERS.values() if offer.media_type != TBX or termbases.has_terms(uri)]


def _negotiated(uri: str) -> Offer:
    media_type = negotiate(request.headers.get("Accept"), tuple(offer.media_type for offer in _offers(uri)))
    if media_type is None:
        detail = said(gettext("The thing is described in other formats than those asked for."))
        raise NotAcceptableError(detail, _alternatives(uri))
    return offered(media_type)


def _named(name: str, uri: str) -> Offer:
    """The format that ``?format=`` names: by suffix or by media type."""
    found = OFFERS.get(name) or next((offer for offer in OFFERS.values() if offer.media_type == name), None)
    if found is None:
        raise NotAcceptableError(said(gettext("There is no format called %(name)s.", name=name)), _alternatives(uri))
    return found


def _alternatives(uri: str) -> list[tuple[str, str]]:
    return [(document_path(uri, offer.suffix), offer.media_type) for offer in _offers(uri)]


def _links(uri: str, chosen: Offer | None) -> list[str]:
    """The document's other formats, and what it is about."""
    alternates = [
        link(document_path(uri, offer.suffix), "alternate", offer.media_type)
        for offer in _offers(uri)
        if offer is not chosen
    ]
    return [*alternates, f'<{uri}>; rel="describes"'] if chosen and uri.isascii() else alternates


def _with_language(target: str) -> str:
    chosen = remembers_language()
    return f"{target}{'&' if '?' in target else '?'}lang={chosen}" if chosen else target
