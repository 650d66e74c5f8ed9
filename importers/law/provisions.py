"""The sections that are named right after (or before) an act: "§ 1-1", "§§ 6-1 og 6-11", "§ 2-10 - § 2-16"."""

import re
from dataclasses import dataclass

_NUMBER = r"\d+(?:-\d+){0,3}(?:\s?[a-hj-zæø](?![\wæøå]|\.\w))?"
_SIGN = r"(?:[§$]+|paragraf(?:ene|en)?\b|(?:%C2%A7)+)"
_FIRST = re.compile(
    rf"[\s,.:;]{{0,4}}(?:\([^()§$]{{0,60}}\)[\s,.:]{{0,3}})?{_SIGN}\s*(?P<number>{_NUMBER})", re.IGNORECASE
)
_BARE = re.compile(r"[\s.]{0,3}(?P<number>\d+-\d+(?:-\d+)*)")
_DETAIL = re.compile(
    r"(?:\s*\(\d+\)|[\s,]+(?:første|fyrste|andre|annet|annen|anna|tredje|fjerde|femte|sjette|sjuende|siste|\d+\.)\s+"
    r"(?:ledd|punktum|setning|strekpunkt|avsnitt)|[\s,]+(?:bokstav|litra|nr\.?|punkt|pkt\.?|ledd)\s*(?:\d+|[a-zæøå]\b)\.?"
    r"|[\s,]+(?:ledd|punktum)\b)+",
    re.IGNORECASE,
)
_NEXT = re.compile(
    rf"\s*(?:,|;|og|eller|samt|jf\.?|jfr\.?|til|–|-|/)?\s*(?:(?:og|jf\.?|jfr\.?)\s+)*{_SIGN}\s*(?P<number>{_NUMBER})",
    re.IGNORECASE,
)
_NEXT_BARE = re.compile(rf"\s*(?:,|og|eller|samt|til|–|-)\s*(?P<number>{_NUMBER})", re.IGNORECASE)
_BEFORE = re.compile(rf"{_SIGN}\s*(?P<number>{_NUMBER})(?:{_DETAIL.pattern})?\s+(?:i|av)\s+(?:den\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Provision:
    """A section as written with its sign in front, and where it stands (code points)."""

    number: str
    start: int
    end: int


def provisions_after(text: str, position: int, *, bare: bool = False) -> list[Provision]:
    """The sections that follow `position` at once; `bare` lets the first one stand without a section sign."""
    found = _FIRST.match(text, position) or (_BARE.match(text, position) if bare else None)
    several = False
    provisions = []
    while found is not None:
        several = several or "§§" in found.group() or "$$" in found.group()
        provisions.append(Provision(_written(found["number"]), found.start("number"), found.end()))
        detail = _DETAIL.match(text, found.end())
        position = detail.end() if detail else found.end()
        found = _NEXT.match(text, position) or (_NEXT_BARE.match(text, position) if several else None)
    return provisions


def provision_before(text: str, position: int) -> Provision | None:
    """The section that stands before `position` in the manner of "§ 2 i panteloven"."""
    found = _BEFORE.search(text, max(0, position - 80), position)
    return Provision(_written(found["number"]), found.start(), found.end()) if found else None


def _written(number: str) -> str:
    return "§ " + re.sub(r"\s+", " ", re.sub(r"(?<=\d)(?=[a-zæø]$)", " ", number.strip(), flags=re.IGNORECASE))
