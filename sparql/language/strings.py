"""String tokens of SPARQL and what they mean."""

import re

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def value_of(token: str) -> str:
    """The text of a string token in any of its four forms."""
    quotes = 3 if token[:3] in ('"""', "'''") and len(token) > 5 else 1  # noqa: PLR2004 - the length of the long quotes
    return _ESCAPE.sub(_unescaped, token[quotes:-quotes])


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _PLAIN.get(escape[3], escape[3])
