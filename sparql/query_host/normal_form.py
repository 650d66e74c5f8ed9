"""Texts that are the same query but for spaces and comments have one normal form; what changes by itself has none."""

import hashlib
import json
from collections.abc import Iterable, Sequence

from sparql.language.tokens import Kind, Token, tokens

_VOLATILE = ("NOW", "RAND", "UUID")
"""Parts of the names of functions whose value differs from time to time."""


def normal_form(text: str) -> str | None:
    """The query with one space where spaces and comments stand; None where asking again may answer otherwise.

    A name that only looks like such a function costs nothing but the cache.
    """
    found = list(tokens(text))
    for token in found:
        if token.kind in (Kind.WORD, Kind.PREFIXED) and any(each in token.text.upper() for each in _VOLATILE):
            return None
    return joined(found)


def joined(found: Iterable[Token]) -> str:
    """The tokens with one space where spaces and comments stand.

    Whether two tokens touch is kept: the engine may read them as one.
    """
    pieces: list[str] = []
    end = 0
    for token in found:
        if token.start > end and pieces:
            pieces.append(" ")
        pieces.append(token.text)
        end = token.end
    return "".join(pieces)


def cache_key(
    text: str,
    media_type: str,
    default_graphs: Sequence[str] | None,
    named_graphs: Sequence[str] | None,
) -> str:
    """What identifies an answer within one generation, as 64 hexadecimal digits; empty where none may be kept."""
    form = normal_form(text)
    if form is None:
        return ""
    graphs = [None if each is None else sorted(set(each)) for each in (default_graphs, named_graphs)]
    return hashlib.sha256(json.dumps([form, media_type, graphs]).encode()).hexdigest()
