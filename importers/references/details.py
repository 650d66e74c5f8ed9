"""What is named below a section: subsections (ledd), sentences (punktum), letters (bokstav) and numbers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

ORDINALS: Mapping[str, str] = {
    **dict.fromkeys(("første", "fyrste"), "1"),
    **dict.fromkeys(("annet", "annen", "andre", "anna"), "2"),
    "tredje": "3",
    "fjerde": "4",
    "femte": "5",
    "sjette": "6",
    **dict.fromkeys(("sjuende", "syvende"), "7"),
    "åttende": "8",
    "niende": "9",
    "tiende": "10",
    "ellevte": "11",
    "tolvte": "12",
    "siste": "last",
}
_ORDINAL = rf"(?:{'|'.join(ORDINALS)}|\d{{1,2}}\.)"
_JOINT = r"\s*(?:,|og|eller|til|[-–])\s*"
_VALUE = r"(?:\d+|[a-zæøå])(?!\w|[-.]\w)\)?"
_BY_ORDINAL = re.compile(
    rf"[\s,]*(?P<values>{_ORDINAL}(?:{_JOINT}{_ORDINAL})*)\s+"
    r"(?P<unit>ledd|punktum|setning|strekpunkt|avsnitt|punkt)\b",
    re.IGNORECASE,
)
_BY_NAME = re.compile(
    r"[\s,]*(?P<unit>bo[kstav]{4,6}|litra|bokst|nr|nummer|punkt|pkt|ledd|punktum)\b\.?\s*"
    rf"(?P<values>{_VALUE}(?:{_JOINT}{_VALUE})*)",
    re.IGNORECASE,
)
_IN_PARENTHESES = re.compile(r"\s*\((?P<values>\d{1,2}|[a-zæøå])\)", re.IGNORECASE)
_LOOSE_LETTER = re.compile(r"\s+(?P<values>[a-hj-zæø])(?!\w|[-.]\w)\)?", re.IGNORECASE)
_MORE = re.compile(r"\s*(?:,|og|eller)\s+(?=\S+\s+(?:ledd|punktum|strekpunkt)\b|(?:bokstav|nr)\b)", re.IGNORECASE)
_KINDS = {
    "ledd": "subsection",
    "avsnitt": "subsection",
    "punktum": "sentence",
    "setning": "sentence",
    **dict.fromkeys(("nr", "nummer", "punkt", "pkt", "strekpunkt"), "number"),
}


@dataclass(frozen=True, slots=True)
class Details:
    """Numbers and letters as text, in the order written; "last" for "siste"; `end` is where they end (code points)."""

    subsection: tuple[str, ...] = ()
    sentence: tuple[str, ...] = ()
    letter: tuple[str, ...] = ()
    number: tuple[str, ...] = ()
    end: int = 0


NOTHING_BELOW = Details()


def details(text: str, position: int, limit: int) -> Details:
    """What is named from `position` on; "§ 5-1 [annet ledd bokstav a og b]"."""
    found: dict[str, list[str]] = {}
    while (match := _next(text, position, limit, found)) is not None:
        known = found.setdefault(_kind(match), [])
        known += [value for value in _values(match["values"]) if value not in known]
        position = match.end()
        if (more := _MORE.match(text, position, limit)) and _next(text, more.end(), limit, found):
            position = more.end()
    return Details(**{kind: tuple(values) for kind, values in found.items()}, end=position)


def _next(text: str, position: int, limit: int, found: Mapping[str, object]) -> re.Match[str] | None:
    for pattern in (_BY_ORDINAL, _BY_NAME, _IN_PARENTHESES):
        if match := pattern.match(text, position, limit):
            return match
    return _LOOSE_LETTER.match(text, position, limit) if "subsection" in found and "letter" not in found else None


def _kind(match: re.Match[str]) -> str:
    unit = match.groupdict().get("unit")
    if unit is None:
        return "subsection" if match["values"].isdecimal() else "letter"
    return _KINDS.get(unit.casefold(), "letter")


def _values(written: str) -> list[str]:
    """Numbers for the words and signs of a list: "første og tredje" gives 1 and 3."""
    parts = re.split(r"[\s,()–-]+", written.casefold())
    return [ORDINALS.get(part, part.rstrip(".")) for part in parts if part and part not in {"og", "eller", "til"}]
