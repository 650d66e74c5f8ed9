"""A SPARQL Update as a list of operations, each with the prologue that holds for it. Token-wise, never evaluated here.

https://www.w3.org/TR/sparql11-query/#sparqlGrammar from rule 29. What the engine's grammar would take without a space
between two keywords is refused: this reader sees a word where a word stands. The engine itself does not take PREFIX
after a semicolon; here every operation has all the prefixes that were declared before it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sparql.budget import Budget
from sparql.errors import ProtocolError, QueryRefusedError, QuerySyntaxError, QueryTooLargeError
from sparql.language.gate import check_bombs
from sparql.language.tokens import Kind, Token, place, tokens

INSERT_DATA, DELETE_DATA, DELETE_WHERE, MODIFY = "INSERT DATA", "DELETE DATA", "DELETE WHERE", "MODIFY"
LOAD = "LOAD"
MANAGEMENT = (LOAD, "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")
DATA = (INSERT_DATA, DELETE_DATA)
_DECLARATIONS = ("PREFIX", "BASE", "VERSION")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: its form (a name above) and its own tokens out of `source`.

    `declared` are the places (start, end) of the declarations that hold for it.
    """

    form: str
    declared: tuple[tuple[int, int], ...]
    source: str
    tokens: tuple[Token, ...]

    @property
    def prologue(self) -> str:
        """The declarations that hold for it, each from a line of its own on, with a line end behind."""
        return "".join(f"{self.source[start:end]}\n" for start, end in self.declared)

    @property
    def text(self) -> str:
        """The operation without its prologue."""
        return self.source[self.tokens[0].start : self.tokens[-1].end]

    def source_offset(self, offset: int) -> int:
        """Where in `source` a character stands, given its place in `prologue` with `text` behind it."""
        before = 0
        for start, end in (*self.declared, (self.tokens[0].start, self.tokens[-1].end)):
            length = end - start + 1
            if offset < before + length:
                return start + offset - before
            before += length
        return self.tokens[-1].end

    @property
    def silent(self) -> bool:
        """Whether a management operation says SILENT."""
        return len(self.tokens) > 1 and self.tokens[1].word == "SILENT"


def size_of(text: str, budget: Budget) -> int:
    """Bytes of an update.

    Raises:
        QueryTooLargeError: more than one may have.
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > budget.update:
        said = f"The update has {size} bytes; the limit is {budget.update}."
        raise QueryTooLargeError.past(said, "update", budget.update, size, "Send it in parts.")
    return size


def admit_update(text: str, budget: Budget, *, names_graphs: bool = False) -> list[Operation]:
    """The operations of an update, after the gate that queries go through too; none is an update too (rule 29).

    `names_graphs` says that the request names the dataset beside the text.

    Raises:
        QueryTooLargeError: more bytes than an update may have, or more patterns, path steps or VALUES rows.
        QuerySyntaxError: it cannot be an update, or is nested beyond the limit.
        QueryRefusedError: SERVICE, or LOAD without SILENT.
        ProtocolError: the text names its dataset too.
    """
    size_of(text, budget)
    found = list(tokens(text))
    check_bombs(found, text, budget)
    operations = list(_operations(text, found))
    for operation in operations:
        if operation.form == LOAD and not operation.silent:
            raise QueryRefusedError("LOAD is not allowed here: fetch the file yourself and send it to /graphs.")
    _check_labels(operations)
    if names_graphs and has_dataset(operations):
        raise ProtocolError("using-graph-uri and using-named-graph-uri are for updates without USING and WITH.")
    return operations


def has_dataset(operations: Sequence[Operation]) -> bool:
    """Whether the text itself says USING or WITH."""
    return any(token.word in ("USING", "WITH") for each in operations for token in each.tokens)


def closing(found: Sequence[Token], index: int) -> int:
    """Index of the bracket that closes the one at `index`.

    Raises:
        QuerySyntaxError: nothing closes it.
    """
    depth = 0
    for position in range(index, len(found)):
        depth += step(found[position])
        if depth == 0:
            return position
    raise QuerySyntaxError("A bracket of the update is never closed.")


def step(token: Token) -> int:
    """How a token changes the depth of brackets."""
    return token.is_mark("(", "{", "[") - token.is_mark(")", "}", "]")


def _operations(text: str, found: Sequence[Token]) -> Iterator[Operation]:
    declared: tuple[tuple[int, int], ...] = ()
    index = 0
    while index < len(found):
        end = _declaration(found, index)
        if end > index:
            declared = _with(declared, (found[index].start, found[end - 1].end), text)
            index = end
            continue
        end = _end(found, index)
        if end == index:
            where = place(text, found[index].start)
            raise QuerySyntaxError(f"An operation of the update should begin at {where}.")
        own = tuple(found[index:end])
        yield Operation(_form(text, own), declared, text, own)
        index = end + 1


def _with(declared: tuple[tuple[int, int], ...], last: tuple[int, int], text: str) -> tuple[tuple[int, int], ...]:
    """One declaration more; a prefix that is declared again in the same words is declared once, where it was last."""
    said = text[last[0] : last[1]]
    is_base = said[:1] in ("B", "b")
    return (*(each for each in declared if is_base or text[each[0] : each[1]] != said), last)


def _declaration(found: Sequence[Token], index: int) -> int:
    """Index behind the declaration that begins at `index`; `index` itself where none does."""
    first = found[index]
    glued = first.kind is Kind.PREFIXED and first.text.upper() == "PREFIX:"
    if not glued and first.word not in _DECLARATIONS:
        return index
    for position in range(index + 1, min(index + 4, len(found))):
        if found[position].kind in (Kind.IRI, Kind.STRING):
            return position + 1
    return index


def _end(found: Sequence[Token], index: int) -> int:
    depth = 0
    for position in range(index, len(found)):
        depth += step(found[position])
        if depth == 0 and found[position].is_mark(";"):
            return position
    return len(found)


def _form(text: str, own: Sequence[Token]) -> str:
    first = own[0].word
    second = own[1] if len(own) > 1 else None
    if first in MANAGEMENT:
        return first
    if first == "WITH" or (first in ("INSERT", "DELETE") and second is not None and second.is_mark("{")):
        return MODIFY
    form = f"{first} {second.word}" if second is not None else first
    if form in (*DATA, DELETE_WHERE):
        return form
    raise QuerySyntaxError(f"At {place(text, own[0].start)}: {own[0].text} begins no operation of SPARQL Update.")


def _check_labels(operations: Sequence[Operation]) -> None:
    """A blank node label belongs to one operation with data (section 19.6); in templates it means no node."""
    seen: set[str] = set()
    for operation in operations:
        if operation.form not in DATA:
            continue
        labels = {token.text for token in operation.tokens if token.kind is Kind.BLANK}
        if shared := seen & labels:
            raise QuerySyntaxError(f"The blank node {min(shared)} stands in two operations; a label belongs to one.")
        seen |= labels
