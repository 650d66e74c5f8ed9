"""Lines of a section to paragraphs with their lists: what a list's marks say of its levels."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from importers.law.document import Paragraph

ITEM = re.compile(r"(?P<label>[a-zæøå]{1,2}[.)]|\d{1,2}[.)]|[ivx]{1,4}\)|[-–•*·])\s+(?P<text>\S.*)")


@dataclass(slots=True)
class _Node:
    text: str
    label: str = ""
    items: list["_Node"] = field(default_factory=list)

    def paragraph(self) -> Paragraph:
        return Paragraph(self.text, self.label, tuple(each.paragraph() for each in self.items))


_Level: TypeAlias = tuple[str, _Node]


def nested(lines: Iterable[str]) -> tuple[Paragraph, ...]:
    """The paragraphs; an item whose mark is of another kind than the last one's stands below it."""
    found: list[_Node] = []
    open_levels: list[_Level] = []
    for line in lines:
        item = ITEM.fullmatch(line)
        if item is None:
            found.append(_Node(line))
            open_levels = []
            continue
        if not found:
            found.append(_Node(""))
        kind = _kind(item["label"])
        while open_levels and kind != open_levels[-1][0] and any(kind == each for each, _ in open_levels):
            open_levels.pop()
        if open_levels and open_levels[-1][0] == kind:
            open_levels.pop()
        owner = open_levels[-1][1] if open_levels else found[-1]
        node = _Node(item["text"], item["label"])
        owner.items.append(node)
        open_levels.append((kind, node))
    return tuple(each.paragraph() for each in found)


def _kind(label: str) -> str:
    if label[0].isdigit():
        return "number"
    return "letter" if label[0].isalpha() else label
