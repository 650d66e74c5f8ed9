"""Texts of concepts: made plain text, empty values left out, packed terms unpacked; a missing language becomes nb."""

import re
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from importers.concepts.values import to_iri
from importers.rdf.journal import Journal
from importers.rdf.triples import Node, Term, TripleIndex
from importers.texts import Mended, mend_text, unpacked
from ontologies.namespaces import DCT, RDF, RDFS, SKOS, XSD

_SHOWN = 200
_KEY = re.compile(r"(?:^|/)([A-Z]{2,}-\s?\d+)$")

_STRING = XSD.string
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


def tidy_texts(index: TripleIndex, owners: Iterable[tuple[Node, Node]], journal: Journal) -> None:
    """Makes texts plain and leaves out values that are empty. `owners`: node and the record it belongs to."""
    for node, record in owners:
        untidy = [
            predicate
            for predicate, values in index.about(node).items()
            for value in values
            if isinstance(value, Literal) and is_untidy(value)
        ]
        for predicate in dict.fromkeys(untidy):
            for value in index.take(node, predicate):
                _add_tidy(index, (node, predicate, value), record, journal)


def is_untidy(value: Literal) -> bool:
    """Whether a literal is empty, has blanks at its ends, or is a text with something to mend in it."""
    text = value.value
    if not text or text[0].isspace() or text[-1].isspace():
        return True
    return bool(mend_text(text).codes) if _is_text(value) else False


def _is_text(literal: Literal) -> bool:
    return literal.language is not None or literal.datatype == _STRING


def _add_tidy(index: TripleIndex, triple: tuple[Node, NamedNode, Term], record: Node, journal: Journal) -> None:
    node, predicate, value = triple
    if not isinstance(value, Literal) or not is_untidy(value):
        index.add(node, predicate, value)
        return
    mended = mend_text(value.value) if _is_text(value) else Mended(value.value, ())
    for code in mended.codes:
        journal.note(record, code, value.value[:_SHOWN])
    for target in mended.targets:
        _add_link(index, record, target, journal)
    text = mended.text.strip()
    if not text:
        journal.note(record, "empty-value", predicate.value)
        return
    if text != mended.text:
        journal.note(record, "edge-blanks", text[:_SHOWN])
    index.add(node, predicate, with_text(value, text))


def _add_link(index: TripleIndex, record: Node, target: str, journal: Journal) -> None:
    """What a link in a text pointed at, as a relation: the concept of the file that has the key, else the address."""
    key = _KEY.search(target)
    if key is not None and isinstance(record, NamedNode):
        sibling = NamedNode(record.value[: record.value.rfind("/") + 1] + key[1].replace(" ", ""))
        if sibling in index:
            index.add(record, RDFS.seeAlso, sibling)
            return
    iri = to_iri(target)
    if iri is not None and target.startswith(("http://", "https://")):
        index.add(record, RDFS.seeAlso, iri)
    else:
        journal.note(record, "wiki-link-lost", target)


def unpack_terms(index: TripleIndex, concept: Node, journal: Journal) -> None:
    """Admitted and discouraged terms that stand in one text with commas between them become terms of their own."""
    for predicate in (SKOS.altLabel, SKOS.hiddenLabel):
        for value in index.literals(concept, predicate):
            parts = unpacked(value.value)
            if len(parts) > 1:
                index.remove(concept, predicate, value)
                journal.note(concept, "terms-unpacked", value.value)
                for part in parts:
                    index.add(concept, predicate, with_text(value, part))


def with_text(literal: Literal, text: str) -> Literal:
    """The literal with another text."""
    if literal.language is not None:
        return Literal(text, language=literal.language)
    return Literal(text, datatype=literal.datatype)


def add_languages(index: TripleIndex, nodes: Iterable[Node], record: Node, journal: Journal) -> None:
    """Texts that must have a language and say none are read as bokmål."""
    for node in nodes:
        for predicate in _IN_A_LANGUAGE.intersection(index.about(node)):
            if not any(map(_without_language, index.about(node)[predicate])):
                continue
            for value in index.take(node, predicate):
                if isinstance(value, Literal) and _without_language(value):
                    journal.note(record, "missing-language", value.value[:200])
                    index.add(node, predicate, Literal(value.value, language="nb"))
                else:
                    index.add(node, predicate, value)


def _without_language(value: Term) -> bool:
    return isinstance(value, Literal) and value.language is None and value.datatype == _STRING
