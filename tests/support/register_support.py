"""What several test modules ask of a register in a directory."""

from pathlib import Path

from ontologies.namespaces import RDF, SKOS
from registry.services import build_services
from registry.settings import Settings

BASE = "http://localhost:8000"


def settings_at(directory: Path) -> Settings:
    return Settings(data=directory, uri_base=BASE, query_timeout=5.0)


def concepts_of(directory: Path) -> int:
    """Concepts of catalogues in the newest generation."""
    reader = build_services(settings_at(directory)).store.reader()
    return len(list(reader.quads(predicate=RDF.type, object=SKOS.Concept)))
