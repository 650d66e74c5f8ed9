"""A TBX file that is not well-formed: read entry by entry, and of a broken entry the parts that are whole."""

import re
from dataclasses import replace

from lxml import etree

from importers.base import UnreadableSourceError
from importers.issues import issue
from importers.json_entries import Loss
from importers.lines import Lines
from importers.rdf.journal import Journal
from importers.rdf.xml_mending import cut_to_whole
from importers.rdf.xml_salvage import parsed_xml
from importers.report import READ_IN_PART, Issue, Where
from importers.termbases.entries import TermEntry, read_entry

_ROOT = re.compile(r"<(?P<name>(?:[\w.-]+:)?(?:tbx|martif))\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_ENTRY = re.compile(r"<(?P<name>(?:[\w.-]+:)?(?:conceptEntry|termEntry))\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_HEAD = re.compile(r"<(?P<name>(?:[\w.-]+:)?(?:tbxHeader|martifHeader))\b.*?</(?P=name)\s*>", re.DOTALL)
_NAMESPACE = re.compile(r"xmlns(?::[\w.-]+)?\s*=\s*(?:\"[^\"<]*\"|'[^'<]*')")
_SHOWN = 200


class TermbaseSalvage:
    """Reads one text that the XML parser refused with `error`; `entries` and `losses` are what it comes to.

    Raises:
        UnreadableSourceError: it has no root element of TBX.
    """

    def __init__(self, text: str, file: str, error: UnreadableSourceError) -> None:
        root = _ROOT.search(text)
        if root is None:
            raise error
        self._text = text
        self._lines = Lines(text)
        self._file = file
        self._opening = root.group().removesuffix("/>").removesuffix(">") + ">"
        self._closing = f"</{root['name']}>"
        self.root = self._root(error)
        self.entries: list[TermEntry] = []
        self.losses: list[Loss] = []
        starts = [found.start() for found in _ENTRY.finditer(text, root.end())]
        for start, following in zip(starts, [*starts[1:], len(text)], strict=False):
            self._read(start, following)

    def _root(self, error: UnreadableSourceError) -> etree._Element:
        """The root with its head, if that is whole, and without entries."""
        head = _HEAD.search(self._text)
        for inner in (head.group() if head else "", ""):
            element = self._parsed(inner)
            if not isinstance(element, str):
                return element
        raise error

    def _read(self, start: int, following: int) -> None:
        """Reads the entry that begins at a place; `following` is where the next one begins."""
        begin = _ENTRY.match(self._text, start)
        name = begin["name"] if begin else ""
        end = re.compile(rf"</{re.escape(name)}\s*>").search(self._text, start, following)
        line, column = self._lines.place(start)
        element: etree._Element | str = "it is not closed"
        if end is not None:
            element = self._parsed(self._text[start : end.end()])
        elif following == len(self._text):
            element = "the file ends in the middle of it"
        if not isinstance(element, str):
            self.entries.append(read_entry(element[0], line))
        elif (entry := self._in_part(self._text[start : end.start() if end else following], line, element)) is not None:
            self.entries.append(entry)
        else:
            shown = " ".join(self._text[start : min(following, start + 4 * _SHOWN)].split())[:_SHOWN]
            self.losses.append(Loss(shown, line, column, element))

    def _in_part(self, text: str, line: int, why: str) -> TermEntry | None:
        """The whole parts of a broken entry, what is left out in its issues; None if no term is left."""
        journal = Journal(self._file)
        start = _ENTRY.match(text)
        if start is None:
            return None
        named = f"<{start['name']}"
        namespaces = " ".join(dict.fromkeys(_NAMESPACE.findall(self._opening)))
        element = self._parsed(cut_to_whole(text.replace(named, f"{named} {namespaces}", 1), _ENTRY, journal))
        entry = None if isinstance(element, str) else read_entry(element[0], line)
        if entry is None or not any(term.text for section in entry.sections for term in section.terms):
            return None
        message = f"A part of the entry cannot be read ({why}); it was left out."
        lost = [
            issue("statement-unreadable", one.value, Where(self._file, line=line - 1 + _line(one)), message=message)
            for _, one in journal.unread
        ]
        in_part = issue(READ_IN_PART, f"{len(lost)} unreadable", Where(self._file, line=line))
        return replace(entry, issues=(*lost, in_part))

    def _parsed(self, inner: str) -> etree._Element | str:
        """The root with something in it, or what the parser says of it."""
        try:
            return parsed_xml(self._opening + inner + self._closing, "")
        except UnreadableSourceError as error:
            return error.message.removeprefix("The XML cannot be read: ").removesuffix(".")


def _line(found: Issue) -> int:
    return (found.where.line if found.where else None) or 1
