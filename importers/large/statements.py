"""The statements of a file as lines of N-Triples, in pieces: the parser reads from disk, and no piece is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse, serialize

from importers.large.whole import ReadWholeError
from importers.rdf.syntaxes import Syntax
from importers.rdf.terms import DOCUMENT

_AT_A_TIME = 20_000


@dataclass(slots=True)
class Statements:
    """The statements of one file. `named` is whether any of those that came so far stood in a named graph."""

    path: Path
    syntax: Syntax
    named: bool = False

    def pieces(self) -> Iterator[tuple[str, list[Quad]]]:
        """Lines of N-Triples, and the quads that they say, one for one.

        Raises:
            ReadWholeError: the file has a mistake, or an IRI with a line end in it.
        """
        default = DefaultGraph()
        quads = parse(path=str(self.path), format=self.syntax.format, base_iri=DOCUMENT, lenient=True)
        while some := self._next(quads):
            named = any(quad.graph_name != default for quad in some)
            self.named = self.named or named
            lines = (_as_triples(some) if named else serialize(some, format=RdfFormat.N_QUADS)) or b""
            if lines.count(b"\n") != len(some):
                raise ReadWholeError
            yield lines.decode(), some

    @staticmethod
    def _next(quads: Iterator[Quad]) -> list[Quad]:
        try:
            return list(islice(quads, _AT_A_TIME))
        except SyntaxError as error:
            raise ReadWholeError from error


def _as_triples(quads: list[Quad]) -> bytes | None:
    """Lines without graphs, for which other objects are made."""
    return serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
