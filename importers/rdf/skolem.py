"""IRIs for blank nodes, from their content: the same file gives the same names every time, in every syntax.

A node's name depends on the IRI that owns it and on all that is said of it, down to the last blank node beneath.
Two blank nodes of one owner that say the same become one.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from pyoxigraph import BlankNode, NamedNode, Triple

from importers.minting import content_iri
from importers.rdf.triples import Node, Term, TripleIndex
from ontologies.namespaces import DCT, EUVOC

_MOST_ROUNDS = 32
Owners: TypeAlias = Mapping[Node, list[tuple[Node, NamedNode]]]


def skolemise(index: TripleIndex, uri_base: str) -> None:
    """Gives every blank node an IRI: definitions, sources of definitions, and other nodes."""
    index.rename(blank_names(index, uri_base))


def blank_names(index: TripleIndex, uri_base: str) -> dict[Node, NamedNode]:
    """The IRI of every blank node."""
    nodes, owners = _blank_nodes(index)
    contents = _contents(index, nodes)
    roots = _roots(nodes, owners)
    return {node: content_iri(uri_base, _kind(index, node, owners), roots[node], (contents[node],)) for node in nodes}


def digests(index: TripleIndex) -> dict[Node, str]:
    """What is said of each blank node, as a text that is the same whatever the nodes are called, and in any order."""
    nodes, _ = _blank_nodes(index)
    return dict(_contents(index, nodes))


def _blank_nodes(index: TripleIndex) -> tuple[list[BlankNode], Owners]:
    """All blank nodes, and who points at each of them, with which property."""
    found: dict[BlankNode, None] = {}
    owners: dict[Node, list[tuple[Node, NamedNode]]] = {}
    for subject, predicate, value in index:
        if isinstance(subject, BlankNode):
            found[subject] = None
        if isinstance(value, BlankNode):
            found[value] = None
            owners.setdefault(value, []).append((subject, predicate))
        elif isinstance(value, Triple):
            found.update(dict.fromkeys(part for part in value if isinstance(part, BlankNode)))
    return list(found), owners


def _roots(nodes: list[BlankNode], owners: Owners) -> dict[Node, str]:
    """The IRI at the root of each node's tree; "" if nothing or more than one thing points at a node on the way."""
    roots: dict[Node, str] = {}
    for start in nodes:
        way: list[Node] = []
        node: Node = start
        while isinstance(node, BlankNode) and node not in roots:
            roots[node] = ""
            way.append(node)
            above = {subject for subject, _ in owners.get(node, ())}
            if len(above) != 1:
                break
            node = above.pop()
        root = node.value if isinstance(node, NamedNode) else roots.get(node, "")
        roots.update(dict.fromkeys(way, root))
    return roots


def _kind(index: TripleIndex, node: Node, owners: Owners) -> str:
    if index.has_type(node, EUVOC.XlNote):
        return "definitions"
    cited = any(
        predicate == DCT.source and index.has_type(subject, EUVOC.XlNote) for subject, predicate in owners.get(node, ())
    )
    return "sources" if cited else "nodes"


def _contents(index: TripleIndex, nodes: list[BlankNode]) -> dict[Node, str]:
    """The content of each node as text: leaves first, then what is left over because it goes in a circle."""
    below = {node: _children(index, node) for node in nodes}
    above: dict[BlankNode, list[BlankNode]] = {node: [] for node in nodes}
    for node, children in below.items():
        for child in children:
            above[child].append(node)
    waiting = {node: len(children) for node, children in below.items()}
    ready = [node for node, count in waiting.items() if not count]
    contents: dict[Node, str] = {}
    while ready:
        node = ready.pop()
        contents[node] = _digest(index, node, contents)
        for parent in above[node]:
            waiting[parent] -= 1
            if not waiting[parent]:
                ready.append(parent)
    circular = [node for node in nodes if node not in contents]
    return _refined(index, circular, contents) if circular else contents


def _children(index: TripleIndex, node: BlankNode) -> set[BlankNode]:
    return {value for values in index.about(node).values() for value in values if isinstance(value, BlankNode)}


def _digest(index: TripleIndex, node: Node, contents: Mapping[Node, str]) -> str:
    return digest_of(
        f"{predicate} {_text(value, contents)}" for predicate, values in index.about(node).items() for value in values
    )


def digest_of(statements: Iterable[str]) -> str:
    """The content of a node: a hash of what is said of it, each predicate and object as N-Triples writes them."""
    return _hash(sorted(statements))


def _text(value: Term, contents: Mapping[Node, str]) -> str:
    return f"_:{contents.get(value, '')}" if isinstance(value, BlankNode) else str(value)


def _hash(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def _refined(index: TripleIndex, circular: list[BlankNode], contents: dict[Node, str]) -> dict[Node, str]:
    """Colour refinement; nodes that stay alike are told apart by their order in the file."""
    colours = dict(contents)
    classes = 0
    for _ in range(min(_MOST_ROUNDS, len(circular) + 1)):
        colours.update({node: _digest(index, node, colours) for node in circular})
        distinct = len({colours[node] for node in circular})
        if distinct == classes:
            break
        classes = distinct
    ordinals: dict[str, int] = {}
    for node in circular:
        colour = colours[node]
        ordinals[colour] = ordinals.get(colour, -1) + 1
        if ordinals[colour]:
            colours[node] = _hash([colour, str(ordinals[colour])])
    return colours
