"""Search and lists over all kinds: words and facets; a word that is somebody's term leads to the term's own page."""

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, jsonify, render_template, request
from flask_babel import lazy_gettext as _

from registry.browsing.further import FACETS
from registry.catalogue.definitions import short_definition
from registry.catalogue.graphs import graphs
from registry.catalogue.labels import labelled
from registry.catalogue.paging import Page
from registry.catalogue.terms import is_known
from registry.search.query import REASONS, Question, is_exact_term, suggest
from registry.views.browsing import Browsing, Listed
from registry.views.context import reader, register
from registry.views.facet_words import FACET_NAMES, KINDS
from registry.views.languages import language
from registry.views.list_tables import TABLE, as_csv
from registry.views.parameters import chosen, page_address, page_number, page_size, with_parameters, without
from registry.views.rendering import CSV, HTML, SUFFIXES, conditional, other_formats, wanted

blueprint = Blueprint("search", __name__)

_SIZE, _MOST = 20, 500
_FORMATS = {**SUFFIXES, **TABLE}
_COLUMNS = ("uri", "kind", "text", "language", "reason", "field", "modified")
WHY = {
    "exact": _("The term itself"),
    "prefix": _("Begins with the words"),
    "other-label": _("Another term for the concept"),
    "compound": _("A compound that ends with the word"),
    "contains": _("Contains the words"),
    "definition": _("The words are in the definition"),
}


@blueprint.get("/search")
@blueprint.get("/search.json", endpoint="search_json")
@blueprint.get("/search.csv", endpoint="search_csv")
def results() -> Response:
    """Hits for ``?q=``, or all things, chosen by facets; ``?all=1`` lists them even where the words are a term."""
    text = chosen("q")
    media_type = wanted(_FORMATS)
    if media_type == HTML and text and not _listed() and _is_term(text, reader().generation):
        return _to_term(text)
    browsing, number = Browsing(), page_number()

    def produce() -> str:
        if media_type == HTML:
            return _html(browsing, number)
        page = browsing.page(number, page_size(_SIZE, _MOST))
        if media_type == CSV:
            return as_csv(_COLUMNS, _hits(page))
        return jsonify(list_document(browsing, page)).get_data(as_text=True)

    return conditional(media_type, produce, other_formats(_FORMATS))


@blueprint.get("/api/v1/search")
def answer() -> Response:
    """The same as JSON."""
    browsing = Browsing()
    response = jsonify(list_document(browsing, browsing.page(page_number(), page_size(_SIZE, _MOST))))
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@blueprint.get("/search/suggestions")
def suggestions() -> Response:
    """Completions as OpenSearch suggestions: [words, [terms]]."""
    text = chosen("q")
    found = suggest(register().index, Question(text, reader().generation, language=language())) if text else ()
    return jsonify([text, list(found)])


def term_path(term: str) -> str:
    """The page of a term."""
    return f"{request.script_root}/terms/{quote(term, safe='')}"


def _is_term(text: str, generation: int) -> bool:
    return is_exact_term(register().index, text, generation) or is_known(reader(), text)


def _listed() -> bool:
    return any(request.args.get(name) for name in ("all", "page", "sort", *FACETS))


def _to_term(text: str) -> Response:
    response = Response(status=303, headers={"Location": term_path(text)})
    response.vary.add("Accept")
    return response


def _html(browsing: Browsing, number: int) -> str:
    page = browsing.page(number, _SIZE)
    return render_template(
        "search/results.html",
        **list_context(browsing, page),
        exact=bool(browsing.text) and _is_term(browsing.text, reader().generation),
        term_path=term_path(browsing.text),
        search_query=browsing.text,
        hide_search=True,
    )


def list_context(browsing: Browsing, page: Page[Listed]) -> dict[str, Any]:
    """What a template needs to show a list with its facets."""
    uris = [each.hit.uri for each in page.items]
    return {
        "browsing": browsing,
        "page": page,
        "facets": browsing.facets(),
        "facet_names": FACET_NAMES,
        "why": WHY,
        "kinds": KINDS,
        "names": {uri: labelled(reader(), uri) for uri in uris},
        "definitions": {uri: short_definition(reader(), uri) for uri in uris},
        "graphs": graphs(reader()),
        "address": page_address(),
        "plain_address": with_parameters(**dict.fromkeys((*FACETS, "page"), "")),
        "without": without,
    }


def list_document(browsing: Browsing, page: Page[Listed]) -> dict[str, Any]:
    """The same for machines."""
    return {
        **page.as_json(),
        "capped": bool(browsing.text) and browsing.capped,
        "reasons": list(REASONS),
        "hits": _hits(page),
        **browsing.as_json(),
    }


def _hits(page: Page[Listed]) -> list[dict[str, Any]]:
    return [{**each.as_json(), **_named(each)} for each in page.items]


def _named(each: Listed) -> dict[str, str]:
    """What a thing that no words found is called."""
    return {} if each.hit.text else {"text": labelled(reader(), each.hit.uri).name(language())}
