"""Acts and regulations: the list, one with its sections and definitions, one section or chapter alone."""

from flask import Blueprint

from ontologies.namespaces import ELI
from registry.catalogue.citations import cited
from registry.catalogue.graphs import graphs
from registry.catalogue.legislation import act, acts
from registry.catalogue.paging import page_of
from registry.catalogue.things import Said
from registry.harmonisation.finding_table import findings_in
from registry.views.context import reader
from registry.views.languages import language
from registry.views.list_tables import TABLE, table
from registry.views.parameters import page_address, page_number
from registry.views.rendering import Shown, page

blueprint = Blueprint("legislation", __name__)


@page(blueprint, "/legislation", TABLE)
def act_list() -> Shown:
    """Acts and regulations, alphabetically."""
    found = acts(reader(), language())
    listed = page_of(found, page_number(), 100)
    columns = ("uri", "label", "shortTitle", "kind", "identifier", "date", "ministry", "definitions")
    return Shown(
        "legislation/list.html",
        {"page": listed, "address": page_address()},
        lambda: {"legislation": [one.as_json() for one in listed.items], **listed.as_json()},
        table(columns, lambda: (one.as_json() for one in found)),
    )


def document(uri: str) -> Shown | None:
    """The page of one act or regulation; None for what is none."""
    found = act(reader(), uri)
    if found is None:
        return None
    known = graphs(reader())
    held = next((known[graph] for graph in Said(reader(), uri).graphs if graph in known), None)
    findings = findings_in(reader(), held.uri) if held else 0
    return Shown(
        "legislation/act.html",
        {"act": found, "findings": findings, "catalogue": held.identifier if held else ""},
        lambda: {**found.as_json(), "findings": findings},
    )


def section_document(uri: str) -> Shown | None:
    """The page of one section or chapter; None for what is none."""
    said = Said(reader(), uri)
    whole = said.first(ELI.is_part_of) if ELI.LegalResourceSubdivision.value in said.types else ""
    found = act(reader(), whole) if whole else None
    section = next((one for one in (*found.chapters, *found.sections) if one.uri == uri), None) if found else None
    if found is None or section is None:
        return None
    inside = [one for one in (*found.chapters, *found.sections) if one.chapter == uri]
    return Shown(
        "legislation/section.html",
        {"act": found, "section": section, "sections": inside, "cited": cited(reader(), uri)},
        lambda: {
            **section.as_json(),
            "sections": [one.as_json() for one in inside],
            "act": {"uri": found.uri, "identifier": found.identifier},
        },
    )
