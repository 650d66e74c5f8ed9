"""``/cite``: how a thing is cited; and what pages of concepts tell search engines."""

from flask import Blueprint, Response, current_app, request
from flask_babel import gettext
from markupsafe import Markup
from pyoxigraph import NamedNode

from ontologies.namespaces import SAMSVAR, SKOS
from registry.catalogue.citing import cited_thing
from registry.catalogue.things import Said
from registry.errors import NotFoundError
from registry.renditions.defined_term import defined_term
from registry.views.context import reader
from registry.views.held import asked_uri, must_hold, triples_of
from registry.views.languages import said
from registry.views.rendering import JSON, conditional
from sparql.negotiation import best

blueprint = Blueprint("citing", __name__)

_TEXT = "text/plain"


@blueprint.get("/cite")
def cite() -> Response:
    """A concept, a definition or a provision as a footnote, as JSON or as plain text."""
    uri = asked_uri()
    must_hold(uri)
    found = cited_thing(reader(), uri)
    if found is None:
        raise NotFoundError(said(gettext("%(uri)s is neither a concept, a definition nor law.", uri=uri)))
    if best(request.headers.get("Accept"), (JSON, _TEXT)) == _TEXT:
        return conditional(_TEXT, lambda: f"{found.text}\n", [])
    return conditional(JSON, lambda: current_app.json.dumps(found.as_json()), [])


def linked_data(uri: str) -> Markup:
    """What the page of a concept carries for search engines; nothing for other things."""
    if not Said(reader(), uri).types & {SKOS.Concept.value, SAMSVAR.StatutoryConcept.value}:
        return Markup()
    sets = {quad.subject for quad in reader().quads(None, SKOS.member, NamedNode(uri))}
    named = sorted(each.value for each in sets if isinstance(each, NamedNode))
    return Markup(defined_term(triples_of(uri), uri, named))  # noqa: S704 - JSON with no markup left in it
