"""How pages answer: the page for people and its data for machines at the same path, with ETag, Vary and 304."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeAlias

from flask import Blueprint, Response, current_app, render_template, request
from flask.json.provider import DefaultJSONProvider
from flask_babel import gettext

from registry.documents import KeptRows, Rows
from registry.errors import NotAcceptableError
from registry.version import installed_version
from registry.views.context import reader
from registry.views.languages import asked_language, interface_language, language, said
from registry.views.links import data_address
from sparql.formats import RDF_FORMATS
from sparql.negotiation import best as negotiate

P = ParamSpec("P")

HTML = "text/html"
JSON = "application/json"
CSV = "text/csv"
SUFFIXES = {"html": HTML, "json": JSON}
"""The formats of every page;"""
TABLES = {"csv": CSV, **{syntax.suffix: syntax.media_type for syntax in RDF_FORMATS}}
"""those of pages that are tables too."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a view found: the template and what it needs, and the same as a JSON document, made when asked for.

    `others` are the page's further formats by media type, made when asked for.
    """

    template: str
    context: dict[str, Any]
    document: Callable[[], Any] = field(default=dict)
    others: Mapping[str, Callable[[], str | bytes]] = field(default_factory=dict)

    def html(self) -> str:
        """The page."""
        return render_template(self.template, **self.context)

    def json(self) -> str:
        """The data."""
        return dumped(self.document())


def dumped(document: Any) -> str:
    """A document of a page as JSON; lists that are read as they are gone through are lists."""
    return current_app.json.dumps(document, default=_plain)


def _plain(value: Any) -> Any:
    """Rows as a list, and what Flask writes of its own."""
    return list(value) if isinstance(value, Rows | KeptRows) else DefaultJSONProvider.default(value)


View: TypeAlias = Callable[P, Shown]


def page(
    blueprint: Blueprint, rule: str, more: Mapping[str, str] | None = None, stamp: Callable[[], str] = str
) -> Callable[[View[P]], Callable[P, Response]]:
    """Registers a view at `rule`, its data at the same path by Accept and at ``{rule}.json``.

    `more` are the suffixes and media types that the view gives in `Shown.others`; `stamp` tells states apart of what
    the page shows beside the generation.
    """
    suffixes = {**SUFFIXES, **(more or {})}

    def register(view: View[P]) -> Callable[P, Response]:
        @wraps(view)
        def answering(*args: P.args, **kwargs: P.kwargs) -> Response:
            media_type = wanted(suffixes)
            links = other_formats(suffixes)
            return conditional(media_type, lambda: _body(view(*args, **kwargs), media_type), links, stamp())

        blueprint.add_url_rule(rule, view_func=answering)
        for suffix in suffixes.keys() - {"html"} if rule != "/" else ():
            blueprint.add_url_rule(f"{rule}.{suffix}", f"{view.__name__}_{suffix}", answering)
        return answering

    return register


def conditional(media_type: str, produce: Callable[[], str | bytes], links: list[str], stamp: str = "") -> Response:
    """The answer, or 304 where the client has it already: generation, format, language and `stamp` make the ETag.

    Its date is that of the generation.
    """
    response = Response(mimetype=media_type)
    response.set_etag("-".join(filter(None, (_etag(media_type), stamp))))
    response.vary.update(("Accept", "Accept-Language"))
    response.headers["Cache-Control"] = "no-cache"
    if media_type != HTML:
        response.headers["Access-Control-Allow-Origin"] = "*"
    if links:
        response.headers["Link"] = ", ".join(links)
    response.last_modified = _published()
    if _has_it(response):
        response.status_code = 304
        return response
    response.data = produce()
    return response


def _published() -> datetime | None:
    """When the generation was published; None within the same second, in which another may follow."""
    created = getattr(reader(), "created", "")
    moment = datetime.fromisoformat(created) if created else None
    return moment if moment and datetime.now(UTC) - moment > timedelta(seconds=1) else None


def _has_it(response: Response) -> bool:
    """Whether the client has this answer: by its ETag or, where the client sends none, by its date."""
    if request.if_none_match:
        return request.if_none_match.contains_weak(response.get_etag()[0] or "")
    modified, seen = response.last_modified, request.if_modified_since
    return modified is not None and seen is not None and modified <= seen


def link(url: str, relation: str, media_type: str) -> str:
    """One member of a Link header."""
    return f'<{url}>; rel="{relation}"; type="{media_type}"'


def other_formats(suffixes: Mapping[str, str] = SUFFIXES) -> list[str]:
    """Links from a page to its data."""
    if request.path == "/":
        return []
    return [link(data_address(suffix), "alternate", kind) for suffix, kind in suffixes.items() if suffix != "html"]


def wanted(suffixes: Mapping[str, str] = SUFFIXES) -> str:
    """The media type of a page: by suffix, ``?format=`` or Accept.

    Raises:
        NotAcceptableError: the client takes none of them.
    """
    asked = request.args.get("format", "")
    for suffix, media_type in suffixes.items():
        if suffix != "html" and (request.path.endswith(f".{suffix}") or asked == suffix):
            return media_type
    negotiated = negotiate(request.headers.get("Accept"), tuple(suffixes.values()))
    if negotiated is None:
        path = f"{request.script_root}{request.path}"
        alternatives = [(path if kind == HTML else f"{path}.{suffix}", kind) for suffix, kind in suffixes.items()]
        raise NotAcceptableError(said(gettext("This page can be had in other formats.")), alternatives)
    return negotiated


def _body(shown: Shown, media_type: str) -> str | bytes:
    if media_type in shown.others:
        return shown.others[media_type]()
    return shown.json() if media_type == JSON else shown.html()


def _etag(media_type: str) -> str:
    seen = reader()
    identity = getattr(seen, "identity", "")
    short = media_type.rpartition("/")[2].replace("+", "-")
    tag = interface_language() if media_type == HTML else f"{language()}.{asked_language()}"
    return "-".join(filter(None, (str(seen.generation), identity, short, tag, installed_version())))
