"""Information models: the list, and one with its elements and attributes as tables."""

from typing import Any

from flask import Blueprint
from pyoxigraph import NamedNode

from ontologies.namespaces import MODELLDCATNO, RDF
from registry.catalogue.information_models import information_model, information_models
from registry.catalogue.paging import page_of
from registry.catalogue.texts import Reference
from registry.reasoning.reasoned import Reasoned, reasoned
from registry.views.context import reader, register
from registry.views.languages import language
from registry.views.list_tables import RESOURCE, TABLE, table
from registry.views.parameters import page_address, page_number
from registry.views.rendering import Shown, page

blueprint = Blueprint("information_models", __name__)


@page(blueprint, "/information-models", TABLE)
def model_list() -> Shown:
    """Every information model by title."""
    found = information_models(reader(), language())
    listed = page_of(found, page_number(), 50)
    return Shown(
        "models/list.html",
        {"page": listed, "address": page_address()},
        lambda: {"informationModels": [model.as_json() for model in listed.items], **listed.as_json()},
        table((*RESOURCE, "elements"), lambda: (model.as_json() for model in found)),
    )


def document(uri: str) -> Shown | None:
    """The page of one information model; None for what is none."""
    found = information_model(reader(), uri, language())
    if found is None:
        return None
    ids = {element.uri: f"e{number}" for number, element in enumerate(found.elements, 1)}
    logic = reasoned(reader(), register().reasoned, uri)
    names = {element.uri: element.reference for element in found.elements}
    shown = {"model": found, "ids": ids, "logic": logic, "named": lambda iri: names.get(iri) or Reference(iri)}
    return Shown("models/model.html", shown, lambda: {**found.as_json(), **_logic(logic)})


def _logic(found: Reasoned | None) -> dict[str, Any]:
    """The contradictions, as a member of the model's document."""
    return {"contradictions": [each.as_json() for each in found.contradictions]} if found else {}


def stamp(uri: str) -> str:
    """What changes with every answer of HermiT about a model, "" for what is none."""
    is_model = next(reader().quads(NamedNode(uri), RDF.type, MODELLDCATNO.InformationModel), None)
    kept = register().reasoned.get(uri) if is_model else None
    return "".join(character for character in kept.asked if character.isalnum()) if kept else ""
