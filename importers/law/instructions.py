"""What an amending act tells to do, such as "§ 3 første ledd bokstav b skal lyde:" or "§ 7 oppheves.", read.

An instruction is understood only where every word of it is: what is left over makes it one that people must read. What
stands outside the sections, an annex or the title, is told from its name (importers/law/outside_sections.py).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from importers.law.identifiers import section_name
from importers.law.outside_sections import outside_sections
from importers.law.sentences import sentences

Operation: TypeAlias = Literal["replace", "insert", "repeal", "renumber", "other"]

_SHALL_READ = re.compile(
    r"\bskal\s+(?P<between>.{0,60}?)\s*\b(?:lyde|lyda|lyd)\b(?:\s+(?:som\s+følger|slik))?\s*:?", re.IGNORECASE
)
_REPEALED = re.compile(
    r"\b(?:(?:blir|vert|er)\s+)?(?:oppheves|opphevast|opphevet|oppheva|utgår|går\s+ut|strykes|skal\s+(?:oppheves|utgå))\b\.?",
    re.IGNORECASE,
)
_BECOMES = re.compile(r"\b(?:blir|vert|(?:endres|flyttes)\s+til)(?:\s+til)?\b", re.IGNORECASE)
_NUMBERING = re.compile(r"^(?:\(?(?:[a-zæøå]|\d{1,3})[.)]|[•–-])\s+(?=\S)", re.IGNORECASE)
_PRESENT = r"(?:nåværende|noverande|nåverande|dagens|gjeldende|gjeldande)\b"
_LETTER = r"[a-zæøå]{1,2}"
_NUMBER = r"\d+[\w\-–.]*(?:\s[a-zæøå](?![\wæøå]))?"
_AFTER = re.compile(rf"^Etter\s+§\s*{_NUMBER}\s+", re.IGNORECASE)
_AND = r"\s*(?:,|og|til|–|-)\s*"
_ADDED = r"\s+og\s+ny(?:e|tt)?\s+"
_PART_WORD = (
    r"ledd|avsnitt|punktum|setning|strekpunkt|bokstav\w*|litra|nr|nummer|pkt|punkt|tabell\w*|kolon|overskrift\w*"
)
_TITLE = rf"(?:med\s+overskrift\b|(?![^§]*\b(?:{_PART_WORD})\b)(?:(?-i:[A-ZÆØÅ])|om\s)[^§\d:;]{{3,200}}$)"
_NEW = re.compile(r"\bny(?:e|tt)?\s+", re.IGNORECASE)
_MOVED = re.compile(r"\s*,?\s*\b(?:og|som)\s*$", re.IGNORECASE)
_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "første fyrste", "annet andre annen anna annan", "tredje", "fjerde", "femte", "sjette", "sjuende syvende",
            "åttende åttande", "niende niande", "tiende tiande", "ellevte", "tolvte", "trettende trettande",
            "fjortende fjortande", "femtende femtande", "sekstende sekstande", "syttende syttande", "attende attande",
            "nittende nittande", "tjuende tjuande",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
_ORDINAL = rf"(?:{'|'.join(sorted(_ORDINALS, key=len, reverse=True))}|siste|\d{{1,2}}\.)"
_ORDINAL_KINDS = {"ledd": "ledd", "avsnitt": "ledd", "punktum": "punktum", "setning": "punktum", "strekpunkt": "item"}
_TOKEN = re.compile(
    rf"(?P<new>ny(?:e|tt)?\b|\((?:ny|nye|nytt)\))"
    rf"|(?:§§?|paragraf(?=\s\d))\s*(?P<sections>{_NUMBER}(?:{_AND}(?:§\s*){{0,2}}{_NUMBER})*)(?:\s*\((?!(?:ny|nye|nytt)\))[A-ZÆØÅ][^()]*\)|\s+{_TITLE})?"
    r"|(?P<article>artikkel\s\d+\s?[a-z]?\b)"
    rf"|(?P<some_ordinals>{_ORDINAL}(?:{_AND}{_ORDINAL})*){_ADDED}(?P<more_ordinals>{_ORDINAL}(?:{_AND}{_ORDINAL})*)\s+ledd\b"
    rf"|(?:bokstav(?:ene|ane)?|litra)\s+(?P<some_letters>{_LETTER}\b(?:{_AND}{_LETTER}\b)*){_ADDED}(?:bokstav\w*\s+)?(?P<more_letters>{_LETTER}\b(?:{_AND}{_LETTER}\b)*)\)?"
    rf"|(?:nr\.?|nummer)\s*(?P<some_numbers>\d{{1,3}}\b(?:{_AND}\d{{1,3}}\b)*){_ADDED}(?:(?:nr\.?|nummer)\s*)?(?P<more_numbers>\d{{1,3}}\b(?:{_AND}\d{{1,3}}\b)*)\.?"
    rf"|(?P<ordinals>{_ORDINAL}(?:{_AND}{_ORDINAL})*)\s+(?P<kind>{'|'.join(_ORDINAL_KINDS)})\b"
    rf"|\((?P<numbered>\d{{1,2}})\)(?:\s+ledd\b)?"
    rf"|(?:bokstav(?:ene|ane)?|litra)\s+(?P<letters>{_LETTER}\b(?:{_AND}{_LETTER}\b)*)\)?"
    rf"|(?:nr\.?|nummer|pkt\.?|punkt)\s*(?P<numbers>\d{{1,3}}\b(?!\.\d)(?:{_AND}\d{{1,3}}\b)*)\.?"
    r"|(?P<heading>(?:paragraf)?(?:overskrift(?:en|a)?|tittel(?:en)?))\b(?:\s+til)?"
    r"|(?P<introduction>innledning(?:en|steksten)|den\s+innledende\s+teksten)\b"
    r"|(?P<reference>henvisningen\s+til\s+(?:forordning|beslutning|direktiv)\s+\([A-ZÆØÅ]+\)\s+(?:nr\.\s*)?\d+/\d+)"
    r"|(?P<chapter>kapit(?:tel|let)\s+[\w-]+(?:\s[a-z](?!\w))?(?:\s+med\s+§+\s*\d.*$)?)"
    r"|(?P<within>i\s+(?:ny(?:tt)?\s+)?(?:del|kapit(?:tel|let|la)|kap\.?)\s+[\dIVX]+\w*\b)"
    r"|(?P<filler>(?:forskrift(?:en|a)?s?|lov(?:en|a)?s?|i|av|skal)\b|" + _PRESENT + r"|\((?:endret|endra)\)|[,:.])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A level below a section: `kind` is ledd, item, punktum or heading; `values` are numbers, or labels of items."""

    kind: str
    values: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.kind} {','.join(self.values)}".strip()


