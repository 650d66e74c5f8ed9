"""What an amending act tells to do, such as "§ 3 første ledd bokstav b skal lyde:" or "§ 7 oppheves.", read.

An instruction is understood only where every word of it is: what is left over makes it one that people must read.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from importers.law.identifiers import section_name
from importers.law.sentences import sentences

Operation: TypeAlias = Literal["replace", "insert", "repeal", "renumber", "other"]

_SHALL_READ = re.compile(r"\bskal\s+(?P<between>.{0,60}?)\s*\b(?:lyde|lyda|lyd)\b\s*:?", re.IGNORECASE)
_REPEALED = re.compile(
    r"\b(?:(?:blir|vert|er)\s+)?(?:oppheves|opphevast|opphevet|oppheva|utgår|går\s+ut|strykes|skal\s+(?:oppheves|utgå))\b\.?",
    re.IGNORECASE,
)
_BECOMES = re.compile(r"\b(?:blir|vert)\b", re.IGNORECASE)
_NUMBERING = re.compile(r"^(?:\(?(?:[a-zæøå]|\d{1,3})[.)]|[•–-])\s+(?=\S)", re.IGNORECASE)
_PRESENT = re.compile(r"^(?:Nåværende|Noverande|Nåverande|Dagens|Gjeldende|Gjeldande)\b", re.IGNORECASE)
_LETTER = r"[a-zæøå]{1,2}"
_NUMBER = r"\d+[\w\-–.]*(?:\s[a-zæøå](?![\wæøå]))?"
_AFTER = re.compile(rf"^Etter\s+§\s*{_NUMBER}\s+", re.IGNORECASE)
_AND = r"\s*(?:,|og|til|–|-)\s*"
_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "første fyrste", "annet andre annen anna annan", "tredje", "fjerde", "femte", "sjette", "sjuende syvende",
            "åttende åttande", "niende niande", "tiende tiande", "ellevte", "tolvte", "trettende trettande",
            "fjortende fjortande", "femtende femtande",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
_ORDINAL = rf"(?:{'|'.join(sorted(_ORDINALS, key=len, reverse=True))}|siste|\d{{1,2}}\.)"
_ORDINAL_KINDS = {"ledd": "ledd", "avsnitt": "ledd", "punktum": "punktum", "setning": "punktum", "strekpunkt": "item"}
_TOKEN = re.compile(
    rf"(?P<new>ny(?:e|tt)?\b)"
    rf"|§§?\s*(?P<sections>{_NUMBER}(?:{_AND}§?\s*{_NUMBER})*)(?:\s*\([A-ZÆØÅ][^()]*\))?"
    r"|(?P<article>artikkel\s\d+\s?[a-z]?\b)"
    rf"|(?P<ordinals>{_ORDINAL}(?:{_AND}{_ORDINAL})*)\s+(?P<kind>{'|'.join(_ORDINAL_KINDS)})\b"
    rf"|\((?P<numbered>\d{{1,2}})\)(?:\s+ledd\b)?"
    rf"|(?:bokstav(?:ene|ane)?|litra)\s+(?P<letters>{_LETTER}\b(?:{_AND}{_LETTER}\b)*)\)?"
    rf"|(?:nr\.?|nummer|pkt\.?|punkt)\s*(?P<numbers>\d{{1,3}}\b(?!\.\d)(?:{_AND}\d{{1,3}}\b)*)\.?"
    r"|(?P<heading>(?:paragraf)?(?:overskrift(?:en|a)?|tittel(?:en)?))\b(?:\s+til)?"
    r"|(?P<chapter>kapit(?:tel|let)\s+[\w-]+)"
    r"|(?P<within>i\s+(?:ny(?:tt)?\s+)?(?:del|kapit(?:tel|let|la)|kap\.?)\s+[\dIVX]+\w*\b)"
    r"|(?P<filler>(?:forskrift(?:en|a)?s?|lov(?:en|a)?s?|i|av|skal|nåværende|noverande)\b|\((?:endret|endra|ny|nytt)\)|[,:.])",
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

    A new chapter names no sections: they carry their numbers themselves.
    """

    operation: Operation
    numbers: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


def read_instructions(text: str) -> list[Instruction]:
    """The instructions that a paragraph is; "other" where one is not understood, nothing if the paragraph is none."""
    whole = _read(text)
    if whole is not None and whole.operation != "other":
        return [whole]
    several = [_read(sentence) for sentence in sentences(_NUMBERING.sub("", text))]
    if len(several) > 1 and all(several):
        return [each for each in several if each is not None]
    return [whole] if whole is not None else []


def _read(text: str) -> Instruction | None:
    plain = _NUMBERING.sub("", " ".join(text.split()))
    if found := _SHALL_READ.search(plain):
        place = f"{plain[: found.start()]} {found['between']}"
        place = _AFTER.sub("", place.strip())
        return _understood("replace", place) if not plain[found.end() :].strip() else Instruction("other")
    if _PRESENT.match(plain) and (found := _BECOMES.search(plain)):
        return _understood("renumber", plain[: found.start()])
    if (found := _REPEALED.search(plain)) and not plain[found.end() :].strip(" ."):
        return _understood("repeal", plain[: found.start()])
    return None


def parts_from(written: str) -> tuple[Part, ...]:
    """The parts that ``str`` made of them, joined by a slash."""
    found = (part.partition(" ") for part in written.split("/") if part)
    return tuple(Part(kind, tuple(filter(None, values.split(",")))) for kind, _, values in found)


def _understood(operation: Operation, place: str) -> Instruction:
    numbers: list[str] = []
    parts: list[Part] = []
    position, new, chapter = 0, False, False
    plain = re.sub(r"\bog\s*$", "", place.strip())
    while position < len(plain):
        if plain[position].isspace():
            position += 1
            continue
        found = _TOKEN.match(plain, position)
        if found is None or ((found["sections"] or found["article"]) and numbers) or (found["chapter"] and not new):
            return Instruction("other", tuple(numbers[:1]))
        position = found.end()
        new = new or found["new"] is not None
        if found["article"]:
            numbers.append(found["article"].capitalize())
        elif found["sections"]:
            listed, complete = _sections(found["sections"])
            if not complete and operation != "replace":
                return Instruction("other")
            numbers += listed
        else:
            parts += _part(found)
        chapter = chapter or found["chapter"] is not None
    if not (numbers or parts or chapter) or (chapter and (numbers or parts or operation != "replace")):
        return Instruction("other")
    return Instruction("insert" if new and operation == "replace" else operation, tuple(numbers), tuple(parts))


def _part(found: re.Match[str]) -> Iterator[Part]:
    if found["ordinals"]:
        values = _listed(found["ordinals"].casefold(), _ordinal)
        yield Part(_ORDINAL_KINDS[found["kind"].casefold()], values)
    elif found["numbered"]:
        yield Part("ledd", (found["numbered"],))
    elif found["letters"]:
        yield Part("item", _listed(found["letters"].casefold(), str))
    elif found["numbers"]:
        yield Part("item", _listed(found["numbers"], str))
    elif found["heading"]:
        yield Part("heading")


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
