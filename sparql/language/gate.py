"""The gate in front of the query workers: turns known bombs into clean refusals, on tokens.

A second layer, not the only one: what passes here runs in a process without network that is killed at its budget.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sparql.budget import Budget
from sparql.errors import QueryRefusedError, QuerySyntaxError, QueryTooLargeError
from sparql.language.patterns import joined_patterns
from sparql.language.services import check_services
from sparql.language.tokens import Kind, Token, ambiguous, place, tokens

QUERY_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATE_FORMS = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_UNARY = ("!", "+", "-", "^")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a text turned out to be.

    Its form is one of QUERY_FORMS, ``UPDATE`` or empty; then, whether it names graphs, and whether it has SERVICE.
    """

    form: str
    has_dataset: bool
    asks_services: bool = False


def admit(text: str, budget: Budget, services: Collection[str] = ()) -> Shape:
    """Lets a query in; `services` are the addresses that SERVICE may ask.

    Raises:
        QueryTooLargeError: more bytes, patterns, path steps, VALUES rows or services than the budget has.
        QuerySyntaxError: nested beyond the limit, or a text that cannot be told from another.
        QueryRefusedError: an update, or SERVICE to who is not listed.
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > budget.query:
        said = f"The query has {size} bytes; the limit is {budget.query}."
        raise QueryTooLargeError.past(said, "query", budget.query, size, "Send a shorter one.")
    found = list(tokens(text))
    asked = check_bombs(found, text, budget, services)
    shape = Shape(_form(found), _has_dataset(found), asks_services=asked > 0)
    if shape.form == "UPDATE":
        where = next(place(text, token.start) for token in found if token.word.startswith(UPDATE_FORMS))
        raise QueryRefusedError(f"At {where} begins an update, which /sparql does not take as a query.")
    return shape


def check_bombs(found: Sequence[Token], text: str, budget: Budget, services: Collection[str] = ()) -> int:
    """What a query and an update have in common; how many services it asks. See `admit` for the errors."""
    _check_nesting(found, text, budget.depth)
    _check_ambiguous(found, text)
    asked = _count_services(found, text, budget, services)
    _check_patterns(found, text, budget)
    _check_paths(found, text, budget)
    _check_values(found, text, budget)
    return asked


def _form(found: Sequence[Token]) -> str:
    """The first keyword that is not of the prologue, also where the next word or a prefix is glued to it."""
    declares = False
    for token in found:
        word = token.text.upper() if token.kind is Kind.PREFIXED and not declares else token.word
        form = next((each for each in QUERY_FORMS if word.startswith(each)), "")
        if form:
            return form
        if token.word.startswith(UPDATE_FORMS):
            return "UPDATE"
        declares = token.word == "PREFIX"
    return ""


def _has_dataset(found: Sequence[Token]) -> bool:
    """FROM or FROM NAMED, also glued to the words or the prefix beside it, as in ``ASKFROMe:x``."""
    if any("FROM" in token.word for token in found):
        return True
    head = list(_before_group(found))
    return not any(token.word.startswith("DESCRIBE") for token in head) and any(
        token.kind is Kind.PREFIXED and "FROM" in token.text.partition(":")[0].upper() and before.word != "PREFIX"
        for before, token in pairwise(head)
    )


def _before_group(found: Sequence[Token]) -> Iterator[Token]:
    """What stands before the group of WHERE, without the template of CONSTRUCT."""
    depth = 0
    word = ""
    for token in found:
        if token.is_mark("{"):
            if depth == 0 and not word.endswith("CONSTRUCT"):
                return
            depth += 1
        elif token.is_mark("}"):
            depth -= 1
        elif depth == 0:
            yield token
        word = token.word


def _check_nesting(found: Sequence[Token], text: str, limit: int) -> None:
    depth = run = 0
    for token in found:
        run = run + 1 if token.is_mark(*_UNARY) else 0
        if token.is_mark("(", "{", "[", "<<"):
            depth += 1
        elif token.is_mark(")", "}", "]", ">>"):
            depth -= 1
        if max(depth, run) > limit:
            where = place(text, token.start)
            said = f"The query is nested deeper than {limit} levels at {where}."
            raise QuerySyntaxError.past(said, "depth", limit, max(depth, run), "Write it flatter.")


def _check_ambiguous(found: Sequence[Token], text: str) -> None:
    token = ambiguous(found, text)
    if token is not None:
        where = place(text, token.start)
        raise QuerySyntaxError(f"At {where}, < may begin an IRI, a comparison or a triple: put a space after it.")


def _count_services(found: Sequence[Token], text: str, budget: Budget, services: Collection[str]) -> int:
    count = check_services(found, text, services)
    if count > budget.service_requests:
        said = f"The query asks {count} services; the limit is {budget.service_requests}."
        raise QueryTooLargeError.past(
            said, "service_requests", budget.service_requests, count, "Ask in several queries."
        )
    return count


def _check_patterns(found: Sequence[Token], text: str, budget: Budget) -> None:
    for count, group in joined_patterns(found):
        if count > budget.patterns:
            said = f"More than {budget.patterns} patterns are joined in the group at {place(text, group.start)}."
            raise QueryTooLargeError.past(said, "patterns", budget.patterns, count, "Ask in several queries.")


def _check_paths(found: Sequence[Token], text: str, budget: Budget) -> None:
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
            said = f"The path has more than {budget.path_steps} steps at {place(text, token.start)}."
            raise QueryTooLargeError.past(said, "path_steps", budget.path_steps, steps, "Ask in several queries.")


def _check_values(found: Sequence[Token], text: str, budget: Budget) -> None:
    blocks = [index for index, token in enumerate(found) if token.word.endswith("VALUES")]
    rows = sum(_rows(found, index + 1) for index in blocks)
    if rows > budget.values:
        where = place(text, found[blocks[-1]].start)
        said = f"VALUES has {rows} rows (the last of them at {where}); the limit is {budget.values}."
        raise QueryTooLargeError.past(said, "values", budget.values, rows, "Ask in several queries.")


def _rows(found: Sequence[Token], index: int) -> int:
    """Rows of the data block of the VALUES whose variables begin at `index`."""
    tuples = index < len(found) and found[index].is_mark("(")
    rows, inside = 0, False
    for position in range(index, len(found)):
        token = found[position]
        if token.is_mark("{"):
            inside = True
        elif token.is_mark("}") or (not inside and token.word.endswith("VALUES")):
            break
        elif inside:
            rows += token.is_mark("(") if tuples else 1
    return rows
