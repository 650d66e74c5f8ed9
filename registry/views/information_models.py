"""Information models: the list, and one with its elements and attributes as tables."""

from flask import Blueprint

from registry.catalogue.information_models import information_model, information_models
from registry.catalogue.paging import page_of
from registry.views.context import reader
from registry.views.languages import language
from registry.views.parameters import page_address, page_number
from registry.views.rendering import Shown, page

blueprint = Blueprint("information_models", __name__)


@page(blueprint, "/information-models")
def model_list() -> Shown:
    """Every information model by title."""
    listed = page_of(information_models(reader(), language()), page_number(), 50)
    return Shown(
        "models/list.html",
        {"page": listed, "address": page_address()},
        lambda: {"informationModels": [model.as_json() for model in listed.items], **listed.as_json()},
    )


def document(uri: str) -> Shown | None:
    """The page of one information model; None for what is none."""
    found = information_model(reader(), uri, language())
    if found is None:
        return None
    ids = {element.uri: f"e{number}" for number, element in enumerate(found.elements, 1)}
    return Shown("models/model.html", {"model": found, "ids": ids}, found.as_json)
