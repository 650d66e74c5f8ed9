"""What every page needs: the register's parts, one generation per request, the language, the menu, the filters."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from flask_babel import lazy_gettext

from registry.catalogue.graphs import graphs
from registry.catalogue.per_generation import per_generation
from registry.demo import SAMPLES
from registry.services import Services, services
from registry.views.case_words import init_case_words
from registry.views.filters import init_filters
from registry.views.labels import init_labels
from registry.views.languages import COOKIE, init_babel, interface_language, language, remembers_language
from registry.views.links import json_address
from registry.views.sami import sami
from sparql.errors import SparqlError
from sparql.store import Reader

_YEAR = 31_536_000


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry of the menu."""

    label: str
    href: str
    current: bool


MENU = (
    (lazy_gettext("Concepts"), "/concepts"),
    (lazy_gettext("Different definitions"), "/conflicts"),
    (lazy_gettext("Cases"), "/cases"),
    (lazy_gettext("Legislation"), "/legislation"),
    (lazy_gettext("Information models"), "/information-models"),
    (lazy_gettext("Datasets"), "/datasets"),
    (lazy_gettext("APIs"), "/data-services"),
    (lazy_gettext("Services"), "/services"),
    (lazy_gettext("Themes"), "/themes"),
    (lazy_gettext("Catalogues"), "/catalogues"),
    (lazy_gettext("Quality"), "/quality"),
    (lazy_gettext("Imports"), "/imports"),
    (lazy_gettext("SPARQL"), "/sparql"),
    (lazy_gettext("Help"), "/help"),
)


_SAMI_WORDS = {
    "/concepts": "Concepts",
    "/cases": "Cases",
    "/legislation": "Legislation",
    "/services": "Services",
    "/help": "Help",
}
"""The entries of the menu that there are words for in Northern Sámi."""


def register() -> Services:
    """The running register's parts."""
    return services()


def reader() -> Reader:
    """The generation that this request sees from start to end."""
    if "reader" not in g:
        g.reader = register().store.reader()
    seen: Reader = g.reader
    return seen


def init_context(app: Flask) -> None:
    """Language, menu and filters for every template; the language's cookie and headers for every answer."""
    init_babel(app)
    app.context_processor(_context)
    app.after_request(_language_headers)
    init_labels(app)
    init_filters(app)
    init_case_words(app)


def navigation() -> list[NavigationItem]:
    """The menu, with the section that one stands in."""
    return [
        NavigationItem(sami(_SAMI_WORDS.get(path, "")) or str(label), path, _is_current(path)) for label, path in MENU
    ]


def _is_current(path: str) -> bool:
    return request.path == path or request.path.startswith((f"{path}/", f"{path}."))


def _context() -> dict[str, Any]:
    return {
        "language": language(),
        "interface_language": interface_language(),
        "sami": sami,
        "navigation": navigation(),
        "example_data": _example_data(),
        "json_address": json_address(),
        "hide_search": False,
        "search_query": "",
        "openid_provider": urlsplit(register().settings.oidc_issuer).hostname or "",
        "accessibility_statement": register().settings.accessibility_statement,
    }


def _example_data() -> bool:
    """Whether to say so; a store that cannot be read must not keep the page from saying that."""
    try:
        return holds_example_data(reader())
    except SparqlError:
        return False


@per_generation
def holds_example_data(reader: Reader) -> bool:
    """Whether any of the bundled sample catalogues is in the register."""
    samples = {sample.catalogue_id for sample in SAMPLES}
    return any(info.identifier in samples for info in graphs(reader).values())


def _language_headers(response: Response) -> Response:
    if response.status_code == HTTPStatus.NO_CONTENT:
        del response.content_type
    if response.mimetype == "text/html":
        response.headers.setdefault("Content-Language", language())
        response.vary.update(("Accept", "Accept-Language", "Cookie"))
    if chosen := remembers_language():
        response.set_cookie(COOKIE, chosen, max_age=_YEAR, samesite="Lax", httponly=True)
    return response
