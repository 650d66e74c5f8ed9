"""Groups in braces: triples, OPTIONAL and its like, sub-selects, data."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field

from sparql.language.diagnosis.cursor import MisfitError
from sparql.language.diagnosis.triples import TripleReader
from sparql.language.tokens import Kind, Token

_PATTERNS = ("OPTIONAL", "MINUS", "LATERAL", "GRAPH", "SERVICE", "FILTER", "BIND", "VALUES")


@dataclass(slots=True)
class _Before:
    """The variables that a group names before the token at `end`: each BIND reads on where the one before it ended."""

    end: int
    variables: set[str] = field(default_factory=set)


class GroupReader(TripleReader):
    """Reads groups; a reader of queries has `subselect`. `late` are faults of sense, not of form."""

    def __init__(self, found: Sequence[Token], end: int) -> None:
        super().__init__(found, end)
        self.late: list[MisfitError] = []

    @abstractmethod
    def subselect(self) -> None:
        """A SELECT within a group."""

    def group(self) -> None:
        """A group with its braces."""
        self.need("{")
        before = _Before(self.at)
        if self.next.word == "SELECT":
            self.subselect()
        while not self.mark("}"):
            if self.at_term():
                self.triples_of_subject()
                self._end_of_triples()
            else:
                self._pattern(before)
                self.mark(".")

    def triples_in_braces(self) -> None:
        """The template of CONSTRUCT."""
        self.need("{")
        while not self.mark("}"):
            if not self.at_term():
                raise self.fault("a triple or }")
            self.triples_of_subject()
            self._end_of_triples()

    def _end_of_triples(self) -> None:
        if not self.mark(".") and self.at_term():
            raise self.fault("a dot (or ; or ,) after the triple before")

    def _pattern(self, before: "_Before") -> None:
        token = self.next
        if token.is_mark("{"):
            self.group()
            while self.word("UNION"):
                self.group()
        elif token.word in ("OPTIONAL", "MINUS", "LATERAL"):
            self.take()
            self.group()
        elif token.word in ("GRAPH", "SERVICE"):
            self.take()
            self.word("SILENT")
            self._graph_name()
            self.group()
        elif self.word("FILTER"):
            self.constraint()
        elif self.word("BIND"):
            self._bind(before)
        elif self.word("VALUES"):
            self.data()
        else:
            raise self.fault(f"a triple, {', '.join(_PATTERNS)}, a group or }}", _PATTERNS)

    def _graph_name(self) -> None:
        if self.next.kind is Kind.VARIABLE:
            self.take()
        else:
            self.iri("an IRI or a variable")

    def _bind(self, before: "_Before") -> None:
        passed = self.between(before.end, self.at - 1)
        before.variables.update(token.text[1:] for token in passed if token.kind is Kind.VARIABLE)
        before.end = self.at - 1
        self.need("(")
        self.expression()
        self.need_word("AS", "an operator or AS")
        variable = self.variable()
        if variable.text[1:] in before.variables:
            said = f"{variable.text} is used before BIND gives it a value."
            self.late.append(MisfitError(variable.start, said, is_late=True))
        self.need(")")

    def data(self) -> None:
        """The variables of VALUES and its rows."""
        rows = self.next.is_mark("(")
        if rows:
            self.take()
            while not self.mark(")"):
                self.variable("a variable or )")
        else:
            self.variable("a variable, or variables in parentheses")
        self.need("{")
        while not self.mark("}"):
            if not rows:
                self._value("a value, UNDEF or }")
                continue
            self.need("(", "a row in parentheses or }")
            while not self.mark(")"):
                self._value("a value, UNDEF or )")

    def _value(self, expected: str) -> None:
        if self.next.is_iri or self.next.word == "UNDEF":
            self.take()
        elif not self.literal():
            raise self.fault(expected)
