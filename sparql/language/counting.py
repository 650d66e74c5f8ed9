"""The count that clients ask for day and night, how many triples there are, answered without counting them."""

import re
from collections.abc import Callable

from sparql.language.tokens import Kind, Token, tokens

_SHAPE = re.compile(
    r"(?:PREFIX NAME IRI |BASE IRI )*SELECT \( COUNT \( \* \) AS \? \) (?:WHERE )?\{ \? \? \? (?:\. )?\}"
)
_LONGEST = 4096
"""Characters of a query that is looked at."""


def counted(text: str, triples: Callable[[], int]) -> str:
    """The query, or where it asks for the number of all triples and nothing else, one that says what `triples` tells.

    Only three different variables match every triple once; modifiers, a graph or a second pattern leave the query to
    the engine.
    """
    if "*" not in text or len(text) > _LONGEST:
        return text
    found = list(tokens(text))
    name, *parts = [token.text[1:] for token in found if token.kind is Kind.VARIABLE] or [""]
    if not _SHAPE.fullmatch(" ".join(map(_shape, found))) or len({name, *parts}) < 1 + len(parts):
        return text
    return f"SELECT ?{name} {{ VALUES ?{name} {{ {triples()} }} }}"


def _shape(token: Token) -> str:
    if token.kind is Kind.PREFIXED:
        return "NAME" if token.text.endswith(":") else "OTHER"
    return {Kind.VARIABLE: "?", Kind.IRI: "IRI"}.get(token.kind, token.word or token.text)
