"""A page for whatever has none of its own: every statement about the thing, and what refers to it."""

from registry.catalogue.thing_tables import thing_table
from registry.views.context import reader, register
from registry.views.rendering import Shown


def document(uri: str) -> Shown | None:
    """The generic page: properties and values, backwards references."""
    table = thing_table(reader(), register().urls, uri)
    return Shown("things/thing.html", {"table": table, "uri": uri}, table.as_json)
