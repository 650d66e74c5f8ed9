"""Expressions: operators without their order of precedence, calls, literals."""

from abc import ABC, abstractmethod

from sparql.language.diagnosis.cursor import Cursor, MisfitError, meant
from sparql.language.tokens import Kind

AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
_NAMES = """
    STR LANG LANGMATCHES LANGDIR HASLANG HASLANGDIR DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT
    STRLEN UCASE LCASE ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS
    TIMEZONE TZ NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRLANGDIR STRDT SAMETERM ISIRI ISURI
    ISBLANK ISLITERAL ISNUMERIC ISTRIPLE TRIPLE SUBJECT PREDICATE OBJECT ADJUST SUBSTR REPLACE REGEX
"""
FUNCTIONS = AGGREGATES | frozenset(_NAMES.split())
_OPERATORS = ("||", "&&", "=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/")
_VALUE = "a value, a variable or a function"


class ExpressionReader(Cursor, ABC):
    """Reads expressions; a reader of groups has `group`, for EXISTS."""

    saw_aggregate = False

    @abstractmethod
    def group(self) -> None:
        """What stands in braces after EXISTS."""

    def expression(self) -> None:
        """Values with operators between them."""
        self._operand()
        while True:
            if self.mark(*_OPERATORS):
                self._operand()
            elif self.next.word == "IN" or (self.next.word == "NOT" and self.after().word == "IN"):
                self.word("NOT")
                self.word("IN")
                self._arguments()
            else:
                return

    def constraint(self) -> None:
        """The condition of FILTER and HAVING, and what ORDER BY and GROUP BY take beside variables."""
        if self.mark("("):
            self.expression()
            self.need(")", "an operator or )")
        elif self.next.kind is Kind.WORD or self.next.is_iri:
            self._call()
        else:
            raise self.fault("a condition in parentheses or a function")

    def literal(self) -> bool:
        """Whether a string, a number or a truth value comes; if so, it is passed."""
        if self.kind(Kind.STRING):
            if self.mark("^^"):
                self.iri("a datatype")
            else:
                self.kind(Kind.LANGUAGE)
            return True
        if self.next.kind is Kind.NUMBER or self.next.word in ("TRUE", "FALSE"):
            self.take()
            return True
        if self.next.is_mark("+", "-") and self.after().kind is Kind.NUMBER:
            self.take()
            self.take()
            return True
        return False

    def iri(self, expected: str = "an IRI") -> None:
        """Passes an IRI, whole or with a prefix, that must come here."""
        if not self.next.is_iri:
            raise self.fault(expected)
        self.take()

    def _operand(self) -> None:
        while self.mark("!", "+", "-"):
            pass
        if self.mark("("):
            self.expression()
            self.need(")", "an operator or )")
        elif self.next.kind is Kind.VARIABLE:
            self.take()
        elif not self.literal():
            if not (self.next.kind is Kind.WORD or self.next.is_iri):
                raise self.fault(_VALUE)
            self._call()

    def _call(self) -> None:
        """A function, EXISTS, or an IRI alone."""
        token = self.next
        if token.is_iri:
            self.take()
            if self.next.is_mark("("):
                self._arguments()
        elif token.word == "EXISTS" or (token.word == "NOT" and self.after().word == "EXISTS"):
            self.word("NOT")
            self.word("EXISTS")
            self.group()
        elif token.word in FUNCTIONS:
            self.saw_aggregate |= token.word in AGGREGATES
            self.take()
            self._arguments()
        elif self.after().is_mark("("):
            raise MisfitError(token.start, f"{token.text} is no function of SPARQL.{meant(token.word, FUNCTIONS)}")
        else:
            raise self.fault(_VALUE)

    def _arguments(self) -> None:
        self.need("(")
        if self.mark(")"):
            return
        self.word("DISTINCT")
        if not self.mark("*"):
            self.expression()
            while self.mark(","):
                self.expression()
        if self.mark(";"):
            self.need_word("SEPARATOR")
            self.need("=")
            if not self.literal():
                raise self.fault("a string")
        self.need(")", "an operator, a comma or )")
