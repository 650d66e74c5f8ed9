"""URIs: a thing answers 303 to the document about it in the negotiated format; the document has the suffix.

Minted URIs live at their own paths, every other URI that the register holds at ``/resource?uri=``. One rule catches
every path that no page has, so that whatever is minted answers.
"""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import quote

from flask import Blueprint, Response, current_app, request
from flask_babel import gettext

from registry.catalogue.citing import cited_thing
from registry.catalogue.documents import is_held
from registry.catalogue.queries import is_iri
from registry.catalogue.termbases import TBX
from registry.errors import GoneError, NotAcceptableError, NotFoundError
from registry.national.aliases import held_under
from registry.renditions.profiles import Profile
from registry.renditions.writing import written
from registry.views import (
    catalogues,
    chains,
    concepts,
    conflicts,
    datasets,
    definitions,
    information_models,
    legislation,
    mementos,
    past_imports,
    public_services,
    termbases,
    things,
)
from registry.views.citing import linked_data
from registry.views.context import reader, register
from registry.views.feedback import about_thing
from registry.views.held import asked_uri, must_hold, quads_of, triples_of
from registry.views.languages import remembers_language, said
from registry.views.links import document_path, href, minted_path
from registry.views.mementos import asks_for_a_time, lead, time_links
from registry.views.offers import OFFERS, Offer, offered, offered_documents
from registry.views.profiles import (
    LIST,
    chosen_form,
    chosen_profile,
    offered_profiles,
    profile_links,
    profile_list,
    profile_path,
    token_links,
    wants_list,
)
from registry.views.rendering import HTML, JSON, Shown, conditional, link
from registry.views.signposts import page_links
from sparql.formats import DATASETS_BY_MEDIA_TYPE, JSON_LD, RDF_BY_MEDIA_TYPE, serialise_dataset
from sparql.negotiation import best as negotiate
from sparql.readable.json_ld_forms import form_called

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
    mementos.version_document,
    things.document,
)
"""What makes a page of a thing: the first that knows the thing."""


@blueprint.get("/<path:path>")
def minted(path: str) -> Response:
    """A URI of ours, or the document about it."""
    stem, _, suffix = path.rpartition(".")
    if suffix in OFFERS and stem and not stem.endswith("/"):
        return document(_named_by(stem), OFFERS[suffix])
    return thing(_named_by(path), _asked_format())


def _named_by(path: str) -> str:
    """The URI of a path: ours; where the register is set up behind the host of older URIs and holds one, that one."""
    own = f"{register().urls.base}/{path}"
    older = [f"{scheme}://{request.host}/{path}" for scheme in ("https", "http")]
    return next((uri for uri in older if uri != own and is_iri(uri) and is_held(reader(), register().urls, uri)), own)


@blueprint.get("/resource")
def resource() -> Response:
    """Any URI that the register holds: ``?uri=``, and its document in one format with ``&format=``."""
    uri = asked_uri()
    name = _asked_format()
    if not name or minted_path(uri) or not is_held(reader(), register().urls, uri):
        return thing(uri, name)
    return document(uri, _named(name, uri))


def thing(uri: str, name: str = "") -> Response:
    """303 to the document about the thing in the format asked for."""
    if asks_for_a_time():
        return lead(uri)
    try:
        must_hold(uri)
    except GoneError as error:
        if not error.successors.merged_into:
            raise
        return Response(status=301, headers={"Location": href(error.successors.merged_into)})
    except NotFoundError:
        if not (other := held_under(reader(), register().urls, uri)):
            raise
        return Response(status=301, headers={"Location": f"{href(other)}{_format_of(other, name)}"})
    if wants_list():
        return _profile_list(uri, offered_profiles(uri))
    offer = _named(name, uri) if name else _negotiated(uri)
    response = Response(status=303, headers={"Location": _with_language(_target(uri, offer))})
    response.vary.update(("Accept", "Accept-Datetime", "Accept-Language", "Accept-Profile"))
    response.headers["Link"] = ", ".join((*_links(uri, None), *time_links(uri)))
    return response


