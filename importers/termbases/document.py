"""A TBX file to its head and entries. A file that is not well-formed gives up only what is broken of it."""

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
from importers.termbases.salvage import TermbaseSalvage
from importers.texts import CONTROL

ENTRIES = frozenset({"conceptEntry", "termEntry"})
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


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
        salvage = TermbaseSalvage(with_entities(_without_controls(text, journal), journal), source.name, error)
        root, entries, losses = salvage.root, salvage.entries, salvage.losses
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


def _line(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 1
