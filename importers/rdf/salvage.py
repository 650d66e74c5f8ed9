"""Salvage: a file that the parser refuses is read as far as it can be, unless next to nothing of it can.

A file is refused with the parser's first complaint if it has more unreadable statements than readable triples.
"""

import re
from collections.abc import Iterable

from pyoxigraph import Quad, RdfFormat, parse

from importers.base import UnreadableSourceError
from importers.rdf.journal import Journal
from importers.rdf.json_salvage import salvage_json_ld
from importers.rdf.parser_errors import said
from importers.rdf.syntaxes import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TURTLE, Syntax
from importers.rdf.turtle_salvage import TurtleSalvage
from importers.rdf.turtle_statements import with_legal_tags
from importers.rdf.xml_salvage import salvage_rdf_xml
from importers.report import Where

_SHOWN = 200
_UNDECLARED = re.compile(r"prefix (\S+:) has not been declared", re.IGNORECASE)


def salvage(text: str, syntax: Syntax, journal: Journal, error: SyntaxError) -> Iterable[Quad]:
    """What can be read of a text that the parser refused with `error`; what cannot is in the journal.

    Raises:
        UnreadableSourceError: next to nothing can be read.
    """
    if syntax is TURTLE:
        if "Unexpected end" in str(error.msg):
            journal.cut_off = True
        reader = TurtleSalvage(text, journal)
        quads = list(reader.quads())
        unread = reader.unread
    elif syntax in {N_TRIPLES, N_QUADS}:
        quads, unread = _lines(text, journal)
    elif syntax is RDF_XML:
        quads, unread = salvage_rdf_xml(text, journal)
    elif syntax is JSON_LD:
        quads, unread = salvage_json_ld(text, journal, error)
    else:
        raise _refusal(journal, syntax, error)
    if len(quads) <= unread:
        raise _refusal(journal, syntax, error)
    return quads


def _refusal(journal: Journal, syntax: Syntax, error: SyntaxError) -> UnreadableSourceError:
    """What to say of a file that the parser refused; where it names no place, the first unreadable statement is one."""
    where = Where(journal.file, line=error.lineno, column=error.offset)
    if error.lineno is None and journal.unread:
        where = journal.unread[0][1].where or where
    undeclared = _UNDECLARED.search(said(error))
    fix = f"Declare it at the top: @prefix {undeclared[1]} <https://…> ." if undeclared else "Mend the file there."
    return UnreadableSourceError(f"The {syntax.title} cannot be read: {said(error)}.", where, fix)


def _lines(text: str, journal: Journal) -> tuple[list[Quad], int]:
    """Statements that stand on a line each."""
    quads: list[Quad] = []
    unread = 0
    last = text.count("\n") + 1
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            quads += _line(line, number, journal)
        except SyntaxError as error:
            unread += 1
            message = f"A statement cannot be read ({said(error)}); it was left out."
            if number == last:
                journal.cut_off, journal.cut_subject = True, _subject(line)
            journal.note_unread(_subject(line), line.strip()[:_SHOWN], number, error.offset or 1, message)
    return quads, unread


def _line(line: str, number: int, journal: Journal) -> list[Quad]:
    """The statement on a line, with or without a graph.

    Raises:
        SyntaxError: it cannot be read even when its tags of languages are put right.
    """
    try:
        return list(parse(line.encode(), RdfFormat.N_QUADS, lenient=True))
    except SyntaxError:
        mended = with_legal_tags(line)
        if mended == line:
            raise
    quads = list(parse(mended.encode(), RdfFormat.N_QUADS, lenient=True))
    journal.note_file("statement-mended", "a tag of a language was put right", line=number)
    return quads


def _subject(line: str) -> str:
    first = line.split(maxsplit=1)[0]
    return first[1:-1] if first.startswith("<") and first.endswith(">") else ""
