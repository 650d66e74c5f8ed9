"""RDF/XML: checked as XML before the RDF parser sees it, and read node by node where the parser refuses it whole."""

import re
from collections import deque
from xml.sax.saxutils import quoteattr

from lxml import etree
from pyoxigraph import Quad, RdfFormat, parse

from importers.base import UnreadableSourceError
from importers.rdf.journal import Journal
from importers.rdf.parser_errors import said
from importers.rdf.terms import DOCUMENT
from importers.rdf.xml_mending import mend_xml
from importers.rdf.xml_stripes import put_in_order
from importers.report import Where
from ontologies.namespaces import RDF

_ROOT = f"{{{RDF.iri}}}RDF"
_ABOUT = f"{{{RDF.iri}}}about"
_ID = f"{{{RDF.iri}}}ID"
_PARSE_TYPE = f"{{{RDF.iri}}}parseType"
_XML = "http://www.w3.org/XML/1998/namespace"
_XML_NAME = re.compile(r"[^\W\d][\w.-]*")
_RDF_ATTRIBUTES = frozenset({"about", "resource", "datatype", "parseType", "nodeID", "ID"})
_NAMESPACE = re.compile(r"""\sxmlns(?::[\w.-]+)?=("[^"]*"|'[^']*')""")
_SHOWN = 200
_LIMITS = {
    "amplification": "its entities expand without end",
    "entity reference loop": "its entities expand without end",
    "Excessive depth": "it is nested more than 256 levels deep",
}


def check_xml(text: str, file: str) -> None:
    """Refuses what is not well-formed XML.

    Raises:
        UnreadableSourceError: with line and column.
    """
    parsed_xml(text, file)


def well_formed(text: str, journal: Journal) -> str:
    """The text if it is XML, else what can be made of it; no other parser sees endless nesting or expansion.

    Raises:
        UnreadableSourceError: it is not XML even when mended, or is nested or expanded without end; says where.
    """
    try:
        parsed_xml(text, journal.file)
    except UnreadableSourceError as error:
        if any(plain in error.message for plain in _LIMITS.values()):
            raise
        mended = mend_xml(text, journal)
        if not any(isinstance(node.tag, str) for node in _reparsed(mended, journal.file, error)):
            raise
        return mended
    return text


def _reparsed(mended: str, file: str, error: UnreadableSourceError) -> etree._Element:
    try:
        return parsed_xml(mended, file)
    except UnreadableSourceError:
        raise error from None


def salvage_rdf_xml(text: str, journal: Journal) -> tuple[list[Quad], int]:
    """The quads of the nodes that can be read, and how many elements cannot.

    Raises:
        UnreadableSourceError: the document has no rdf:RDF at its root.
    """
    root = parsed_xml(text, journal.file)
    if root.tag != _ROOT:
        where = Where(journal.file, line=_line(root), column=1)
        raise UnreadableSourceError(
            f"The root element is {root.tag}, not rdf:RDF.", where, "Send RDF/XML, or another RDF syntax."
        )
    quads: list[Quad] = []
    before = len(journal.unread)
    waiting = deque(child for child in root if isinstance(child.tag, str))
    while waiting:
        node = waiting.popleft()
        found = _quads(root, node)
        if isinstance(found, SyntaxError):
            waiting.extendleft(reversed(put_in_order(node, journal)))
            found = _node(root, node, journal)
        quads += found
    return quads, len(journal.unread) - before


def _node(root: etree._Element, node: etree._Element, journal: Journal) -> list[Quad]:
    """The quads of one node, without what RDF/XML cannot have if the whole of it is refused."""
    found = _quads(root, node)
    if isinstance(found, SyntaxError):
        _add_namespaces(node, journal)
        _mend_ids(node, journal)
        _drop_loose_text(node, journal)
        for offender, why in _offenders(node):
            _note(offender, why, journal)
            _cut(offender)
        found = _quads(root, node)
    if isinstance(found, SyntaxError):
        _note(node, said(found), journal)
        return []
    return found


def _quads(root: etree._Element, node: etree._Element) -> list[Quad] | SyntaxError:
    attributes = " ".join(
        f"{name}={quoteattr(value)}"
        for name, value in (
            *((f"xmlns:{prefix}", iri) for prefix, iri in root.nsmap.items() if prefix),
            *((name, root.get(f"{{{_XML}}}{name[4:]}", "")) for name in ("xml:base", "xml:lang")),
        )
        if value
    )
    body = etree.tostring(node, encoding="unicode", with_tail=False)
    try:
        document = f"<rdf:RDF {attributes}>{body}</rdf:RDF>".encode()
        return list(parse(document, RdfFormat.RDF_XML, base_iri=DOCUMENT, lenient=True))
    except SyntaxError as error:
        return error


