"""Different definitions: the list, worst first, and one finding with both definitions side by side."""

from flask import Blueprint
from flask_babel import gettext

from ontologies.namespaces import SAMSVAR
from registry.catalogue.graphs import graphs
from registry.catalogue.paging import Page
from registry.catalogue.per_generation import per_generation
from registry.catalogue.texts import shown
from registry.errors import BadRequestError
from registry.harmonisation import listing
from registry.harmonisation.evidence import KINDS
from registry.harmonisation.records import SEVERITIES, Finding
from registry.harmonisation.source_findings import is_about_sources
from registry.views import marking
from registry.views.context import reader, register
from registry.views.findings import kind_label, line, reasons, uri_of, who
from registry.views.languages import language, said
from registry.views.parameters import chosen, page_address, page_number, with_parameters
from registry.views.rendering import Shown, page
from sparql.store import Reader

blueprint = Blueprint("conflicts", __name__)

_SIZE = 25


@page(blueprint, "/conflicts")
def conflicts() -> Shown:
    """Findings, worst first; by severity, kind of evidence, term and catalogue."""
    filters = _filters()
    number = page_number()
    known = {info.identifier: info for info in graphs(reader()).values() if info.kind in {"catalogue", "law"}}
    catalogue = known.get(filters["catalogue"])
    if filters["catalogue"] and catalogue is None:
        raise BadRequestError(said(gettext("There is no catalogue called %(name)s.", name=filters["catalogue"])))
    found = listing.findings(
        reader(),
        severity=filters["severity"] or None,
        kind=filters["kind"] or None,
        term=filters["term"] or None,
        catalogue=catalogue.uri if catalogue else None,
        offset=(number - 1) * _SIZE,
        limit=_SIZE,
    )
    listed = Page(tuple(line(finding) for finding in found.items), number, _SIZE, found.total)
    return Shown(
        "conflicts/list.html",
        {
            "page": listed,
            "filters": filters,
            "severities": SEVERITIES,
            "counts": listing.counts(reader()),
            "kinds": [(code, kind_label(code, language())) for code in KINDS],
            "catalogues": sorted(
                (shown(info.name, language()), name) for name, info in known.items() if info.uri in compared(reader())
            ),
            "address": page_address(),
            "severity_address": lambda severity: with_parameters(severity=severity, page=""),
        },
        lambda: {"findings": [one.as_json() for one in listed.items], **listed.as_json()},
    )


@per_generation
def compared(seen: Reader) -> frozenset[str]:
    """The graphs that have a part in any finding: the others need not be chosen among."""
    parties = (SAMSVAR.firstCatalogue, SAMSVAR.secondCatalogue)
    return frozenset(getattr(quad.object, "value", "") for party in parties for quad in seen.quads(predicate=party))


def _filters() -> dict[str, str]:
    filters = {name: chosen(name) for name in ("severity", "kind", "term", "catalogue")}
    for name, allowed in (("severity", SEVERITIES), ("kind", tuple(KINDS))):
        if filters[name] and filters[name] not in allowed:
            values = ", ".join(allowed)
            raise BadRequestError(
                said(gettext("The parameter %(name)s is one of %(values)s.", name=name, values=values))
            )
    return filters


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
        },
        lambda: {**listing.as_json(found, language()), "uri": uri_of(found)},
    )


def hierarchy(finding: Finding) -> str:
    """How the two stand in law: same-act, enabled (one is given under the other), both, one or none of them law."""
    a, b = finding.a, finding.b
    if a.act and a.act == b.act:
        return "same-act"
    if (a.act and a.act in b.enabling) or (b.act and b.act in a.enabling):
        return "enabled"
    return {0: "none", 1: "one", 2: "both"}[a.statutory + b.statutory]
