"""Turtle that a strict parser refuses: read statement by statement, and the bad ones property by property.

Small slips are mended (a missing dot, semicolon or bracket; a well-known prefix that is not declared); what is left
is dropped with its line and column. The rest of the file is read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from importers.lines import Lines
from importers.rdf.journal import Journal
from importers.rdf.parser_errors import said
from importers.rdf.terms import DOCUMENT
from importers.rdf.turtle_statements import Statement, split, stand_ins, used_prefixes, with_legal_tags
from importers.rdf.well_known import WELL_KNOWN

_SHOWN = 200
_CUT_NAME = re.compile(
    r"""(?:"(?:[^"\\]|\\.)*"\^\^|(?<=[\s,]))[^\s<>"'\[\](){};,@.][^\s<>"'\[\](){};,]*\Z""", re.DOTALL
)
"""A name that the file ends with: nobody knows whether it is the whole of it."""
_MOST_MENDS = 3
_EXPECTED_DOT = "dot is expected"


@dataclass(frozen=True, slots=True)
class _Piece:
    """Turtle cut out of the file, and where in the file it begins."""

    text: str
    offset: int


class TurtleSalvage:
    """Reads one text. `header` grows with every directive that is met."""

    def __init__(self, text: str, journal: Journal) -> None:
        self._text = text
        self._lines = Lines(text)
        self._end = len(text.rstrip())
        self._journal = journal
        self._header = ""
        self._subject_before = ""
        self.unread = 0

    def quads(self) -> Iterator[Quad]:
        """The statements that can be read, in their order."""
        self._header = self._undeclared()
        for statement in split(self._text):
            if statement.directive:
                self._declare(statement)
                continue
            if self._journal.cut_off and statement.end >= self._end:
                subject = self._subject(self._text[statement.start : statement.subject_end or statement.start])
                self._journal.cut_subject = subject if isinstance(subject, str) else ""
            quads = self._parse(self._piece(statement.start, statement.end))
            if isinstance(quads, SyntaxError):
                quads = self._continued(statement) or self._salvage(statement, quads)
            elif statement.subject_end is not None:
                self._subject_before = self._text[statement.start : statement.subject_end]
            yield from quads

    def _undeclared(self) -> str:
        declared = {
            self._text[one.start : one.end].split(":", 1)[0].split()[-1]
            for one in split(self._text)
            if one.directive and ":" in self._text[one.start : one.end]
        } | {"@prefix", "PREFIX", "prefix"}
        header = ""
        for prefix, place in used_prefixes(self._text).items():
            if prefix in WELL_KNOWN and prefix not in declared:
                line, column = self._place(place)
                self._journal.note_file("prefix-undeclared", f"{prefix}:", line=line, column=column)
                header += f"@prefix {prefix}: <{WELL_KNOWN[prefix]}> . "
        for prefix, namespace in stand_ins(self._text, {*declared, *WELL_KNOWN}).items():
            line, column = self._place(self._text.find(f"{prefix}:"))
            self._journal.note_file("prefix-unknown", f"{prefix}: <{namespace}>", line=line, column=column)
            header += f"@prefix {prefix}: <{namespace}> . "
        return header

    def _declare(self, statement: Statement) -> None:
        text = self._text[statement.start : statement.end].replace("\n", " ")
        if text.startswith("@") and not text.endswith("."):
            self._mended(statement.end, "a missing dot was put in")
            text += " ."
        if isinstance(error := self._parse(_Piece(text, statement.start)), SyntaxError):
            self._drop("", _Piece(text, statement.start), error)
        else:
            self._header += text + " "

    def _continued(self, statement: Statement) -> list[Quad]:
        """The statement as more about the subject before it: somebody ended that one with a dot too early."""
        line_start = self._text.rfind("\n", 0, statement.start) + 1
        if not self._subject_before or line_start == statement.start:
            return []
        quads = self._parse(_Piece(f"{self._subject_before} {self._text[statement.start : statement.end]}", 0))
        if isinstance(quads, SyntaxError):
            return []
        self._mended(statement.start, "a dot in the middle of a statement was read as a semicolon")
        return quads

    def _salvage(self, statement: Statement, error: SyntaxError) -> list[Quad]:
        """The properties of a statement that can be read each by itself."""
        start, end = statement.start, statement.end
        if statement.subject_end is None or not self._text[statement.subject_end : end].strip(" \n\r\t."):
            self._drop("", self._piece(start, end), error)
            return []
        subject = self._text[start : statement.subject_end]
        iri = self._subject(subject)
        if isinstance(iri, SyntaxError):
            self._drop("", self._piece(start, end), iri)
            return []
        whole_end = self._before_cut_name(iri, statement.subject_end, end)
        cuts = [statement.subject_end, *(one for one in statement.semicolons if one < whole_end), whole_end]
        found: list[Quad] = []
        for number, (left, right) in enumerate(pairwise(cuts)):
            piece = self._piece(left + bool(number), right)
            last = number == len(cuts) - 2
            closers = statement.missing if last else ""
            quads = self._property(subject, iri, piece, closers)
            if last and quads and not closers and not piece.text.endswith("."):
                self._mended(end, "a missing dot was put in")
            found += quads
        return found

    def _before_cut_name(self, iri: str, start: int, end: int) -> int:
        """Where a statement ends that has its subject before `start`: without the name that the file ends with."""
        cut = _CUT_NAME.search(self._text) if end == len(self._text) else None
        if cut is None or self._text[self._text.rfind("\n") + 1 :].count('"') % 2:
            return end
        self.unread += 1
        line, column = self._place(cut.start())
        message = "A statement cannot be read (the file ends in the middle of it); it was left out."
        self._journal.note_unread(iri, cut.group()[:_SHOWN], line, column, message)
        before = self._text[: cut.start()].rstrip().removesuffix(",")
        opening = max(before.rfind(";", start), start - 1) + 1
        return len(before) if len(before[opening:].split()) > 1 else max(opening - 1, start)

    def _property(self, subject: str, iri: str, piece: _Piece, closers: str) -> list[Quad]:
        body = piece.text.rstrip()
        if not body.strip(" \n\r\t."):
            return []
        shift = piece.offset - len(subject) - 1
        end = piece.offset + len(body)
        if closers:
            quads = self._parse(_Piece(f"{subject} {body.removesuffix('.')} {closers} .", shift))
            if not isinstance(quads, SyntaxError):
                self._mended(end, f"missing brackets {closers} were put in")
                return quads
        ended = body.endswith(".")
        return self._mend(iri, _Piece(f"{subject} {body}{'' if ended else ' .'}", shift), piece, len(subject))

    def _mend(self, iri: str, whole: _Piece, piece: _Piece, known: int) -> list[Quad]:
        """Puts in semicolons where the parser expects a statement's end; drops the property if that does not help."""
        text = with_legal_tags(whole.text)
        if text != whole.text and not isinstance(quads := self._parse(_Piece(text, whole.offset)), SyntaxError):
            self._mended(piece.offset, "a tag of a language was put right")
            return quads
        text = whole.text
        places: list[int] = []
        for _ in range(_MOST_MENDS):
            quads = self._parse(_Piece(text, whole.offset))
            if not isinstance(quads, SyntaxError):
                for mended in places:
                    self._mended(mended, "a missing semicolon was put in")
                return quads
            place = self._within(text, quads)
            if _EXPECTED_DOT not in str(quads.msg) or place is None:
                break
            places.append(whole.offset + place)
            text = f"{text[:place]}; {text[place:]}"
        first = self._parse(whole)
        if isinstance(first, SyntaxError):
            at = self._within(whole.text, first)
            self._drop(iri, piece, first, max(at or 0, known + 1) - known - 1)
        return []

    def _parse(self, piece: _Piece) -> list[Quad] | SyntaxError:
        try:
            data = f"{self._header}\n{piece.text}".encode()
            return list(parse(data, RdfFormat.TRIG, base_iri=DOCUMENT, lenient=True))
        except SyntaxError as error:
            return error

    def _within(self, text: str, error: SyntaxError) -> int | None:
        """The place of an error in the text that was parsed below the header's line."""
        if error.lineno is None or error.offset is None or error.lineno < 2:  # noqa: PLR2004 - the header is line one
            return None
        lines = text.split("\n")[: error.lineno - 1]
        return sum(len(line) + 1 for line in lines[:-1]) + error.offset - 1

    def _subject(self, subject: str) -> str | SyntaxError:
        """The IRI of a subject as written, "" for a blank node."""
        quads = self._parse(_Piece(f"{subject} a {subject} .", 0))
        if isinstance(quads, SyntaxError):
            return quads
        node = quads[0].subject if quads else None
        return node.value.removeprefix(DOCUMENT) if isinstance(node, NamedNode) else ""

    def _drop(self, iri: str, piece: _Piece, error: SyntaxError, within: int | None = None) -> None:
        self.unread += 1
        at = self._within(piece.text, error) if within is None else within
        blanks = len(piece.text) - len(piece.text.lstrip())
        line, column = self._place(piece.offset + max(at or 0, blanks))
        shown = " ".join(piece.text.split())[:_SHOWN]
        self._journal.note_unread(iri, shown, line, column, _words(error))

    def _mended(self, place: int, what: str) -> None:
        line, column = self._place(place)
        self._journal.note_file("statement-mended", what, line=line, column=column)

    def _piece(self, start: int, end: int) -> _Piece:
        return _Piece(self._text[start:end], start)

    def _place(self, offset: int) -> tuple[int, int]:
        return self._lines.place(max(0, min(offset, len(self._text))))


def _words(error: SyntaxError) -> str:
    """What the parser said, without the place: that is said in the file's own lines and columns."""
    return f"A statement cannot be read ({said(error)}); it was left out."
