"""Negotiation by profile: ``?_profile=``, ``Accept-Profile``, and ``profile`` as a parameter of a media type."""

import re
from collections.abc import Iterator, Sequence

from flask import request
from flask_babel import gettext
from pyoxigraph import NamedNode

from ontologies.namespaces import PROF, RDF
from registry.errors import NotAcceptableError
from registry.renditions.profiles import Profile, called, profiles_of
from registry.views.context import reader, register
from registry.views.languages import said
from registry.views.links import document_path
from registry.views.rendering import link
from sparql.formats import RDF_FORMATS, TURTLE
from sparql.negotiation import media_ranges
from sparql.readable.json_ld_forms import asked_form

PARAMETER = "_profile"
LIST = "alt"
"""What ``?_profile=`` takes for the list of profiles."""
_WISH = re.compile(r"<?([^\s<>,;]+)>?\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?\s*(?:,|$)")


def offered_profiles(uri: str) -> tuple[Profile, ...]:
    """The profiles of a thing that the register holds, what is held first."""
    types = (quad.object for quad in reader().quads(NamedNode(uri), RDF.type))
    return profiles_of({each for each in types if isinstance(each, NamedNode)})


def wants_list() -> bool:
    """Whether the client asks which profiles there are."""
    return request.args.get(PARAMETER) == LIST


def chosen_profile(uri: str, profiles: Sequence[Profile]) -> Profile | None:
    """The profile that the client wants; what is held where it wants none or one that is not there, None without any.

    Raises:
        NotAcceptableError: ``?_profile=`` names none that the thing can be had by.
    """
    named = request.args.get(PARAMETER, "")
    if named:
        found = next((each for name, _ in _wishes(named) if (each := called(profiles, name))), None)
        if found is None:
            detail = said(gettext("The thing cannot be had by the profile %(name)s.", name=named))
            raise NotAcceptableError(detail, [(profile_path(uri, each), TURTLE.media_type) for each in profiles])
        return found
    wishes = sorted((*_wishes(request.headers.get("Accept-Profile", "")), *_in_accept()), key=lambda wish: -wish[1])
    wanted = (called(profiles, name) for name, quality in wishes if quality > 0)
    return next((each for each in wanted if each), profiles[0] if profiles else None)


def chosen_form() -> str:
    """The form of JSON-LD that the client wants: its name, or the address of our context; "" for none."""
    return asked_form(request.headers.get("Accept", ""), f"{register().settings.public_url}/context.jsonld")


def profile_path(uri: str, profile: Profile, suffix: str = TURTLE.suffix) -> str:
    """The document about a thing by a profile."""
    path = document_path(uri, suffix)
    return f"{path}{'&' if '?' in path else '?'}{PARAMETER}={profile.token}"


def profile_links(uri: str, suffix: str, profiles: Sequence[Profile], chosen: Profile | None) -> list[str]:
    """Members of a Link header: the profile of this document, and the same document by the others."""
    if chosen is None:
        return []
    media_type = next(each.media_type for each in RDF_FORMATS if each.suffix == suffix)
    others = [
        f'{link(profile_path(uri, each, suffix), "alternate", media_type)}; formats="{each.uri}"'
        for each in profiles
        if each is not chosen
    ]
    return [f'<{chosen.uri}>; rel="profile"', *others]


def token_links(profiles: Sequence[Profile]) -> list[str]:
    """Members of a Link header that say which token stands for which profile."""
    return [f'<{PROF.Profile.value}>; rel="type"; token="{each.token}"; anchor=<{each.uri}>' for each in profiles]


def profile_list(uri: str, profiles: Sequence[Profile]) -> dict[str, object]:
    """Every profile of the thing with its documents, for ``?_profile=alt``."""
    return {
        "uri": uri,
        "profiles": [
            {
                "uri": each.uri,
                "token": each.token,
                "title": each.title,
                "default": each is profiles[0],
                "documents": [
                    {"url": profile_path(uri, each, syntax.suffix), "type": syntax.media_type} for syntax in RDF_FORMATS
                ],
            }
            for each in profiles
        ],
    }


def _wishes(header: str) -> Iterator[tuple[str, float]]:
    """URIs or tokens with their qualities."""
    for name, quality in _WISH.findall(header):
        yield name, float(quality or 1)


def _in_accept() -> Iterator[tuple[str, float]]:
    for wanted in media_ranges(request.headers.get("Accept", "")):
        for name in wanted.parameters.get("profile", "").split():
            yield name, wanted.quality
