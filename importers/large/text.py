"""The text of a file on disk, a piece at a time, and whether it is one that can be read so."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from importers.large.whole import ReadWholeError
from importers.rdf.syntaxes import N_QUADS, N_TRIPLES, TURTLE, Syntax, detect

_PIECE: Final = 2**20
_DIRECTIVE: Final = "prefix"
_LAST: Final = 500
"""Characters at the end of a piece among which a directive may begin that goes on in the next line."""


@dataclass(frozen=True, slots=True)
class Text:
    """A file in UTF-8: its syntax, and whether blank nodes have names in it."""

    path: Path
    syntax: Syntax
    labelled: bool

    def pieces(self) -> Iterator[str]:
        """The text in pieces that end with lines; no declaration of a prefix is divided."""
        with self.path.open(encoding="utf-8", newline="") as file:
            while piece := file.read(_PIECE):
                piece += file.readline()
                while _DIRECTIVE in piece[-_LAST:].lower() and (line := file.readline()):
                    piece += line
                yield piece


def looked_over(path: Path) -> Text:
    """What there is to know about a file before it is read.

    Raises:
        ReadWholeError: it is not UTF-8, has byte order marks, or is in no syntax that can be read in pieces.
    """
    syntax, labelled, directive = None, False, False
    before = ""
    for piece in _decoded(path):
        if not before:
            syntax = detect(piece)
        seen = before[-_LAST:] + piece
        if "\n\ufeff" in seen or piece.startswith("\ufeff"):
            raise ReadWholeError
        labelled = labelled or "_:" in seen
        directive = directive or "@prefix" in seen
        before = piece
    if syntax is N_TRIPLES and directive:
        syntax = TURTLE
    if syntax not in {N_TRIPLES, N_QUADS, TURTLE} or syntax is None:
        raise ReadWholeError
    return Text(path, syntax, labelled)


def _decoded(path: Path) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while data := file.read(_PIECE):
                yield decoder.decode(data)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            raise ReadWholeError from error
