"""Datasets and data services: the lists, and simple pages of one."""

from flask import Blueprint

from registry.catalogue.data_services import data_service, data_services
from registry.catalogue.datasets import dataset, datasets
from registry.catalogue.paging import page_of
from registry.views.context import reader
from registry.views.languages import language
from registry.views.list_tables import RESOURCE, TABLE, table
from registry.views.parameters import page_address, page_number
from registry.views.rendering import Shown, page

blueprint = Blueprint("datasets", __name__)

_SIZE = 50


@page(blueprint, "/datasets", TABLE)
def dataset_list() -> Shown:
    """Every dataset by title."""
    found = datasets(reader(), language())
    listed = page_of(found, page_number(), _SIZE)
    return Shown(
        "resources/datasets.html",
        {"page": listed, "address": page_address()},
        lambda: {"datasets": [one.as_json() for one in listed.items], **listed.as_json()},
        table((*RESOURCE, "accessRights"), lambda: (one.as_json() for one in found)),
    )


@page(blueprint, "/data-services", TABLE)
def data_service_list() -> Shown:
    """Every data service by title."""
    found = data_services(reader(), language())
    listed = page_of(found, page_number(), _SIZE)
    return Shown(
        "resources/data_services.html",
        {"page": listed, "address": page_address()},
        lambda: {"dataServices": [one.as_json() for one in listed.items], **listed.as_json()},
        table((*RESOURCE, "accessRights"), lambda: (one.as_json() for one in found)),
    )


def dataset_document(uri: str) -> Shown | None:
    """The page of one dataset; None for what is none."""
    found = dataset(reader(), uri)
    return Shown("resources/dataset.html", {"dataset": found}, found.as_json) if found else None


def data_service_document(uri: str) -> Shown | None:
    """The page of one data service; None for what is none."""
    found = data_service(reader(), uri)
    return Shown("resources/data_service.html", {"service": found}, found.as_json) if found else None
