"""``/shared-terms``: the acts of an event, a service or two services, and the words that these define differently."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, jsonify
from flask_babel import gettext

from registry.catalogue.labels import labelled
from registry.catalogue.paging import Page, page_of
from registry.catalogue.queries import is_iri
from registry.catalogue.texts import Reference
from registry.chain.shared_terms import KINDS, Area, SharedTerms, Term, area, shared_terms
from registry.errors import BadRequestError, NotFoundError
from registry.harmonisation import listing
from registry.search.query import Question, search
from registry.tables import csv_text
from registry.views.context import reader, register
from registry.views.findings import FindingLine, line
from registry.views.languages import language, said
from registry.views.links import data_address
from registry.views.parameters import chosen, chosen_all, page_address, page_number, page_size
from registry.views.rendering import CSV, Shown, page

blueprint = Blueprint("shared_terms", __name__)

_SIZE, _MOST = 25, 500
_HITS = 10
_MOST_AREAS = 2
_COLUMNS = ("term", "severity", "relation", "kinds", "first", "second", "finding")


@page(blueprint, "/shared-terms", {"csv": CSV})
def shared_terms_page() -> Shown:
    """One or two services or events: ``?uri=``, once or twice; ``?q=`` searches for the other."""
    found = shared_terms(reader(), _areas())
    listed = page_of(found.terms, page_number(), _SIZE)
    return Shown(
        "chain/shared_terms.html",
        {
            "found": found,
            "page": listed.map(lambda term: (term, _worst(term))),
            "address": page_address(),
            "others": list(_others(found)),
            "q": chosen("q"),
            "csv_address": data_address("csv"),
        },
        lambda: _document(found, listed),
        {CSV: lambda: csv_text(_COLUMNS, _rows(found))},
    )


@blueprint.get("/api/v1/shared-terms")
def answer() -> Response:
    """The same as JSON: ``uri``, ``page`` and ``size``."""
    found = shared_terms(reader(), _areas())
    response = jsonify(_document(found, page_of(found.terms, page_number(), page_size(_SIZE, _MOST))))
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _areas() -> list[Area]:
    """The services and events that the request names.

    Raises:
        BadRequestError: it names none, or more than two.
        NotFoundError: one of them is neither a service nor an event of the register.
    """
    uris = chosen_all("uri")
    if not 1 <= len(uris) <= _MOST_AREAS:
        raise BadRequestError(said(gettext("Say which services or events, one or two: ?uri=, followed by a URI.")))
    found = []
    for uri in uris:
        one = area(reader(), register().urls, uri) if is_iri(uri) else None
        if one is None:
            raise NotFoundError(said(gettext("The register holds no service or event %(uri)s.", uri=uri)))
        found.append(one)
    return found


def _worst(term: Term) -> FindingLine | None:
    return next((line(finding) for finding in listing.read(reader(), [term.rows[0]])), None)


def _others(found: SharedTerms) -> Iterator[Reference]:
    """Services and events that the words of the request find, for one to be held against."""
    words = chosen("q")
    known = {each.reference.uri for each in found.areas}
    for kind in KINDS if words and len(known) < _MOST_AREAS else ():
        question = Question(words, reader().generation, kind, language())
        hits = search(register().index, question, limit=_HITS).hits
        yield from (labelled(reader(), hit.uri) for hit in hits if hit.uri not in known)


def _document(found: SharedTerms, listed: Page[Term]) -> dict[str, Any]:
    return {
        "areas": [each.as_json() for each in found.areas],
        "acts": [each.as_json() for each in found.acts],
        **listed.as_json(),
        "terms": [each.as_json() for each in listed.items],
    }


def _rows(found: SharedTerms) -> Iterator[dict[str, str]]:
    """A line for each finding."""
    for term in found.terms:
        for row in term.rows:
            first, second = row.concepts
            yield {
                "term": term.term,
                "severity": row.severity,
                "relation": row.relation,
                "kinds": " ".join(row.kinds),
                "first": first,
                "second": second,
                "finding": row.uri,
            }
