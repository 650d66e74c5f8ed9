"""What an amending document in Lovdata's form changes in others: its instructions in order, each with the new text.

Acts mark each change (`article.change` in `article.document-change`), regulations only write it: both are read by the
words of the instruction. New text is everything up to the next instruction or the next part of the document.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from importers.law.amended_section import divided_text
from importers.law.chapters import is_chapter, read_chapter
from importers.law.document import Amendment, Paragraph
from importers.law.identifiers import Refid, parse_refid, section_name
from importers.law.instructions import Instruction, Operation, Part, read_instructions
from importers.law.lovdata_document import PARAGRAPHS, first_span, own_text, read_paragraph, read_paragraphs
from importers.law.moved_parts import with_what_moves
from importers.legal_references import resolve

_CONTAINERS = {"section", "div", "blockquote"}
_CHANGES = {"document-change", "change"}
_HEADINGS = {"h1", "h2"}
_BLOCKS = {"ul", "ol", "table"}
_INTRODUCTION = re.compile(
    r"\b(?:gj(?:ø|e)r(?:e)?s|vert\s+(?:det\s+)?gjort|blir\s+(?:det\s+)?gjort|gjerast)\b.{0,60}\bendring", re.IGNORECASE
)
_INSTRUCTS = re.compile(
    r"\bskal\s+(?:\S+\s+){0,12}?(?:lyde|lyda|lyd)\b|\boppheve[st]\b|\bopphevast\b|^(?:Nåværende|Noverande)\b|\bomnummerer",
    re.IGNORECASE,
)
_ACT_AND_INSTRUCTION = re.compile(
    r"(?:\d{1,3}\.\s+)?(?P<act>I\s+(?:lov|forskrift)a?\s+\d{1,2}\.\s.+?)\s+skal\s+(?P<rest>(?:ny(?:tt|e)?\s+)?§.+)",
    re.IGNORECASE | re.DOTALL,
)
_ACT_BEFORE = re.compile(r"^[A-ZÆØÅ][a-zæøå]+(?:forskriften|forskrifta|loven|lova)\s+(?=§)")
_HEADING = re.compile(r"(?P<number>§\s*\d[\w-]*(?:\s[a-z])?)\.?\s*(?P<title>[^.]{0,150})")
_LONGEST = 400
"""Characters of an instruction at most; longer is text that happens to have its words."""


def read_amendments(body: etree._Element, changes: tuple[str, ...]) -> tuple[Amendment, ...]:
    """The changes that the main element writes out; `changes` are the acts that the head says are changed."""
    named = {refid for refid in map(parse_refid, changes) if refid is not None}
    reader = _Reader(named.pop() if len(named) == 1 else None)
    reader.read(body)
    return tuple(each for opened in reader.opened for each in opened.amendments())


@dataclass(slots=True)
class _Opened:
    """An instruction and what has been read of its new text."""

    text: str
    instruction: Instruction
    act: Refid | None
    before: str
    sections: list[etree._Element] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)

    def amendments(self) -> Iterator[Amendment]:
        """One for each section; new sections by the numbers that they carry themselves."""
        asked = self.instruction
        if self.sections and (chapter := self._chapter()) is not None:
            yield from self._whole_chapter(chapter)
            return
        if asked.outside:
            text = (*self.paragraphs, *(each for article in self.sections for each in read_paragraphs(article)))
            yield Amendment(self.text, asked.operation, self.act, "", asked.parts, "", text)
            return
        if asked.added:
            yield from self._changed_and_new()
            return
        by_number = not asked.parts or [part.kind for part in asked.parts] == ["heading"]
        if asked.operation in {"replace", "insert"} and by_number and self.sections:
            for article in self.sections:
                yield self._section(article, asked.operation, asked.parts)
            return
        if asked.operation in {"replace", "insert"} and len(asked.numbers) == 1 and not asked.parts and self.paragraphs:
            yield self._under_heading(asked.numbers[0])
            return
        text = (*self.paragraphs, *(each for article in self.sections for each in read_paragraphs(article)))
        numbers = asked.numbers or ((self.before,) if self.before and asked.parts else ())
        several = len(numbers) > 1 and asked.operation not in {"repeal", "renumber"}
        operation = "other" if several or not numbers else asked.operation
        for number in numbers if operation != "other" else (numbers[:1] or ("",)):
            yield Amendment(self.text, operation, self.act, number, asked.parts, "", text)

    def _section(self, article: etree._Element, operation: Operation, parts: tuple[Part, ...] = ()) -> Amendment:
        number = own_text(first_span(article, "legalArticleValue"))
        title = own_text(first_span(article, "legalArticleTitle"))
        return Amendment(self.text, operation, self.act, number, parts, title, tuple(read_paragraphs(article)))

    def _chapter(self) -> Part | None:
        """The whole chapter, new or worded anew, that the sections belong to; None where there is none."""
        asked = self.instruction
        if asked.outside and [part.kind for part in asked.parts] == ["chapter"]:
            return asked.parts[0]
        first = read_chapter(self.paragraphs[0].text) if self.paragraphs else None
        if asked.operation == "insert" and not (asked.numbers or asked.parts) and first is not None:
            name = first.name.removeprefix("kapittel-")
            return Part("chapter", (name,)) if is_chapter(self.paragraphs[0].text) else None
        return None

    def _whole_chapter(self, chapter: Part) -> Iterator[Amendment]:
        """The chapter with its heading, then each of its sections; "other" where one of them cannot be read."""
        sections = [self._section(article, "insert") for article in self.sections]
        readable = all(each.number and any(one.full_text() for one in each.paragraphs) for each in sections)
        operation = self.instruction.operation if readable else "other"
        yield Amendment(self.text, operation, self.act, "", (chapter,), "", tuple(self.paragraphs))
        yield from sections if readable else ()

    def _changed_and_new(self) -> Iterator[Amendment]:
        """Two for "andre og nytt tredje ledd": first what is there gets its paragraphs or items, then what is new."""
        asked, *above = self.instruction.parts[-1], *self.instruction.parts[:-1]
        number = (*self.instruction.numbers, self.before)[0]
        divided = divided_text(tuple(self.paragraphs), asked, len(asked.values), len(self.instruction.added))
        if divided is None or not number or self.sections:
            yield Amendment(self.text, "other", self.act, number, (), "", tuple(self.paragraphs))
            return
        new = Part(asked.kind, self.instruction.added)
        yield Amendment(self.text, "replace", self.act, number, (*above, asked), "", divided[0])
        yield Amendment(self.text, "insert", self.act, number, (*above, new), "", divided[1])

    def _under_heading(self, number: str) -> Amendment:
        """A whole section whose heading stands as a paragraph of its own."""
        first, *rest = self.paragraphs
        heading = _HEADING.fullmatch(first.text) if rest and not first.items else None
        if heading is None or section_name(heading["number"]) != section_name(number):
            return Amendment(self.text, self.instruction.operation, self.act, number, (), "", tuple(self.paragraphs))
        return Amendment(
            self.text, self.instruction.operation, self.act, number, (), heading["title"].strip(), tuple(rest)
        )


class _Reader:
    """Goes through the document in order."""

    def __init__(self, act: Refid | None) -> None:
        self._only = self._act = act
        self._open: _Opened | None = None
        self._section = ""
        self.opened: list[_Opened] = []

    def read(self, element: etree._Element) -> None:
        """What stands below the element."""
        for child in element:
            kind = child.get("class") or ""
            if kind == "document-change":
                self._act, self._open = parse_refid(child.get("data-document") or "") or self._only, None
            if kind in _CHANGES or child.tag in _CONTAINERS:
                self.read(child)
            elif kind in PARAGRAPHS or child.tag in _BLOCKS:
                self._block(child)
            else:
                self._other(child, kind)

    def _other(self, element: etree._Element, kind: str) -> None:
        """A new section or heading belongs to the instruction; a heading or section of the document itself ends it."""
        if kind == "futureLegalArticle":
            self._take(sections=[element])
        elif kind == "futuretitle":
            self._take(paragraphs=[Paragraph(own_text(element))])
        elif kind == "legalArticle" or element.tag in _HEADINGS:
            self._open = None

    def _block(self, element: etree._Element) -> None:
        text = own_text(element) if element.tag == "article" else ""
        instructs = element.get("class") == "defaultP" and len(text) <= _LONGEST
        if instructs and _INTRODUCTION.search(text):
            self._turn_to(text)
            return
        asked = self._asked(text) if instructs else []
        if not asked:
            self._take(paragraphs=list(read_paragraph(element)) if text or len(element) else [])
            return
        self._make_room(asked[0])
        for each in asked:
            self._open = _Opened(text, each, self._act, self._section)
            self.opened.append(self._open)
            self._section = "" if each.outside else each.numbers[-1] if each.numbers else self._section
        items = [each for each in read_paragraph(element) if each.items]
        self._take(paragraphs=[Paragraph("", each.label, each.items, each.continuation) for each in items])

    def _make_room(self, asked: Instruction) -> None:
        """What is renumbered tells that paragraphs which the instruction before it words are new ones."""
        if self._open is not None and asked.numbers in {(), self._open.instruction.numbers, (self._section,)}:
            self._open.instruction = with_what_moves(self._open.instruction, asked)

    def _asked(self, text: str) -> list[Instruction]:
        """What a paragraph tells to do; one such as "I lov ... nr. 7 om hager skal § 3 lyde:" names the act as well."""
        if found := _ACT_AND_INSTRUCTION.match(text):
            self._turn_to(found["act"])
            text = f"skal {found['rest']}"
        asked = read_instructions(_ACT_BEFORE.sub("", text) if self._only else text)
        return asked if asked or not _INSTRUCTS.search(text) else [Instruction("other")]

    def _turn_to(self, text: str) -> None:
        """An introduction such as "I forskrift 3. mai 2001 nr. 4 om hager gjøres følgende endringer:"."""
        named = [parse_refid(one.refid) for one in resolve(text) if one.kind in {"date", "refid"}]
        self._act = next(iter(named), None) or self._only
        self._open, self._section = None, ""

    def _take(self, *, sections: list[etree._Element] | None = None, paragraphs: list[Paragraph] | None = None) -> None:
        if self._open is not None:
            self._open.sections += sections or []
            self._open.paragraphs += paragraphs or []
