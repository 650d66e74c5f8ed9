"""A TBX file to its head and entries. A file that is not well-formed gives up only the entries that are broken."""

import re
from dataclasses import dataclass

from lxml import etree

from importers.base import Source, UnreadableSourceError
from importers.json_entries import Loss
from importers.rdf.decoding import decode
from importers.rdf.journal import Journal
from importers.rdf.xml_mending import with_entities
from importers.rdf.xml_salvage import parsed_xml
from importers.report import Issue, Where
from importers.termbases.entries import Item, TermEntry, local_name, read_entry, read_groups, text_of
from importers.texts import CONTROL

ENTRIES = frozenset({"conceptEntry", "termEntry"})
_ROOT = re.compile(r"<(?P<name>(?:[\w.-]+:)?(?:tbx|martif))\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_ENTRY = re.compile(r"<(?P<name>(?:[\w.-]+:)?(?:conceptEntry|termEntry))\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_HEAD = re.compile(r"<(?P<name>(?:[\w.-]+:)?(?:tbxHeader|martifHeader))\b.*?</(?P=name)\s*>", re.DOTALL)
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Termbase:
    """What a file holds: `language` and `title` as its head says, `head` its other data categories.

    `issues` are what had to be mended in the file, `losses` entries that cannot be read.
    """

    dialect: str
    language: str
    title: str
    head: tuple[Item, ...]
    entries: tuple[TermEntry, ...]
    issues: tuple[Issue, ...] = ()
    losses: tuple[Loss, ...] = ()


def read_termbase(source: Source) -> Termbase:
    """The termbase in a source.

    Raises:
        UnreadableSourceError: it is no XML, is nested or expanded without end, or no entry of it can be read.
    """
    journal = Journal(source.name)
    text = decode(source, journal)
    losses: list[Loss] = []
    try:
        root = parsed_xml(text, source.name)
        entries = [read_entry(one, _line(one)) for one in root.iter(etree.Element) if local_name(one) in ENTRIES]
    except UnreadableSourceError as error:
        root, entries, losses = _salvaged(with_entities(_without_controls(text, journal), journal), error)
    if not entries:
        message = "The file is TBX, but has no concept entry that can be read."
        raise UnreadableSourceError(message, Where(source.name, line=1), "Send a file with entries in its body.")
    head = next((one for one in root.iter(etree.Element) if local_name(one) in {"tbxHeader", "martifHeader"}), None)
    return Termbase(
        root.get("type", ""),
        root.get(_LANG, "") or root.get("lang", ""),
        _title(head),
        _head_items(head),
        tuple(entries),
        tuple(journal.of_file),
        tuple(losses),
    )


def _title(head: etree._Element | None) -> str:
    titles = [] if head is None else [text_of(one) for one in head.iter(etree.Element) if local_name(one) == "title"]
    return next(filter(None, titles), "")


def _head_items(head: etree._Element | None) -> tuple[Item, ...]:
    descriptions = [] if head is None else [one for one in head.iter(etree.Element) if local_name(one) == "sourceDesc"]
    return tuple(item for one in descriptions for group in read_groups(one) for item in group)


def _without_controls(text: str, journal: Journal) -> str:
    """The text without characters that XML cannot carry."""
    found = CONTROL.search(text)
    if found is not None:
        journal.note_file("control-character", line=text.count("\n", 0, found.start()) + 1)
    return CONTROL.sub("", text)


def _salvaged(text: str, error: UnreadableSourceError) -> tuple[etree._Element, list[TermEntry], list[Loss]]:
    """The root without entries, the entries that can be read one by one, and those that cannot."""
    root = _ROOT.search(text)
    if root is None:
        raise error
    opening = root.group().removesuffix("/>").removesuffix(">") + ">"
    closing = f"</{root['name']}>"
    entries: list[TermEntry] = []
    losses: list[Loss] = []
    starts = [found.start() for found in _ENTRY.finditer(text, root.end())]
    for start, following in zip(starts, [*starts[1:], len(text)], strict=False):
        found = _entry(text, start, following, opening, closing)
        entries += [found] if isinstance(found, TermEntry) else []
        losses += [found] if isinstance(found, Loss) else []
    head = _HEAD.search(text)
    for inner in (head.group() if head else "", ""):
        element = _parsed(opening + inner + closing)
        if not isinstance(element, str):
            return element, entries, losses
    raise error


def _entry(text: str, start: int, following: int, opening: str, closing: str) -> TermEntry | Loss:
    """The entry that begins at a place, or why it is lost; `following` is where the next one begins."""
    begin = _ENTRY.match(text, start)
    name = begin["name"] if begin else ""
    end = re.compile(rf"</{re.escape(name)}\s*>").search(text, start, following)
    line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    shown = " ".join(text[start : min(following, start + 4 * _SHOWN)].split())[:_SHOWN]
    if end is None:
        last = following == len(text)
        return Loss(shown, line, column, "the file ends in the middle of it" if last else "it is not closed")
    element = _parsed(opening + text[start : end.end()] + closing)
    if isinstance(element, str):
        return Loss(shown, line, column, element)
    return read_entry(element[0], line)


def _parsed(text: str) -> etree._Element | str:
    """The element, or what the parser says of it."""
    try:
        return parsed_xml(text, "")
    except UnreadableSourceError as error:
        return error.message.removeprefix("The XML cannot be read: ").removesuffix(".")


def _line(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 1
