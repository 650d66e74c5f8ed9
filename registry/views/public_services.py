"""Public services and events: the lists, and the page of one."""

from flask import Blueprint

from registry.catalogue.paging import page_of
from registry.catalogue.public_services import events, public_service, public_services
from registry.views.context import reader
from registry.views.languages import language
from registry.views.list_tables import RESOURCE, TABLE, table
from registry.views.parameters import page_address, page_number
from registry.views.rendering import Shown, page

blueprint = Blueprint("public_services", __name__)

_SIZE = 50


@page(blueprint, "/services", TABLE)
def service_list() -> Shown:
    """Every public service by title."""
    found = public_services(reader(), language())
    listed = page_of(found, page_number(), _SIZE)
    return Shown(
        "services/list.html",
        {"page": listed, "address": page_address(), "kind": "service"},
        lambda: {"services": [one.as_json() for one in listed.items], **listed.as_json()},
        table(RESOURCE, lambda: (one.as_json() for one in found)),
    )


@page(blueprint, "/events", TABLE)
def event_list() -> Shown:
    """Every life event and business event by title."""
    found = events(reader(), language())
    listed = page_of(found, page_number(), _SIZE)
    return Shown(
        "services/list.html",
        {"page": listed, "address": page_address(), "kind": "event"},
        lambda: {"events": [one.as_json() for one in listed.items], **listed.as_json()},
        table(RESOURCE, lambda: (one.as_json() for one in found)),
    )


def document(uri: str) -> Shown | None:
    """The page of one service or event; None for what is neither."""
    found = public_service(reader(), uri)
    return Shown("services/service.html", {"service": found}, found.as_json) if found else None
