"""``/feed.atom`` and ``/api/v1/changes``: what imports changed, for people's readers and for systems that keep up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice

from flask import Blueprint, Response, current_app, render_template, request
from flask_babel import gettext

from registry.catalogue.graphs import GraphInfo, graphs
from registry.catalogue.imports import ImportInfo
from registry.errors import BadRequestError, NotFoundError
from registry.feeds.changed import Changed, as_triples, changed, moment_of, place_of, things_of
from registry.feeds.following import Concerned, Followed, concerned, imports_of
from registry.previews.difference import ThingChange
from registry.views.context import reader, register
from registry.views.labels import CHANGES
from registry.views.languages import said
from registry.views.parameters import chosen, page_size, with_parameters
from registry.views.rendering import JSON, conditional
from sparql.formats import RDF_BY_MEDIA_TYPE, serialise
from sparql.negotiation import best

blueprint = Blueprint("feeds", __name__)

ATOM = "application/atom+xml"
_ENTRIES = 30
_TOLD = 20
"""Things that an entry of a feed names."""
_USUAL, _MOST = 100, 1_000
_EARLIEST = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Entry:
    """An import as an entry of a feed: the first things that it changed; `more` says that there are others."""

    info: ImportInfo
    graph: GraphInfo | None
    things: tuple[ThingChange, ...]
    more: bool

    @property
    def identifier(self) -> str:
        """The import's IRI, which is the same whoever follows it."""
        return self.info.uri


@blueprint.get("/feed.atom")
def feed() -> Response:
    """The newest imports that concern the follower and changed something for him."""
    followed, concern = _followed()
    entries = tuple(islice(_entries(concern), _ENTRIES))

    def produce() -> str:
        return render_template(
            "feeds/feed.xml",
            title=gettext("Samsvar: changes"),
            entries=entries,
            changes=CHANGES,
            name=concern.name,
            followed=followed,
            address=register().settings.public_url,
            own=f"{register().settings.public_url}{with_parameters()}",
            number=sha256(repr(followed).encode()).hexdigest()[:16],
            updated=max((one.info.ended for one in entries), default=_EARLIEST),
        )

    return conditional(ATOM, produce, [])


@blueprint.get("/api/v1/changes")
def changes() -> Response:
    """The things that imports changed, oldest first, with where to read on; as JSON, or as provenance in RDF."""
    _, concern = _followed()
    media_type = best(request.headers.get("Accept"), (JSON, *RDF_BY_MEDIA_TYPE)) or JSON
    size = page_size(_USUAL, _MOST)
    found = changed(register(), reader(), concern, _since(), place_of(chosen("after")))
    part = tuple(islice(found, size))
    onward = with_parameters(after=str(part[-1].place)) if len(part) == size else ""
    links = [f'<{onward}>; rel="next"'] if onward else []
    if media_type in RDF_BY_MEDIA_TYPE:
        syntax = RDF_BY_MEDIA_TYPE[media_type]
        return conditional(media_type, lambda: serialise(as_triples(part), syntax), links)
    return conditional(JSON, lambda: _document(part, onward), links)


def _document(part: tuple[Changed, ...], onward: str) -> str:
    after = str(part[-1].place) if part else chosen("after")
    members = {"changes": [one.as_json() for one in part], "after": after, "next": onward}
    return current_app.json.dumps(members)


def _followed() -> tuple[Followed, Concerned]:
    """What the parameters name.

    Raises:
        NotFoundError: the register knows nothing of the kind.
    """
    followed = Followed(chosen("catalogue"), chosen("organisation"), chosen("term"))
    concern = concerned(reader(), followed)
    if concern is None:
        raise NotFoundError(said(gettext("The register holds nothing that these parameters name.")))
    return followed, concern


def _since() -> datetime:
    """``since``; a time without a zone is in UTC.

    Raises:
        BadRequestError: neither a date nor a time.
    """
    try:
        return moment_of(chosen("since") or _EARLIEST)
    except ValueError as error:
        detail = gettext("The parameter since is a date or a time, such as 2026-01-31 or 2026-01-31T12:00:00Z.")
        raise BadRequestError(said(detail)) from error


def _entries(concern: Concerned) -> Iterator[Entry]:
    known = graphs(reader())
    for info in imports_of(reader(), concern):
        things = tuple(islice(things_of(register(), reader(), info, concern), _TOLD + 1))
        if things:
            yield Entry(info, known.get(info.graph), things[:_TOLD], len(things) > _TOLD)