@dataclass(frozen=True, slots=True)
class Instruction:
    """What is to be done with which sections, or with which part of one; numbers as they are written.

    A new chapter names no sections: they carry their numbers themselves. `added` are the values that are new beside
    those of the last part, which are there already ("andre og nytt tredje ledd"); `becomes` are the values that the
    last part gets instead. What is `outside` the sections belongs to none of them.
    """

    operation: Operation
    numbers: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    added: tuple[str, ...] = ()
    becomes: tuple[str, ...] = ()
    outside: bool = False


_OTHER = Instruction("other")


def read_instructions(text: str) -> list[Instruction]:
    """The instructions that a paragraph is; "other" where one is not understood, nothing if the paragraph is none."""
    whole = _read(text)
    if whole and whole[0].operation != "other":
        return whole
    several = [_read(sentence) for sentence in sentences(_NUMBERING.sub("", text))]
    if len(several) > 1 and all(several):
        return [each for found in several for each in found]
    return whole


def _read(text: str) -> list[Instruction]:
    plain = _NUMBERING.sub("", " ".join(text.split()))
    if found := _SHALL_READ.search(plain):
        place = f"{plain[: found.start()]} {found['between']}".strip()
        return _shall_read(_AFTER.sub("", place)) if not plain[found.end() :].strip() else [_OTHER]
    if found := _BECOMES.search(plain):
        moved = _understood("renumber", plain[: found.start()])
        target = _understood("renumber", _NEW.sub("", plain[found.end() :]))
        if target.operation != "other" or re.match(_PRESENT, plain, re.IGNORECASE):
            return [replace(moved, becomes=target.parts[-1].values) if target.parts else moved]
    if (found := _REPEALED.search(plain)) and not plain[found.end() :].strip(" ."):
        return [_of("repeal", plain[: found.start()].strip())]
    return []


def _shall_read(place: str) -> list[Instruction]:
    """What gets a new text; where it gets another number as well, that comes first."""
    found = _BECOMES.search(place)
    if found is None:
        return [_of("replace", place)]
    moved = _understood("renumber", place[: found.start()])
    new = _understood("replace", _MOVED.sub("", place[found.end() :]))
    if "other" in {moved.operation, new.operation} or len(new.numbers or moved.numbers) > 1 or new.added:
        return [_OTHER]
    numbers = new.numbers or moved.numbers
    return [moved, Instruction("replace" if new.parts else "insert", numbers, new.parts)]


def _of(operation: Operation, place: str) -> Instruction:
    """What is done with what stands outside the sections, or with sections and their parts."""
    outside = outside_sections(place)
    if outside is None:
        return _understood(operation, place)
    adds = operation == "replace" and outside.is_new
    kinds = tuple(Part(kind, values) for kind, values in outside.parts)
    return Instruction("insert" if adds else operation, (), kinds, outside=True)


def parts_from(written: str) -> tuple[Part, ...]:
    """The parts that ``str`` made of them, joined by a slash."""
    found = (part.partition(" ") for part in written.split("/") if part)
    return tuple(Part(kind, tuple(filter(None, values.split(",")))) for kind, _, values in found)


