"""A draft that is lines of text: sections by their "§ 3.", items by their "a)", what it tells to change in others."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from importers.law.document import Amendment, Section
from importers.law.drafts.draft import Draft, section
from importers.law.drafts.items import ITEM, nested
from importers.law.identifiers import Refid, parse_refid
from importers.law.instructions import Instruction, read_instructions
from importers.law.markdown_document import language_of
from importers.legal_references import resolve

_SECTION = re.compile(
    r"(?P<number>(?:§\s*\d[\w-]*(?:\s[a-zæøå](?=[.\s]))?|Artikkel\s+\d+\w*))(?P<stop>\.?)(?:\s+(?P<rest>.*))?"
)
_CHAPTER = re.compile(r"(?:Kapit(?:tel|let)|Kap\.?|Del|Avsnitt)\s+[\dIVXA-Z]+\b.{0,150}", re.IGNORECASE)
_PART = re.compile(r"[IVX]{1,5}\.?")
_INTRODUCTION = re.compile(
    r"\b(?:gj(?:ø|e)r(?:e)?s|vert\s+(?:det\s+)?gjort|blir\s+(?:det\s+)?gjort|gjerast)\b.{0,60}\bendring", re.IGNORECASE
)
_TELLS = re.compile(r"\bskal\s+(?:\S+\s+){0,12}?(?:lyde|lyda|lyd)\b|\boppheve[st]\b|\bopphevast\b", re.IGNORECASE)
_ENABLING = re.compile(r"\b(?:hjemmel|heimel|med\s+hjemmel\s+i|i\s+medhold\s+av)\b", re.IGNORECASE)
_TITLE = re.compile(r"(?:Utkast\s+til\s+|Forslag\s+til\s+)?(?:Lov|Forskrift|Mellombels\s+lov)\b.{3,}", re.IGNORECASE)
_GOES_ON = re.compile(r"[a-zæøå,;)]")
_LONGEST_TITLE = 120
"""Characters of a heading at most; more behind a number is the section's text."""
_LONGEST_INSTRUCTION = 400


@dataclass(slots=True)
class _Open:
    """A section, or an instruction with its new text, that lines are still added to."""

    number: str = ""
    title: str = ""
    lines: list[str] = field(default_factory=list)

    def section(self) -> Section:
        return section(self.number, self.title, nested(self.lines))


@dataclass(slots=True)
class _Change:
    """An instruction, the act that it is about, and its new text: whole sections, or lines of one."""

    text: str
    asked: Instruction
    act: Refid | None
    sections: list[_Open] = field(default_factory=list)
    loose: _Open = field(default_factory=_Open)

    def amendments(self) -> Iterator[Amendment]:
        asked = self.asked
        if self.sections and asked.operation in {"replace", "insert"}:
            for each in self.sections:
                made = each.section()
                number, title = made.number, made.title
                yield Amendment(self.text, asked.operation, self.act, number, asked.parts, title, made.paragraphs)
            return
        understood = len(asked.numbers) == 1 or (asked.numbers and asked.operation == "repeal")
        operation = asked.operation if understood else "other"
        for number in asked.numbers if understood else (asked.numbers or ("",))[:1]:
            yield Amendment(self.text, operation, self.act, number, asked.parts, "", nested(self.loose.lines))


def read_lines(lines: Iterable[str], act: Refid | None = None) -> Draft:
    """The draft that the lines are; `act` is what its changes are about where they name no act."""
    reader = _Reader(act)
    for line in _joined(lines):
        reader.take(line)
    text = "\n".join(line for each in reader.sections for line in each.lines)
    return Draft(
        title=reader.title,
        language=language_of(text or reader.title),
        based_on=tuple(dict.fromkeys(reader.based_on)),
        sections=tuple(each.section() for each in reader.sections if each.lines or each.number),
        amendments=tuple(made for each in reader.changes for made in each.amendments()),
    )


def _joined(lines: Iterable[str]) -> Iterator[str]:
    """The lines without blank ones; what a narrow page broke is joined again."""
    held, blank = "", False
    for raw in lines:
        line = " ".join(raw.split())
        if held and line and not blank and _GOES_ON.match(line) and not ITEM.match(line) and held[-1] not in ".:;":
            held += f" {line}"
            continue
        blank = not line
        if line:
            if held:
                yield held
            held = line
    if held:
        yield held


class _Reader:
    """Takes the lines one by one."""

    def __init__(self, act: Refid | None) -> None:
        self._act = act
        self._change: _Change | None = None
        self.title = ""
        self.based_on: list[str] = []
        self.sections: list[_Open] = []
        self.changes: list[_Change] = []

    def take(self, line: str) -> None:
        asked = read_instructions(line) if len(line) <= _LONGEST_INSTRUCTION else []
        if _INTRODUCTION.search(line) and len(line) <= _LONGEST_INSTRUCTION:
            self._turn_to(line)
        elif asked or (_TELLS.search(line) and line.startswith(("§", "I ", "Ny", "Nåværende", "Kapittel"))):
            self._instructed(line, asked or [Instruction("other")])
        elif _CHAPTER.fullmatch(line) or _PART.fullmatch(line):
            self._change = self._change if _CHAPTER.fullmatch(line) else None
        elif found := _SECTION.fullmatch(line):
            self._section(found)
        elif self._change is not None:
            (self._change.sections[-1] if self._change.sections else self._change.loose).lines.append(line)
        elif self.sections:
            self.sections[-1].lines.append(line)
        elif not self.changes:  # behind what it changes, a draft says only when it enters into force
            self._head(line)

    def _head(self, line: str) -> None:
        """A line above the first section: the title, the enabling provisions, or text of its own."""
        if _ENABLING.search(line):
            self.based_on += _references(line)
        elif not self.title or (_TITLE.fullmatch(line) and not _TITLE.fullmatch(self.title)):
            self.title = line
        else:
            self.sections.append(_Open(lines=[line]))

    def _turn_to(self, line: str) -> None:
        named = [parse_refid(one.refid) for one in resolve(line) if one.refid and one.kind != "eu"]
        self._act = next((each for each in named if each), self._act)
        self._change = None

    def _instructed(self, line: str, asked: list[Instruction]) -> None:
        for each in asked:
            self._change = _Change(line, each, self._act)
            self.changes.append(self._change)

    def _section(self, found: re.Match[str]) -> None:
        rest = found["rest"] or ""
        titled = len(rest) <= _LONGEST_TITLE and not rest.endswith((".", ":"))
        opened = _Open(found["number"], rest if titled else "", [] if titled or not rest else [rest])
        (self._change.sections if self._change is not None else self.sections).append(opened)


def _references(line: str) -> Iterator[str]:
    for found in resolve(line):
        refid = parse_refid(found.refid)
        if refid is not None:
            day = "-".join(refid.path.split("/")[1:])
            yield f"{refid.kind}/{day}" + (f"/{found.provision.replace(' ', '')}" if found.provision else "")
