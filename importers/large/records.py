"""Statements put together to records: a resource with an IRI, and the blank nodes that hang from it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from pyoxigraph import NamedNode, Quad

from importers.large.statements import Statements
from importers.rdf.triples import NODES, Node, Term

Triples: TypeAlias = list[tuple[Node, NamedNode, Term]]


_RUN = re.compile(r"([^ ]+) .*\n(?:\1 .*\n)*")
"""Lines of N-Triples that have one subject."""


class ScatteredError(Exception):
    """A resource is described in several places, so that records are known at the end of the file only."""


@dataclass(slots=True)
class Block:
    """What is said of one subject: where among the subjects it came, and its statements as lines and as quads.

    A tail is a line of N-Triples without its subject: predicate, object and dot.
    """

    place: int
    tails: list[str] = field(default_factory=list)
    quads: list[Quad] = field(default_factory=list)


@dataclass(slots=True)
class Blocks:
    """Blocks by subject, written as in N-Triples, that belong to no record yet.

    `complete` says that the whole file is in it; `shared` are blank nodes that several things point at. Names in `gone`
    were taken away and must not come again; of blank nodes only where `labelled` says that they have names in the file.
    """

    labelled: bool = True
    complete: bool = False
    shared: frozenset[str] = frozenset()
    by_subject: dict[str, Block] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    _subjects: int = 0

    def begin(self, subject: str) -> Block:
        """The block of a subject, a new one if there is none.

        Raises:
            ScatteredError: it was taken away already.
        """
        block = self.by_subject.get(subject)
        if block is None:
            if subject in self.gone:
                raise ScatteredError
            block = self.by_subject[subject] = Block(self._subjects)
            self._subjects += 1
        return block

    def of_blank(self, node: str) -> Block | None:
        """The block of a blank node that something points at; None if the file does not describe it.

        Raises:
            ScatteredError: it is not known yet.
        """
        block = self.by_subject.get(node)
        if block is None and not self.complete:
            raise ScatteredError
        return block

    def reachable(self, subject: str) -> list[str]:
        """A subject and every blank node that hangs from it and is described.

        Raises:
            ScatteredError: not all of them are known yet.
        """
        found = {subject: None}
        waiting = [subject]
        while waiting:
            for tail in self.by_subject[waiting.pop()].tails:
                node = blank_object(tail)
                if node and node not in found and self.of_blank(node) is not None:
                    found[node] = None
                    waiting.append(node)
        return list(found)

    def take(self, nodes: Iterable[str], *, for_good: bool) -> list[Block]:
        """Removes blocks; `for_good` if nothing more may be said of them."""
        taken = []
        for node in nodes:
            taken.append(self.by_subject.pop(node))
            if for_good and (self.labelled or node[0] == "<"):
                self.gone.add(node)
        return taken


def triples_of(quads: Iterable[Quad]) -> Triples:
    """The triples of some quads."""
    return [(quad.subject, quad.predicate, quad.object) for quad in quads if isinstance(quad.subject, NODES)]


def blank_object(tail: str) -> str:
    """The blank node that a statement points at, "" if it points at something else."""
    value = tail.partition(" ")[2]
    return value[:-2] if value.startswith("_:") else ""


def streamed(statements: Statements, blocks: Blocks) -> Iterator[str]:
    """The subject of each record when the next one begins; until then nobody else may take its blocks.

    Raises:
        ScatteredError: a record that was taken for good comes again.
    """
    subject = ""
    for said, tails, quads in _runs(statements):
        if said[0] == "<" and said != subject:
            if subject:
                yield subject
            subject = said
        block = blocks.begin(said)
        block.tails += tails
        block.quads += quads
    if subject:
        yield subject


def _runs(statements: Statements) -> Iterator[tuple[str, list[str], list[Quad]]]:
    """Statements that follow each other and have one subject: that, their tails, and their quads."""
    for text, quads in statements.pieces():
        start = 0
        for found in _RUN.finditer(text):
            subject = found[1]
            tails = found.group()[len(subject) + 1 : -1].split(f"\n{subject} ")
            yield subject, tails, quads[start : start + len(tails)]
            start += len(tails)


def gathered(statements: Statements, blocks: Blocks) -> Iterator[str]:
    """The subjects of all records after the whole file was put into the blocks."""
    pointed: Counter[str] = Counter()
    for said, tails, quads in _runs(statements):
        block = blocks.begin(said)
        block.tails += tails
        block.quads += quads
        pointed.update(node for tail in tails if " _:" in tail and (node := blank_object(tail)))
    blocks.complete = True
    blocks.shared = frozenset(node for node, times in pointed.items() if times > 1)
    yield from [subject for subject in blocks.by_subject if subject[0] == "<"]
