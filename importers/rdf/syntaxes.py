"""Which RDF syntax a text is in, by its first characters, never by the file's suffix."""

import re
from dataclasses import dataclass

from pyoxigraph import RdfFormat

_COMMENTS = re.compile(r"(?:\s+|#[^\n]*(?:\n|\Z))*")
_TERM = r"(?:<[^<>\s]*:[^<>\s]*>|_:\S+)"
_LITERAL = r'"(?:[^"\\\n]|\\.)*"(?:@[\w-]+|\^\^<[^<>\s]*>)?'
_QUAD_LINE = re.compile(rf"{_TERM}[ \t]*<[^<>\s]*>[ \t]*(?:{_TERM}|{_LITERAL})[ \t]*{_TERM}[ \t]*\.[ \t]*(?:\r?\n|\Z)")
_TRIPLE_LINE = re.compile(rf"{_TERM}[ \t]*<[^<>\s]*>[ \t]*(?:{_TERM}|{_LITERAL})[ \t]*\.[ \t]*(?:\r?\n|\Z)")
_TURTLE = re.compile(
    r"@prefix\b|@base\b|(?i:prefix|base)\s+\S*\s*<|<[^<>\n]*>\s*(?:a\b|<|[\w-]*:|;)|_:\S+\s|\[\s*(?:\]|a\b|<|[\w-]*:\S)"
    r"|(?i:graph)\s+<|<[^<>\n]*>\s*\{|[\w-]*:[^\s\"<{]*\s+(?:a\b|<|[\w-]*:)"
)
_HEADERS = re.compile(r"[\w-]+:[a-z]{2}\t[^\n]*[^\s.;,][ \t]*\r?\n")
"""Headers of a table that look like names with prefixes, such as ``anbefalt_term:nb``, with tabs between them."""
_RDF_XML = re.compile(r"http://www\.w3\.org/1999/02/22-rdf-syntax-ns#|<rdf:RDF\b")
_JSON_LD = re.compile(r'"@(?:context|id|graph|type)"\s*:')
_RDF_JSON = re.compile(r'"type"\s*:\s*"(?:uri|literal|bnode)"')
_ROOT = re.compile(
    r"(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>|\s+)*<(?P<root>[\w:.-]+)", re.DOTALL | re.IGNORECASE
)
_ELEMENT = re.compile(r"<[A-Za-z_][\w.-]*(?::[\w.-]+)?(?:\s+[\w:.-]+\s*=|\s*/?>)")
_STATEMENT = re.compile(r"<[^<>\s]*>\s*(?:<[^<>\s]*://[^<>\s]*>|a\s+\S|[\w-]+:[\w-]+\s)")
_JSON_START = re.compile(r'\s*(?:\{\s*(?:"|\})|\[\s*(?:[\[{"\]]))')


@dataclass(frozen=True, slots=True)
class Syntax:
    """An RDF syntax; `format` is the parser's, None where we read it ourselves. TriG's parser reads Turtle too."""

    name: str
    title: str
    format: RdfFormat | None


TURTLE = Syntax("turtle", "Turtle", RdfFormat.TRIG)
N_TRIPLES = Syntax("n-triples", "N-Triples", RdfFormat.N_TRIPLES)
N_QUADS = Syntax("n-quads", "N-Quads", RdfFormat.N_QUADS)
RDF_XML = Syntax("rdf-xml", "RDF/XML", RdfFormat.RDF_XML)
JSON_LD = Syntax("json-ld", "JSON-LD", RdfFormat.JSON_LD)
RDF_JSON = Syntax("rdf-json", "RDF/JSON", None)


def detect(text: str) -> Syntax | None:
    """The syntax of a text, from as much of its beginning as is given; None if it looks like none of them."""
    start = text[_after_comments(text) :]
    if _JSON_START.match(start) and (found := _json(start)):
        return found
    if start.startswith(("<?xml", "<!")) or _is_element(start):
        return RDF_XML if _RDF_XML.search(start[:20_000]) and not is_html(start) else None
    if _QUAD_LINE.match(start):
        return N_QUADS
    if _TRIPLE_LINE.match(start):
        return N_TRIPLES if "@prefix" not in start else TURTLE
    if _HEADERS.match(start) and "@prefix" not in start:
        return None
    return TURTLE if _TURTLE.match(start) or "\n@prefix " in start[:5000] else None


def is_html(text: str) -> bool:
    """Whether a text is a web page."""
    root = _ROOT.match(text[:20_000])
    return root is not None and root["root"].lower() in {"html", "head", "body"}


def root_element(text: str) -> str:
    """The name of an XML document's root element, "" if the text has none."""
    root = _ROOT.match(text[:20_000])
    return root["root"] if root else ""


def _after_comments(text: str) -> int:
    match = _COMMENTS.match(text)
    return match.end() if match else 0


def _is_element(start: str) -> bool:
    """Whether a text begins with an XML element rather than with the IRI of a statement."""
    return bool(_ELEMENT.match(start)) and not _STATEMENT.match(start)


def _json(start: str) -> Syntax | None:
    if _JSON_LD.search(start):
        return JSON_LD
    return RDF_JSON if _RDF_JSON.search(start) else None
