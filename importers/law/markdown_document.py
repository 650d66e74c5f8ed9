"""Markdown with a YAML head to a `LegalDocument`: headings are chapters and sections, the rest is their text.

The form is that of the published corpus of Norwegian acts: one value a line in the head, ``#### § 1-2. Title`` for a
section, ``- `` for every item of a list however deep it stood, and remarks of the editors in italics.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from importers.law.chapters import Heading, chapter_above
from importers.law.document import LegalDocument, Paragraph, Section
from importers.law.identifiers import UniqueNames, parse_refid, section_name
from importers.law.lovdata_document import is_amending_title
from importers.law.source_acts import source_acts
from importers.legal_references import resolve

_VALUE = re.compile(r"(?P<name>[a-zæøå-]+):\s*(?P<value>.*)")
_HEADING = re.compile(r"(?P<level>#{1,6})\s+(?P<text>.+)")
_SECTION = re.compile(
    r"(?P<number>§§?\s*[\d][\w\-–./]*(?:(?<!\.)\s[a-zæøå](?![\wæøå]))?(?:\s*(?:og|til|–|-)\s*§?\s*\d[\w\-]*(?:\s[a-z](?!\w))?)?"
    r"|Art(?:ikkel|\.)?\s+\w+|\d+\s+Art)\.?(?:\s+(?P<title>.+))?$",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?P<label>[-*+]|[a-zæøå]\)|\d{1,3}\))\s+(?P<text>.+)")
_EDITORS = re.compile(
    r"(?:Kapit(?:let|telet|lene|la)|Overskriften?|Endret|Endra|Tilføyd|Opphevet|Oppheva|Del(?:en)?|Vedlegget)\b"
    r".{0,60}?\bved\s+(?:lov|forskrift|lover|forskrifter)\b|\d{1,3}\s+Inkurie:"
    r"|(?:(?:Hele\s+)?(?:Kapit\w+|Overskrift\w*)\b.{0,40}?)?\b(?:endr|tilføy|føy|opphev|flytt)\w*\b.{0,30}?"
    r"\b(?:ved|med)\s+(?:lov|forskrift)(?:er)?\s+\d",
    re.IGNORECASE,
)
_IN_ITALICS = re.compile(r"\*(?P<text>[^*].*)\*")
_ASTERISKS = re.compile(r"^\*(?=[^\s*])|\s*\*+$")
_REMARK = re.compile(
    r"\d{1,3}\s|[\s►◄▼▲–-]|(?:Jfr?|Ikr|Tilf)\.|(?:For|På)\s+(?:Kommisjonen|Europaparlamentet|Rådet|the\s+Commission)"
    r"|\(?(?:(?:Vert|Blir|Bl[ei]|Er)\s+)?(?:Endr|Tilføy|Opph|Føy[de]s?\s|Overskrift|Kapit|Svarer\s+til|Tidligere\s|Amended|Inkurie|Flyttet"
    r"|I\s+kraft|Fastsatt\s+med|Hjemlet|Med\s+hjemmel|Loven\s+trådte|Nå\s+uten|Se\s|Utferd)",
)
"""How remarks of the editors begin, which stand in italics as some whole paragraphs of the text do."""
_AMENDED = re.compile(r"[►◄▼▲]\s*(?:[MBA]\d+\b)?\*{0,2}\s*")
_ENABLING = re.compile(r"(?:Hjemmel|Heimel):\s", re.IGNORECASE)
_EEA = re.compile(r"EØS-(?:henvisninger|tilvisingar)", re.IGNORECASE)
_DEFINES = re.compile(r"[«“„\"]\S|[^:]{1,80}:\s+\S")
_ABBREVIATION = {
    "lov": re.compile(r"[A-ZÆØÅa-zæøå.\-]{2,12}"),
    "forskrift": re.compile(r"(?=.*[A-ZÆØÅ]{2})[A-ZÆØÅa-zæøå\-]{3,16}"),
}
_NYNORSK = frozenset(
    ("ikkje", "eit", "ein", "dei", "frå", "vere", "verksemd", "kva", "nokon", "skje", "kjem", "gjeld", "noko")
)
_BOKMAAL = frozenset(("ikke", "et", "en", "de", "fra", "være", "virksomhet", "hva", "noen", "kommer", "gjelder", "noe"))
_WORD = re.compile(r"\w+")
_PREAMBLE = "innledning"
_LANGUAGE_SAMPLE = 20_000


@dataclass(slots=True)
class _Open:
    """A section that is being read, or the text directly under another `heading`."""

    name: str = ""
    number: str = ""
    title: str = ""
    chapter: Heading | None = None
    heading: Heading | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)


def read_document(text: str) -> LegalDocument | None:
    """The document that the text is, None if its head names no refid."""
    head, body = _divide(text)
    refid = parse_refid(head.get("refid", ""))
    if refid is None:
        return None
    title = head.get("tittel") or str(refid)
    short, abbreviation = _short_title(head.get("korttittel", ""), refid.kind)
    blocks = list(_blocks(body))
    return LegalDocument(
        refid=refid,
        title=title,
        language=language_of(body),
        short_title=short,
        abbreviation=abbreviation,
        ministry=_ministries(head.get("departement", "")),
        in_force=_day(head.get("ikrafttredelse", "")),
        modified=_day(head.get("sist-endret-ikrafttredelse", ""))
        or _day(head.get("sist-endret", "").partition("/")[2]),
        last_change=head.get("sist-endret", ""),
        legal_areas=tuple(re.sub(r"\s*>\s*", " > ", area) for area in _lines(head.get("rettsomrade", ""))),
        based_on=tuple(_enabling(blocks)),
        transposes=source_acts(blocks),
        amending=is_amending_title(title),
        sections=tuple(_sections(blocks)),
    )


def _divide(text: str) -> tuple[Mapping[str, str], str]:
    """The head's values and the text after it."""
    parts = re.split(r"^---[ \t]*$", text.replace("\r\n", "\n"), maxsplit=2, flags=re.MULTILINE)
    if len(parts) < 3:  # noqa: PLR2004 - before the head, the head, the text
        return {}, text
    found = (_VALUE.fullmatch(line.strip()) for line in parts[1].splitlines())
    return {match["name"]: _plain(match["value"]) for match in found if match}, parts[2]


