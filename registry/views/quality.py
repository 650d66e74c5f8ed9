"""Quality: league tables by organisation, one catalogue with indicators and checks, one thing, figures over time."""

from typing import Any

from flask import Blueprint, Response
from flask_babel import gettext
from pyoxigraph import NamedNode

from registry.catalogue.catalogues import catalogue as catalogue_of
from registry.catalogue.queries import is_iri
from registry.definition_rules.judging import NO_SCORE, ranked_as_json
from registry.errors import BadRequestError, NotFoundError
from registry.quality import dqv
from registry.quality.collection import checks
from registry.quality.keeping import catalogues_of
from registry.quality.scoring import KINDS
from registry.quality.tables import organisations_as_csv, row_as_json, rules_as_csv, thing_as_csv
from registry.views.context import reader, register
from registry.views.languages import said
from registry.views.offers import table_formats
from registry.views.parameters import chosen, one_of, with_parameters
from registry.views.quality_figures import (
    Figured,
    called,
    changes_of,
    figures_of,
    league,
    of_organisation,
    rules_of_catalogues,
    rules_of_organisations,
    score_of,
    total,
)
from registry.views.rendering import CSV, JSON, TABLES, Shown, conditional, page, wanted
from registry.views.reports import over_time, reports_page
from sparql.formats import RDF_FORMATS, serialise

blueprint = Blueprint("quality", __name__)
blueprint.add_app_template_filter(called, "called")
blueprint.add_app_template_global(score_of, "quality_of")
blueprint.add_app_template_global(figures_of, "quality_of_catalogue")
blueprint.add_app_template_global(of_organisation, "quality_of_organisation")
blueprint.add_app_template_global(over_time, "quality_over_time")

_KINDS = tuple(kind.code for kind in KINDS)


def _stamp() -> str:
    return register().figures.stamp()


@page(blueprint, "/quality", TABLES, _stamp)
def quality() -> Shown:
    """How good the descriptions of one kind are, and the organisations in order of that."""
    code = one_of("kind", _KINDS) or _KINDS[0]
    kind = next(kind for kind in KINDS if kind.code == code)
    rows = league(code)
    overall = total(rows, code)
    return Shown(
        "quality/league.html",
        {
            "kind": kind,
            "kinds": [(each, with_parameters(kind=each)) for each in _KINDS],
            "rows": rows,
            "changes": changes_of(code),
            "total": Figured(kind, overall),
            "data_formats": table_formats,
        },
        lambda: {
            "kind": code,
            "total": row_as_json(overall),
            "organisations": [
                {**row_as_json(row), "change": round(changes_of(code).get(row.organisation, 0.0), 4)} for row in rows
            ],
        },
        {
            CSV: lambda: organisations_as_csv(rows),
            **_rdf(lambda: dqv.of_organisations(rows, register().urls.base)),
        },
    )


@page(blueprint, "/quality/catalogues/<identifier>", TABLES, _stamp)
def quality_of_one(identifier: str) -> Shown:
    """One catalogue: its descriptions by kind, the faults that come most often, what the checks of concepts find."""
    found = catalogue_of(reader(), identifier)
    if found is None:
        raise NotFoundError(said(gettext("The register has no catalogue %(name)s.", name=identifier)))
    figures = figures_of(found.graph.uri)
    rows = [each.row for each in figures.kinds]
    graph = NamedNode(found.graph.uri)
    return Shown(
        "quality/catalogue.html",
        {
            "catalogue": found,
            "figures": figures,
            "data_formats": table_formats,
        },
        lambda: {
            "catalogue": identifier,
            "measured": figures.measured,
            "changedSince": figures.is_old,
            "kinds": [row_as_json(row) for row in rows],
            "checks": figures.checks_as_json(),
            "definitionRules": {"score": figures.rules.as_json(), **ranked_as_json(figures.organisations)},
        },
        {CSV: lambda: organisations_as_csv(rows), **_rdf(lambda: dqv.of_catalogue(graph, rows, register().urls.base))},
    )


@page(blueprint, "/quality/definition-rules", {"csv": CSV}, _stamp)
def quality_of_definitions() -> Shown:
    """Catalogues and organisations in the order of what their definitions score by the rules for definitions."""
    held = catalogues_of(reader())
    catalogues = {held[graph]: score for graph, score in rules_of_catalogues().items()}
    organisations = rules_of_organisations()
    return Shown(
        "quality/definition_rules.html",
        {
            "catalogues": catalogues,
            "organisations": organisations,
            "total": sum(catalogues.values(), NO_SCORE),
            "data_formats": table_formats,
        },
        lambda: {
            "catalogues": [{"catalogue": one.identifier, **score.as_json()} for one, score in catalogues.items()],
            **ranked_as_json(organisations),
        },
        {CSV: lambda: rules_as_csv({one.identifier: score for one, score in catalogues.items()}, organisations)},
    )


@blueprint.get("/api/v1/quality")
def quality_of_thing() -> Response:
    """The points of one thing, indicator by indicator: ``?uri=``; as JSON, CSV or RDF."""
    uri = chosen("uri")
    if not is_iri(uri):
        raise BadRequestError(
            said(gettext("Say which concept, information model, dataset or API: ?uri=, followed by its URI."))
        )
    score = score_of(uri)
    if score is None:
        raise NotFoundError(said(gettext("The register holds nothing about %(uri)s.", uri=uri)))
    base = register().urls.base
    bodies: dict[str, Any] = {
        JSON: lambda: Shown("", {}, score.as_json).json(),
        CSV: lambda: thing_as_csv(score),
        **_rdf(lambda: dqv.of_thing(score, base)),
    }
    media_type = wanted({suffix: kind for suffix, kind in _DATA.items() if kind in bodies})
    return conditional(media_type, bodies[media_type], [])


@blueprint.get("/api/v1/quality/checks")
def quality_checks() -> Response:
    """The checks of concept collections, with their names and norms."""
    shown = [
        {
            "code": check.code,
            "norm": check.norm,
            "tested": check.find is not None,
            "name": check.name,
            "says": check.says,
        }
        for check in checks().values()
    ]
    return conditional(JSON, Shown("", {}, lambda: {"checks": shown}).json, [])


_DATA = {"json": JSON, **{suffix: kind for suffix, kind in TABLES.items() if suffix != "html"}}


def _rdf(triples: Any) -> dict[str, Any]:
    return {syntax.media_type: (lambda syntax=syntax: serialise(set(triples()), syntax)) for syntax in RDF_FORMATS}


@page(blueprint, "/reports", {"csv": CSV}, _stamp)
def reports() -> Shown:
    """Key figures over time, as charts and as a table."""
    return reports_page()
