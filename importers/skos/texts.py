"""Texts of concepts: blanks at the ends and empty values are left out, a missing language becomes nb."""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from importers.rdf.journal import Journal
from importers.rdf.triples import Node, Term, TripleIndex
from ontologies.namespaces import DCT, RDF, SKOS, XSD

_IN_A_LANGUAGE = frozenset(
    {
        SKOS.prefLabel,
        SKOS.altLabel,
        SKOS.hiddenLabel,
        SKOS.scopeNote,
        SKOS.example,
        RDF.value,
        DCT.title,
        DCT.description,
    }
)


def trim_texts(index: TripleIndex, owners: Iterable[tuple[Node, Node]], journal: Journal) -> None:
    """Leaves out blanks at the ends of texts and values that are empty. `owners`: node and the record it belongs to."""
    for node, record in owners:
        for predicate, values in list(index.about(node).items()):
            if any(_untidy(value) for value in values):
                for value in index.take(node, predicate):
                    _add_trimmed(index, (node, predicate, value), record, journal)


def _untidy(value: Term) -> bool:
    if not isinstance(value, Literal):
        return False
    text = value.value
    return not text or text[0].isspace() or text[-1].isspace()


def _add_trimmed(index: TripleIndex, triple: tuple[Node, NamedNode, Term], record: Node, journal: Journal) -> None:
    node, predicate, value = triple
    if not isinstance(value, Literal) or not _untidy(value):
        index.add(node, predicate, value)
        return
    text = value.value.strip()
    if not text:
        journal.note(record, "empty-value", predicate.value)
        return
    journal.note(record, "edge-blanks", text[:200])
    index.add(node, predicate, with_text(value, text))


def with_text(literal: Literal, text: str) -> Literal:
    """The literal with another text."""
    if literal.language is not None:
        return Literal(text, language=literal.language)
    return Literal(text, datatype=literal.datatype)


def add_languages(index: TripleIndex, nodes: Iterable[Node], record: Node, journal: Journal) -> None:
    """Texts that must have a language and say none are read as bokmål."""
    for node in nodes:
        for predicate in _IN_A_LANGUAGE.intersection(index.about(node)):
            values = index.values(node, predicate)
            if not any(_without_language(value) for value in values):
                continue
            index.take(node, predicate)
            for value in values:
                if isinstance(value, Literal) and _without_language(value):
                    journal.note(record, "missing-language", value.value[:200])
                    index.add(node, predicate, Literal(value.value, language="nb"))
                else:
                    index.add(node, predicate, value)


def _without_language(value: Term) -> bool:
    return isinstance(value, Literal) and value.language is None and value.datatype == XSD.string
