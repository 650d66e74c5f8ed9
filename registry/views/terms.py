"""Every definition of one word side by side, law first."""

from flask import Blueprint

from registry.catalogue.terms import term_page
from registry.harmonisation import listing
from registry.views.context import reader
from registry.views.findings import line
from registry.views.rendering import Shown, page

blueprint = Blueprint("terms", __name__)


@page(blueprint, "/terms/<path:term>")
def term(term: str) -> Shown:
    """Everyone who defines the word, and where they differ."""
    found = term_page(reader(), term.strip())
    findings = [line(finding) for finding in listing.findings(reader(), term=found.term, limit=100).items]
    return Shown(
        "terms/term.html",
        {"found": found, "findings": findings, "search_query": found.term},
        lambda: {**found.as_json(), "findings": [finding.as_json() for finding in findings]},
    )
