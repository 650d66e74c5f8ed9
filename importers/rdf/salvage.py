"""Salvage: a file that the parser refuses is read as far as it can be, unless next to nothing of it can.

A file is refused with the parser's first complaint if it has more unreadable statements than readable triples.
"""

from collections.abc import Iterable

from pyoxigraph import Quad, RdfFormat, parse

from importers.base import UnreadableSourceError
from importers.rdf.journal import Journal
from importers.rdf.json_salvage import salvage_json_ld
from importers.rdf.parser_errors import said
from importers.rdf.syntaxes import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TURTLE, Syntax
from importers.rdf.turtle_salvage import TurtleSalvage
from importers.rdf.xml_salvage import salvage_rdf_xml
from importers.report import Where

_SHOWN = 200
_ENDS = ("\n.", "\n] .", "\n) .")


def salvage(text: str, syntax: Syntax, journal: Journal, error: SyntaxError) -> Iterable[Quad]:
    """What can be read of a text that the parser refused with `error`; what cannot is in the journal.

    Raises:
        UnreadableSourceError: next to nothing can be read, or the file was cut off.
    """
    if syntax is TURTLE:
        if "Unexpected end" in str(error.msg) and not _lacks_only_its_end(text):
            raise _cut_off(journal, error)
        reader = TurtleSalvage(text, journal)
        quads = list(reader.quads())
        unread = reader.unread
    elif syntax in {N_TRIPLES, N_QUADS}:
        quads, unread = _lines(text, syntax, journal)
    elif syntax is RDF_XML:
        quads, unread = salvage_rdf_xml(text, journal)
    elif syntax is JSON_LD:
        quads, unread = salvage_json_ld(text, journal, error)
    else:
        raise _refusal(journal, syntax, error)
    if len(quads) <= unread:
        raise _refusal(journal, syntax, error)
    return quads


def _lacks_only_its_end(text: str) -> bool:
    """Whether the last statement is whole but for the signs that close it."""
    return any(_parses(text + end) for end in _ENDS)


def _parses(text: str) -> bool:
    try:
        for _ in parse(text.encode(), RdfFormat.TRIG, lenient=True):
            pass
    except SyntaxError:
        return False
    return True


def _cut_off(journal: Journal, error: SyntaxError) -> UnreadableSourceError:
    """A file that ends inside a statement is a part of a catalogue: storing it would remove what is in the rest."""
    where = Where(journal.file, line=error.lineno, column=error.offset)
    return UnreadableSourceError("The file ends in the middle of a statement.", where, "Send the whole file.")


def _refusal(journal: Journal, syntax: Syntax, error: SyntaxError) -> UnreadableSourceError:
    """What to say of a file that the parser refused; where it names no place, the first unreadable statement is one."""
    where = Where(journal.file, line=error.lineno, column=error.offset)
    if error.lineno is None and journal.unread:
        where = journal.unread[0][1].where or where
    return UnreadableSourceError(f"The {syntax.title} cannot be read: {said(error)}.", where, "Mend the file there.")


def _lines(text: str, syntax: Syntax, journal: Journal) -> tuple[list[Quad], int]:
    """Statements that stand on a line each."""
    quads: list[Quad] = []
    unread = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            quads += parse(line.encode(), syntax.format or RdfFormat.N_QUADS, lenient=True)
        except SyntaxError as error:
            unread += 1
            message = f"A statement cannot be read ({said(error)}); it was left out."
            journal.note_unread(_subject(line), line.strip()[:_SHOWN], number, error.offset or 1, message)
    return quads, unread


def _subject(line: str) -> str:
    first = line.split(maxsplit=1)[0]
    return first[1:-1] if first.startswith("<") and first.endswith(">") else ""
