"""The imports that the register remembers: what each brought, from what and when."""

from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from registry.catalogue.queries import ask, count, iri, is_iri
from sparql.store import Reader, Row


@dataclass(frozen=True, slots=True)
class ImportInfo:
    """One import of one graph. `ended` is an ISO 8601 time, `report` the hash under which the report is kept."""

    uri: str
    graph: str
    ended: str
    source: str
    format: str
    report: str
    generation: int
    stored: int
    rejected: int

    def as_json(self) -> dict[str, Any]:
        """When, from what, and how many records."""
        document = {
            "uri": self.uri,
            "graph": self.graph,
            "ended": self.ended,
            "source": self.source,
            "format": self.format,
        }
        return {**document, "generation": self.generation, "stored": self.stored, "rejected": self.rejected}


def import_info(reader: Reader, uri: str) -> ImportInfo | None:
    """The import with this IRI; None where the register does not know it."""
    rows = ask(reader, "import", **{"import": NamedNode(uri)}) if uri and is_iri(uri) else []
    return _import(rows[0]) if rows else None


def last_imports(reader: Reader, most: int) -> list[ImportInfo]:
    """The newest imports."""
    found = [_import(row) for row in ask(reader, "import")]
    return sorted(found, key=lambda each: (-each.generation, each.uri))[:most]


def _import(row: Row) -> ImportInfo:
    return ImportInfo(
        uri=iri(row, "import"),
        graph=iri(row, "graph"),
        ended=iri(row, "ended"),
        source=iri(row, "source"),
        format=iri(row, "format"),
        report=iri(row, "report"),
        generation=count(row, "generation"),
        stored=count(row, "stored"),
        rejected=count(row, "rejected"),
    )
