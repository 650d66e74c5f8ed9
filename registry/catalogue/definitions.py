"""The definitions of one concept: texts in every language, sources, relation to the source, audience."""

from dataclasses import dataclass
from typing import Any

from pyoxigraph import BlankNode, NamedNode

from ontologies.namespaces import DCT, EUVOC, RDF, SKOSNO
from registry.catalogue.citations import cited
from registry.catalogue.queries import ask, grouped, iri
from registry.catalogue.texts import Texts, lists_as_json, text_of, texts_as_json, texts_of
from sparql.store import Reader, Row


@dataclass(frozen=True, slots=True)
class DefinitionSource:
    """Where a definition comes from: words, a link, or both."""

    text: Texts = ()
    uri: str = ""

    def as_json(self) -> dict[str, Any]:
        """Words by language and the link ("" for none)."""
        return {"text": texts_as_json(self.text), "uri": self.uri}


@dataclass(frozen=True, slots=True)
class Definition:
    """One definition (euvoc:XlNote). `relationship` and `audience` are the codes' last parts, "" where not given."""

    uri: str
    texts: Texts
    sources: tuple[DefinitionSource, ...] = ()
    relationship: str = ""
    audience: str = ""

    def as_json(self) -> dict[str, Any]:
        """All that is known of the definition."""
        return {
            "uri": self.uri,
            "text": lists_as_json(self.texts),
            "sources": [source.as_json() for source in self.sources],
            "relationshipWithSource": self.relationship,
            "audience": self.audience,
        }


def definitions_of(reader: Reader, concept: NamedNode) -> tuple[Definition, ...]:
    """The concept's definitions, those for everybody and for the public first."""
    groups = grouped(ask(reader, "concept_definitions", concept=concept), "definition")
    definitions = [_definition(reader, uri, rows) for uri, rows in groups.items()]
    return tuple(sorted(definitions, key=lambda d: (d.audience == "specialist", d.audience, d.uri)))


def definitions_held(reader: Reader, concept: str) -> int:
    """How many definitions a concept has, without reading them."""
    named = {quad.object for quad in reader.quads(NamedNode(concept), EUVOC.xlDefinition)}
    nodes = (node for node in named if isinstance(node, NamedNode | BlankNode))
    return sum(any(True for _ in reader.quads(node)) for node in nodes)


def short_definition(reader: Reader, uri: str) -> Texts:
    """The texts alone, for lists; none for what is no concept."""
    return texts_of(row["definition"] for row in ask(reader, "short_definition", thing=NamedNode(uri)))


def _definition(reader: Reader, uri: str, rows: list[Row]) -> Definition:
    by_property = grouped(rows, "property")
    return Definition(
        uri=uri,
        texts=texts_of(row["value"] for row in by_property.get(RDF.value.value, ())),
        sources=_sources(reader, by_property.get(DCT.source.value, [])),
        relationship=_code(by_property.get(SKOSNO.relationshipWithSource.value, [])),
        audience=_code(by_property.get(DCT.audience.value, [])),
    )


def _sources(reader: Reader, rows: list[Row]) -> tuple[DefinitionSource, ...]:
    sources = [_source(reader, value, group) for value, group in grouped(rows, "value").items()]
    return tuple(sorted(sources, key=lambda source: (source.uri, [text.value for text in source.text])))


def _source(reader: Reader, value: str, rows: list[Row]) -> DefinitionSource:
    labels = texts_of(row["label"] for row in rows if "label" in row)
    if not isinstance(rows[0]["value"], NamedNode):
        return DefinitionSource(text=(text_of(rows[0]["value"]),))
    if "/legislation/" in value:
        return DefinitionSource(cited(reader, value).label, value)
    link = next((iri(row, "link") for row in rows if "link" in row), "")
    return DefinitionSource(text=labels, uri=link or ("" if labels and "/sources/" in value else value))


def _code(rows: list[Row]) -> str:
    """The last part of a coded value, such as ``direct-from-source``."""
    return code_of(iri(rows[0], "value")) if rows else ""


def code_of(value: str) -> str:
    """What stands after the last ``#`` or ``/``."""
    return value.replace("#", "/").rpartition("/")[2]
