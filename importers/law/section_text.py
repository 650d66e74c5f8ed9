"""A section's paragraphs as plain text that can be read back: what the register keeps, and what amendments change.

A blank line stands between paragraphs. An item is a line of its own, its label first, indented by two blanks for each
level; the text that goes on after the items of a paragraph or an item is indented by one blank more than its owner.
"""

import re
from collections.abc import Iterable, Iterator

from importers.law.document import Paragraph

_STEP = "  "
_UNLABELLED = "–"
_LINE = re.compile(r"(?P<indent> *)(?P<rest>.*)", re.DOTALL)


def write_text(paragraphs: Iterable[Paragraph]) -> str:
    """The text of paragraphs; empty ones are left out."""
    return "\n\n".join(filter(None, ("\n".join(_lines(paragraph, "")) for paragraph in paragraphs)))


def read_text(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text that `write_text` made."""
    return tuple(_paragraph(block.split("\n")) for block in text.split("\n\n")) if text else ()


def _lines(paragraph: Paragraph, indent: str) -> Iterator[str]:
    if indent:
        label = re.sub(r"\s", "\N{NO-BREAK SPACE}", paragraph.label) or _UNLABELLED
        yield f"{indent}{label} {paragraph.text}"
    elif paragraph.text:
        yield paragraph.text
    for item in paragraph.items:
        yield from _lines(item, indent + _STEP)
    yield from (f"{indent} {line}" for line in paragraph.continuation.split("\n") if line)


def _paragraph(lines: list[str]) -> Paragraph:
    """The paragraph whose lines these are; its first is no item unless it is indented."""
    if lines[0].startswith(" "):
        return _owner("", "", lines, 0)
    return _owner("", lines[0], lines[1:], 0)


def _owner(label: str, text: str, lines: list[str], level: int) -> Paragraph:
    """A paragraph or item with what is indented below it."""
    items: list[Paragraph] = []
    after: list[str] = []
    place = 0
    while place < len(lines):
        indent, rest = _divide(lines[place])
        place += 1
        if indent != level + len(_STEP):
            after.append(rest)
            continue
        end = place
        while end < len(lines) and _divide(lines[end])[0] > indent:
            end += 1
        mark, _, words = rest.partition(" ")
        mark = "" if mark == _UNLABELLED else mark
        items.append(_owner(mark, words, lines[place:end], indent))
        place = end
    return Paragraph(text, label, tuple(items), "\n".join(after))


def _divide(line: str) -> tuple[int, str]:
    found = _LINE.fullmatch(line)
    return (len(found["indent"]), found["rest"]) if found else (0, line)
