"""RDF/XML whose nodes and properties do not alternate, as some modelling tools export it, put in order.

In RDF/XML a node holds properties and a property holds one node. What stands in the wrong place is moved to where its
meaning is plain: properties behind a node belong to that node; a further node in a property is another value of it; a
node among properties is a thing of its own, and how it hangs together with the one around it is not said.
"""

from lxml import etree

from importers.rdf.journal import Journal
from ontologies.namespaces import RDF

_NAMES = tuple(f"{{{RDF.iri}}}{name}" for name in ("about", "ID", "nodeID"))
_PARSE_TYPE = f"{{{RDF.iri}}}parseType"
_RESOURCE = f"{{{RDF.iri}}}resource"


def put_in_order(node: etree._Element, journal: Journal) -> list[etree._Element]:
    """Puts a node in order, all the way down; returns the nodes that stood among its properties, in order too."""
    loose: list[etree._Element] = []
    waiting = [node]
    while waiting:
        current = waiting.pop()
        for child in _elements(current):
            if _is_node(child):
                current.remove(child)
                loose.append(child)
                waiting.append(child)
                _note(child, "a node that stood among properties was read as a thing of its own", journal)
            elif _PARSE_TYPE not in child.attrib:
                waiting += _property(child, journal)
    return loose


def _property(holder: etree._Element, journal: Journal) -> list[etree._Element]:
    """The nodes that a property holds, after each has got a property of its own and what belongs to it."""
    nodes = _elements(holder)[:1]
    for element in _elements(holder)[1:]:
        holder.remove(element)
        if _is_node(element):
            nodes.append(element)
            _beside(holder, element)
            _note(element, "a further node in a property was read as another value of it", journal)
        else:
            nodes[-1].append(element)
            _note(element, "a property behind a node was read as the node's", journal)
    return nodes


def _beside(holder: etree._Element, node: etree._Element) -> None:
    twin = etree.Element(holder.tag)
    twin.append(node)
    holder.addnext(twin)


def _elements(parent: etree._Element) -> list[etree._Element]:
    return [child for child in parent if isinstance(child.tag, str)]


def _is_node(element: etree._Element) -> bool:
    return (_RESOURCE not in element.attrib and any(name in element.attrib for name in _NAMES[:2])) or (
        _NAMES[2] in element.attrib and len(element) > 0
    )


def _note(element: etree._Element, what: str, journal: Journal) -> None:
    line = element.sourceline
    journal.note_file("statement-mended", what, line=line if isinstance(line, int) else None)
