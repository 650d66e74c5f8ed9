"""How deeply a document from outside may be nested, found out before it is parsed.

The engine's parsers take time that grows with the square of the depth. Each family of syntaxes has its own tokeniser:
brackets count where they are no part of a string, an IRI, a comment or a name.
"""

import re
from typing import Final
from xml.parsers import expat

from pyoxigraph import RdfFormat

from sparql.errors import DocumentError

DEEPEST: Final = 200
"""Brackets within brackets, or elements within elements."""
_TURTLE = re.compile(
    rb'''(?P<SKIP>\#[^\r\n]*
        |<[^<>"{}|^`\\\x00-\x20]*(?:\\[uU][0-9A-Fa-f]{4,8}[^<>"{}|^`\\\x00-\x20]*)*>
        |"""(?:[^"\\]+|\\.|"{1,2}(?!"))*"""
        |\'\'\'(?:[^'\\]+|\\.|'{1,2}(?!'))*\'\'\'
        |"(?!"")[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"
        |'(?!'')[^'\\\r\n]*(?:\\.[^'\\\r\n]*)*'
        |\\.)
    |(?P<OPEN><<|[\[({])
    |(?P<CLOSE>>>|[\])}])
    |(?P<UNCLOSED>["'])''',
    re.VERBOSE | re.DOTALL,
)
_JSON = re.compile(rb'(?P<SKIP>"[^"\\]*(?:\\.[^"\\]*)*")|(?P<OPEN>[\[{])|(?P<CLOSE>[\]}])|(?P<UNCLOSED>")', re.DOTALL)
_BRACKETS = (b"[", b"(", b"{", b"<<")


def check_nesting(content: bytes, syntax: RdfFormat) -> None:
    """Lets documents pass that are nested at most DEEPEST levels deep, whether or not they can be read.

    Raises:
        DocumentError: it is nested deeper, which is said with line and column; or it is to be XML and is none.
    """
    if syntax == RdfFormat.RDF_XML:
        _check_elements(content)
    elif sum(content.count(bracket) for bracket in _BRACKETS) > DEEPEST:
        _check_brackets(content, _JSON if syntax == RdfFormat.JSON_LD else _TURTLE)


def _check_brackets(content: bytes, tokens: re.Pattern[bytes]) -> None:
    """Ends where a string is never closed: no parser gets further."""
    depth = 0
    for token in tokens.finditer(content):
        match token.lastgroup:
            case "OPEN":
                depth += 1
                if depth > DEEPEST:
                    line = content.count(b"\n", 0, token.start()) + 1
                    raise _too_deep(line, token.start() - content.rfind(b"\n", 0, token.start()))
            case "CLOSE":
                depth -= 1
            case "UNCLOSED":
                return


def _check_elements(content: bytes) -> None:
    depth = 0
    parser = expat.ParserCreate()

    def begin(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise _too_deep(parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    try:
        parser.Parse(content, True)  # noqa: FBT003 - the only way to say that this is all
    except expat.ExpatError as error:
        raise DocumentError(f"The body is not well-formed XML: {error}.") from error


def _too_deep(line: int, column: int) -> DocumentError:
    return DocumentError(
        f"Line {line}, column {column}: the body is nested more than {DEEPEST} levels deep. Give the nodes that are "
        "nested names of their own, and send them side by side."
    )
