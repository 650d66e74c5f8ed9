"""A tokeniser for SPARQL, for everything that looks into a query before the engine does.

Never a regular expression over the whole text: ``#`` and quotes inside IRIs and strings, comments that end at CR, and
keywords inside names make such filters wrong both ways. The engine's own grammar has no word boundaries
(``trueSERVICE<x>`` and ``SERVICEx:y`` are two tokens each), so a keyword is looked for inside words too.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from sparql.errors import QuerySyntaxError

_NAME = r"(?>[^\W\d_][\w.\-]{0,254})(?<!\.)"
_LOCAL = r"(?:[\w:]|%[0-9A-Fa-f]{2}|\\.)(?:(?:[\w:\-]|%[0-9A-Fa-f]{2}|\\.|\.(?=[\w:.\-%\\]))*)"
_AFTER_LESS = r'[^<>"{}|^`\\\x00-\x20]*(?:\\[uU][0-9A-Fa-f]{4,8}[^<>"{}|^`\\\x00-\x20]*)*>'
"""What makes an IRI of a ``<``."""
_TRIPLE = rf"<<(?:(?=[?$_:(\[])|(?!{_AFTER_LESS}))"
"""What begins a triple within a triple; ``?a<<urn:x>`` is a comparison with an IRI."""
_TOKEN = re.compile(
    rf"""(?P<SPACE>[ \t\r\n]+)
    |(?P<COMMENT>\#[^\r\n]*)
    |(?P<IRI><{_AFTER_LESS})
    |(?P<STRING>\"\"\"(?:[^"\\]|\\.|\"{{1,2}}(?!\"))*\"\"\"|'''(?:[^'\\]|\\.|'{{1,2}}(?!'))*'''
        |\"(?:[^"\\\r\n]|\\.)*\"|'(?:[^'\\\r\n]|\\.)*')
    |(?P<VARIABLE>[?$]\w+)
    |(?P<BLANK>_:\w(?:[\w.\-]*[\w\-])?)
    |(?P<PREFIXED>(?:{_NAME})?:(?:{_LOCAL})?)
    |(?P<LANGUAGE>@[A-Za-z]+(?:--?[A-Za-z0-9]+)*)
    |(?P<NUMBER>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<WORD>[^\W\d]\w*)
    |(?P<UNCLOSED>["'])
    |(?P<MARK>{_TRIPLE}|>>|&&|\|\||\^\^|!=|<=|>=|.)""",
    re.VERBOSE | re.DOTALL,
)

_IRI = re.compile(f"<{_AFTER_LESS}")
_HIERARCHICAL = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")


class Kind(Enum):
    """What a token is; the names are those of the groups of the expression above."""

    IRI = "IRI"
    STRING = "STRING"
    VARIABLE = "VARIABLE"
    BLANK = "BLANK"
    PREFIXED = "PREFIXED"
    LANGUAGE = "LANGUAGE"
    NUMBER = "NUMBER"
    WORD = "WORD"
    MARK = "MARK"


_KINDS = {each.value: each for each in Kind}
_SHORT = 4096
"""Characters of a text whose tokens are remembered for a while: several parts look into each query in turn."""


class Token(NamedTuple):
    """A piece of a query that is neither space nor comment; `start` and `end` are its place in the text."""

    kind: Kind
    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """A keyword in capitals; empty for every other kind of token."""
        return self.text.upper() if self.kind is Kind.WORD else ""

    @property
    def is_iri(self) -> bool:
        """Whether it names something: an IRI, whole or with a prefix."""
        return self.kind in (Kind.IRI, Kind.PREFIXED)

    def is_mark(self, *marks: str) -> bool:
        """Whether it is one of these brackets or operators."""
        return self.kind is Kind.MARK and self.text in marks


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query or update, in order; what fits nothing is a mark of one character.

    Raises:
        QuerySyntaxError: a string does not end.
    """
    return iter(_remembered(text)) if len(text) <= _SHORT else _read(text)


@lru_cache(maxsize=32)
def _remembered(text: str) -> tuple[Token, ...]:
    return tuple(_read(text))


def _read(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        name = match.lastgroup or "MARK"
        if name == "UNCLOSED":
            raise QuerySyntaxError(f"The string that begins at {place(text, match.start())} does not end.")
        if name not in ("SPACE", "COMMENT"):
            yield Token(_KINDS[name], match[0], match.start(), match.end())


def ambiguous(found: Sequence[Token], text: str) -> Token | None:
    """The first token that may hide or show what follows, as one reads a ``<`` before it; None where there is none.

    In an expression ``?a<urn:x#>`` may be an IRI, or a comparison and a comment; ``<<?s:p'>`` a triple's beginning and
    a string, or a comparison and an IRI. It matters where a comment or a string would begin within.
    """
    parentheses = 0
    for before, token in pairwise(found):
        parentheses += before.is_mark("(") - before.is_mark(")")
        if token.is_mark("<<"):
            iri = _IRI.match(text, token.start + 1)
            doubtful = iri is not None and _hides(iri[0])
        else:
            operand = before.kind is not Kind.MARK or before.is_mark(")", "}", ">", ">>")
            glued = before.is_mark("<") and before.end == token.start
            doubtful = token.kind is Kind.IRI and _hides(token.text) and (glued or (operand and parentheses > 0))
        if doubtful:
            return token
    return None


def _hides(iri: str) -> bool:
    """Whether something within could begin a comment or a string, were it no IRI."""
    return ("#" in iri or "'" in iri) and not _HIERARCHICAL.match(iri)


def comments(text: str) -> Iterator[str]:
    """The comments of a query, each from its ``#`` to the end of the line.

    Raises:
        QuerySyntaxError: a string does not end.
    """
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "UNCLOSED":
            raise QuerySyntaxError(f"The string that begins at {place(text, match.start())} does not end.")
        if match.lastgroup == "COMMENT":
            yield match[0]


def place(text: str, offset: int) -> str:
    """Where a character stands, for people: ``line 2, column 5``."""
    line = text.count("\n", 0, offset) + 1
    return f"line {line}, column {offset - text.rfind(chr(10), 0, offset)}"
