"""A gate against endless nesting: no catalogue nests as deeply, and what comes after parsing takes long over it."""

import re

from importers.base import UnreadableSourceError
from importers.rdf.syntaxes import JSON_LD, RDF_JSON, TURTLE, Syntax
from importers.report import Where

DEEPEST = 200
"""Brackets within brackets that a document may have; of XML the parser has a limit of its own."""

_JSON = re.compile(r'(?P<skip>"(?:[^"\\]|\\.)*")|(?P<open>[\[{])|(?P<close>[\]}])', re.DOTALL)
_TURTLE = re.compile(
    r"""(?P<skip>\#[^\n]*|<[^<>\n]*>|\\.
        |\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<open><<|[\[({])
    |(?P<close>>>|[\])}])
    |(?P<end>\.(?=[\s\#<\[]|$))""",
    re.VERBOSE | re.DOTALL,
)
"""The dot behind a statement, where whatever is open was forgotten, is its end."""
_TOKENS = {JSON_LD: _JSON, RDF_JSON: _JSON, TURTLE: _TURTLE}
_OPENING = ("[", "(", "{", "<<")


def check_nesting(text: str, syntax: Syntax, file: str) -> None:
    """Refuses a document that is nested deeper than any catalogue is.

    Raises:
        UnreadableSourceError: with line and column.
    """
    tokens = _TOKENS.get(syntax)
    if tokens is None or sum(text.count(bracket) for bracket in _OPENING) <= DEEPEST:
        return
    depth = 0
    for found in tokens.finditer(text):
        match found.lastgroup:
            case "open":
                depth += 1
            case "close":
                depth = max(0, depth - 1)
            case "end":
                depth = 0
        if depth > DEEPEST:
            line = text.count("\n", 0, found.start()) + 1
            column = found.start() - text.rfind("\n", 0, found.start())
            raise UnreadableSourceError(_message(syntax), Where(file, line=line, column=column), "Send it flattened.")


def _message(syntax: Syntax) -> str:
    name = "Turtle" if syntax is TURTLE else "JSON"
    return f"The {name} is nested more than {DEEPEST} levels deep."
