"""How many patterns the engine has to bring into an order: its planning is super-linear in what is joined."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sparql.language.tokens import Kind, Token

_WRITTEN = ("VALUES", "CONSTRUCT", "DATA", "INSERT", "DELETE")
"""Words before braces that hold data or a template: nothing is joined there."""
_BESIDE = ("UNION", "OPTIONAL", "MINUS", "EXISTS", "SERVICE", "SILENT", "LATERAL")
"""Words that keep the group behind them apart from the one around it."""
_OF_ITEM = 2
"""Patterns that a collection has for each of its items: ``rdf:first`` and ``rdf:rest``."""


@dataclass(slots=True)
class _Bracket:
    """What is open, begun by `token`: a group with its number of patterns, or another bracket.

    `selects` says that a group is a sub-select, `joins` that its patterns are joined with those around it, `written`
    that it holds data or a template, `expression` that a parenthesis holds no collection. `before` is the last token
    within.
    """

    token: Token | None = None
    mark: str = ""
    count: int = 0
    selects: bool = False
    joins: bool = False
    written: bool = False
    expression: bool = False
    before: Token | None = None


def joined_patterns(found: Sequence[Token]) -> Iterator[tuple[int, Token]]:
    """How many patterns and sub-groups are joined in each group, and where it begins; data and templates are not.

    The engine joins the patterns of a group within a group with those around it, unless a word keeps them apart; so
    they count there too. A collection has two patterns for each item, a nested triple or node one.
    """
    opened = [_Bracket()]
    word = ""
    for index, token in enumerate(found):
        inner = opened[-1]
        if token.is_mark("{", "(", "[", "<<"):
            _count_opening(opened, found, index)
            opened.append(_opened(found, index, inner, word))
            word = "" if token.is_mark("{") else word
        elif token.is_mark("}", ")", "]", ">>") and len(opened) > 1:
            yield from _closed(opened.pop(), opened, following=found[index + 1 : index + 2])
        elif token.is_mark(".", ";", ",") and inner.mark != "(":
            _group(opened).count += 1
        elif inner.mark == "(" and not inner.expression and _is_item(token) and _ends_item(inner.before):
            _group(opened).count += _OF_ITEM
        word = token.word or word
        opened[-1].before = token


def _closed(bracket: _Bracket, around: Sequence[_Bracket], following: Sequence[Token]) -> Iterator[tuple[int, Token]]:
    """The patterns of a group that ends, which count in the one around it too where they are joined."""
    if bracket.token is not None and bracket.mark == "{" and not bracket.written:
        yield bracket.count, bracket.token
        if bracket.joins and not any(token.word == "UNION" for token in following):
            _group(around).count += bracket.count - 1


def _group(opened: Sequence[_Bracket]) -> _Bracket:
    """The innermost group that is open."""
    return next((each for each in reversed(opened) if each.mark == "{"), opened[0])


def _count_opening(opened: Sequence[_Bracket], found: Sequence[Token], index: int) -> None:
    inner, token = opened[-1], found[index]
    following = found[index + 1] if index + 1 < len(found) else None
    is_empty = following is not None and following.is_mark("]")
    annotates = token.is_mark("{") and following is not None and following.is_mark("|")
    if token.is_mark("(", "[") and inner.mark == "(" and not inner.expression and _ends_item(inner.before):
        _group(opened).count += _OF_ITEM
    elif token.is_mark("{", "<<") or (token.is_mark("[") and not is_empty):
        _group(opened).count += 1 + annotates


def _opened(found: Sequence[Token], index: int, inner: _Bracket, word: str) -> _Bracket:
    token = found[index]
    before = found[index - 1] if index else None
    if not token.is_mark("{"):
        called = before is not None and bool(before.word) and before.text != "a"
        constrains = index > 1 and found[index - 2].word == "FILTER"
        return _Bracket(token, token.text, expression=inner.expression or called or constrains)
    written = word.endswith(_WRITTEN) or inner.written
    selects = index + 1 < len(found) and found[index + 1].word.startswith("SELECT")
    joins = inner.mark == "{" and not (selects or inner.selects or word.endswith(_BESIDE))
    return _Bracket(token, "{", 1, selects, joins, written)


def _is_item(token: Token) -> bool:
    """Whether it may stand as an item of a collection."""
    return token.kind not in (Kind.MARK, Kind.WORD, Kind.LANGUAGE) or token.word in ("TRUE", "FALSE")


def _ends_item(token: Token | None) -> bool:
    """Whether an item ends with it, so that what follows without an operator is another one."""
    return token is not None and (_is_item(token) or token.kind is Kind.LANGUAGE or token.is_mark(")", "]", ">>"))
