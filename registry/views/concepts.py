"""The alphabetical list of concepts, and the page of one concept."""

from flask import Blueprint

from registry.catalogue.catalogues import catalogues as all_catalogues
from registry.catalogue.concept_list import Choice, concept_list
from registry.catalogue.concepts import concept
from registry.catalogue.neighbourhood import neighbourhood
from registry.definition_rules.judging import of_concept
from registry.history.versions import versions
from registry.views.context import reader, register
from registry.views.findings import lines_of
from registry.views.languages import language
from registry.views.list_tables import TABLE, table
from registry.views.parameters import chosen, page_address, page_number, with_parameters
from registry.views.rendering import Shown, page

blueprint = Blueprint("concepts", __name__)

_LINES = 500
"""Concepts on one page as CSV."""


@page(blueprint, "/concepts", TABLE)
def concepts() -> Shown:
    """Concepts A-Z, by catalogue and language."""
    choice = Choice(chosen("letter"), chosen("catalogue"), chosen("language"), page_number())
    listed = concept_list(reader(), language(), choice)
    columns = ("uri", "term", "definitions", "catalogues", "replaced")
    return Shown(
        "concepts/list.html",
        {
            "listed": listed,
            "choice": choice,
            "catalogues": [one for one in all_catalogues(reader(), language()) if one.concepts],
            "address": page_address(),
            "letter_address": lambda letter: with_parameters(letter=letter, page=""),
        },
        listed.as_json,
        table(columns, lambda: concept_list(reader(), language(), choice, _LINES).as_json()["concepts"]),
    )


def document(uri: str) -> Shown | None:
    """The page of one concept; None for what is no concept."""
    found = concept(reader(), uri)
    if found is None:
        return None
    around = neighbourhood(found)
    findings = lines_of(uri)
    judged = of_concept(reader(), uri)
    earlier = versions(reader(), register().blobs, uri)
    return Shown(
        "concepts/concept.html",
        {"concept": found, "neighbourhood": around, "findings": findings, "judged": judged, "versions": earlier},
        lambda: {
            **found.as_json(),
            "neighbourhood": around.as_json(),
            "findings": [finding.as_json() for finding in findings],
            "definitionRules": judged.as_json(language()),
            "versions": [version.as_json() for version in earlier],
        },
    )
