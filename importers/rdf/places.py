"""On which line of a text each resource is described, found by looking for its name where the syntax puts it."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import unescape

from importers.rdf.syntaxes import JSON_LD, RDF_JSON, RDF_XML, Syntax

_PREFIX = re.compile(r"(?i:@?prefix)\s+([\w.-]*):\s*<([^<>\n]*)>")
_AT_LINE_START = re.compile(r"^(?:<([^<>\n]*)>|([\w.-]*):([^\s;,<>\"\[\]()]+))", re.MULTILINE)
_ANYWHERE = re.compile(r"<([^<>\n]*)>")
_ABOUT = re.compile(r"""rdf:about\s*=\s*["']([^"']*)["']""")
_OPENING_ID = re.compile(r'"@id"\s*:\s*"([^"]*)"\s*,\s*"(?:@type|https?:)')
_ANY_ID = re.compile(r'"@id"\s*:\s*"([^"]*)"')
_KEY = re.compile(r'^\s*"([^"]+)"\s*:\s*\{', re.MULTILINE)


def lines_of(text: str, syntax: Syntax, iris: Iterable[str]) -> dict[str, int]:
    """IRI to the line where its description begins, as far as that can be seen. Lines count from one."""
    wanted = set(iris)
    places: dict[str, int] = {}
    for found in _named(text, syntax):
        for iri, offset in found:
            if iri in wanted and iri not in places:
                places[iri] = offset
        if len(places) == len(wanted):
            break
    ends = [match.start() for match in re.finditer("\n", text)]
    return {iri: bisect_right(ends, offset - 1) + 1 for iri, offset in places.items()}


def _named(text: str, syntax: Syntax) -> Iterator[Iterator[tuple[str, int]]]:
    """Passes over the text, the surest first."""
    if syntax is RDF_XML:
        yield ((unescape(found[1]), found.start()) for found in _ABOUT.finditer(text))
    elif syntax is JSON_LD:
        for pattern in (_OPENING_ID, _ANY_ID):
            yield ((found[1], found.start()) for found in pattern.finditer(text))
    elif syntax is RDF_JSON:
        yield ((found[1], found.start(1)) for found in _KEY.finditer(text))
    else:
        yield _line_starts(text)
        yield ((found[1], found.start()) for found in _ANYWHERE.finditer(text))


def lines_of_pieces(pieces: Callable[[], Iterable[str]], iris: Iterable[str]) -> dict[str, int]:
    """The same of a text in Turtle or in a syntax of lines, given in pieces that end with lines.

    `pieces` gives them from the first one on, as often as it is called; a directive must stand in one of them.
    """
    wanted = set(iris)
    prefixes: dict[str, str] = {}
    for piece in pieces():
        if "prefix" in piece.lower():  # far faster than the expression
            prefixes.update((found[1], found[2]) for found in _PREFIX.finditer(piece))
    lines: dict[str, int] = {}
    _find(pieces(), lambda piece: _starts(piece, prefixes), wanted, lines)
    _find(pieces(), lambda piece: ((found[1], found.start()) for found in _ANYWHERE.finditer(piece)), wanted, lines)
    return lines


def _find(
    pieces: Iterable[str], named: Callable[[str], Iterator[tuple[str, int]]], wanted: set[str], lines: dict[str, int]
) -> None:
    """Adds the line of each of the IRIs that has none yet; those are not wanted any more."""
    before = 1
    for piece in pieces:
        if not wanted:
            return
        places: dict[str, int] = {}
        for iri, offset in named(piece):
            if iri in wanted:
                wanted.discard(iri)
                places[iri] = offset
        ends = [match.start() for match in re.finditer("\n", piece)] if places else []
        lines.update((iri, before + bisect_right(ends, offset - 1)) for iri, offset in places.items())
        before += len(ends) if places else piece.count("\n")


def _line_starts(text: str) -> Iterator[tuple[str, int]]:
    return _starts(text, {found[1]: found[2] for found in _PREFIX.finditer(text)})


def _starts(text: str, prefixes: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    for found in _AT_LINE_START.finditer(text):
        if found[1] is not None:
            yield found[1], found.start()
        elif found[2] in prefixes:
            yield prefixes[found[2]] + found[3], found.start()
