"""Different definitions: the list, worst first, and one finding with both definitions side by side."""

from collections.abc import Callable, Iterator
from typing import Any

from flask import Blueprint, Response

from registry.catalogue.paging import Page, page_of
from registry.harmonisation import listing, sssom
from registry.harmonisation.finding_table import FindingRow
from registry.harmonisation.records import SEVERITIES, Finding
from registry.harmonisation.source_findings import is_about_sources
from registry.tables import csv_text
from registry.views import marking
from registry.views.context import reader, register
from registry.views.finding_documents import tables
from registry.views.findings import FindingLine, line, reasons, settled, uri_of, who
from registry.views.languages import language
from registry.views.offers import table_formats
from registry.views.parameters import one_of, page_address, page_number, page_size, with_parameters
from registry.views.rendering import CSV, TABLES, Shown, page
from registry.views.workbench import CHARTED, TermGroup, Workbench

blueprint = Blueprint("conflicts", __name__)

_SIZE = 25
_SUGGESTIONS = "/api/v1/suggestions"
_TABLE = 500
"""Findings that a table or an RDF document has, unless the request says otherwise; no page has more."""
_TERMS = ("term", "worst", "severity", "findings", "concepts", "sources", *SEVERITIES)
_FIGURES = ("facet", "value", "name", "findings", *SEVERITIES)
_VIEWS = ("", "terms", "figures")
"""Finding by finding, by term, as figures."""


@page(blueprint, "/conflicts", TABLES)
def conflicts() -> Shown:
    """Findings, worst first: one by one, by term or as figures, as the reader has chosen among them."""
    bench = Workbench()
    view = one_of("view", _VIEWS)
    size = page_size(_SIZE, _TABLE)
    rows = bench.rows
    groups = bench.terms(page_number(), size) if view == "terms" else None
    listed = Page((), 1, size, len(rows)) if view else _page(rows, size)
    return Shown(
        "conflicts/list.html",
        {
            "view": view,
            "bench": bench,
            "page": listed,
            "groups": groups.map(lambda group: (group, _worst(group))) if groups else None,
            "charts": [(facet, bench.figures(facet)) for facet in CHARTED] if view == "figures" else [],
            "address": page_address(),
            "with_parameters": with_parameters,
            "data_formats": table_formats,
            "sssom_address": "?".join(
                filter(None, (_SUGGESTIONS, with_parameters(page="", view="").partition("?")[2]))
            ),
        },
        lambda: _document(bench, listed, groups),
        tables(page_of(rows, page_number(), page_size(_TABLE, _TABLE)).items) | _table(bench, view),
    )


def _table(bench: Workbench, view: str) -> dict[str, Callable[[], str | bytes]]:
    """What a table has other than the findings: the terms, or the figures."""
    if view == "terms":
        terms = bench.terms(page_number(), page_size(_TABLE, _TABLE)).items
        return {CSV: lambda: csv_text(_TERMS, map(_of_term, terms))}
    if view == "figures":
        return {CSV: lambda: csv_text(_FIGURES, _of_facets(bench))}
    return {}


def _of_term(group: TermGroup) -> dict[str, str]:
    worst, numbers = group.worst, {"findings": group.count, "concepts": group.concepts, "sources": group.sources}
    told = {name: str(number) for name, number in {**numbers, **group.severities}.items()}
    return {"term": worst.term, "worst": worst.uri, "severity": worst.severity, **told}


def _of_facets(bench: Workbench) -> Iterator[dict[str, str]]:
    """One line for each value of a facet that is drawn."""
    for facet in CHARTED:
        for choice in bench.figures(facet):
            numbers = {name: str(number) for name, number in choice.severities.items()}
            yield {
                "facet": facet,
                "value": choice.value,
                "name": choice.label,
                "findings": str(choice.count),
                **numbers,
            }


@blueprint.route(_SUGGESTIONS)
def suggestions() -> Response:
    """The relations that are suggested of two concepts, as an SSSOM table; chosen as the findings of the list are."""
    response = Response(sssom.table(reader(), register().urls, Workbench().rows), mimetype=sssom.MEDIA_TYPE)
    response.headers["Content-Disposition"] = 'inline; filename="samsvar.sssom.tsv"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _page(rows: list[FindingRow], size: int) -> Page[FindingLine]:
    """The findings of the page asked for; none beyond the last."""
    first = (page_number() - 1) * size
    found = listing.read(reader(), rows[first : first + size])
    return Page(tuple(line(finding) for finding in found), page_number(), size, len(rows))


def _worst(group: TermGroup) -> FindingLine | None:
    return next((line(finding) for finding in listing.read(reader(), [group.worst])), None)


def _document(bench: Workbench, listed: Page[FindingLine], groups: Page[TermGroup] | None) -> dict[str, Any]:
    """The page's data: findings, or terms with their numbers; always the facets with counts."""
    if groups is not None:
        return {"terms": [group.as_json() for group in groups.items], **groups.as_json(), **bench.as_json()}
    return {"findings": [one.as_json() for one in listed.items], **listed.as_json(), **bench.as_json()}


def document(uri: str) -> Shown | None:
    """The page of one finding; None for what is no finding."""
    prefix = register().urls.mint("conflicts", "").value
    found = listing.finding(reader(), uri.removeprefix(prefix)) if uri.startswith(prefix) else None
    if found is None:
        return None
    first, second = marking.sides(found)
    return Shown(
        "conflicts/finding.html",
        {
            "uri": uri,
            "finding": found,
            "line": line(found),
            "sides": [(found.a, first, who(found.a)), (found.b, second, who(found.b))],
            "circle": found.a == found.b,
            "about_sources": is_about_sources(found),
            "evidence": reasons(found),
            "hierarchy": hierarchy(found),
            "settled": settled(found),
        },
        lambda: {**listing.as_json(found, language(), settled(found).state), "uri": uri_of(found)},
    )


def hierarchy(finding: Finding) -> str:
    """How the two stand in law: same-act, enabled (one is given under the other), both, one or none of them law."""
    a, b = finding.a, finding.b
    if a.act and a.act == b.act:
        return "same-act"
    if (a.act and a.act in b.enabling) or (b.act and b.act in a.enabling):
        return "enabled"
    return {0: "none", 1: "one", 2: "both"}[a.statutory + b.statutory]