def _plain(value: str) -> str:
    """A value without its quotation marks."""
    if not value.startswith('"'):
        return value.strip("'")
    try:
        read = json.loads(value, strict=False)
    except json.JSONDecodeError:
        return value.strip('"')
    return read if isinstance(read, str) else value


def _ministries(value: str) -> tuple[str, ...]:
    """The ministries, a line each; where the line breaks are lost, one ends in "departementet" before a capital."""
    return _lines(re.sub(r"(?<=departementet)(?=[A-ZÆØÅ])", "\n", value))


def _lines(value: str) -> tuple[str, ...]:
    return tuple(filter(None, (line.strip() for line in value.splitlines())))


def _day(value: str) -> str:
    found = re.match(r"\d{4}-\d{2}-\d{2}", value)
    return found.group() if found else ""


def _short_title(written: str, kind: Literal["lov", "forskrift"]) -> tuple[str, str]:
    """Short title and abbreviation of a value such as "Skatteloven – sktl"."""
    short, dash, tail = written.rpartition(" – ")
    if dash and _ABBREVIATION[kind].fullmatch(tail.strip()):
        return short.strip(), tail.strip()
    return written, ""


def language_of(body: str) -> Literal["nb", "nn"]:
    """Bokmål or nynorsk, by the words of the first pages."""
    words = Counter(_WORD.findall(body[:_LANGUAGE_SAMPLE]))
    nynorsk = sum(count for word, count in words.items() if word in _NYNORSK or word.startswith("føresegn"))
    bokmaal = sum(count for word, count in words.items() if word in _BOKMAAL or word.startswith("bestemmelse"))
    return "nn" if nynorsk > bokmaal else "nb"


