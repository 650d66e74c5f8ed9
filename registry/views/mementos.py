"""Earlier states of things, as Memento has them (RFC 7089): the time gate, the time map, and each state by itself.

A state is at ``/memento?uri=&at=``; what an import ended is also a version with a URI of its own (``/versions/{id}``).
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import quote

from flask import Blueprint, Response, current_app, request
from flask_babel import gettext

from registry.catalogue.queries import is_iri
from registry.errors import BadRequestError, NotAcceptableError, NotFoundError
from registry.feeds.changed import moment_of
from registry.history.timeline import State, changes_between, timeline
from registry.history.versions import version_called
from registry.renditions.writing import written
from registry.views.context import reader, register
from registry.views.held import asked_uri
from registry.views.languages import said
from registry.views.links import href
from registry.views.parameters import chosen
from registry.views.rendering import JSON, Shown, conditional
from sparql.formats import RDF_BY_MEDIA_TYPE
from sparql.negotiation import best

blueprint = Blueprint("mementos", __name__)

LINK_FORMAT = "application/link-format"


@blueprint.get("/timegate")
def timegate() -> Response:
    """302 to the state at ``Accept-Datetime``; without it to the present one."""
    return lead(asked_uri(), _accepted())


@blueprint.get("/timemap")
def timemap() -> Response:
    """Every state of a thing with its dates: links, or JSON with what changed."""
    uri = asked_uri()
    states = _states(uri)
    media_type = best(request.headers.get("Accept"), (LINK_FORMAT, JSON))
    if media_type is None:
        own = f"{request.path}?uri={quote(uri, safe='')}"
        detail = said(gettext("The links can be had in other formats."))
        raise NotAcceptableError(detail, [(own, LINK_FORMAT), (own, JSON)])
    write = _as_json if media_type == JSON else _as_links
    return conditional(media_type, lambda: write(uri, states), [])


@blueprint.get("/memento")
def memento() -> Response:
    """What the register knew of a thing at a time, in any syntax for triples."""
    uri, at = asked_uri(), _at()
    states = [state for state in _states(uri) if state.holds_at(at)]
    if not states:
        detail = gettext("The register knew nothing of %(uri)s then. Its states: %(map)s", uri=uri, map=_map(uri))
        raise NotFoundError(said(detail))
    offers = tuple(RDF_BY_MEDIA_TYPE)
    media_type = best(request.headers.get("Accept"), (*offers, "text/html"))
    if media_type is None:
        own = [(_path(uri, states[-1].since), each) for each in offers]
        raise NotAcceptableError(said(gettext("This page can be had in other formats.")), own)
    syntax = RDF_BY_MEDIA_TYPE.get(media_type, RDF_BY_MEDIA_TYPE[offers[0]])
    triples = [triple for state in states for triple in state.triples]
    began = max(state.since for state in states)
    answer = conditional(
        syntax.media_type, lambda: written(triples, uri, syntax, register().urls), _relations(uri), f"at-{began}"
    )
    answer.headers["Memento-Datetime"] = _http_date(began)
    return answer


def asks_for_a_time() -> bool:
    """Whether the client wants a thing as it was."""
    return "Accept-Datetime" in request.headers or "at" in request.args


def lead(uri: str, moment: datetime | None = None) -> Response:
    """302 to the state of a thing at a time: the nearest where there was none then."""
    states = _states(uri)
    moment = moment or (_at() if "at" in request.args else _accepted())
    began = sorted({state.since for state in states})
    earlier = [each for each in began if datetime.fromisoformat(each) <= moment]
    response = Response(status=302, headers={"Location": _path(uri, earlier[-1] if earlier else began[0])})
    response.vary.update(("Accept-Datetime",))
    response.headers["Link"] = ", ".join(_relations(uri))
    return response


def time_links(uri: str) -> list[str]:
    """Members of a Link header that lead from a thing to its time gate and its time map."""
    gate = f"{request.script_root}/timegate?uri={quote(uri, safe='')}"
    return [f'<{gate}>; rel="timegate"', f'<{_map(uri)}>; rel="timemap"; type="{LINK_FORMAT}"']


def version_document(uri: str) -> Shown | None:
    """The page of an earlier version; None for what is none."""
    found = version_called(reader(), register().blobs, uri)
    if found is None:
        return None
    thing, version = found
    return Shown(
        "history/version.html",
        {"uri": uri, "thing": thing, "version": version},
        lambda: {**version.as_json(), "isVersionOf": thing},
    )


def _states(uri: str) -> tuple[State, ...]:
    """The states of a thing.

    Raises:
        NotFoundError: the register never knew it.
    """
    parts = register()
    found = timeline(reader(), parts.blobs, parts.urls, uri) if is_iri(uri) else ()
    if not found:
        raise NotFoundError(said(gettext("The register holds nothing about %(uri)s.", uri=uri)))
    return found


def _at() -> datetime:
    """The parameter ``at``.

    Raises:
        BadRequestError: neither a date nor a time.
    """
    try:
        return moment_of(chosen("at").replace(" ", "+"))
    except ValueError as error:
        detail = gettext("The parameter at is a date or a time, such as 2026-01-31 or 2026-01-31T12:00:00Z.")
        raise BadRequestError(said(detail)) from error


def _accepted() -> datetime:
    """``Accept-Datetime``; now where there is none.

    Raises:
        BadRequestError: it is no date.
    """
    asked = request.headers.get("Accept-Datetime", "")
    try:
        found = parsedate_to_datetime(asked) if asked else datetime.now(UTC)
    except ValueError as error:
        detail = gettext("Accept-Datetime is a date such as Thu, 31 May 2026 20:35:00 GMT.")
        raise BadRequestError(said(detail)) from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _path(uri: str, at: str) -> str:
    return f"{request.script_root}/memento?uri={quote(uri, safe='')}&at={quote(at, safe=':')}"


def _map(uri: str) -> str:
    return f"{request.script_root}/timemap?uri={quote(uri, safe='')}"


def _relations(uri: str) -> list[str]:
    original = [f'<{uri}>; rel="original"'] if uri.isascii() else []
    return [*original, *time_links(uri)]


def _http_date(moment: str) -> str:
    return format_datetime(datetime.fromisoformat(moment).astimezone(UTC), usegmt=True)


def _as_links(uri: str, states: Sequence[State]) -> str:
    began = sorted({state.since for state in states})
    base = register().settings.public_url
    lines = [*_relations(uri), f'<{_map(uri)}>; rel="self"; type="{LINK_FORMAT}"']
    for number, each in enumerate(began):
        named = ["first"] * (number == 0) + ["last"] * (number == len(began) - 1)
        relation = " ".join((*named, "memento"))
        lines.append(f'<{_path(uri, each)}>; rel="{relation}"; datetime="{_http_date(each)}"')
    return ",\n".join(line.replace("</", f"<{base}/", 1) for line in lines) + "\n"


def _as_json(uri: str, states: Sequence[State]) -> str:
    """The states, oldest first, each with what sets it apart from the one before in its graph."""
    found = []
    before: dict[str, State] = {}
    for state in states:
        found.append(
            {
                "graph": state.graph,
                "since": state.since,
                "until": state.until,
                "import": state.begun_by,
                "version": state.version,
                "memento": _path(uri, state.since),
                "changes": changes_between(uri, before.get(state.graph), state),
            }
        )
        before[state.graph] = state
    return current_app.json.dumps({"uri": uri, "page": href(uri), "states": found})
