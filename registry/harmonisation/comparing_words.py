"""Two texts side by side: which words only one has, and which parts of a text evidence points at."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from registry.harmonisation.records import Span

Operation: TypeAlias = Literal["equal", "replace", "delete", "insert"]
_PIECE = re.compile(r"\w+(?:[-/.']\w+)*|[^\w\s]|\s+")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text; `marked` if a span covers it."""

    text: str
    marked: bool


def word_difference(a_text: str, b_text: str) -> list[tuple[Operation, str, str]]:
    """How a becomes b, word by word: (operation, words of a, words of b). Case counts as no difference.

    The words keep the blanks behind them, so that joining all of one side gives that text back.
    """
    first, second = _pieces(a_text), _pieces(b_text)
    matcher = SequenceMatcher(None, [_plain(word) for word in first], [_plain(word) for word in second], autojunk=False)
    return [
        (operation, "".join(first[start:end]), "".join(second[other_start:other_end]))
        for operation, start, end, other_start, other_end in matcher.get_opcodes()
    ]


def _pieces(text: str) -> list[str]:
    """Words and signs, each with the blanks behind it; leading blanks belong to the first."""
    pieces: list[str] = []
    for piece in _PIECE.findall(text):
        if pieces and (piece.isspace() or pieces[-1].isspace()):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _plain(word: str) -> str:
    return word.strip().casefold()


def highlight(text: str, spans: Iterable[Span | None]) -> list[Segment]:
    """The text in pieces, marked where a span covers it; spans may overlap or be absent."""
    covered: list[list[int]] = []
    for start, end in sorted(span for span in spans if span is not None and span[0] < span[1]):
        if covered and start <= covered[-1][1]:
            covered[-1][1] = max(covered[-1][1], end)
        else:
            covered.append([start, end])
    segments: list[Segment] = []
    place = 0
    for start, end in covered:
        if place < start:
            segments.append(Segment(text[place:start], marked=False))
        segments.append(Segment(text[start:end], marked=True))
        place = end
    if place < len(text):
        segments.append(Segment(text[place:], marked=False))
    return segments
