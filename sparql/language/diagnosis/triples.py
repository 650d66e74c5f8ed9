"""Triples: subjects, paths, objects, collections, blank nodes in brackets."""

from sparql.language.diagnosis.expressions import ExpressionReader
from sparql.language.tokens import Kind

_PROPERTY = "a property"


class TripleReader(ExpressionReader):
    """Reads triples and paths."""

    def at_term(self) -> bool:
        """Whether something comes that a triple may begin with."""
        token = self.next
        named = token.kind in (Kind.VARIABLE, Kind.IRI, Kind.PREFIXED, Kind.BLANK, Kind.STRING, Kind.NUMBER)
        return named or token.is_mark("(", "[", "+", "-") or token.word in ("TRUE", "FALSE")

    def triples_of_subject(self) -> None:
        """A subject with its properties; of a node in brackets they may be within it alone."""
        whole = self.next.is_mark("(", "[")
        self._node("a subject")
        if not whole or self._at_property():
            self._properties()

    def _node(self, expected: str) -> None:
        if self.mark("("):
            while not self.mark(")"):
                self._node("a member of the list or )")
        elif self.mark("["):
            if not self.mark("]"):
                self._properties()
                self.need("]", "; or ]")
        elif self.next.kind in (Kind.VARIABLE, Kind.BLANK) or self.next.is_iri:
            self.take()
        elif not self.literal():
            raise self.fault(expected)

    def _properties(self) -> None:
        self._property_and_objects()
        while self.mark(";"):
            if self._at_property():
                self._property_and_objects()

    def _at_property(self) -> bool:
        token = self.next
        return token.kind is Kind.VARIABLE or token.is_iri or token.text == "a" or token.is_mark("(", "^", "!")

    def _property_and_objects(self) -> None:
        if not self._at_property():
            raise self.fault(_PROPERTY)
        if self.next.kind is Kind.VARIABLE:
            self.take()
        else:
            self._path()
        self._node("an object")
        while self.mark(","):
            self._node("an object")

    def _path(self) -> None:
        self._step()
        while self.mark("/", "|"):
            self._step()

    def _step(self) -> None:
        while self.mark("^", "!"):
            pass
        if self.mark("("):
            if not self.mark(")"):
                self._path()
                self.need(")", "/, | or )")
        elif self.next.is_iri or self.next.text == "a":
            self.take()
        else:
            raise self.fault(_PROPERTY)
        self.mark("?", "*", "+")