def _understood(operation: Operation, place: str) -> Instruction:
    reading = _Reading(operation)
    position = 0
    plain = re.sub(r"\bog\s*$", "", place.strip())
    while position < len(plain):
        if plain[position].isspace():
            position += 1
            continue
        found = _TOKEN.match(plain, position)
        if found is None or not reading.take(found):
            return Instruction("other", tuple(reading.numbers[:1]))
        position = found.end()
    return reading.instruction()


@dataclass(slots=True)
class _Reading:
    """What has been read of an instruction so far."""

    operation: Operation
    numbers: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    added: tuple[str, ...] = ()
    new: bool = False
    chapter: bool = False

    def take(self, found: re.Match[str]) -> bool:
        """Takes one token; False where it does not go with those before it."""
        if self.added or ((found["sections"] or found["article"]) and self.numbers):
            return bool(found["filler"])
        self.new = self.new or found["new"] is not None
        if found["article"]:
            self.numbers.append(found["article"].capitalize())
        elif found["sections"]:
            listed, complete = _sections(found["sections"])
            if not complete and self.operation != "replace":
                return False
            self.numbers += listed
        elif found["chapter"]:
            self.chapter = True
            return self.new
        else:
            self.parts += _part(found)
            self.added = _added(found)
        return True

    def instruction(self) -> Instruction:
        """The instruction, where what was read makes one."""
        if not (self.numbers or self.parts or self.chapter):
            return _OTHER
        if self.chapter and (self.numbers or self.parts or self.operation != "replace"):
            return _OTHER
        if self.added and (self.new or self.operation != "replace"):
            return _OTHER
        inserts = self.new and self.operation == "replace"
        return Instruction("insert" if inserts else self.operation, tuple(self.numbers), tuple(self.parts), self.added)


def _added(found: re.Match[str]) -> tuple[str, ...]:
    """The new ones behind those that are there: "andre og nytt tredje ledd"."""
    if found["more_ordinals"]:
        return _listed(found["more_ordinals"].casefold(), _ordinal)
    more = found["more_letters"] or found["more_numbers"]
    return _listed(more.casefold(), str) if more else ()


def _part(found: re.Match[str]) -> Iterator[Part]:
    if found["some_ordinals"]:
        yield Part("ledd", _listed(found["some_ordinals"].casefold(), _ordinal))
    elif found["some_letters"] or found["some_numbers"]:
        yield Part("item", _listed((found["some_letters"] or found["some_numbers"]).casefold(), str))
    elif found["ordinals"]:
        values = _listed(found["ordinals"].casefold(), _ordinal)
        yield Part(_ORDINAL_KINDS[found["kind"].casefold()], values)
    elif found["numbered"]:
        yield Part("ledd", (found["numbered"],))
    elif found["letters"]:
        yield Part("item", _listed(found["letters"].casefold(), str))
    elif found["numbers"]:
        yield Part("item", _listed(found["numbers"], str))
    else:
        yield from (Part(kind) for kind in ("heading", "introduction", "reference") if found[kind])


def _ordinal(word: str) -> str:
    return word if word == "siste" else str(_ORDINALS.get(word) or word.rstrip("."))


def _listed(written: str, convert: Callable[[str], str]) -> tuple[str, ...]:
    """The members of a list such as "a til c og e", ranges filled in."""
    pieces = re.split(r"\s*(,|\bog\b|\btil\b|–|-)\s*", written)
    found = [convert(pieces[0].strip())]
    for separator, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        last = convert(piece.strip())
        found += _between(found[-1], last) if separator in {"til", "–", "-"} else []
        found.append(last)
    return tuple(found)


def _between(first: str, last: str) -> list[str]:
    if first.isdecimal() and last.isdecimal():
        return [str(number) for number in range(int(first) + 1, int(last))]
    if len(first) == len(last) == 1:
        return [chr(code) for code in range(ord(first) + 1, ord(last))]
    return []


def _sections(written: str) -> tuple[list[str], bool]:
    """The section numbers, and whether they are all: the ends of "§ 9-4 a til § 9-4 e" do not say what lies between."""
    pieces = re.split(r"\s*(,|\bog\b|\btil\b|\s–\s|\s-\s)\s*", written)
    found, complete = [pieces[0]], True
    for separator, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        number = piece.lstrip("§ ")
        if separator.strip() in {"til", "–", "-"}:
            complete = complete and found[-1].isdecimal() and number.isdecimal()
            found += _between(found[-1], number) if number.isdecimal() else []
        found.append(number)
    return [f"§ {number.rstrip('.')}" for number in found if section_name(number)], complete


def sections_named(instruction: str) -> tuple[str, ...]:
    """Every section that an instruction names, as written."""
    return tuple(re.findall(rf"§\s*{_NUMBER}", instruction))
