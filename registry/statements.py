"""The text of one graph by subject: only what is asked for becomes objects, which costs ten times the finding of lines.

Reads: N-Triples as the engine writes them, one blank between the parts of a line. Writes: nothing.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, parse

from ontologies.namespaces import RDF

_TYPE: Final = str(RDF.type).encode()
_END: Final = b" ."


class Statements:
    """What a graph says with some properties, and which things it says to be of a class."""

    def __init__(self, n_triples: bytes, properties: Iterable[NamedNode]) -> None:
        wanted = {str(each).encode() for each in properties}
        self._lines: dict[bytes, list[bytes]] = {}
        self._instances: dict[bytes, list[bytes]] = {}
        for line in n_triples.split(b"\n"):
            subject, _, said = line.partition(b" ")
            predicate, _, value = said.partition(b" ")
            if predicate in wanted:
                self._lines.setdefault(subject, []).append(line)
            if predicate == _TYPE:
                self._instances.setdefault(value.removesuffix(_END), []).append(subject)

    def of(self, thing: NamedNode | BlankNode) -> list[Triple]:
        """What is said of a thing."""
        return list(self._parsed([str(thing).encode()]))

    def of_instances(self, classes: Iterable[NamedNode], part: NamedNode) -> Iterator[Triple]:
        """What is said of the things of these classes, and of those that they have as a `part`."""
        found = (self._instances.get(str(each).encode(), ()) for each in classes)
        things = dict.fromkeys(subject for subjects in found for subject in subjects)
        link = b" " + str(part).encode() + b" "
        parts = {
            line.partition(link)[2].removesuffix(_END)
            for thing in things
            for line in self._lines.get(thing, ())
            if link in line
        }
        yield from self._parsed(things | dict.fromkeys(sorted(parts - things.keys())))

    def _parsed(self, subjects: Collection[bytes]) -> Iterator[Triple]:
        text = b"\n".join(line for subject in subjects for line in self._lines.get(subject, ()))
        for quad in parse(text, RdfFormat.N_TRIPLES, lenient=True):
            if isinstance(quad, Quad):
                yield quad.triple
