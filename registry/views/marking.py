"""Two definitions side by side: the words that only one of them has, and the places that evidence points at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from registry.harmonisation.comparing_words import word_difference
from registry.harmonisation.records import Finding, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a definition.

    `differs`: the other has not these words; `evidence`: numbers, from one, of what points here; `ends`: those of them
    whose place ends with this piece.
    """

    text: str
    differs: bool
    evidence: tuple[int, ...]
    ends: tuple[int, ...] = ()


def sides(finding: Finding) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts of a finding in pieces."""
    differences = word_difference(finding.a.text, finding.b.text)
    items = finding.comparison.evidence
    first = _only([(operation, a) for operation, a, _ in differences])
    second = _only([(operation, b) for operation, _, b in differences])
    return (
        pieces(finding.a.text, first, [item.a_span for item in items]),
        pieces(finding.b.text, second, [item.b_span for item in items]),
    )


def pieces(text: str, differences: Iterable[Span], evidence: Sequence[Span | None]) -> tuple[Piece, ...]:
    """The text cut at every end of a span; what points at the whole text points at no place in it."""
    marks = list(differences)
    places = [(number, span) for number, span in enumerate(evidence, 1) if span and span[1] - span[0] < len(text)]
    ends = {0, len(text)} | {end for span in marks for end in span} | {end for _, span in places for end in span}
    cuts = sorted(end for end in ends if 0 <= end <= len(text))
    return tuple(
        Piece(
            text=text[start:end],
            differs=any(a <= start and end <= b for a, b in marks),
            evidence=tuple(number for number, (a, b) in places if a <= start and end <= b),
            ends=tuple(number for number, (a, b) in places if a <= start and end == b),
        )
        for start, end in pairwise(cuts)
    )


def _only(operations: Iterable[tuple[str, str]]) -> list[Span]:
    """Spans of the words that only this side has, without the blanks behind them."""
    spans: list[Span] = []
    at = 0
    for operation, words in operations:
        if operation != "equal" and words.strip():
            spans.append((at, at + len(words.rstrip())))
        at += len(words)
    return spans
