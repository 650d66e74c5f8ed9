"""The gate in front of the query workers: turns known bombs into clean refusals, on tokens.

A second layer, not the only one: what passes here runs in a process without network that is killed at its budget.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sparql.budget import Budget
from sparql.errors import QueryRefusedError, QuerySyntaxError, QueryTooLargeError
from sparql.language.tokens import Kind, Token, place, tokens

QUERY_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATE_FORMS = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_GRAPH_NAME_FOLLOWS = ("GRAPH", "NAMED", "FROM", "USING", "WITH", "INTO", "TO")
_NOT_JOINED = ("VALUES", "CONSTRUCT", "DATA", "INSERT", "DELETE")
"""Words before braces that hold data or a template."""
_UNARY = ("!", "+", "-", "^")
_HIERARCHICAL = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a text turned out to be: its form (one of QUERY_FORMS, ``UPDATE`` or empty) and whether it names graphs."""

    form: str
    has_dataset: bool


def admit(text: str, budget: Budget) -> Shape:
    """Lets a query in.

    Raises:
        QueryTooLargeError: more bytes, patterns, path steps or VALUES rows than the budget has.
        QuerySyntaxError: nested beyond the limit, or a text that cannot be told from another.
        QueryRefusedError: an update, or SERVICE.
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > budget.query:
        said = f"The query has {size} bytes; the limit is {budget.query}."
        raise QueryTooLargeError.past(said, "query", budget.query, size, "Send a shorter one.")
    found = list(tokens(text))
    check_bombs(found, text, budget)
    shape = Shape(_form(found), _has_dataset(found))
    if shape.form == "UPDATE":
        raise QueryRefusedError("This is an update, which /sparql does not take as a query.")
    return shape


def check_bombs(found: Sequence[Token], text: str, budget: Budget) -> None:
    """What a query and an update have in common; see `admit` for the errors."""
    _check_nesting(found, text, budget.depth)
    _check_ambiguous(found, text)
    _check_service(found, text)
    _check_patterns(found, budget)
    _check_paths(found, budget)
    _check_values(found, budget)


def _form(found: Sequence[Token]) -> str:
    """The first keyword that is not of the prologue, also where the next word is glued to it."""
    for token in found:
        for form in QUERY_FORMS:
            if token.word.startswith(form):
                return form
        if token.word.startswith(UPDATE_FORMS):
            return "UPDATE"
    return ""


def _has_dataset(found: Sequence[Token]) -> bool:
    """FROM or FROM NAMED."""
    return any(token.word.startswith("FROM") for token in found)


def _check_nesting(found: Sequence[Token], text: str, limit: int) -> None:
    depth = run = 0
    for token in found:
        run = run + 1 if token.is_mark(*_UNARY) else 0
        if token.is_mark("(", "{", "["):
            depth += 1
        elif token.is_mark(")", "}", "]"):
            depth -= 1
        if max(depth, run) > limit:
            where = place(text, token.start)
            said = f"The query is nested deeper than {limit} levels at {where}."
            raise QuerySyntaxError.past(said, "depth", limit, max(depth, run), "Write it flatter.")


def _check_ambiguous(found: Sequence[Token], text: str) -> None:
    """In an expression, ``?a<urn:x#>`` may be an IRI or a comparison and a comment, which would hide what follows."""
    parentheses = 0
    for before, token in pairwise(found):
        parentheses += before.is_mark("(") - before.is_mark(")")
        if token.kind is Kind.IRI and parentheses > 0 and "#" in token.text and not _HIERARCHICAL.match(token.text):
            operand = before.kind is not Kind.MARK or before.is_mark(")", "}", ">")
            if operand:
                where = place(text, token.start)
                raise QuerySyntaxError(f"At {where}, < may begin an IRI or a comparison: put a space after it.")


def _check_service(found: Sequence[Token], text: str) -> None:
    for index, token in enumerate(found):
        glued = token.kind is Kind.PREFIXED and "SERVICE" in token.text.partition(":")[0].upper()
        if "SERVICE" in token.word or (glued and _opens_group(found, index)):
            raise QueryRefusedError(
                f"SERVICE ({place(text, token.start)}) is not allowed here: this register asks no other one. "
                "Ask the other service yourself and join the answers."
            )


def _opens_group(found: Sequence[Token], index: int) -> bool:
    """A prefixed name before ``{`` that no keyword makes a graph: the engine may read ``SERVICEx:y{`` as SERVICE."""
    following = found[index + 1] if index + 1 < len(found) else None
    before = found[index - 1].word if index else ""
    return following is not None and following.is_mark("{") and before not in _GRAPH_NAME_FOLLOWS


def _check_patterns(found: Sequence[Token], budget: Budget) -> None:
    for count in _patterns(found):
        if count > budget.patterns:
            said = f"More than {budget.patterns} patterns are joined in one group."
            raise QueryTooLargeError.past(said, "patterns", budget.patterns, count, "Ask in several queries.")


def _patterns(found: Sequence[Token]) -> Iterator[int]:
    """Patterns and sub-groups of each group; data and templates are not joined."""
    groups: list[float] = []
    enclosing: list[str] = []
    word = ""
    for token in found:
        word = token.word or word
        if token.is_mark("{"):
            if groups:
                groups[-1] += 1
            written = word in _NOT_JOINED or groups[-1:] == [float("-inf")]
            groups.append(float("-inf") if written else 1)
            enclosing.append("{")
            word = ""
        elif token.is_mark("(", "["):
            enclosing.append(token.text)
        elif token.is_mark(")", "]") and enclosing:
            enclosing.pop()
        elif token.is_mark("}") and groups:
            del enclosing[-1:]
            yield int(max(groups.pop(), 0))
        elif token.is_mark(".", ";", ",") and groups and enclosing[-1:] != ["("]:
            groups[-1] += 1


def _check_paths(found: Sequence[Token], budget: Budget) -> None:
    steps = 0
    literal = False
    for token in found:
        if token.is_mark("/", "|", "^"):
            steps += 1
        elif token.is_mark("^^") and not literal:
            steps += 2
        elif token.is_mark(".", ";", ",", "{", "}"):
            steps = 0
        literal = token.kind is Kind.STRING
        if steps > budget.path_steps:
            said = f"A path has more than {budget.path_steps} steps."
            raise QueryTooLargeError.past(said, "path_steps", budget.path_steps, steps, "Ask in several queries.")


def _check_values(found: Sequence[Token], budget: Budget) -> None:
    rows = sum(_rows(found, index + 1) for index, token in enumerate(found) if token.word.endswith("VALUES"))
    if rows > budget.values:
        said = f"VALUES has {rows} rows; the limit is {budget.values}."
        raise QueryTooLargeError.past(said, "values", budget.values, rows, "Ask in several queries.")


def _rows(found: Sequence[Token], index: int) -> int:
    """Rows of the data block of the VALUES whose variables begin at `index`."""
    tuples = index < len(found) and found[index].is_mark("(")
    rows, inside = 0, False
    for token in found[index:]:
        if token.is_mark("{"):
            inside = True
        elif token.is_mark("}"):
            break
        elif inside:
            rows += token.is_mark("(") if tuples else 1
    return rows
