"""What the RDF parser said of an error, without the place: reports say that in lines and columns of their own."""

import re

_PLACE = re.compile(r"^Parser error (?:at|between) line \d+.*?: (?=\S)")


def said(error: SyntaxError) -> str:
    """The parser's words."""
    return _PLACE.sub("", str(error.msg)).strip().rstrip(".")
