"""The text of one graph by subject: only what is asked for becomes objects, which costs ten times the finding of lines.

Reads: N-Triples as the engine writes them, one blank between the parts of a line. Writes: nothing.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, parse


class Statements:
    """What a graph says with some properties; its text comes some whole lines at a time."""

    def __init__(self, portions: Iterable[bytes], properties: Iterable[NamedNode]) -> None:
        wanted = {str(each).encode() for each in properties}
        self._lines: dict[bytes, list[bytes]] = {}
        for line, (subject, predicate, _) in lines(portions):
            if predicate in wanted:
                self._lines.setdefault(subject, []).append(line)

    def of(self, thing: NamedNode | BlankNode) -> list[Triple]:
        """What is said of a thing."""
        found = self._lines.get(str(thing).encode(), ())
        return [each for each in parsed(found) if each is not None]


def lines(portions: Iterable[bytes]) -> Iterator[tuple[bytes, tuple[bytes, bytes, bytes]]]:
    """Each line, and its subject, predicate and object."""
    for portion in portions:
        for line in portion.split(b"\n"):
            subject, _, said = line.partition(b" ")
            predicate, _, value = said.partition(b" ")
            yield line, (subject, predicate, value.removesuffix(b" ."))


def parsed(some: Iterable[bytes]) -> Iterator[Triple | None]:
    """The triples of some lines, in the same order."""
    for quad in parse(b"\n".join(some), RdfFormat.N_TRIPLES, lenient=True):
        yield quad.triple if isinstance(quad, Quad) else None