def _add_namespaces(node: etree._Element, journal: Journal) -> None:
    """Attributes such as ``resource`` are meant as RDF's own."""
    for element in node.iter(etree.Element):
        for name in _RDF_ATTRIBUTES.intersection(str(key) for key in element.attrib):
            element.set(f"{{{RDF.iri}}}{name}", element.attrib.pop(name))
            what = f"{name} was read as rdf:{name}"
            journal.note_file("statement-mended", what, line=_line(element), column=1)


def _mend_ids(node: etree._Element, journal: Journal) -> None:
    """An rdf:ID that is no XML name, such as a number, is read as what it means: rdf:about with "#" before it."""
    for element in node.iter(etree.Element):
        name = element.get(_ID)
        if name is None or _XML_NAME.fullmatch(name):
            continue
        element.attrib.pop(_ID)
        names_a_node = len(list(element.iterancestors())) % 2 == len(list(node.iterancestors())) % 2
        if names_a_node:
            element.set(_ABOUT, f"#{name}")
        what = f'rdf:ID="{name}" was ' + (f'read as rdf:about="#{name}"' if names_a_node else "left out")
        journal.note_file("statement-mended", what, line=_line(element), column=1)


def _drop_loose_text(node: etree._Element, journal: Journal) -> None:
    """Leaves out text that stands among the properties of a node; each is noted."""
    children = [child for child in node if isinstance(child.tag, str)]
    texts = [node.text or "", *(child.tail or "" for child in children)]
    for text in filter(str.strip, texts) if children else ():
        message = "Text stands where a property belongs; it was left out."
        journal.note_unread(str(node.get(_ABOUT, "")), " ".join(text.split())[:_SHOWN], _line(node), 1, message)
    if children:
        node.text = None
        for child in children:
            child.tail = None


def _offenders(node: etree._Element) -> list[tuple[etree._Element, str]]:
    """The outermost elements beneath a node that RDF/XML cannot have."""
    found: list[tuple[etree._Element, str]] = []
    waiting = deque(child for child in node if isinstance(child.tag, str))
    while waiting:
        element = waiting.popleft()
        if element.get(_PARSE_TYPE) == "Literal":
            continue
        if why := _offence(element):
            found.append((element, why))
        else:
            waiting += [child for child in element if isinstance(child.tag, str)]
    return found


def _offence(element: etree._Element) -> str:
    """Why RDF/XML cannot have an element, "" if it can."""
    if "{" not in element.tag:
        return f"the element {element.tag} has no namespace"
    if any("{" not in str(name) for name in element.attrib):
        return "an attribute has no namespace"
    children = [child for child in element if isinstance(child.tag, str)]
    texts = [element.text or "", *(child.tail or "" for child in element)]
    return "text and elements stand side by side" if children and any(text.strip() for text in texts) else ""


def _cut(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _note(element: etree._Element, why: str, journal: Journal) -> None:
    written = etree.tostring(element, encoding="unicode", with_tail=False)
    shown = " ".join(_NAMESPACE.sub("", written).split())[:_SHOWN]
    named = next((about for one in (element, *element.iterancestors()) if (about := one.get(_ABOUT))), "")
    message = f"An element cannot be read ({why}); it was left out."
    journal.note_unread(str(named), shown, _line(element), 1, message)


def _line(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 1


def parsed_xml(text: str, file: str) -> etree._Element:
    """The root of an XML document; nothing is fetched.

    Raises:
        UnreadableSourceError: it is not well-formed, or is nested or expanded without end; says where.
    """
    parser = etree.XMLParser(no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        where = Where(file, line=line or 1, column=max(column, 1))
        raise UnreadableSourceError(f"The XML cannot be read: {_why(error)}.", where, "Mend the file there.") from error


def _why(error: etree.XMLSyntaxError) -> str:
    """The XML parser's words, plainer where they speak of its own limits."""
    message = str(error.msg).split(", line ", 1)[0]
    plain = next((words for sign, words in _LIMITS.items() if sign in message), message)
    return plain.strip().rstrip(".")
