"""Every statement about one thing as a table, and what refers to it: for things without a page of their own."""

from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode

from ontologies.namespaces import PREFIXES
from registry.catalogue.labels import labelled
from registry.catalogue.queries import ask, grouped, iri
from registry.catalogue.texts import Reference, Text, text_of
from registry.urls import Urls
from sparql.store import Reader, Row, Term


@dataclass(frozen=True, slots=True)
class Value:
    """A value: words with their language or datatype, or another thing."""

    text: Text | None
    thing: Reference | None
    datatype: str = ""

    def as_json(self) -> dict[str, Any]:
        """As in SPARQL's results in JSON: type, value, language or datatype."""
        if self.thing is not None:
            return {"type": "uri", "value": self.thing.uri}
        document = {"type": "literal", "value": self.text.value if self.text else ""}
        if self.text and self.text.language:
            document["xml:lang"] = self.text.language
        return document | ({"datatype": self.datatype} if self.datatype else {})


@dataclass(frozen=True, slots=True)
class Property:
    """A property with its values. `name` is short where the vocabulary's prefix is known."""

    uri: str
    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class ThingTable:
    """One thing: what is said of it, and what refers to it."""

    reference: Reference
    properties: tuple[Property, ...]
    referring: tuple[tuple[Reference, str], ...]

    def as_json(self) -> dict[str, Any]:
        """Properties by IRI, as in RDF/JSON."""
        return {
            **self.reference.as_json(),
            "properties": {one.uri: [value.as_json() for value in one.values] for one in self.properties},
            "referring": [{"uri": thing.uri, "property": name} for thing, name in self.referring],
        }


def thing_table(reader: Reader, urls: Urls, uri: str) -> ThingTable:
    """The statements about the thing outside the graph of derived things."""
    node = NamedNode(uri)
    rows = [row for row in ask(reader, "thing", thing=node) if iri(row, "graph") != urls.derived.value]
    properties = [
        Property(predicate, short_name(predicate), tuple(_values(reader, group)))
        for predicate, group in grouped(rows, "property").items()
    ]
    referring = {(iri(row, "subject"), iri(row, "property")) for row in ask(reader, "referring", thing=node)}
    return ThingTable(
        reference=labelled(reader, uri),
        properties=tuple(sorted(properties, key=lambda one: (one.name != "rdf:type", one.name))),
        referring=tuple((labelled(reader, thing), short_name(name)) for thing, name in sorted(referring)),
    )


def short_name(uri: str) -> str:
    """``skos:prefLabel`` where the prefix is known, else the IRI."""
    found = [(name, space) for name, space in PREFIXES.items() if uri.startswith(space)]
    if not found:
        return uri
    name, space = max(found, key=lambda pair: len(pair[1]))
    return f"{name}:{uri[len(space) :]}"


def _values(reader: Reader, rows: list[Row]) -> list[Value]:
    terms: list[Term] = list(dict.fromkeys(row["value"] for row in rows))
    found = []
    for term in terms:
        if isinstance(term, Literal):
            datatype = "" if term.language else term.datatype.value
            found.append(Value(text_of(term), None, "" if datatype.endswith("#string") else datatype))
        elif isinstance(term, NamedNode):
            found.append(Value(None, labelled(reader, term.value)))
    return sorted(found, key=lambda value: (value.thing is not None, str(value.as_json())))
