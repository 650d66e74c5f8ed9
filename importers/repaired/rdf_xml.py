"""RDF/XML repaired property by property, a comment before each; all else stays byte for byte."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, parse

from importers.rdf.terms import DOCUMENT
from importers.repaired.known import OF_THE_FILE, Known, PieceReader
from importers.repaired.properties import Properties, Verdict
from importers.repaired.xml_pieces import Element, pieces
from importers.repaired.xml_writing import ElementWriter, comment
from ontologies.namespaces import RDF

_DECLARATION = re.compile(r"""\A(<\?xml\s+version\s*=\s*(?:"[^"]*"|'[^']*'))(?!\s+encoding)""")
_TAG = re.compile(r"<([^\s/>]+)")
_SAID = NamedNode("urn:samsvar:said")
_INDENT = re.compile(r"\n[ \t]*\Z")


@dataclass(slots=True)
class _Node:
    """A node and the IRI that it is stored under, "" for one that stays or `is_lost`; verdicts by property.

    `head` is the verdict on its start tag, and what that says.
    """

    element: Element
    subject: str = ""
    head: Verdict = field(default_factory=lambda: Verdict(kept=True))
    verdicts: list[Verdict] = field(default_factory=list)
    is_lost: bool = False
    blank: BlankNode | None = None


