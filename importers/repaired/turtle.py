"""Turtle and TriG repaired statement by statement, property by property; the original stays beside it as a comment."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from importers.rdf.skolem import skolemise
from importers.rdf.terms import DOCUMENT
from importers.rdf.turtle_statements import Statement, split, stand_ins, used_prefixes
from importers.rdf.well_known import WELL_KNOWN
from importers.repaired.known import Known, PieceReader, index_of
from importers.repaired.properties import OWNER
from importers.repaired.writing import COMMENT, Writer, commented, prefixes
from importers.skos.publishers import organisation_of
from ontologies.namespaces import DCT, OWL

_HIJACKED = re.compile(r"<http://purl\.org/dc/>")
_UNREADABLE = ("statement-unreadable",)


@dataclass(slots=True)
class _Piece:
    """A property of a statement: its text, and if it is repaired the codes why; `predicates` are those that it has."""

    text: str
    codes: tuple[str, ...] = ()
    kept: bool = True
    predicates: frozenset[NamedNode] = frozenset()


@dataclass(slots=True)
class _Description:
    """A statement about `subject`, "" for one that is left as it is; `whole` says that its subject is written anew."""

    statement: Statement
    subject: str = ""
    whole: bool = False
    readable: bool = True
    pieces: list[_Piece] = field(default_factory=list)


class RepairedTurtle:
    """One text."""

    def __init__(self, text: str, known: Known, reader: PieceReader) -> None:
        self._text = text
        self._known = known
        self._reader = reader
        self._header = ""
        self._writer = Writer(known, {})
        self._provided: set[Triple] = set()

    def text(self) -> str:
        """The text with every repair marked."""
        added = self._undeclared()
        self._writer = Writer(self._known, prefixes(_mended_directive(added + self._text)), WELL_KNOWN)
        self._header = "".join(line for line in added.splitlines() if line.startswith("@"))
        found = [self._looked_at(statement) for statement in split(self._text)]
        last = {each.subject: number for number, each in enumerate(found) if each.subject}
        written: list[str] = []
        end = 0
        for number, each in enumerate(found):
            written.append(self._text[end : each.statement.start])
            is_last = last.get(each.subject) == number
            written.append(self._written(each, is_last=is_last))
            end = each.statement.end
        written.append(self._text[end:])
        aliases = (f"{COMMENT}publisher-normalised\n{each} .\n" for each in self._known.aliases(self._provided))
        body = "".join(written).rstrip("\n") + "\n" + "".join(aliases)
        used = "".join(f"@prefix {name}: <{namespace}> .\n" for name, namespace in sorted(self._writer.used.items()))
        return added + (f"{COMMENT}added\n{used}" if used else "") + body

    def _undeclared(self) -> str:
        declared = prefixes(self._text)
        missing = [name for name in used_prefixes(self._text) if name in WELL_KNOWN and name not in declared]
        unknown = stand_ins(self._text, {*declared, *WELL_KNOWN})
        return "".join(
            [
                *(f"{COMMENT}prefix-undeclared\n@prefix {name}: <{WELL_KNOWN[name]}> .\n" for name in missing),
                *(f"{COMMENT}prefix-unknown\n@prefix {name}: <{made}> .\n" for name, made in unknown.items()),
            ]
        )

    def _looked_at(self, statement: Statement) -> _Description:
        """What is to be done with a statement; what it says of its subject is noted."""
        text = self._text[statement.start : statement.end]
        if statement.directive:
            return self._directive(statement, text)
        whole = self._parsed(text)
        if statement.subject_end is None:
            return _Description(statement, readable=whole is not None)
        subject = self._subject(statement, whole)
        if not subject:
            return _Description(statement, readable=whole is not None)
        if f"<{subject}>" != self._resolved(self._text[statement.start : statement.subject_end]):
            return _Description(statement, subject, whole=True)
        if whole is not None and not self._is_flawed(subject, whole):
            self._provided |= whole
            return _Description(statement)
        pieces = [self._piece(subject, piece) for piece in self._pieces(statement)]
        return _Description(statement, subject, pieces=pieces)

    def _directive(self, statement: Statement, text: str) -> _Description:
        mended = _mended_directive(text)
        mended = mended if not mended.startswith("@") or mended.rstrip().endswith(".") else f"{mended} ."
        readable = self._parsed(mended, "") is not None
        if readable:
            self._header += mended.replace("\n", " ") + " "
        code = "hijacked-prefix" if _HIJACKED.search(text) else "statement-mended"
        changed = [_Piece(mended, (code,), kept=False)] if mended != text and readable else []
        return _Description(statement, readable=readable, pieces=changed)

    def _is_flawed(self, subject: str, whole: set[Triple]) -> bool:
        """Whether a statement may have to be written in another way; where only records were repaired, theirs alone."""
        return subject in self._known.codes or (self._known.others and not whole <= self._known.triples)

    def _subject(self, statement: Statement, whole: set[Triple] | None) -> str:
        """The IRI under which the subject of a statement is stored; "" if it is not, or is a blank node."""
        written = self._text[statement.start : statement.subject_end]
        iri = self._resolved(written).strip("<>")
        if iri in self._known.said or written.startswith("_:"):
            return iri if iri in self._known.said else ""
        one = organisation_of(iri)
        if one is not None and one.value in self._known.said:
            return one.value
        body = (
            self._text[statement.start : statement.end] if whole is not None else f"{written} a <{OWL.Thing.value}> ."
        )
        read = self._reader.read(f"{self._header}\n{body}\n{OWNER} {DCT.publisher} {written} .\n")
        about = {each.subject.value for each in read[1] if isinstance(each.subject, NamedNode)} if read else set()
        stored = {name for name in about & self._known.said.keys() if not self._known.is_part(name)}
        return stored.pop() if len(stored) == 1 else ""

    def _resolved(self, written: str) -> str:
        found = self._parsed(f"{written} a {written} .")
        subject = next(iter(found)).subject if found else None
        return str(subject)

    def _pieces(self, statement: Statement) -> Iterator[str]:
        start = statement.subject_end or statement.start
        body_end = statement.end - self._text[start : statement.end].rstrip().endswith(".")
        cuts = [start, *statement.semicolons, body_end]
        for number, (left, right) in enumerate(pairwise(cuts)):
            yield self._text[left + bool(number) : right]

    def _piece(self, subject: str, text: str) -> _Piece:
        """Whether a property can stay as it is written."""
        if not text.strip():
            return _Piece(text)
        raw = self._parsed(f"<{subject}> {text}\n .")
        if raw is not None and raw <= self._known.triples:
            self._provided |= raw
            return _Piece(text)
        types = self._reader.types_of(subject)
        context = f"<{subject}> a {' , '.join(types)} . " if types else ""
        read = self._reader.read(f"{self._header} {context}\n<{subject}> {text}\n .")
        predicates = frozenset(each.predicate for each in raw or () if each.subject == NamedNode(subject))
        if read is None:
            return _Piece(text, _UNREADABLE, kept=False, predicates=predicates)
        codes, triples = read
        own = {each for each in triples if each.subject == NamedNode(subject)} - self._context(subject, types)
        if raw is not None and not codes and own and own <= self._known.triples:
            self._provided |= own
            return _Piece(text)
        stored = frozenset(each.predicate for each in own & self._known.triples)
        return _Piece(text, codes or _UNREADABLE, kept=False, predicates=predicates | stored)

    def _context(self, subject: str, types: list[str]) -> set[Triple]:
        return {each for each in self._known.said.get(subject, ()) if str(each.object) in types}

    def _parsed(self, text: str, header: str | None = None) -> set[Triple] | None:
        """The triples of a text with blank nodes named as the importers name them; None if it cannot be parsed."""
        data = f"{self._header if header is None else header}\n{text}".encode()
        try:
            quads = [
                each for each in parse(data, RdfFormat.TRIG, base_iri=DOCUMENT, lenient=True) if isinstance(each, Quad)
            ]
        except SyntaxError:
            return None
        index = index_of(quad.triple for quad in quads)
        skolemise(index, self._known.uri_base)
        return {Triple(*each) for each in index}

    def _missing(self, subject: str) -> list[Triple]:
        """What is stored of a thing and stands in none of its statements that are kept."""
        return [each for each in self._known.said[subject] if each not in self._provided]

    def _written(self, each: _Description, *, is_last: bool) -> str:
        text = self._text[each.statement.start : each.statement.end]
        if each.statement.directive and each.pieces:
            [piece] = each.pieces
            return f"{COMMENT}{piece.codes[0]}\n{commented(text)}{piece.text}"
        if not each.readable:
            return f"{COMMENT}{_UNREADABLE[0]}\n{commented(text)}"
        if not each.subject:
            return text
        missing = self._missing(each.subject)
        if each.whole:
            self._provided.update(missing)
            units = " ;\n    ".join(self._writer.units(missing))
            codes = ", ".join(self._known.codes.get(each.subject, ("renamed",)))
            anew = f"{self._writer.term(NamedNode(each.subject))} {units} ." if missing else ""
            return f"{COMMENT}{codes}\n{commented(text)}{anew}"
        return self._rewritten(each, missing, is_last=is_last)

    def _rewritten(self, each: _Description, missing: list[Triple], *, is_last: bool) -> str:
        """A statement with its properties repaired; on the last one of a thing stands what is still missing."""
        subject = self._text[each.statement.start : each.statement.subject_end]
        left = list(missing)
        body, open_ = "", False
        for piece in each.pieces:
            if piece.kept:
                body += (";" if open_ else "") + piece.text
                open_ = open_ or bool(piece.text.strip())
                continue
            here = [one for one in left if one.predicate in piece.predicates]
            left = [one for one in left if one not in here]
            body += self._replaced(piece, here, separate=open_)
            open_ = bool(here)
        if is_last and left:
            told = {code for piece in each.pieces for code in piece.codes}
            codes = tuple(code for code in self._known.codes.get(each.subject, ()) if code not in told)
            body += self._replaced(_Piece("", codes or ("added",), kept=False), left, separate=open_)
            open_ = True
        done = [one for one in missing if one not in left or is_last]
        self._provided.update(done)
        if not self._has_content(body):
            return commented(self._text[each.statement.start : each.statement.end]) + body.lstrip("\n")
        return f"{subject}{body}{'' if body.endswith((chr(10), ' ')) else ' '}."

    def _replaced(self, piece: _Piece, units: list[Triple], *, separate: bool) -> str:
        indent = "    "
        marked = f"{indent}{COMMENT}{', '.join(piece.codes)}\n{commented(piece.text, indent)}"
        anew = f" ;\n{indent}".join(self._writer.units(units))
        return f"{';' if separate else ''}\n{marked}{indent}{anew}"

    @staticmethod
    def _has_content(body: str) -> bool:
        return any(line.strip(" ;") and not line.lstrip().startswith("#") for line in body.splitlines())


def _mended_directive(text: str) -> str:
    """Declarations with the namespace of Dublin Core's terms where they have its beginning only."""
    return _HIJACKED.sub("<http://purl.org/dc/terms/>", text)
