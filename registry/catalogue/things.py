"""What is said of one thing, by property, in whatever graphs say it."""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from ontologies.namespaces import RDF
from registry.catalogue.labels import labelled
from registry.catalogue.queries import ask, grouped, iri
from registry.catalogue.texts import Reference, Texts, text_of, texts_of
from sparql.store import Reader, Row


class Said:
    """The statements about one thing. Empty where the register holds nothing about it. `uri` must be an IRI."""

    def __init__(self, reader: Reader, uri: str) -> None:
        self.reader = reader
        self.uri = uri
        self.node = NamedNode(uri)
        found = ask(reader, "thing", thing=self.node)
        self._by_property = grouped(found, "property")
        self.graphs = tuple(sorted(grouped(found, "graph")))

    @property
    def types(self) -> frozenset[str]:
        """The IRIs of its classes."""
        return frozenset(self.values(RDF.type))

    def rows(self, predicate: NamedNode) -> list[Row]:
        """The solutions (graph, value) of one property."""
        return self._by_property.get(predicate.value, [])

    def texts(self, *predicates: NamedNode) -> Texts:
        """The texts of the first of these properties that has any."""
        for predicate in predicates:
            if rows := self.rows(predicate):
                return texts_of(row["value"] for row in rows)
        return ()

    def values(self, predicate: NamedNode) -> list[str]:
        """Lexical values, each once, in order."""
        return sorted({iri(row, "value") for row in self.rows(predicate)})

    def first(self, *predicates: NamedNode) -> str:
        """The first value of the first property that has any, "" for none."""
        return next((values[0] for predicate in predicates if (values := self.values(predicate))), "")

    def references(self, *predicates: NamedNode) -> tuple[Reference, ...]:
        """Words as references without an IRI, then IRIs with their labels."""
        terms = list(dict.fromkeys(row["value"] for predicate in predicates for row in self.rows(predicate)))
        words = [Reference("", (text_of(term),)) for term in terms if isinstance(term, Literal) and not _is_link(term)]
        links = {text_of(term).value for term in terms if not isinstance(term, Literal) or _is_link(term)}
        named = [labelled(self.reader, link) for link in sorted(links)]
        return (*sorted(words, key=lambda word: word.label[0].value), *named)

    def reference(self, *predicates: NamedNode) -> Reference | None:
        """The first of the references, None for none."""
        return next(iter(self.references(*predicates)), None)


def _is_link(literal: Literal) -> bool:
    return literal.value.startswith(("http://", "https://")) and " " not in literal.value


def references_as_json(references: Iterable[Reference]) -> list[dict[str, object]]:
    """IRIs and labels."""
    return [reference.as_json() for reference in references]