class RepairedXml:
    """One document.

    Raises:
        UnreadableSourceError: it is broken XML, or its root is not rdf:RDF.
    """

    def __init__(self, text: str, known: Known, reader: PieceReader, name: str) -> None:
        self._document = pieces(_DECLARATION.sub(r'\1 encoding="UTF-8"', text), name)
        self._known = known
        self._read = [self._triples(self._text(node)) for node in self._document.nodes]
        self._properties = Properties(known, reader, (triple for some in self._read for triple in some or ()))
        self._writer = ElementWriter(known, self._document.head, plain="xml:lang" in text)

    def text(self, codes: Iterable[str]) -> str:
        """The document with every repair marked; `codes` are those of the file."""
        nodes = [self._judged(*each) for each in zip(self._document.nodes, self._read, strict=True)]
        last = {node.subject: node for node in nodes if node.subject}
        written = [self._document.head]
        written += [f"\n{comment(code)}" for code in codes if code in OF_THE_FILE]
        end = self._document.root.inside
        for node in nodes:
            written.append(self._document.text(end, node.element.start))
            written.append(self._written(node, is_last=last.get(node.subject) is node))
            end = node.element.end
        others = {name for node in nodes for verdict in (node.head, *node.verdicts) for name in verdict.others}
        for name in sorted(others - last.keys()):
            inner = "".join(map(self._writer.element, self._missing(name)))
            written.append(f"\n{comment('added')}\n{self._writer.description(name, inner)}" if inner else "")
        for alias in self._known.aliases(self._properties.provided):
            said = self._writer.description(str(getattr(alias.subject, "value", "")), self._writer.element(alias))
            written.append(f"\n{comment('publisher-normalised')}\n{said}")
        written.append(self._document.text(end, self._document.root.outside))
        return "".join(written) + self._document.tail

    def _text(self, element: Element) -> str:
        return self._document.text(element.start, element.end)

    def _judged(self, element: Element, triples: set[Triple] | None) -> _Node:
        head = self._head(element)
        said = self._triples(head)
        name = self._subject(head)
        if not isinstance(name, NamedNode):
            blank = name if isinstance(name, BlankNode) else None
            return _Node(element, is_lost=triples is None, blank=blank)
        subject = self._properties.subject(name.value, triples or said or set())
        if not subject:
            return _Node(element, is_lost=triples is None)
        if name.value == subject and triples is not None and self._properties.is_stored(triples):
            return _Node(element, subject)
        verdict = self._properties.judged(subject, said)
        if name.value != subject:
            verdict = Verdict(kept=False, codes=verdict.codes, predicates=verdict.predicates, others=verdict.others)
        scope = self._document.scope(element)
        verdicts = [self._properties.judged(subject, self._about(subject, scope, each)) for each in element.properties]
        return _Node(element, subject, verdict, verdicts)

    def _head(self, element: Element) -> str:
        """A node without its properties."""
        opening = self._document.text(element.start, element.inside)
        return opening if opening.endswith("/>") else f"{opening[:-1]}/>"

    def _subject(self, head: str) -> object:
        said = self._triples(f'{head[:-2]}><samsvar:said xmlns:samsvar="urn:samsvar:"/></{_tag(head)}>')
        return next((each.subject for each in said or () if each.predicate == _SAID), None)

    def _about(self, subject: str, scope: str, element: Element) -> set[Triple] | None:
        """What a property says by itself."""
        opening = f'<samsvar:Description xmlns:samsvar="{RDF.iri}" samsvar:about={quoteattr(subject)}{scope}>'
        return self._triples(f"{opening}{self._text(element)}</samsvar:Description>")

    def _triples(self, node: str) -> set[Triple] | None:
        """What a node says; None if it cannot be read."""
        whole = f"{self._document.head}{node}{self._document.tail}".encode()
        try:
            quads = parse(whole, RdfFormat.RDF_XML, base_iri=DOCUMENT, lenient=True)
            return {each.triple for each in quads if isinstance(each, Quad)}
        except SyntaxError:
            return None

    def _missing(self, subject: str) -> list[Triple]:
        missing = self._properties.missing(subject)
        self._properties.provided.update(missing)
        return missing

    def _written(self, node: _Node, *, is_last: bool) -> str:
        """A node with its properties repaired; on the last one of a thing stands what is still missing."""
        element = node.element
        if node.is_lost:
            return comment("statement-unreadable", self._text(element))
        if node.blank is not None and self._properties.is_orphan(node.blank):
            return comment("", self._text(element))
        missing = self._properties.missing(node.subject) if node.subject else []
        changed = not node.head.kept or not all(verdict.kept for verdict in node.verdicts)
        if not changed and not (is_last and missing):
            return self._text(element)
        body: list[str] = []
        end, indent = element.inside, "\n"
        for each, verdict in zip(element.properties, node.verdicts, strict=True):
            gap = self._document.text(end, each.start)
            found = _INDENT.search(gap)
            indent = found[0] if found else indent
            here = [] if verdict.kept else [one for one in missing if one.predicate in verdict.predicates]
            missing = [one for one in missing if one not in here]
            body.append(gap + (self._text(each) if verdict.kept else self._anew(verdict.codes, each, here, indent)))
            end = each.end
        if is_last and missing:
            told = {code for verdict in node.verdicts for code in verdict.codes}
            codes = tuple(code for code in self._known.codes.get(node.subject, ()) if code not in told)
            body.append(indent + self._anew(codes or ("added",), None, missing, indent))
        body.append(self._document.text(end, element.outside))
        return self._framed(node, "".join(body))

    def _anew(self, codes: Iterable[str], element: Element | None, triples: list[Triple], indent: str) -> str:
        """A comment with the original, and the triples instead of it."""
        self._properties.provided.update(triples)
        came = self._text(element) if element is not None else ""
        return indent.join([comment(", ".join(codes), came), *map(self._writer.element, triples)])

    def _framed(self, node: _Node, body: str) -> str:
        """The start and end tags of a node around what is in it now."""
        opening = self._document.text(node.element.start, node.element.inside)
        if not node.head.kept:
            codes = node.head.codes or self._known.codes.get(node.subject, ("renamed",))
            anew = self._writer.description(node.subject, body, self._document.scope(node.element))
            return f"{comment(', '.join(codes), opening)}\n{anew}"
        if opening.endswith("/>"):
            return f"{opening[:-2]}>{body}</{_tag(opening)}>"
        return f"{opening}{body}{self._document.text(node.element.outside, node.element.end)}"


def _tag(opening: str) -> str:
    """The name of an element, as its start tag has it."""
    found = _TAG.match(opening)
    return found[1] if found else ""
