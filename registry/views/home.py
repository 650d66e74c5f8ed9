"""The front page: search, key figures, the most telling disagreements, the words with the most definitions."""

from flask import Blueprint

from registry.catalogue.key_figures import key_figures
from registry.catalogue.per_generation import per_generation
from registry.catalogue.terms import most_defined
from registry.harmonisation import listing
from registry.harmonisation.records import Finding
from registry.views.context import reader
from registry.views.findings import line
from registry.views.languages import language
from registry.views.rendering import Shown, page
from sparql.store import Reader

blueprint = Blueprint("home", __name__)


@per_generation
def most_telling(seen: Reader) -> tuple[Finding, ...]:
    """The disagreements to show first."""
    return tuple(listing.most_telling(seen, 4))


@page(blueprint, "/")
def home() -> Shown:
    """The front page."""
    figures = key_figures(reader())
    worst = [line(finding) for finding in most_telling(reader())]
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
