"""Whether a record is in order: the first of each shape is read like any other file, and the rest are like the first.

A shape is the marks of all statements of a record. Where reading the first record of a shape changes nothing in it, it
changes nothing in any of them, and the report says the same of each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from importers.issues import issue
from importers.large.naming import Naming
from importers.large.records import Blocks, Triples, blank_object, triples_of
from importers.large.values import Marks
from importers.large.whole import ReadWholeError
from importers.rdf.nesting import DEEPEST
from importers.report import Issue
from ontologies.namespaces import DCT, RDF, SKOS

Shape: TypeAlias = tuple["str | tuple[str, Shape]", ...]
ReadAlone: TypeAlias = Callable[[str, Triples], list[Issue] | None]
"""Reads a record as a file of its own: what is said of it in the report, None if anything would be changed in it."""

_CONCEPT = f"{RDF.type} {SKOS.Concept} ."
_IDENTIFIER = f"{DCT.identifier} "
_DIFFERS = "identifier-differs"
_MOST_SHAPES = 100_000


@dataclass(frozen=True, slots=True)
class InOrder:
    """A record that is stored as it came: its nodes, its lines with the names of blank nodes, and its issues."""

    nodes: list[str]
    lines: list[str]
    issues: list[Issue]


class Shapes:
    """The shapes that one file has shown so far, each with the issues of its records, None for one to be mended."""

    def __init__(self, marks: Marks, read_alone: ReadAlone, uri_base: str) -> None:
        self._marks = marks
        self._read_alone = read_alone
        self._base = uri_base
        self._issues: dict[Shape, list[Issue] | None] = {}

    def in_order(self, subject: str, blocks: Blocks) -> InOrder | None:
        """The record of a subject if it is a concept in order, None if it must be read with the others.

        Raises:
            ScatteredError: not all of its blank nodes are known yet.
            ReadWholeError: it may go deeper than any record does.
        """
        if _CONCEPT not in blocks.by_subject[subject].tails or not self._marks.is_iri_in_order(subject[1:-1]):
            return None
        nodes: dict[str, list[str]] = {}
        shape = self._shape(subject, subject, blocks, nodes)
        if shape is None:
            return None
        if shape not in self._issues:
            if len(self._issues) >= _MOST_SHAPES:
                self._issues.clear()
            self._issues[shape] = self._read_alone(subject[1:-1], _triples(nodes, blocks))
        issues = self._issues[shape]
        if issues is None:
            return None
        stored = {node: self._marks.stored(tails) for node, tails in nodes.items()}
        lines = list(Naming(subject, stored, self._base).lines)
        return InOrder(list(nodes), lines, _own(issues, nodes[subject], subject))

    def _shape(self, node: str, subject: str, blocks: Blocks, nodes: dict[str, list[str]]) -> Shape | None:
        """The shape of a node and of what hangs from it, which is put into `nodes`."""
        block = blocks.of_blank(node)
        if block is None or node in nodes or node in blocks.shared:
            return None
        if len(nodes) > DEEPEST:
            raise ReadWholeError
        tails = nodes[node] = list(dict.fromkeys(block.tails))
        shape: list[str | tuple[str, Shape]] = []
        known, of = self._marks.known, self._marks.of
        for tail in tails:
            if " _:" in tail and (below := blank_object(tail)):
                beneath = self._shape(below, subject, blocks, nodes)
                if beneath is None:
                    return None
                shape.append((tail.partition(" ")[0], beneath))
            elif mark := known.get(tail) or of(tail, subject):
                shape.append(mark)
            else:
                return None
        return tuple(shape)


def _triples(nodes: dict[str, list[str]], blocks: Blocks) -> Triples:
    return triples_of(quad for node in nodes for quad in blocks.by_subject[node].quads)


def _own(issues: list[Issue], tails: list[str], subject: str) -> list[Issue]:
    """The issues of a shape as they are about one of its records: only what its identifier is differs."""
    if not any(one.code == _DIFFERS for one in issues):
        return list(issues)
    values = (tail.split('"')[1] for tail in tails if tail.startswith(_IDENTIFIER))
    others = (value for value in values if value != subject[1:-1])
    return [issue(_DIFFERS, next(others)) if one.code == _DIFFERS else one for one in issues]
