"""The real OpenRefine matches a column of 500 Norwegian terms, and fetches definitions of what it matched."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from live_server import served
from open_refine import OpenRefine, open_refine
from register_support import settings_at

from importers.base import Source
from registry import pipeline
from registry.services import build_services

CONCEPT = "http://www.w3.org/2004/02/skos/core#Concept"
OBJECTS = (
    *("bolig", "grunn", "vann", "skip", "bil", "havne", "skole", "syke", "jord", "skogs", "energi", "fiske", "lager"),
    *("tomte", "vei", "bygnings", "kontor", "hytte", "butikk", "drosje", "kraft", "avfalls"),
)
HEADS = (
    *("avgift", "skatt", "register", "tilsyn", "plan", "kart", "gebyr", "lov", "eier", "tiltak", "senter", "område"),
    *("tjeneste", "ordning", "forvaltning", "avtale", "grense", "rettighet", "ansvar", "drift", "kostnad", "formål"),
    "anlegg",
)
TERMS = [first + second for first, second in product(OBJECTS, HEADS)][:500]
pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture(scope="module")
def refine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenRefine]:
    with open_refine(tmp_path_factory.mktemp("refine")) as running:
        yield running


def as_written(number: int, term: str) -> str:
    """As people fill in a column: every fifth with a capital, every seventh in capitals, some with spaces."""
    written = term.upper() if number % 7 == 0 else term.capitalize() if number % 5 == 0 else term
    return f"{written} " if number % 11 == 0 else written


def test_a_column_of_terms_is_matched_and_extended(refine: OpenRefine, tmp_path: Path) -> None:
    table = "anbefalt_term:nb;definisjon:nb\n" + "\n".join(f"{term};det som er {term} her" for term in TERMS)
    services = build_services(settings_at(tmp_path / "data"))
    outcome = pipeline.run(services, pipeline.Request([Source("ord.csv", table.encode())], "ord"))
    assert not outcome.unreadable
    column = [as_written(number, term) for number, term in enumerate(TERMS)]
    with served(tmp_path / "data", tmp_path) as (port, _):
        service = f"http://127.0.0.1:{port}/reconcile"
        project = refine.project("ord", "term\n" + "\n".join([*column, "ukjentordsomingenhar"]))
        refine.reconcile(project, "term", service, CONCEPT)
        rows = refine.rows(project)
        matched = [row["cells"][0]["r"] for row in rows if row["cells"][0]["r"]["j"] == "matched"]
        assert len(rows) == 501
        assert len(matched) == 500
        refine.extend(project, "term", service, "definition")
        cells = [row["cells"] for row in refine.rows(project)]
    definitions = {cell[0]["v"].strip().lower(): cell[1]["v"] for cell in cells if len(cell) > 1 and cell[1]}
    assert definitions == {term: f"det som er {term} her" for term in TERMS}
