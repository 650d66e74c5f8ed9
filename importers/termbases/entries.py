"""The entries of a TBX document of any version and style: concept, language, term, each with its data categories.

TBX 2 (martif) and 3 (tbx) name their levels differently; a data category is an attribute (``<descrip
type="definition">``, style DCA) or an element of another namespace (``<basic:definition>``, style DCT). Here they are
one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from importers.report import Issue

LANGUAGE_LEVEL = frozenset({"langSec", "langSet"})
TERM_LEVEL = frozenset({"termSec", "tig", "ntig"})
_GROUPS = frozenset({"adminGrp", "descripGrp", "transacGrp", "termNoteGrp", "termCompGrp"})
_INLINE = frozenset({"hi", "foreign", "ph", "sc", "ec", "bpt", "ept"})
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_WRAPPED = re.compile(r"[ \t]*\n[ \t]+")
_PREFIXED = re.compile(r"[A-Za-z][\w.-]*:(?=[\w-]+$)")


@dataclass(frozen=True, slots=True)
class Item:
    """One data category with its value: `category` in lower case without prefix, `target` what it points at.

    `language` is "" where it is that of the level.
    """

    category: str
    text: str
    target: str = ""
    language: str = ""

    @property
    def code(self) -> str:
        """The value as a code: without the prefix that the style DCT puts before it."""
        return _PREFIXED.sub("", self.text)


Group: TypeAlias = tuple[Item, ...]
"""Items that a document keeps together, such as a definition and its sources; most groups have one item."""


@dataclass(frozen=True, slots=True)
class TermSection:
    """One term with what is said of it."""

    text: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class LanguageSection:
    """What one language has: terms, and what is said in that language."""

    language: str
    groups: tuple[Group, ...]
    terms: tuple[TermSection, ...]


@dataclass(frozen=True, slots=True)
class TermEntry:
    """One concept entry: its id in the file, the line that it begins on, and what of it could not be read."""

    identifier: str
    line: int
    groups: tuple[Group, ...]
    sections: tuple[LanguageSection, ...]
    issues: tuple[Issue, ...] = ()


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace, "" for a comment or an instruction."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def read_entry(element: etree._Element, line: int) -> TermEntry:
    """The entry that an element holds."""
    sections = [child for child in element if local_name(child) in LANGUAGE_LEVEL]
    return TermEntry(element.get("id", ""), line, read_groups(element), tuple(map(_section, sections)))


def read_groups(element: etree._Element) -> tuple[Group, ...]:
    """What is said at the level of an element, not below it."""
    return tuple(group for child in element if (group := tuple(_items(child))))


def text_of(element: etree._Element) -> str:
    """The element's text: lines that only lay out the file are joined, other line breaks stay."""
    return _WRAPPED.sub(" ", str(element.xpath("string()"))).strip()


def _section(element: etree._Element) -> LanguageSection:
    terms = tuple(_term(child) for child in element if local_name(child) in TERM_LEVEL)
    return LanguageSection(element.get(_LANG, "") or element.get("lang", ""), read_groups(element), terms)


def _term(element: etree._Element) -> TermSection:
    inner = next((child for child in element if local_name(child) == "termGrp"), element)
    term = next((text_of(child) for child in inner if local_name(child) == "term"), "")
    groups = read_groups(element) + (read_groups(inner) if inner is not element else ())
    return TermSection(term, groups)


def _items(element: etree._Element) -> Iterator[Item]:
    name = local_name(element)
    if not name or name in LANGUAGE_LEVEL | TERM_LEVEL | {"term", "termGrp"}:
        return
    children = [child for child in element if local_name(child) and local_name(child) not in _INLINE]
    if name in _GROUPS or (children and not _has_words(element)):
        for child in children:
            yield from _items(child)
        return
    text, target = text_of(element), element.get("target", "")
    if text or target:
        yield Item((element.get("type") or name).casefold(), text, target, element.get(_LANG, ""))


def _has_words(element: etree._Element) -> bool:
    """Whether text stands in the element itself: then what is marked up in it is a part of that text."""
    return any((text or "").strip() for text in (element.text, *(child.tail for child in element)))
