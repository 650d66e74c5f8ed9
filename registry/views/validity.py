"""``/api/v1/in-force``: what of the law, and of concepts, holds on a day."""

from datetime import date

from flask import Blueprint, Response, current_app
from flask_babel import gettext

from registry import amendments
from registry.catalogue.validity import in_force
from registry.errors import BadRequestError, NotFoundError
from registry.views.context import reader
from registry.views.held import asked_uri, must_hold
from registry.views.languages import said
from registry.views.parameters import chosen
from registry.views.rendering import JSON, conditional

blueprint = Blueprint("validity", __name__)


@blueprint.get("/api/v1/in-force")
def valid() -> Response:
    """An act, a section or a concept on the day ``validAt``, today where it is not said."""
    uri, day = asked_uri(), _day()
    must_hold(uri)
    found = in_force(reader(), uri, day)
    if found is None:
        detail = gettext("Nothing of %(uri)s is in force on %(day)s.", uri=uri, day=day.isoformat())
        raise NotFoundError(said(detail))
    document = {"uri": uri, "validAt": day.isoformat(), **found}
    return conditional(JSON, lambda: current_app.json.dumps(document), [], f"valid-{day.isoformat()}")


def _day() -> date:
    """The parameter ``validAt``.

    Raises:
        BadRequestError: it is no date.
    """
    asked = chosen("validAt")
    try:
        return date.fromisoformat(asked) if asked else amendments.today()
    except ValueError as error:
        raise BadRequestError(said(gettext("The parameter validAt is a date, such as 2026-01-31."))) from error
