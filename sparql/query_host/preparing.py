"""What becomes of a query before a worker gets it: parameters are bound, searches answered, dialects understood.

The engine's errors are then told in the places of the text that was sent.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sparql.errors import QueryError, QuerySyntaxError, QueryTooLargeError
from sparql.language.dialects import normalise, plain_concatenations
from sparql.language.parameters import binding
from sparql.language.rewriting import Edit, original_place, rewrite
from sparql.language.text_search import Search, searching

_PLACE = re.compile(r"\b([Ll])ine (\d+), column (\d+)")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A query as the engine gets it; `steps` are the texts before, with what was changed in each."""

    text: str
    steps: Sequence[tuple[str, Sequence[Edit]]] = ()

    def told(self, error: QuerySyntaxError) -> QuerySyntaxError:
        """The error with the line and column of the text that was sent."""
        found = place_of(error)
        if found is None or not self.steps:
            return error
        for text, edits in reversed(self.steps):
            found = original_place(text, edits, *found)
        line, column = found
        message = _PLACE.sub(lambda said: f"{said[1]}ine {line}, column {column}", str(error), count=1)
        return QuerySyntaxError(message, error.exceeded)


def prepare(text: str, values: Mapping[str, str], search: Search | None = None, limit: float = math.inf) -> Prepared:
    """The query with these values of its parameters (by name), and with what `search` finds.

    Raises:
        ProtocolError: a value does not suit its parameter.
        QueryTooLargeError: with these values it has more than `limit` bytes.
        QuerySyntaxError: a search that cannot be answered.
    """
    steps: list[tuple[str, Sequence[Edit]]] = []
    if values or "param:" in text:
        steps.append((text, binding(text, values)))
        _check_length(*steps[-1], limit)
        text = rewrite(*steps[-1])
    if search is not None and "search" in text:
        steps.append((text, searching(text, search)))
        text = rewrite(*steps[-1])
    if "group_concat" in text.lower():
        steps.append((text, plain_concatenations(text)))
        text = rewrite(*steps[-1])
    return Prepared(normalise(text), [step for step in steps if step[1]])


def _check_length(text: str, edits: Sequence[Edit], limit: float) -> None:
    """Before the text is made: a value may be long, and stand in many places."""
    size = len(text) + sum(len(instead) - (end - start) for start, end, instead in edits)
    if size > limit:
        said = f"With the values of its parameters the query has {size} bytes or more; the limit is {limit}."
        raise QueryTooLargeError.past(said, "query", limit, size, "Send shorter values, or use them in fewer places.")


def place_of(error: QueryError) -> tuple[int, int] | None:
    """The line and column, from 1, that the error is about; None where it names no place."""
    found = _PLACE.search(str(error))
    return (int(found[2]), int(found[3])) if found else None
