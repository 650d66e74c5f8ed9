"""Where the elements of a text begin and end, well-formed or not, found in one reading of it."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator

_TAG = re.compile(
    r"<!--|<!\[CDATA\[|<\?"
    r"|<(?P<close>/)?(?P<name>[A-Za-z_][\w.-]*(?::[\w.-]+)?)(?P<attributes>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*?)"
    r"(?P<empty>/)?>|<(?P<stray>/?[A-Za-z_][\w.:-]*)"
)
"""The beginning of a comment, section or instruction, or a tag; ``stray`` is what begins as a tag and is none."""
_ENDS = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
_LONGEST_INDENT = 200


class Markup:
    """The tags of one text. A tag is a match with ``close``, ``name``, ``empty`` and ``stray``."""

    def __init__(self, text: str, start: int = 0) -> None:
        self._text = text
        self.openings: list[re.Match[str]] = []
        self._closed: dict[int, int] = {}
        self._by_indent: dict[str, list[int]] = defaultdict(list)
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._read(start)
        self._starts = [tag.start() for tag in self.openings]

    def first(self, start: int, end: int) -> re.Match[str] | None:
        """The first tag between two places that opens an element, or is none."""
        for tag in self.openings[(at := bisect_left(self._starts, start)) : at + 1]:
            if tag.end() <= end:
                return tag
        return None

    def closing(self, opening: re.Match[str], end: int) -> int | None:
        """Where the element ends; None if its tags do not match, or it does not end before `end`."""
        closed = opening.end() if opening["empty"] else self._closed.get(opening.start(), end + 1)
        return closed if closed <= end else None

    def resumed(self, opening: re.Match[str], end: int) -> int:
        """Where the element after a broken one begins: indented alike, or of the same name where lines say nothing."""
        indent = self._indent(opening)
        alike = self._by_name[opening["name"]] if indent is None else self._by_indent[indent]
        at = bisect_right(alike, opening.start())
        return min(alike[at], end) if at < len(alike) else end

    def _read(self, start: int) -> None:
        open_tags: list[re.Match[str]] = []
        for tag in _tags(self._text, start):
            if tag["stray"]:
                open_tags.clear()
                self.openings.append(tag)
            elif tag["close"]:
                if open_tags and open_tags[-1]["name"] == tag["name"]:
                    self._closed[open_tags.pop().start()] = tag.end()
                else:
                    open_tags.clear()
            else:
                self._open(tag)
                if not tag["empty"]:
                    open_tags.append(tag)

    def _open(self, tag: re.Match[str]) -> None:
        self.openings.append(tag)
        self._by_name[tag["name"]].append(tag.start())
        if (indent := self._indent(tag)) is not None:
            self._by_indent[indent].append(tag.start())

    def _indent(self, tag: re.Match[str]) -> str | None:
        """The blanks between a tag and the beginning of its line; None where other things stand there."""
        start = tag.start()
        line_end = self._text.rfind("\n", max(0, start - _LONGEST_INDENT), start)
        indent = self._text[line_end + 1 : start]
        return None if line_end < 0 or indent.strip() else indent


def _tags(text: str, start: int) -> Iterator[re.Match[str]]:
    """The tags from a place on; comments, sections and instructions that end are passed over with what is in them."""
    unended: set[str] = set()
    while (tag := _TAG.search(text, start)) is not None:
        start = tag.end()
        ending = _ENDS.get(tag.group())
        if ending is None:
            yield tag
        elif ending not in unended:
            found = text.find(ending, start)
            if found < 0:
                unended.add(ending)
            else:
                start = found + len(ending)
