"""``/same-meaning``: do two datasets, models, APIs or services mean the same, and may the data be used?"""

from typing import Any

from flask import Blueprint, Response, jsonify
from flask_babel import gettext

from registry.catalogue.labels import labelled
from registry.catalogue.paging import Page, page_of
from registry.catalogue.queries import is_iri
from registry.chain.agreement import Agreement, Compared, ConceptPair, agreement, compared
from registry.errors import BadRequestError, NotFoundError
from registry.harmonisation import listing
from registry.search.query import Question, search
from registry.tables import csv_text
from registry.views.context import reader, register
from registry.views.facet_words import KINDS
from registry.views.findings import FindingLine, line
from registry.views.languages import language, said
from registry.views.parameters import chosen, page_address, page_number, page_size, with_parameters
from registry.views.rendering import CSV, Shown, page

blueprint = Blueprint("agreements", __name__)

_SIZE, _MOST = 50, 500
_HITS = 20
_SEARCHED = ("dataset", "information-model", "data-service", "service")
_COLUMNS = ("verdict", "first", "first_name", "second", "second_name", "mapping", "findings", "severity")


@page(blueprint, "/same-meaning", {"csv": CSV})
def same_meaning() -> Shown:
    """Two things with their concepts in pairs; with one or none of them, a search for the other."""
    first, second = _side("first"), _side("second")
    if first is None or second is None:
        return _choosing(first or second, "second" if first else "first")
    found = agreement(reader(), register().urls, first, second)
    listed = page_of(found.pairs, page_number(), _SIZE)
    return Shown(
        "chain/agreement.html",
        {
            "agreement": found,
            "page": listed,
            "rows": [_row(pair) for pair in listed.items],
            "address": page_address(),
            "swapped": with_parameters(first=second.reference.uri, second=first.reference.uri, page=""),
        },
        lambda: _document(found, listed),
        {CSV: lambda: csv_text(_COLUMNS, map(_csv_line, found.pairs))},
    )


@blueprint.get("/api/v1/same-meaning")
def answer() -> Response:
    """The same as JSON: ``first``, ``second``, ``page`` and ``size``."""
    first, second = _side("first"), _side("second")
    if first is None or second is None:
        raise BadRequestError(said(gettext("Say which two things: ?first= and &second=, each followed by a URI.")))
    found = agreement(reader(), register().urls, first, second)
    response = jsonify(_document(found, page_of(found.pairs, page_number(), page_size(_SIZE, _MOST))))
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _side(name: str) -> Compared | None:
    """The thing that a parameter names; None where it names none.

    Raises:
        NotFoundError: it names what is not held, or what has no concepts to compare.
    """
    uri = chosen(name)
    if not uri:
        return None
    found = compared(reader(), register().urls, uri) if is_iri(uri) else None
    if found is None:
        raise NotFoundError(
            said(gettext("The register holds no model, dataset, API, service or event %(uri)s.", uri=uri))
        )
    return found


def _choosing(known: Compared | None, missing: str) -> Shown:
    """The page that asks for what is missing: hits for ``?q=``, each leading on."""
    words = chosen("q")
    questions = [(kind, Question(words, reader().generation, kind, language())) for kind in _SEARCHED if words]
    hits = [
        (labelled(reader(), hit.uri), kind, with_parameters(**{missing: hit.uri, "q": ""}))
        for kind, question in questions
        for hit in search(register().index, question, limit=_HITS).hits
        if known is None or hit.uri != known.reference.uri
    ]
    return Shown(
        "chain/choosing.html",
        {"known": known, "q": words, "hits": hits, "kinds": KINDS},
        lambda: {"known": known.as_json() if known else None, "hits": [thing.as_json() for thing, _, _ in hits]},
        {CSV: lambda: csv_text(("uri", "kind"), ({"uri": thing.uri, "kind": kind} for thing, kind, _ in hits))},
    )


def _row(pair: ConceptPair) -> dict[str, Any]:
    """A pair with names, and its findings in words."""
    ends = {
        name: labelled(reader(), uri) if uri else None for name, uri in (("first", pair.first), ("second", pair.second))
    }
    return {"pair": pair, **ends, "lines": [found for link in pair.findings if (found := _line(link.uri))]}


def _line(uri: str) -> FindingLine | None:
    found = listing.finding(reader(), uri.rpartition("/")[2])
    return line(found) if found else None


def _document(found: Agreement, listed: Page[ConceptPair]) -> dict[str, Any]:
    return {
        "first": found.first.as_json(),
        "second": found.second.as_json(),
        "counts": found.counts,
        **listed.as_json(),
        "pairs": [pair.as_json(reader()) for pair in listed.items],
    }


def _csv_line(pair: ConceptPair) -> dict[str, str]:
    names = {f"{name}_name": _name(uri) for name, uri in (("first", pair.first), ("second", pair.second))}
    findings = {"findings": " ".join(link.uri for link in pair.findings)}
    severity = {"severity": " ".join(link.severity for link in pair.findings)}
    ends = {"verdict": pair.verdict, "first": pair.first, "second": pair.second, "mapping": pair.mapping}
    return {**ends, **names, **findings, **severity}


def _name(uri: str) -> str:
    return labelled(reader(), uri).name(language()) if uri else ""
