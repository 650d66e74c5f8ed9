"""Lovdata's XML/HTML to a `LegalDocument`: the head's key information, and the sections that are the text's own.

What stands inside a change to another text (`article.change`, `document-change`, `futureLegalArticle`) is not its own.
"""

import re
from collections.abc import Iterator
from typing import Literal

from lxml import etree

from importers.law.chapters import Heading, chapter_above
from importers.law.document import LegalDocument, Paragraph, Section
from importers.law.identifiers import UniqueNames, parse_refid, section_name
from importers.law.source_acts import source_acts, texts_of

_FOREIGN = {"change", "document-change", "futureLegalArticle", "gazettenote", "footnote"}
PARAGRAPHS = {"legalP", "numberedLegalP", "defaultP", "marginIdArticle"}
_LEFT_OUT = {"ul", "ol", "table"}
_BLOCKS = _LEFT_OUT | {"article", "footer", "p", "img"}
_AMENDING_TITLE = re.compile(r"(?:lov|forskrift|vedtak|mellombels lov)\b.{0,40}?\bendring(?:ar|er)?\b", re.IGNORECASE)
_SHALL_READ = re.compile(r"\bskal\s+(?:\w+\s+){0,3}(?:lyde|lyda|lyd)\b")
_ONE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:,? (?:kl\.|med (?:retts)?(?:virkning|verknad))[^–]*)?")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_document(root: etree._Element) -> LegalDocument | None:
    """The document below `root` (the html element), None if its head names no refid."""
    key_information = {entry.get("class", ""): entry for entry in root.iter("dd")}

    def text(name: str) -> str:
        return own_text(key_information[name]) if name in key_information else ""

    def items(name: str) -> tuple[str, ...]:
        if name not in key_information:
            return ()
        found = tuple(own_text(item) for item in key_information[name].iter("li"))
        return found or tuple(filter(None, [text(name)]))

    refid = parse_refid(text("refid")) or parse_refid(text("legacyID"))
    body = next((main for main in root.iter("main")), None)
    if refid is None or body is None:
        return None
    title = text("title") or own_text(next(body.iter("h1"), body))
    sections = tuple(_sections(body))
    days = _ISO_DAY.findall(text("dateInForce"))
    return LegalDocument(
        refid=refid,
        title=title,
        language=_language(root),
        short_title=text("titleShort"),
        ministry=items("ministry"),
        in_force=days[0] if days else "",
        all_in_force=days[0] if _ONE_DAY.fullmatch(text("dateInForce")) else "",
        modified=next(iter(_ISO_DAY.findall(text("lastChangeInForce"))), ""),
        last_change=text("lastChangedBy"),
        legal_areas=items("legalArea"),
        based_on=tuple(reference for reference in items("basedOn") if reference != "null"),
        transposes=source_acts([*map(own_text, key_information.values()), *texts_of(sections)]),
        changes=items("changesToDocuments"),
        amending=_amends(title, body, sections),
        sections=sections,
    )


def _language(root: etree._Element) -> Literal["nb", "nn"]:
    return "nn" if (root.get("lang") or "").lower().startswith("nn") else "nb"


def is_amending_title(title: str) -> bool:
    """Whether a title says that the text does nothing but change others."""
    return _AMENDING_TITLE.match(title) is not None


def _amends(title: str, body: etree._Element, sections: tuple[Section, ...]) -> bool:
    if is_amending_title(title):
        return True
    return not sections and bool(_SHALL_READ.search(" ".join(map(str, body.itertext()))))


def _sections(body: etree._Element) -> Iterator[Section]:
    names = UniqueNames()
    headings = _headings(body)
    for article in body.iter("article"):
        if article.get("class") != "legalArticle" or _is_foreign(article):
            continue
        number = own_text(first_span(article, "legalArticleValue"))
        name = section_name(number or article.get("data-name") or "")
        if not name:
            continue
        above = chapter_above([headings[each] for each in _outermost_first(article) if each in headings])
        chapter = above.chapter(names) if above is not None else None
        title = own_text(first_span(article, "legalArticleTitle"))
        yield Section(names.unique(name), number, title, tuple(read_paragraphs(article)), chapter)


def _is_foreign(element: etree._Element) -> bool:
    return any((above.get("class") or "") in _FOREIGN for above in element.iterancestors("article"))


