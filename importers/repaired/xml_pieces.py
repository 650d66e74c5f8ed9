"""Where the nodes of RDF/XML and their properties stand in its text."""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from importers.base import UnreadableSourceError
from importers.report import Where
from ontologies.namespaces import RDF

_START = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*(/?)>""")
_SCOPE = re.compile(r"""\s(?:xmlns(?::[^\s=]+)?|xml:lang|xml:base)\s*=\s*(?:"[^"]*"|'[^']*')""")
_ROOT = f"{RDF.iri} RDF"
_DEPTH = 3
"""The root, nodes and properties."""


@dataclass(slots=True)
class Element:
    """An element by its bytes; `inside` is where its start tag ends, and `outside` where its end tag begins."""

    start: int
    inside: int
    outside: int = 0
    end: int = 0
    properties: list["Element"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Document:
    """RDF/XML in UTF-8 with its nodes in order. `head` is all before them."""

    data: bytes
    root: Element
    nodes: list[Element]

    @property
    def head(self) -> str:
        """All before the first node."""
        return self.text(0, self.root.inside)

    @property
    def tail(self) -> str:
        """The end tag of the root, and what follows it."""
        return self.text(self.root.outside, len(self.data))

    def text(self, start: int, end: int) -> str:
        """A part of the text."""
        return self.data[start:end].decode()

    def scope(self, element: Element) -> str:
        """The attributes of an element that say how what is in it is read."""
        return "".join(_SCOPE.findall(self.text(element.start, element.inside)))


class _Finder:
    """Notes where elements begin and end while the text is parsed."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._parser = expat.ParserCreate("utf-8", " ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._open: list[Element] = []
        self._depth = 0
        self.roots: list[tuple[str, Element]] = []

    def find(self) -> None:
        self._parser.Parse(self._data, True)  # noqa: FBT003 — the parser takes no names

    def _start(self, tag: str, _: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEPTH:
            return
        at = self._parser.CurrentByteIndex
        opening = _START.match(self._data, at)
        element = Element(at, opening.end() if opening else at)
        if opening and opening[1]:
            element.outside = element.end = element.inside
        if self._open:
            self._open[-1].properties.append(element)
        else:
            self.roots.append((tag, element))
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._depth -= 1
        if self._depth >= _DEPTH:
            return
        element = self._open.pop()
        if not element.end:
            element.outside = self._parser.CurrentByteIndex
            element.end = self._data.index(b">", element.outside) + 1


def pieces(text: str, name: str) -> Document:
    """The text by its nodes.

    Raises:
        UnreadableSourceError: it is not well-formed, or its root is not rdf:RDF.
    """
    finder = _Finder(text.encode())
    try:
        finder.find()
    except expat.ExpatError as error:
        where = Where(name, line=error.lineno, column=error.offset + 1)
        raise UnreadableSourceError("The XML is broken.", where, "Mend it at this place first.") from error
    [(tag, root)] = finder.roots
    if tag != _ROOT or root.outside == root.end:
        raise UnreadableSourceError("The root element is not rdf:RDF.", Where(name), "Put its nodes into rdf:RDF.")
    return Document(text.encode(), root, root.properties)
