"""The four forms of a query, with what stands before and after the group."""

from sparql.language.diagnosis.cursor import MisfitError
from sparql.language.diagnosis.expressions import FUNCTIONS
from sparql.language.diagnosis.groups import GroupReader
from sparql.language.tokens import Kind, Token

_FORMS = ("SELECT", "CONSTRUCT", "DESCRIBE", "ASK")
_MODIFIERS = ("GROUP BY", "HAVING", "ORDER BY", "LIMIT", "OFFSET", "VALUES")
_NAMED = "an IRI or a variable"


class QueryReader(GroupReader):
    """Reads a whole query."""

    def query(self) -> None:
        """The query to its end.

        Raises:
            MisfitError: where it does not fit the grammar.
        """
        self._prologue()
        if self.next.word not in _FORMS:
            raise self.fault("PREFIX, SELECT, CONSTRUCT, DESCRIBE or ASK", (*_FORMS, "PREFIX", "BASE"))
        match self.next.word:
            case "SELECT":
                self._select()
            case "CONSTRUCT":
                self._construct()
            case "DESCRIBE":
                self._describe()
            case _:
                self.take()
                self._dataset()
                self._where()
                self._modifiers()
        if self.next.text:
            raise self.fault(f"{', '.join(_MODIFIERS)} or the end of the query", _MODIFIERS)

    def subselect(self) -> None:
        """A SELECT within a group."""
        self._select()

    def _prologue(self) -> None:
        while True:
            if self.word("BASE"):
                self.iri("an IRI in < and >")
            elif self.word("PREFIX"):
                if not (self.next.text.endswith(":") and self.kind(Kind.PREFIXED)):
                    raise self.fault("a prefix with its colon, as in skos:")
                if not self.kind(Kind.IRI):
                    raise self.fault("an IRI in < and >")
            elif self.word("VERSION"):
                self.literal()
            else:
                return

    def _select(self) -> None:
        self.take()
        self.word("DISTINCT", "REDUCED")
        outer, self.saw_aggregate = self.saw_aggregate, False
        plain = self._projection()
        aggregates, self.saw_aggregate = self.saw_aggregate, outer
        self._dataset()
        self._where()
        grouped = self._modifiers()
        if grouped is None and not aggregates:
            return
        for variable in plain:
            if variable.text[1:] not in (grouped or ()):
                said = f"{variable.text} is neither in GROUP BY nor within an aggregate."
                self.late.append(MisfitError(variable.start, said, is_late=True))

    def _projection(self) -> list[Token]:
        """The variables of SELECT that stand by themselves."""
        if self.mark("*"):
            return []
        plain: list[Token] = []
        expected = "a variable, (expression AS ?variable) or *"
        while True:
            if self.next.kind is Kind.VARIABLE:
                plain.append(self.take())
            elif self.mark("("):
                self.expression()
                self.need_word("AS", "an operator or AS and a variable")
                self.variable()
                self.need(")")
            elif expected:
                raise self.fault(expected)
            elif self.next.is_mark(","):
                raise self.fault("another variable (without a comma) or WHERE")
            else:
                return plain
            expected = ""

    def _construct(self) -> None:
        self.take()
        if self.next.is_mark("{"):
            self.triples_in_braces()
            self._dataset()
            self._where()
        else:
            self._dataset()
            self.need_word("WHERE", "{ or WHERE")
            self.triples_in_braces()
        self._modifiers()

    def _describe(self) -> None:
        self.take()
        if not self.mark("*"):
            if self.next.kind is not Kind.VARIABLE and not self.next.is_iri:
                raise self.fault(f"{_NAMED}, or *")
            while self.next.kind is Kind.VARIABLE or self.next.is_iri:
                self.take()
        self._dataset()
        if self.next.word == "WHERE" or self.next.is_mark("{"):
            self._where()
        self._modifiers()

    def _dataset(self) -> None:
        while self.word("FROM"):
            self.word("NAMED")
            self.iri()

    def _where(self) -> None:
        self.word("WHERE")
        if not self.next.is_mark("{"):
            raise self.fault("WHERE or {")
        self.group()

    def _modifiers(self) -> set[str] | None:
        """What follows the group; the variables of GROUP BY, None without it."""
        grouped: set[str] | None = None
        if self.word("GROUP"):
            self.need_word("BY")
            grouped = self._group_conditions()
        if self.word("HAVING"):
            self.constraint()
            while self.next.is_mark("(") or self._at_call():
                self.constraint()
        if self.word("ORDER"):
            self._order()
        while self.word("LIMIT", "OFFSET"):
            if not self.kind(Kind.NUMBER):
                raise self.fault("a whole number")
        if self.word("VALUES"):
            self.data()
        return grouped

    def _order(self) -> None:
        self.need_word("BY")
        first = True
        while first or self.next.kind is Kind.VARIABLE or self.next.is_mark("(") or self._at_order():
            first = False
            if not self.kind(Kind.VARIABLE):
                self.word("ASC", "DESC")
                self.constraint()

    def _group_conditions(self) -> set[str]:
        names: set[str] = set()
        first = True
        while first or self.next.kind is Kind.VARIABLE or self.next.is_mark("(") or self._at_call():
            first = False
            if self.next.kind is Kind.VARIABLE:
                names.add(self.take().text[1:])
            elif self.mark("("):
                self.expression()
                if self.word("AS"):
                    names.add(self.variable().text[1:])
                self.need(")")
            else:
                self.constraint()
        return names

    def _at_call(self) -> bool:
        return self.next.is_iri or self.next.word in FUNCTIONS or self.next.word in ("EXISTS", "NOT")

    def _at_order(self) -> bool:
        return self.next.word in ("ASC", "DESC") or self._at_call()