def _headings(body: etree._Element) -> dict[etree._Element, Heading]:
    """The headings of the parts of the text that have one."""
    found = {each: next(each.iterchildren("h1", "h2", "h3", "h4", "h5", "h6"), None) for each in body.iter("section")}
    return {each: Heading(own_text(heading)) for each, heading in found.items() if own_text(heading)}


def _outermost_first(article: etree._Element) -> list[etree._Element]:
    return list(reversed(list(article.iterancestors("section"))))


def first_span(element: etree._Element, name: str) -> etree._Element | None:
    """The first span of a class, None where there is none."""
    return next((span for span in element.iter("span") if span.get("class") == name), None)


def read_paragraphs(parent: etree._Element) -> Iterator[Paragraph]:
    """The paragraphs, lists and what else is text directly below an element."""
    for child in parent:
        kind = child.get("class") or ""
        if child.tag == "article" and kind in PARAGRAPHS:
            yield from read_paragraph(child)
        elif (child.tag == "article" and kind not in _FOREIGN) or child.tag in {"div", "blockquote"}:
            yield from read_paragraphs(child)
        elif child.tag in _LEFT_OUT:
            yield _with_lists("", [child])


def read_paragraph(element: etree._Element) -> Iterator[Paragraph]:
    """The paragraph; one that only holds others (a numbered one) gives its text to the first of them."""
    inner = [child for child in element if child.tag == "article" and (child.get("class") or "") in PARAGRAPHS]
    blocks = [child for child in element if child.tag in _LEFT_OUT]
    before, after = _around_lists(element)
    head = _with_lists(before, blocks, "\n".join(filter(None, (after, _continuation(element)))))
    if head.text or head.items or not inner:
        yield head
    for child in inner:
        yield from read_paragraph(child)


def _around_lists(element: etree._Element) -> tuple[str, str]:
    """The element's own text before its first list and after it."""
    before, after = [element.text or ""], [""]
    pieces = before
    for child in element:
        if child.tag in _LEFT_OUT:
            pieces = after
        pieces += [*_inside(child), child.tail or ""]
    return _one_blank(before), _one_blank(after)


def _continuation(element: etree._Element) -> str:
    after = [own_text(child) for child in element if child.tag == "p" and child.get("class") == "leddfortsettelse"]
    return "\n".join(filter(None, after))


def _with_lists(text: str, blocks: list[etree._Element], continuation: str = "") -> Paragraph:
    items = tuple(_item(item) for block in blocks if block.tag != "table" for item in block.iterchildren("li"))
    rows = [_row(row) for block in blocks if block.tag == "table" for row in block.iter("tr")]
    return Paragraph(text, items=items, continuation="\n".join(filter(None, (*rows, continuation))))


def _row(row: etree._Element) -> str:
    """A row of a table, its cells divided by bars."""
    return " | ".join(_one_blank(list(map(str, cell.itertext()))) for cell in row if cell.tag in {"td", "th"})


def _item(element: etree._Element) -> Paragraph:
    label = element.get("data-li-identifier") or element.get("data-name") or ""
    inner = next((child for child in element.iterchildren("article")), element)
    parts = list(read_paragraphs(inner))
    if not parts:
        return Paragraph(own_text(inner), label)
    first, rest = parts[0], parts[1:]
    after = "\n".join(filter(None, [first.continuation, *(part.full_text() for part in rest)]))
    return Paragraph(first.text, label, first.items, after)


def own_text(element: etree._Element | None) -> str:
    """The text of an element without its lists, tables, nested paragraphs and footnote marks, in single blanks."""
    if element is None:
        return ""
    return _one_blank(list(_pieces(element)))


def _one_blank(pieces: list[str]) -> str:
    return re.sub(r"\s+", " ", "".join(pieces)).strip()


def _pieces(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield from _inside(child)
        yield child.tail or ""


def _inside(child: etree._Element) -> Iterator[str]:
    """What a child adds to the text: its own if it stands in the line, nothing for a footnote's mark, else a blank."""
    if child.get("class") == "footnotereference":
        return
    if isinstance(child.tag, str) and child.tag not in _BLOCKS:
        yield from _pieces(child)
    else:
        yield " "
