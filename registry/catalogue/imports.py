"""The imports that the register remembers: what each brought, from what and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from registry.catalogue.queries import ask, count, iri, is_iri
from sparql.store import Reader, Row


@dataclass(frozen=True, slots=True)
class ImportInfo:
    """One import of one graph. `ended` is an ISO 8601 time, `report` the hash under which the report is kept.

    `title` and `publisher` are what the graph was called then, `token` is the id of the token that it came with, "" for
    the command line. `undoes` is the import that this one takes back, `undone_by` the one that takes this one back.
    `unchanged` counts the things that were the same before.
    """

    uri: str
    graph: str
    ended: str
    source: str
    format: str
    report: str
    generation: int
    stored: int
    rejected: int
    title: str = ""
    publisher: str = ""
    token: str = ""
    undoes: str = ""
    undone_by: str = ""
    unchanged: int = 0

    @property
    def identifier(self) -> str:
        """The last part of its IRI."""
        return self.uri.rpartition("/")[2]

    def as_json(self) -> dict[str, Any]:
        """When, from what, and how many records."""
        document = {
            "uri": self.uri,
            "graph": self.graph,
            "ended": self.ended,
            "source": self.source,
            "format": self.format,
        }
        known = {"token": self.token, "undoes": self.undoes, "undoneBy": self.undone_by}
        document |= {name: value for name, value in known.items() if value}
        return {**document, "generation": self.generation, "stored": self.stored, "rejected": self.rejected}


def import_info(reader: Reader, uri: str) -> ImportInfo | None:
    """The import with this IRI; None where the register does not know it."""
    rows = ask(reader, "import", **{"import": NamedNode(uri)}) if uri and is_iri(uri) else []
    return _import(rows[0], _undone(reader)) if rows else None


def last_imports(reader: Reader, most: int) -> list[ImportInfo]:
    """The newest imports."""
    return _newest_first(reader)[:most]


def previous_import(reader: Reader, info: ImportInfo) -> ImportInfo | None:
    """The import of the same graph before this one; None where this is its first."""
    earlier = (each for each in _newest_first(reader) if each.graph == info.graph)
    return next((each for each in earlier if each.generation < info.generation), None)


def _newest_first(reader: Reader) -> list[ImportInfo]:
    undone = _undone(reader)
    found = [_import(row, undone) for row in ask(reader, "import")]
    return sorted(found, key=lambda each: (-each.generation, each.uri))


def _undone(reader: Reader) -> dict[str, str]:
    """Imports that are taken back, each with what does so and is not taken back itself."""
    undos = [(iri(row, "undone"), iri(row, "undo")) for row in ask(reader, "undone")]
    return {undone: undo for undone, undo in undos if not _is_undone(undo, undos)}


def _is_undone(write: str, undos: list[tuple[str, str]]) -> bool:
    return any(undone == write and not _is_undone(undo, undos) for undone, undo in undos)


def _import(row: Row, undone: Mapping[str, str]) -> ImportInfo:
    uri = iri(row, "import")
    return ImportInfo(
        uri=uri,
        graph=iri(row, "graph"),
        ended=iri(row, "ended"),
        source=iri(row, "source"),
        format=iri(row, "format"),
        report=iri(row, "report"),
        generation=count(row, "generation"),
        stored=count(row, "stored"),
        rejected=count(row, "rejected"),
        title=iri(row, "title"),
        publisher=iri(row, "publisher"),
        token=iri(row, "token"),
        undoes=iri(row, "undoes"),
        undone_by=undone.get(uri, ""),
        unchanged=count(row, "unchanged"),
    )
