"""SERVICE in a query: where it stands, whom it asks, and whether that one may be asked."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sparql.errors import QueryRefusedError, QuerySyntaxError
from sparql.language.tokens import Kind, Token, place

LIST = "SAMSVAR_SERVICE_ALLOW"
"""The setting that lists whom SERVICE may ask."""
_GRAPH_NAME_FOLLOWS = ("GRAPH", "NAMED", "FROM", "USING", "WITH", "INTO", "TO")


@dataclass(frozen=True, slots=True)
class ServiceClause:
    """``SERVICE [SILENT] <address> { ... }``, from the token `first` to the token `last`; its ``{`` is `opening`."""

    address: str
    silent: bool
    first: int
    opening: int
    last: int


def check_services(found: Sequence[Token], text: str, allowed: Collection[str] = ()) -> int:
    """How many services are asked, those within others included.

    Raises:
        QueryRefusedError: one that is not `allowed`, or whose address is not written in the query.
        QuerySyntaxError: a group that does not end.
    """
    if not allowed:
        for index in _mentions(found):
            raise QueryRefusedError(
                f"SERVICE ({place(text, found[index].start)}) is not allowed here: no other service is asked ({LIST}). "
                "Ask it yourself and join the answers."
            )
    clauses = service_clauses(found, text)
    for clause in clauses:
        if clause.address not in allowed:
            where = place(text, found[clause.first].start)
            raise QueryRefusedError(f"SERVICE <{clause.address}> ({where}) is not allowed: {LIST} does not list it.")
    return len(clauses)


def service_clauses(found: Sequence[Token], text: str) -> list[ServiceClause]:
    """All of them in the order in which they begin; see `check_services` for the errors."""
    prefixes = declared_prefixes(found)
    return [_clause(found, text, index, prefixes) for index in _mentions(found)]


def outermost(clauses: Sequence[ServiceClause]) -> Iterator[ServiceClause]:
    """Those that stand in no other: what is within one is for its service to answer."""
    end = -1
    for clause in clauses:
        if clause.first > end:
            yield clause
            end = clause.last


def declared_prefixes(found: Sequence[Token]) -> dict[str, str]:
    """Prefix (without colon) to the IRI that it stands for, as the text declares them."""
    return {
        found[index + 1].text.removesuffix(":"): found[index + 2].text[1:-1]
        for index, token in enumerate(found[:-2])
        if token.word == "PREFIX" and found[index + 1].text.endswith(":") and found[index + 2].kind is Kind.IRI
    }


def _mentions(found: Sequence[Token]) -> Iterator[int]:
    """Where SERVICE stands as a keyword, or the engine may read it as one."""
    for index, token in enumerate(found):
        glued = token.kind is Kind.PREFIXED and "SERVICE" in token.text.partition(":")[0].upper()
        if "SERVICE" in token.word or (glued and _opens_group(found, index)):
            yield index


def _opens_group(found: Sequence[Token], index: int) -> bool:
    """A prefixed name before ``{`` that no keyword makes a graph: the engine may read ``SERVICEx:y{`` as SERVICE."""
    following = found[index + 1] if index + 1 < len(found) else None
    before = found[index - 1].word if index else ""
    return following is not None and following.is_mark("{") and before not in _GRAPH_NAME_FOLLOWS


def _clause(found: Sequence[Token], text: str, first: int, prefixes: Mapping[str, str]) -> ServiceClause:
    silent = first + 1 < len(found) and found[first + 1].word == "SILENT"
    name = first + 1 + silent
    opening = name + 1
    if found[first].word != "SERVICE" or opening >= len(found) or not found[opening].is_mark("{"):
        raise _unclear(found[first], text)
    address = _address(found[name], prefixes)
    if not address:
        raise _unclear(found[first], text)
    return ServiceClause(address, silent, first, opening, _closing(found, opening, text))


def _address(name: Token, prefixes: Mapping[str, str]) -> str:
    """The IRI that a token names; empty where it names none that could be told from the text."""
    if name.kind is Kind.IRI:
        return name.text[1:-1]
    prefix, _, local = name.text.partition(":")
    known = name.kind is Kind.PREFIXED and prefix in prefixes and "\\" not in local
    return prefixes[prefix] + local if known else ""


def _closing(found: Sequence[Token], opening: int, text: str) -> int:
    depth = 0
    for index in range(opening, len(found)):
        depth += found[index].is_mark("{") - found[index].is_mark("}")
        if depth == 0:
            return index
    raise QuerySyntaxError(f"The group that begins at {place(text, found[opening].start)} does not end.")


def _unclear(token: Token, text: str) -> QueryRefusedError:
    return QueryRefusedError(
        f"SERVICE ({place(text, token.start)}) is allowed only with an address that the query writes out, "
        f"SERVICE <address> {{ ... }}, and that {LIST} lists."
    )
