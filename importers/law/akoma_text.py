"""The text of an Akoma Ntoso provision: its paragraphs with their items, and the definitions that are marked in it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from importers.law.document import Paragraph

_QUOTED = {"quotedStructure", "quotedText", "embeddedStructure"}
_LEFT_OUT = {"num", "heading", "subheading", "crossHeading", "authorialNote", "noteRef", "remark"}
_TEXTS = {
    "content",
    "intro",
    "wrapUp",
    "wrap",
    "interstitial",
    "mainBody",
    "body",
    "doc",
    "listIntroduction",
    "listWrapUp",
}
_LISTS = {"list", "blockList", "ul", "ol"}
_PARAGRAPHS = {"subsection", "paragraph", "clause", "hcontainer", "level"}
_ITEMS = {
    "point",
    "indent",
    "item",
    "li",
    "alinea",
    "subparagraph",
    "subclause",
    "transitional",
    "sublist",
    *_PARAGRAPHS,
}
_BLOCKS = {"p", "block", "blockContainer", "tblock", "toc"}


def name_of(element: etree._Element) -> str:
    """The element's name without its namespace; "" for comments and the like."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def is_foreign(element: etree._Element) -> bool:
    """Whether the element stands in what is quoted from, or for, another text."""
    return any(name_of(each) in _QUOTED for each in element.iterancestors())


def own_text(element: etree._Element) -> str:
    """The text in single blanks, without notes and what is quoted from other texts."""
    return re.sub(r"\s+", " ", "".join(_pieces(element))).strip()


def paragraphs_of(element: etree._Element) -> Iterator[Paragraph]:
    """The paragraphs of a section or annex."""
    found: list[Paragraph] = []
    _read(element, found, top=True)
    yield from (paragraph for paragraph in found if paragraph.full_text())


def _pieces(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = name_of(child)
        if name not in _LEFT_OUT | _QUOTED and name:
            yield from _pieces(child)
        if name in _BLOCKS | _LISTS | _ITEMS:
            yield " "
        yield child.tail or ""


def _read(element: etree._Element, found: list[Paragraph], *, top: bool) -> None:
    """Adds what the element holds: paragraphs, and items to the last of them."""
    for child in element:
        name = name_of(child)
        if name in _LEFT_OUT | _QUOTED or not name or name == "meta":
            continue
        if name in _BLOCKS and not any(name_of(each) in _LISTS for each in child):
            _add_text(own_text(child), found)
        elif name == "table":
            rows = (" | ".join(own_text(cell) for cell in row) for row in child.iter() if name_of(row) == "tr")
            found.append(Paragraph("", continuation="\n".join(rows)))
        elif name in _PARAGRAPHS and top:
            found += _numbered(child)
        elif name in _ITEMS:
            _add_item(child, found)
        else:
            _read(child, found, top=top and name not in _LISTS)


def _add_text(text: str, found: list[Paragraph]) -> None:
    """A block of text: a paragraph, or what goes on after a list."""
    if not text:
        return
    if found and found[-1].items and not text[:1].isupper() and not text.startswith("("):
        after = "\n".join(filter(None, (found[-1].continuation, text)))
        found[-1] = replace(found[-1], continuation=after)
    else:
        found.append(Paragraph(text))


def _numbered(element: etree._Element) -> list[Paragraph]:
    """The paragraphs of a subsection, the first with its number in front."""
    found: list[Paragraph] = []
    _read(element, found, top=False)
    number = next((own_text(each) for each in element if name_of(each) == "num"), "")
    if not found:
        return [Paragraph(number)] if number else []
    first = replace(found[0], text=f"{number} {found[0].text}".strip())
    return [first, *found[1:]]


def _add_item(element: etree._Element, found: list[Paragraph]) -> None:
    label = next((own_text(each) for each in element if name_of(each) == "num"), "")
    inside: list[Paragraph] = []
    if (text := (element.text or "").strip()) or not len(element):
        inside.append(Paragraph(own_text(element) if not any(name_of(each) in _LISTS for each in element) else text))
    else:
        _read(element, inside, top=False)
    first, rest = (inside[0], inside[1:]) if inside else (Paragraph(""), [])
    after = "\n".join(filter(None, (first.continuation, *(each.full_text() for each in rest))))
    item = Paragraph(first.text, label, first.items, after)
    if not found:
        found.append(Paragraph(""))
    found[-1] = replace(found[-1], items=(*found[-1].items, item))
