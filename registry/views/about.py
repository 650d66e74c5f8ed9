"""About the register, and about accessibility."""

from flask import Blueprint

from registry.version import installed_version
from registry.views.rendering import Shown, page

blueprint = Blueprint("about", __name__)


@page(blueprint, "/about")
def about() -> Shown:
    """What the register is, how it is made accessible, whom to tell."""
    return Shown(
        "about/about.html",
        {"version": installed_version()},
        lambda: {"name": "Samsvar", "version": installed_version(), "licence": "Apache-2.0"},
    )
