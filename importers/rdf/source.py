"""RDF bytes to triples: the syntax by content, parsing that is lenient in letters and strict in structure.

Reads: bytes. Writes: triples as they stand, for `importers.rdf.terms` to clean, and what was mended into the journal.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode, Quad, parse

from importers.base import Source
from importers.rdf import rdf_json
from importers.rdf.decoding import decode
from importers.rdf.journal import Journal
from importers.rdf.json_salvage import check_one_document
from importers.rdf.nesting import check_nesting
from importers.rdf.salvage import salvage
from importers.rdf.syntaxes import JSON_LD, RDF_JSON, RDF_XML, Syntax, detect
from importers.rdf.terms import DOCUMENT
from importers.rdf.triples import NODES, Node, Term
from importers.rdf.xml_salvage import check_xml, well_formed
from importers.unreadable import explain_unknown


@dataclass(frozen=True, slots=True)
class Statements:
    """What a source says: the syntax it is in, its text, and its triples in their order."""

    syntax: Syntax
    text: str
    triples: list[tuple[Node, NamedNode, Term]]


def statements(source: Source, journal: Journal) -> Statements:
    """The triples of a source.

    Raises:
        UnreadableSourceError: empty, not RDF, nested without end, or next to nothing of it can be read.
    """
    text = journal.text = decode(source, journal)
    syntax = detect(text)
    if syntax is None:
        raise explain_unknown(source.name, text)
    check_nesting(text, syntax, source.name)
    if syntax is RDF_JSON:
        triples = rdf_json.read(text, journal)
    else:
        triples = list(_merged(_quads(text, syntax, journal), journal))
    return Statements(syntax, text, triples)


def _quads(text: str, syntax: Syntax, journal: Journal) -> Iterable[Quad]:
    if syntax is RDF_XML:
        return _rdf_xml(text, journal)
    try:
        if syntax is JSON_LD:
            check_one_document(text)
        return list(parse(text.encode(), syntax.format, base_iri=DOCUMENT, lenient=True))
    except SyntaxError as error:
        return salvage(text, syntax, journal, error)


def _rdf_xml(text: str, journal: Journal) -> Iterable[Quad]:
    """The quads of RDF/XML; refused if more of it is broken than can be read."""
    whole = well_formed(text, journal)
    broken = len(journal.unread)
    try:
        quads = list(parse(whole.encode(), RDF_XML.format, base_iri=DOCUMENT, lenient=True))
    except SyntaxError as error:
        quads = list(salvage(whole, RDF_XML, journal, error))
    if broken and len(quads) <= broken:
        check_xml(text, journal.file)
    return quads


def _merged(quads: Iterable[Quad], journal: Journal) -> Iterator[tuple[Node, NamedNode, Term]]:
    """Triples of all graphs; noted once if there are named ones."""
    default, named = DefaultGraph(), False
    for subject, predicate, value, graph in quads:
        named = named or graph != default
        if isinstance(subject, NODES):
            yield subject, predicate, value
    if named:
        journal.note_file("named-graphs-merged")