def _blocks(body: str) -> Iterator[str]:
    """Headings, paragraphs and list items in order, each in one line; remarks of the editors are left out."""
    for written in body.splitlines():
        line = written.strip()
        if not line.isascii():
            line = _AMENDED.sub("", line).strip()
        if line.startswith("*") or line.endswith("*"):
            italics = _IN_ITALICS.fullmatch(line)
            if italics is not None and _REMARK.match(italics["text"]):
                continue
            line = _ASTERISKS.sub("", line)
        if line and not _EDITORS.match(line):
            yield line


def _enabling(blocks: Iterable[str]) -> Iterator[str]:
    for block in blocks:
        if _ENABLING.match(block):
            for found in resolve(_EEA.split(block)[0]):
                refid = parse_refid(found.refid)
                if refid is not None:
                    day = "-".join(refid.path.split("/")[1:])
                    yield f"{refid.kind}/{day}" + (f"/{found.provision.replace(' ', '')}" if found.provision else "")


def _sections(blocks: Iterable[str]) -> Iterator[Section]:
    """The sections, and every chapter that has text of its own outside them."""
    names = UniqueNames()
    above: list[Heading] = []
    current = None
    for block in blocks:
        heading = _HEADING.fullmatch(block)
        if heading is None:
            if current is not None:
                _add(current, block)
            continue
        if current is not None:
            yield from _closed(current, names)
        level, text = len(heading["level"]), heading["text"].strip()
        section = _SECTION.match(text)
        if level == 1:
            above, current = [], _Open(_PREAMBLE)
        elif section is not None:
            number = section["number"].strip()
            title = (section["title"] or "").strip()
            current = _Open(section_name(number), number, title, chapter_above(above))
        else:
            above = [*(each for each in above if each.level < level), Heading(text, level)]
            current = _Open(chapter=chapter_above(above), heading=above[-1])
    if current is not None:
        yield from _closed(current, names)


def _closed(section: _Open, names: UniqueNames) -> Iterator[Section]:
    """The section; text under another heading has that heading's name and number."""
    if not (section.paragraphs or section.number):
        return
    chapter = section.chapter.chapter(names) if section.chapter is not None else None
    own = section.heading.chapter(names) if section.heading is not None else None
    paragraphs = tuple(_nested(section.paragraphs))
    if own is not None and own.name:
        yield Section(own.name, own.number, own.title, paragraphs, chapter)
    elif section.name:
        yield Section(names.unique(section.name), section.number, section.title, paragraphs, chapter)


def _add(section: _Open, block: str) -> None:
    """Adds a paragraph, or an item to the last paragraph's list."""
    item = _ITEM.fullmatch(block)
    if item is None:
        section.paragraphs.append(Paragraph(block))
        return
    if not section.paragraphs:
        section.paragraphs.append(Paragraph(""))
    last = section.paragraphs[-1]
    one = Paragraph(item["text"], item["label"])
    section.paragraphs[-1] = Paragraph(last.text, last.label, (*last.items, one), last.continuation)


def _nested(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs, their flat lists in two levels: what follows an item that ends in a colon belongs to it."""
    for paragraph in paragraphs:
        yield Paragraph(paragraph.text, paragraph.label, tuple(_nested_items(paragraph.items)), paragraph.continuation)


def _nested_items(items: Iterable[Paragraph]) -> Iterator[Paragraph]:
    owner: Paragraph | None = None
    below: list[Paragraph] = []
    for item in items:
        if owner is not None and not _DEFINES.match(item.text):
            below.append(item)
            continue
        if owner is not None:
            yield Paragraph(owner.text, owner.label, tuple(below))
            owner, below = None, []
        if item.text.endswith(":"):
            owner = item
        else:
            yield item
    if owner is not None:
        yield Paragraph(owner.text, owner.label, tuple(below))
