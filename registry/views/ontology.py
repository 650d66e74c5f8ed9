"""``/ontology``: the register's own words, each with an anchor of its name, as a page and as RDF."""

from functools import partial

from flask import Blueprint

from ontologies.own_terms import NAMESPACE, OwnTerm, ontology, own_terms
from registry.views.rendering import Shown, page
from sparql.formats import RDF_FORMATS, serialise

blueprint = Blueprint("ontology", __name__)


@page(blueprint, "/ontology", {syntax.suffix: syntax.media_type for syntax in RDF_FORMATS})
def own_words() -> Shown:
    """Every class and property of the namespace; `https://w3id.org/samsvar/ontology` is to lead here."""
    return Shown(
        "about/ontology.html",
        {"terms": own_terms(), "namespace": NAMESPACE},
        lambda: {"namespace": NAMESPACE, "terms": [_told(term) for term in own_terms()]},
        {syntax.media_type: partial(serialise, ontology(), syntax) for syntax in RDF_FORMATS},
    )


def _told(term: OwnTerm) -> dict[str, object]:
    return {
        "uri": term.uri,
        "name": term.name,
        "types": list(term.types),
        "label": dict(term.labels),
        "comment": dict(term.comments),
        "links": [{"property": name, "uri": uri} for name, uri in term.others],
    }
