"""Pages: one module per kind of page. A view asks a read model and renders a template.

A newcomer's page: a module with a blueprint, its template folder, and a line in `BLUEPRINTS`.
"""

from flask import Blueprint

from registry.views import (
    about,
    catalogues,
    chains,
    comparing,
    concepts,
    conflicts,
    datasets,
    documents,
    graph_store,
    harvest_sources,
    home,
    import_api,
    import_pages,
    information_models,
    known_tables,
    legal_references,
    legislation,
    organisations,
    past_imports,
    queries,
    query_answers,
    query_saving,
    repairs,
    search,
    self_description,
    sparql_form,
    table_mapping,
    terms,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    home.blueprint,
    terms.blueprint,
    concepts.blueprint,
    conflicts.blueprint,
    comparing.blueprint,
    legislation.blueprint,
    information_models.blueprint,
    datasets.blueprint,
    catalogues.blueprint,
    organisations.blueprint,
    chains.blueprint,
    about.blueprint,
    search.blueprint,
    self_description.blueprint,
    graph_store.blueprint,
    queries.blueprint,
    sparql_form.blueprint,
    legal_references.blueprint,
    harvest_sources.blueprint,
    query_answers.blueprint,
    query_saving.blueprint,
    import_api.blueprint,
    import_pages.blueprint,
    known_tables.blueprint,
    table_mapping.blueprint,
    past_imports.blueprint,
    repairs.blueprint,
    documents.blueprint,
)
"""Every page. The documents come last: they answer for whatever path no page has."""
