"""The front page: search, key figures, the most telling disagreements, the words with the most definitions."""

from flask import Blueprint

from registry.catalogue.key_figures import key_figures
from registry.catalogue.terms import most_defined
from registry.harmonisation import listing
from registry.views.context import reader
from registry.views.findings import line
from registry.views.languages import language
from registry.views.rendering import Shown, page

blueprint = Blueprint("home", __name__)


@page(blueprint, "/")
def home() -> Shown:
    """The front page."""
    figures = key_figures(reader())
    worst = [line(finding) for finding in listing.most_telling(reader(), 4)]
    words = most_defined(reader(), language())
    return Shown(
        "home.html",
        {"figures": figures, "worst": worst, "words": words, "hide_search": True},
        lambda: {
            "figures": figures.as_json(),
            "findings": [one.as_json() for one in worst],
            "terms": [word.as_json() for word in words],
        },
    )
