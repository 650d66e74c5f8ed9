"""Says where a query that the engine refused goes wrong, and what would fit there.

The engine's parser names the farthest place that it came to, which is often a word or two behind the mistake. What is
read here is the grammar of SPARQL 1.1 over the same tokens; it accepts a little more than the standard, and is asked
only when a query was refused, so it can refuse nothing.
"""

from collections.abc import Collection, Sequence
from itertools import pairwise

from sparql.errors import QuerySyntaxError
from sparql.language.diagnosis.cursor import MisfitError, meant
from sparql.language.diagnosis.queries import QueryReader
from sparql.language.tokens import Kind, Token, place, tokens

_NOT_READ = ("<<", ">>", "~")
"""Marks of triples within triples, which this grammar does not have; and ``{|``."""


def diagnosis(text: str, prefixes: Collection[str]) -> QuerySyntaxError | None:
    """The first mistake of a query, with its line and column; None where none is found.

    `prefixes` are known without being declared, each without its colon.

    Raises:
        QuerySyntaxError: a string does not end.
    """
    found = list(tokens(text))
    faults = [*_undeclared(found, prefixes), *_misread(found, len(text.rstrip()))]
    if not faults:
        return None
    first = min(faults, key=lambda fault: (fault.is_late, fault.start))
    where = place(text, first.start)
    return QuerySyntaxError(f"{where[0].upper()}{where[1:]}: {first.message}")


def _misread(found: Sequence[Token], end: int) -> list[MisfitError]:
    """Where the grammar does not fit; then what it cannot say."""
    annotates = any(before.is_mark("{") and token.is_mark("|") for before, token in pairwise(found))
    if annotates or any(token.is_mark(*_NOT_READ) for token in found):
        return []
    reader = QueryReader(found, end)
    try:
        reader.query()
    except MisfitError as fault:
        return [fault]
    return reader.late


def _undeclared(found: Sequence[Token], prefixes: Collection[str]) -> list[MisfitError]:
    declared = set(prefixes)
    for before, token in zip((None, *found), found, strict=False):
        if token.kind is not Kind.PREFIXED:
            continue
        name = token.text.partition(":")[0]
        if before is not None and before.word == "PREFIX":
            declared.add(name)
        elif name not in declared:
            said = f"the prefix {name}: is not declared (prefix not found)."
            return [MisfitError(token.start, said + meant(f"{name}:", [f"{each}:" for each in declared]))]
    return []
