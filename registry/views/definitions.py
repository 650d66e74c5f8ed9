"""The page of one definition: its words, its ground, and the concept that it defines."""

from pyoxigraph import NamedNode

from ontologies.namespaces import EUVOC
from registry.catalogue.definitions import definitions_of
from registry.catalogue.labels import labelled
from registry.views.context import reader
from registry.views.rendering import Shown


def document(uri: str) -> Shown | None:
    """The page of one definition; None for what is none."""
    owner = next(reader().quads(predicate=EUVOC.xlDefinition, object=NamedNode(uri)), None)
    if owner is None or not isinstance(owner.subject, NamedNode):
        return None
    found = next(one for one in definitions_of(reader(), owner.subject) if one.uri == uri)
    concept = labelled(reader(), owner.subject.value)
    return Shown(
        "definitions/definition.html",
        {"definition": found, "concept": concept},
        lambda: {**found.as_json(), "concept": concept.as_json()},
    )
