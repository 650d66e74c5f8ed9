"""The rules for definitions over the API: of one concept, or of a catalogue with the scores of its organisations."""

from typing import Any

from flask import Blueprint, Response
from flask_babel import gettext

from ontologies.namespaces import PREFIXES, SH
from registry.catalogue.catalogues import catalogue as catalogue_of
from registry.catalogue.queries import is_iri
from registry.definition_rules.judging import Judgement, is_concept, of_concept, of_graph
from registry.definition_rules.tables import findings_as_csv, validation_report
from registry.errors import BadRequestError, NotFoundError
from registry.views.context import reader
from registry.views.languages import language, said
from registry.views.parameters import chosen
from registry.views.rendering import CSV, JSON, TABLES, Shown, conditional, other_formats, wanted
from sparql.formats import RDF_FORMATS, serialise

blueprint = Blueprint("definition_rules", __name__)

_FORMATS = {"json": JSON, **TABLES}


@blueprint.get("/api/v1/definition-rules")
def definition_rules() -> Response:
    """What the rules find: ``?uri=`` a concept, or ``?catalogue=`` the id of one; as JSON, CSV or a SHACL report."""
    uri, identifier = chosen("uri"), chosen("catalogue")
    if bool(uri) == bool(identifier) or (uri and not is_iri(uri)):
        raise BadRequestError(
            said(gettext("Say either which concept, ?uri= followed by its URI, or ?catalogue= with a catalogue's id."))
        )
    media_type = wanted(_FORMATS)
    graph = _known(uri, identifier)
    return conditional(media_type, lambda: _body(media_type, uri, identifier, graph), other_formats(_FORMATS))


def _known(uri: str, identifier: str) -> str:
    """The graph of the catalogue, "" where it is asked for a concept.

    Raises:
        NotFoundError: there is no such concept or catalogue.
    """
    if uri:
        if not is_concept(reader(), uri):
            raise NotFoundError(said(gettext("The register holds nothing about %(uri)s.", uri=uri)))
        return ""
    found = catalogue_of(reader(), identifier)
    if found is None:
        raise NotFoundError(said(gettext("The register has no catalogue %(name)s.", name=identifier)))
    return found.graph.uri


def _body(media_type: str, uri: str, identifier: str, graph: str) -> str | bytes:
    judged = of_graph(reader(), graph) if graph else of_concept(reader(), uri)
    if media_type == JSON:
        return Shown("", {}, lambda: _document(judged, uri, identifier)).json()
    if media_type == CSV:
        return findings_as_csv(judged.findings, language())
    syntax = next(each for each in RDF_FORMATS if each.media_type == media_type)
    return serialise(validation_report(judged.findings), syntax, {**PREFIXES, "sh": SH.iri})


def _document(judged: Judgement, uri: str, identifier: str) -> dict[str, Any]:
    if identifier:
        return judged.of_catalogue_as_json(identifier, language())
    return {"uri": uri, **judged.as_json(language())}
