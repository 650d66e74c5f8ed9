"""Catalogues: the list, and one with what it holds and the report of its last import."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint

from registry.catalogue.catalogues import Catalogue, catalogue, catalogues, description
from registry.catalogue.concept_list import entries
from registry.catalogue.import_reports import Report, read_report
from registry.catalogue.paging import page_of
from registry.harmonisation import listing
from registry.issue_words import report_in
from registry.views.context import reader, register
from registry.views.findings import line
from registry.views.languages import asked_language, language
from registry.views.list_tables import TABLE, table
from registry.views.parameters import chosen, page_address, page_number, with_parameters
from registry.views.rendering import Shown, page

blueprint = Blueprint("catalogues", __name__)

_SIZE = 25
_FIRST = 12
_COLUMNS = (
    *("uri", "kind", "id", "title", "publisher.uri", "publisher.label"),
    *(f"counts.{name}" for name in ("concepts", "informationModels", "datasets", "dataServices")),
    *("lastImport.uri", "lastImport.ended"),
)


@page(blueprint, "/catalogues", TABLE)
def catalogue_list() -> Shown:
    """Every catalogue with its publisher, counts and last import."""
    found = catalogues(reader(), language())
    return Shown(
        "catalogues/list.html",
        {"catalogues": found},
        lambda: {"catalogues": _listed(found)},
        table(_COLUMNS, lambda: _listed(found)),
    )


def _listed(found: Iterable[Catalogue]) -> list[dict[str, Any]]:
    return [{**one.as_json(), "uri": uri_of(one)} for one in found]


def uri_of(found: Catalogue) -> str:
    """The catalogue's minted URI."""
    return register().urls.mint("catalogues", found.graph.identifier).value


def of_uri(uri: str) -> Catalogue | None:
    """The catalogue that a minted URI, or a graph's IRI, names; None for anything else."""
    urls = register().urls
    for prefix in (urls.mint("catalogues", "").value, urls.graph("catalogue").value + "/"):
        if uri.startswith(prefix):
            return catalogue(reader(), uri.removeprefix(prefix))
    return None


def document(uri: str) -> Shown | None:
    """The page of one catalogue; None for what is no catalogue."""
    found = of_uri(uri)
    if found is None:
        return None
    about = description(reader(), found.graph.uri)
    report = report_of(found)
    filters = {"code": chosen("code"), "status": chosen("status")}
    records = page_of(report.with_issues(**filters) if report else (), page_number(), _SIZE)
    findings = listing.findings(reader(), catalogue=found.graph.uri, limit=5)
    return Shown(
        "catalogues/catalogue.html",
        {
            "uri": uri_of(found),
            "catalogue": found,
            "about": about,
            "report": report,
            "records": records,
            "filters": filters,
            "findings": [line(finding) for finding in findings.items],
            "findings_total": findings.total,
            "first": [entry for entry in entries(reader(), language()) if found.graph.uri in entry.graphs][:_FIRST],
            "address": page_address(),
            "code_address": lambda code: with_parameters(code=code, page=""),
        },
        lambda: {
            **found.as_json(),
            "uri": uri_of(found),
            "graph": found.graph.uri,
            **about.as_json(),
            "report": report_in(report.document, asked_language()) if report else None,
        },
    )


def report_of(found: Catalogue) -> Report | None:
    """The report of the last import; None where it was not kept."""
    last = found.last_import
    if last is None or not last.report:
        return None
    try:
        return read_report(register().blobs.get(last.report))
    except KeyError:
        return None
