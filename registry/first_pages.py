"""What the first pages of a generation need, read and noted down by whoever wrote much, before anybody asks."""

from registry.catalogue.compounds import by_head
from registry.catalogue.concept_list import entries
from registry.catalogue.finding_facets import facets
from registry.catalogue.key_figures import key_figures
from registry.catalogue.terms import most_defined
from registry.catalogue.texts import LANGUAGES
from registry.harmonisation.listing import first_telling
from registry.references.held_acts import held_acts
from registry.services import Services

MANY = 1_000
"""Concepts whose writing takes so long that the second or two for this are not missed."""


def prepare(services: Services, written: int) -> None:
    """Notes down what takes long to read of the newest generation, if `written` concepts are many."""
    if written < MANY:
        return
    reader = services.store.reader()
    facets(reader)
    by_head(reader)
    key_figures(reader)
    first_telling(reader)
    held_acts(reader)
    for language in LANGUAGES:
        most_defined(reader, language)
        entries(reader, language)
