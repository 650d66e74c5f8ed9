"""RDF/JSON (the W3C note of 2013): ``{subject: {predicate: [{"type", "value", "lang", "datatype"}]}}``."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from importers.base import UnreadableSourceError
from importers.rdf.journal import Journal
from importers.rdf.json_salvage import read_noting
from importers.rdf.terms import DOCUMENT
from importers.rdf.triples import Node, Term
from importers.report import Where

MARK = "urn:samsvar:repair"
"""The subject and predicate of what a repaired file says of its repairs; passed over."""
_SHOWN = 200
_FIX = "Each subject is an object of predicates, each predicate a list of values with type and value."


def read(text: str, journal: Journal) -> list[tuple[Node, NamedNode, Term]]:
    """The triples of an RDF/JSON document. A value that is none is left out and noted, unless all of them are.

    Raises:
        UnreadableSourceError: not JSON, or JSON of another shape; names the subject where it is.
    """
    document = read_noting(text, journal)
    triples: list[tuple[Node, NamedNode, Term]] = []
    first: UnreadableSourceError | None = None
    for subject, about in _members(document, "", journal.file):
        for piece in _pieces(about):
            try:
                triples += list(triples_of(subject, piece, journal.file))
            except UnreadableSourceError as error:
                first = first or error
                at = max(0, text.find(json.dumps(subject, ensure_ascii=False)))
                shown = json.dumps(piece, ensure_ascii=False)[:_SHOWN]
                journal.note_unread(subject, shown, text.count("\n", 0, at) + 1, 1, error.message)
    if first is not None and not triples:
        raise first
    return _without_loose_ends(triples) if journal.unread else triples


def _pieces(about: Any) -> Iterator[Any]:
    """What is said of a subject, value by value."""
    if not isinstance(about, dict):
        yield about
        return
    for predicate, values in about.items():
        yield from ({predicate: [value]} for value in (values if isinstance(values, list) else [values]))


def _without_loose_ends(triples: list[tuple[Node, NamedNode, Term]]) -> list[tuple[Node, NamedNode, Term]]:
    """The triples but those that point at a blank node whose description was lost."""
    described = {subject for subject, _, _ in triples}
    return [triple for triple in triples if not isinstance(triple[2], BlankNode) or triple[2] in described]


def triples_of(subject: str, about: Any, name: str) -> Iterator[tuple[Node, NamedNode, Term]]:
    """What is said of a subject, but for marks.

    Raises:
        UnreadableSourceError: it has another shape.
    """
    for predicate, values in _members(about, subject, name) if subject != MARK else ():
        for value in () if predicate == MARK else values if isinstance(values, list) else [values]:
            yield _node(subject), _iri(predicate), _term(value, subject, name)


def _members(value: Any, subject: str, name: str) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, dict):
        raise _misshapen(subject, name)
    yield from value.items()


def _term(value: Any, subject: str, name: str) -> Term:
    match value:
        case {"type": "uri", "value": str(iri)}:
            return _iri(iri)
        case {"type": "bnode", "value": str(label)}:
            return _blank(label)
        case {"type": "literal", "value": str(text), "lang": str(language)} if language:
            return _tagged(text, language)
        case {"type": "literal", "value": str(text), "datatype": str(datatype)} if datatype:
            return Literal(text, datatype=_iri(datatype))
        case {"type": "literal", "value": str(text)}:
            return Literal(text)
    raise _misshapen(subject, name)


def _tagged(text: str, language: str) -> Literal:
    try:
        return Literal(text, language=language.replace("_", "-"))
    except ValueError:
        return Literal(text)


def _node(name: str) -> Node:
    return _blank(name) if name.startswith("_:") else _iri(name)


def _blank(label: str) -> BlankNode:
    """The blank node of a label; labels may hold characters that the parser's do not."""
    return BlankNode("b" + hashlib.sha256(label.removeprefix("_:").encode()).hexdigest()[:32])


def _iri(iri: str) -> NamedNode:
    """The IRI as it stands, mended later: the parser makes IRIs that the constructor refuses."""
    try:
        return NamedNode(iri)
    except ValueError:
        return _lenient(iri)


def _lenient(iri: str) -> NamedNode:
    escaped = "".join(character if character.isalnum() else f"\\U{ord(character):08X}" for character in iri)
    line = f"<{DOCUMENT}> <{DOCUMENT}> <{escaped}> ."
    quad = next(iter(parse(line.encode(), RdfFormat.TURTLE, base_iri=DOCUMENT, lenient=True)))
    node = quad.object
    return node if isinstance(node, NamedNode) else NamedNode(DOCUMENT)


def _misshapen(subject: str, name: str) -> UnreadableSourceError:
    place = f" at {subject}" if subject else ""
    return UnreadableSourceError(f"The document is not RDF/JSON{place}.", Where(name), _FIX)