def document(uri: str, offer: Offer) -> Response:
    """The document about the thing."""
    must_hold(uri)
    if offer.media_type in RDF_BY_MEDIA_TYPE:
        return _by_profile(uri, offer)
    if offer.media_type in DATASETS_BY_MEDIA_TYPE:
        in_graphs = DATASETS_BY_MEDIA_TYPE[offer.media_type]
        return conditional(offer.media_type, lambda: serialise_dataset(quads_of(uri), in_graphs), _links(uri, offer))
    if offer.media_type == TBX:
        if not termbases.has_terms(uri):
            detail = said(gettext("Only concepts and catalogues of concepts are described as TBX."))
            raise NotAcceptableError(detail, _alternatives(uri))
        return conditional(offer.media_type, lambda: termbases.document(uri, triples_of(uri)), _links(uri, offer))
    stamp = information_models.stamp(uri)
    return conditional(offer.media_type, lambda: _page(uri, offer), _links(uri, offer), stamp)


def _by_profile(uri: str, offer: Offer) -> Response:
    """The document in a syntax for triples, by the profile asked for."""
    profiles = offered_profiles(uri)
    if wants_list():
        return _profile_list(uri, profiles)
    profile = chosen_profile(uri, profiles)
    syntax = RDF_BY_MEDIA_TYPE[offer.media_type]
    form = chosen_form() if syntax is JSON_LD else ""

    def produce() -> bytes:
        held = triples_of(uri)
        made = profile.make(held, uri) if profile else held
        return written(made, uri, syntax, register().urls, form_called(form))

    links = [*_links(uri, offer), *profile_links(uri, offer.suffix, profiles, profile)]
    stamp = "-".join(filter(None, (profile.token if profile else "", form.rpartition("#")[2])))
    answer = conditional(offer.media_type, produce, links, stamp)
    answer.vary.add("Accept-Profile")
    if profile:
        answer.headers["Content-Profile"] = f"<{profile.uri}>"
    if form and answer.status_code == HTTPStatus.OK:
        answer.headers["Content-Type"] = f'{offer.media_type}; profile="{form}"'
    return answer


def _profile_list(uri: str, profiles: tuple[Profile, ...]) -> Response:
    links = [*token_links(profiles), *_links(uri, None)]
    return conditional(JSON, lambda: current_app.json.dumps(profile_list(uri, profiles)), links, LIST)


def _page(uri: str, offer: Offer) -> str:
    shown = next(found for make in PAGES if (found := make(uri)) is not None)
    if offer.media_type == JSON:
        return shown.json()
    shown.context["formats"] = offered_documents(uri, _offers(uri))
    shown.context["chain"] = chains.section(uri)
    shown.context["feedback"] = about_thing(uri)
    shown.context["citation"] = cited_thing(reader(), uri)
    shown.context["linked_data"] = linked_data(uri)
    return shown.html()


def _target(uri: str, offer: Offer) -> str:
    """The document, by the profile asked for where that is not what is held."""
    if offer.media_type in RDF_BY_MEDIA_TYPE and (profiles := offered_profiles(uri)):
        profile = chosen_profile(uri, profiles)
        if profile is not None and profile is not profiles[0]:
            return profile_path(uri, profile, offer.suffix)
    return document_path(uri, offer.suffix)


def _offers(uri: str) -> list[Offer]:
    """The formats in which the thing is described."""
    return [offer for offer in OFFERS.values() if offer.media_type != TBX or termbases.has_terms(uri)]


def _negotiated(uri: str) -> Offer:
    media_type = negotiate(request.headers.get("Accept"), tuple(offer.media_type for offer in _offers(uri)))
    if media_type is None:
        detail = said(gettext("The thing is described in other formats than those asked for."))
        raise NotAcceptableError(detail, _alternatives(uri))
    return offered(media_type)


def _format_of(uri: str, name: str) -> str:
    """What is to be added to the address of a thing to have it in the format asked for."""
    return f"{'?' if minted_path(uri) else '&'}format={quote(name, safe='')}" if name else ""


def _asked_format() -> str:
    """``?format=``, or ``?_mediatype=`` as negotiation by profile calls it; "" for neither."""
    return request.args.get("format", "") or request.args.get("_mediatype", "")


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
    if chosen is None:
        return alternates
    describes = [f'<{uri}>; rel="describes"'] if uri.isascii() else []
    return [*alternates, *describes, *time_links(uri), *(page_links(uri) if chosen.media_type == HTML else [])]


def _with_language(target: str) -> str:
    chosen = remembers_language()
    return f"{target}{'&' if '?' in target else '?'}lang={chosen}" if chosen else target
