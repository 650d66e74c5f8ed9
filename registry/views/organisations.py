"""Organisations: everyone who publishes something here, and one with what it publishes."""

from flask import Blueprint
from flask_babel import gettext

from registry.catalogue.catalogues import catalogues
from registry.catalogue.organisations import organisation_of, organisations
from registry.catalogue.publishing import published
from registry.errors import NotFoundError
from registry.views.context import reader, register
from registry.views.languages import language, said
from registry.views.list_tables import TABLE, table
from registry.views.rendering import Shown, page

blueprint = Blueprint("organisations", __name__)

_COLUMNS = (
    *("uri", "label", "organisationNumber"),
    *(f"counts.{name}" for name in ("concepts", "informationModels", "datasets", "dataServices")),
)


@page(blueprint, "/organisations", TABLE)
def organisation_list() -> Shown:
    """Everyone who publishes something, by name."""
    found = organisations(reader(), language())
    return Shown(
        "organisations/list.html",
        {"organisations": found},
        lambda: {"organisations": [one.as_json() for one in found]},
        table(_COLUMNS, lambda: (one.as_json() for one in found)),
    )


def _stamp() -> str:
    """Its page shows measurements, which are kept beside the generations."""
    return register().figures.stamp()


@page(blueprint, "/organisations/<number>", stamp=_stamp)
def organisation(number: str) -> Shown:
    """One organisation by its nine digits."""
    found = organisation_of(reader(), number, language())
    if found is None:
        raise NotFoundError(
            said(gettext("The register knows no organisation with the number %(number)s.", number=number))
        )
    publishes = published(reader(), found.reference.uri, language())
    own = [one for one in catalogues(reader(), language()) if _publishes(one.graph.publisher, found.reference.uri)]
    return Shown(
        "organisations/organisation.html",
        {"organisation": found, "catalogues": own, "publishes": publishes},
        lambda: {
            **found.as_json(),
            "catalogues": [one.as_json() for one in own],
            "publishes": {kind: [one.as_json() for one in things] for kind, things in publishes.items()},
        },
    )


def _publishes(publisher: object, uri: str) -> bool:
    return getattr(publisher, "uri", None) == uri
