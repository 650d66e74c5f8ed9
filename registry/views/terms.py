"""Every definition of one word side by side, law first."""

from collections.abc import Iterable

from flask import Blueprint

from registry.catalogue.terms import term_page
from registry.harmonisation import listing
from registry.harmonisation.findings import rank
from registry.harmonisation.records import Finding
from registry.views.context import reader
from registry.views.findings import line
from registry.views.rendering import Shown, page

blueprint = Blueprint("terms", __name__)

_MOST = 100
"""Findings of one word that are read."""


def findings_about(words: Iterable[str]) -> list[Finding]:
    """The findings about any of the words, worst first."""
    found = {one.id: one for word in words for one in listing.findings(reader(), term=word, limit=_MOST).items}
    return sorted(found.values(), key=lambda one: (rank(one), one.id))


@page(blueprint, "/terms/<path:term>")
def term(term: str) -> Shown:
    """Everyone who defines the word, and where they differ."""
    found = term_page(reader(), term.strip())
    findings = [line(finding) for finding in findings_about(found.words)]
    return Shown(
        "terms/term.html",
        {"found": found, "findings": findings, "search_query": found.term},
        lambda: {**found.as_json(), "findings": [finding.as_json() for finding in findings]},
    )
