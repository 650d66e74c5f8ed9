"""The named graphs that the register holds (catalogues, acts, vocabularies): title, publisher, last import."""

from dataclasses import dataclass
from typing import Any

from registry.catalogue.labels import labelled_if
from registry.catalogue.per_generation import per_generation
from registry.catalogue.queries import ask, grouped, iri
from registry.catalogue.texts import Reference, Texts, texts_as_json, texts_of
from sparql.store import Reader, Row


@dataclass(frozen=True, slots=True)
class GraphInfo:
    """One graph: `kind` is catalogue, law or vocabulary; `last_import` the IRI of the import that it came with."""

    uri: str
    kind: str
    identifier: str
    title: Texts
    publisher: Reference | None
    last_import: str

    @property
    def name(self) -> Texts:
        """What to call it: its title; its publisher's name where the title only repeats the id."""
        says_more = any(text.value != self.identifier for text in self.title)
        return self.title if says_more or not self.publisher else self.publisher.label or self.title

    @property
    def path(self) -> str:
        """Where the catalogue's page is, below the register's base; "" for what is no catalogue."""
        return f"/catalogues/{self.identifier}" if self.kind == "catalogue" else ""

    def as_json(self) -> dict[str, Any]:
        """Graph, kind, id, title and publisher."""
        return {
            "uri": self.uri,
            "kind": self.kind,
            "id": self.identifier,
            "title": texts_as_json(self.title),
            "publisher": self.publisher.as_json() if self.publisher else None,
        }


@per_generation
def graphs(reader: Reader) -> dict[str, GraphInfo]:
    """Every graph that an import brought, by its IRI."""
    return {uri: _info(reader, uri, rows) for uri, rows in grouped(ask(reader, "graphs"), "graph").items()}


def _info(reader: Reader, uri: str, rows: list[Row]) -> GraphInfo:
    publisher = iri(rows[0], "publisher")
    return GraphInfo(
        uri=uri,
        kind=iri(rows[0], "kind"),
        identifier=iri(rows[0], "identifier") or uri.rpartition("/")[2],
        title=texts_of(row["title"] for row in rows if "title" in row),
        publisher=labelled_if(reader, publisher),
        last_import=iri(rows[0], "import"),
    )
