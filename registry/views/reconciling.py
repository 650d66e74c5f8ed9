"""``/reconcile``: the Reconciliation Service API 0.2, and under ``/reconcile/1.0`` its 1.0 draft, over one matcher.

Reading only, open to scripts of every origin. OpenRefine takes ``/reconcile`` as the address of a service.
"""

import json
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request

from ontologies.namespaces import DCT
from registry.catalogue.definitions import short_definition
from registry.catalogue.labels import labelled
from registry.catalogue.queries import is_iri
from registry.catalogue.things import Said
from registry.errors import BadRequestError
from registry.reconciliation.asking import MOST_QUERIES, Query, queries_by_key, queries_in_order
from registry.reconciliation.entities import PROPERTIES, TYPES, USUAL, Named
from registry.reconciliation.extending import asked_for, values_of
from registry.reconciliation.matching import matcher
from registry.search.folding import fold
from registry.security import FRAMEABLE
from registry.version import installed_version
from registry.views import held
from registry.views.context import reader, register
from registry.views.languages import language
from registry.views.open_posts import open_to_posts
from registry.views.parameters import chosen

blueprint = Blueprint("reconciling", __name__)
open_to_posts(blueprint)

_OLD, _NEW = "/reconcile", "/reconcile/1.0"
_WIDTH, _HEIGHT = 430, 220
"""Pixels of a preview."""
_SUGGESTIONS = 10


@blueprint.route(_OLD, methods=("GET", "POST"))
def service() -> Response:
    """Version 0.2: the manifest; with ``queries`` the candidates, with ``extend`` the values of things."""
    if "queries" in request.values:
        asked = queries_by_key(_document("queries"))
        return jsonify({key: {"result": _candidates(query)} for key, query in asked.items()})
    if "extend" in request.values:
        ids, properties = asked_for(_document("extend"))
        rows = {uri: values_of(reader(), uri, properties, language()) for uri in ids}
        return jsonify({"meta": _listed(properties), "rows": rows})
    return jsonify(_old_manifest())


@blueprint.get(_NEW)
@blueprint.get(f"{_NEW}/", endpoint="draft_root")
def draft() -> Response:
    """The 1.0 draft: the manifest."""
    return jsonify(_new_manifest())


@blueprint.post(f"{_NEW}/reconcile")
def draft_candidates() -> Response:
    """The 1.0 draft: candidates for each query, in their order."""
    asked = queries_in_order(request.get_json(silent=True))
    return jsonify(results=[{"candidates": _candidates(query)} for query in asked])


@blueprint.post(f"{_NEW}/extend")
def draft_values() -> Response:
    """The 1.0 draft: values of things."""
    ids, properties = asked_for(request.get_json(silent=True))
    rows = [{"id": uri, "properties": _as_list(values_of(reader(), uri, properties, language()))} for uri in ids]
    return jsonify(meta=_listed(properties), rows=rows)


@blueprint.get(f"{_OLD}/extend/propose")
@blueprint.get(f"{_NEW}/extend/propose", endpoint="draft_proposals")
def proposals() -> Response:
    """The properties whose values can be fetched."""
    limit = chosen("limit")
    most = int(limit) if limit.isdecimal() else len(PROPERTIES)
    return jsonify(type=chosen("type"), limit=most, properties=_listed(PROPERTIES[:most]))


@blueprint.get(f"{_OLD}/suggest/entity")
@blueprint.get(f"{_NEW}/suggest/entity", endpoint="draft_entities")
def entities() -> Response:
    """Things whose names begin with, or hold, what is typed."""
    found = _candidates(Query(chosen("prefix"), limit=_SUGGESTIONS)) if chosen("prefix") else []
    members = ("id", "name", "description")
    return jsonify(result=[{**{name: one[name] for name in members}, "notable": one["type"]} for one in found])


@blueprint.get(f"{_OLD}/suggest/type")
@blueprint.get(f"{_NEW}/suggest/type", endpoint="draft_types")
def types() -> Response:
    """Types whose names hold what is typed."""
    return _suggested(TYPES)


@blueprint.get(f"{_OLD}/suggest/property")
@blueprint.get(f"{_NEW}/suggest/property", endpoint="draft_properties")
def properties() -> Response:
    """Properties whose names hold what is typed."""
    return _suggested(PROPERTIES)


@blueprint.get(f"{_OLD}/preview")
@blueprint.get(f"{_NEW}/preview", endpoint="draft_preview")
def preview() -> Response:
    """A small page about one thing, to be shown in a frame."""
    uri = chosen("id")
    if not is_iri(uri):
        raise BadRequestError("The parameter id is the URI of a thing that the register holds.")
    held.must_hold(uri)
    seen = reader()
    text = render_template(
        "reconciliation/preview.html",
        uri=uri,
        thing=labelled(seen, uri),
        definition=short_definition(seen, uri),
        publisher=Said(seen, uri).reference(DCT.publisher),
    )
    return Response(text, mimetype="text/html", headers={"Content-Security-Policy": FRAMEABLE})


def _old_manifest() -> dict[str, Any]:
    address = f"{register().settings.public_url}{_OLD}"
    path = {"service_url": address}
    return {
        "versions": ["0.2"],
        "identifierSpace": "http://www.w3.org/2004/02/skos/core#Concept",
        "schemaSpace": "http://www.w3.org/2004/02/skos/core#",
        **_described(),
        "view": {"url": f"{register().settings.public_url}/resource?uri={{{{id}}}}"},
        "preview": {"url": f"{address}/preview?id={{{{id}}}}", "width": _WIDTH, "height": _HEIGHT},
        "suggest": {name: {**path, "service_path": f"/suggest/{name}"} for name in ("entity", "type", "property")},
        "extend": {"propose_properties": {**path, "service_path": "/extend/propose"}, "property_settings": []},
    }


def _new_manifest() -> dict[str, Any]:
    return {
        "versions": ["1.0-draft"],
        **_described(),
        "view": {"url": f"{register().settings.public_url}/resource?uri={{id}}"},
        "preview": {"width": _WIDTH, "height": _HEIGHT},
        "suggest": {"entity": True, "type": True, "property": True},
        "extend": {"proposeProperties": True, "propertySettings": []},
        "standardizedScore": True,
        "lang": language(),
    }


def _described() -> dict[str, Any]:
    """What both manifests say."""
    address = register().settings.public_url
    return {
        "name": f"Samsvar ({address})",
        "documentation": f"{address}/api/docs",
        "serviceVersion": installed_version(),
        "defaultTypes": _listed(USUAL),
        "batchSize": MOST_QUERIES,
    }


def _candidates(query: Query) -> list[dict[str, Any]]:
    found = matcher(reader(), register().index, language())(query)
    return [one.as_json(language()) for one in found]


def _document(name: str) -> Any:
    """The JSON of a parameter.

    Raises:
        BadRequestError: it is not JSON.
    """
    try:
        return json.loads(request.values[name])
    except (ValueError, RecursionError) as error:
        raise BadRequestError(f"The parameter {name} is not JSON.") from error


def _suggested(offered: tuple[Named, ...]) -> Response:
    typed = fold(chosen("prefix"))
    return jsonify(result=_listed(one for one in offered if typed in fold(one.names[language()])))


def _listed(offered: Any) -> list[dict[str, str]]:
    return [one.as_json(language()) for one in offered]


def _as_list(values: dict[str, list[Any]]) -> list[dict[str, Any]]:
    return [{"id": name, "values": found} for name, found in values.items()]
