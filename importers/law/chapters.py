"""Headings above sections as chapters: "Kapittel 4 A. Lån", "KAPITTEL IIVilkår", "2dre kapitel", "II. Vilkår".

Above chapters may stand parts: "Første del. Alminnelige bestemmelser", "Del II Styringsmidler".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from importers.law.document import Chapter
from importers.law.identifiers import UniqueNames, section_name
from importers.minting import slug

_WORD = r"(?:kapit(?:tel|el|tlet|let)|kap\b)"
_NUMBER = r"(?:\d+(?:[-.]\d+)*|[IVXLC]+(?:-\d+)?)"
_LETTER = r"(?:\s?[A-ZÆØÅ](?=[.:\s]|$|[A-ZÆØÅ][a-zæøå])|[a-zæøå](?=[.:\s]|$)|\s[a-zæøå](?=[.:]|$))?"
_ENDS = r"(?=[\s.:,–(-]|$|[A-ZÆØÅ][a-zæøå]|[A-ZÆØÅ]{2})"
"""What follows a number; in some headings the title follows at once, capitalised."""
_CALLED = re.compile(rf"(?i:{_WORD})\.?\s*(?P<number>{_NUMBER}{_LETTER}{_ENDS}|[A-ZÆØÅ](?=[.:\s]|$))")
_NUMBERED = re.compile(rf"(?P<number>\d+)(?:\.|ste|den|net|dre|dje|de|te)?\s*(?i:{_WORD})")
_ORDINAL = r"(?:første|fyrste|annen|andre|tredje|fjerde|femte|sjette|sjuende|syvende|åttende|niende|tiende)"
_PART = re.compile(
    rf"(?P<number>(?i:{_ORDINAL}|\d+\.?)\s+(?i:del)|(?i:del)\s+(?:\d+|[IVXLC]+|[A-ZÆØÅ]))(?=[\s.:,–-]|$|[A-ZÆØÅ][a-zæøå])"
)
_BETWEEN = re.compile(r"^[\s.:–-]+")
_OTHER_TEXT = re.compile(r"vedlegg|merknader|(?:konsolidert\s+)?\w*forordning|konsolidert|til\s*§", re.IGNORECASE)
_LIKE_SECTION = re.compile(r"\d[\d-]*[a-z]?")
_LONGEST = 60


def read_chapter(heading: str) -> Chapter:
    """A heading as a chapter; where it does not call itself one, it is named after its label, else its words."""
    found = _CALLED.match(heading) or _NUMBERED.match(heading)
    if found is not None:
        number, title = heading[: found.end()].strip(), _BETWEEN.sub("", heading[found.end() :])
        return Chapter(f"kapittel-{section_name(found['number'])}", number, title)
    if (found := _PART.match(heading)) is not None:
        return Chapter(slug(found["number"]), found["number"], _BETWEEN.sub("", heading[found.end() :]))
    label, _, title = heading.partition(". ")
    name = slug(label)[:_LONGEST].strip("-")
    if _LIKE_SECTION.fullmatch(name):
        name = f"avsnitt-{name}"
    return Chapter(name, label if title else "", title or heading)


def is_chapter(heading: str) -> bool:
    """Whether a heading calls itself a chapter."""
    return bool(_CALLED.match(heading) or _NUMBERED.match(heading))


def is_part(heading: str) -> bool:
    """Whether a heading calls itself a part."""
    return _PART.match(heading) is not None


@dataclass(slots=True)
class Heading:
    """A heading above sections: as written, and how deep it stands (1 is outermost).

    It gets a name in the act when something is found to belong to it. `part` is the part that a chapter stands in.
    """

    text: str
    level: int = 1
    part: "Heading | None" = None
    _chapter: Chapter | None = field(default=None, init=False)

    def chapter(self, names: UniqueNames) -> Chapter:
        """The heading as a chapter of the act with these names."""
        if self._chapter is None:
            read = read_chapter(self.text)
            part = self.part.chapter(names) if self.part is not None else None
            self._chapter = replace(read, name=names.unique(read.name) if read.name else "", part=part)
        return self._chapter


def chapter_above(headings: Sequence[Heading]) -> Heading | None:
    """Of the headings above a section, outermost first, its chapter: the innermost that is called so.

    Where none is, or an annex stands between, the innermost of all. It is told which part it stands in.
    """
    found = next(_candidates(headings), headings[-1] if headings else None)
    if found is not None and found.part is None and not is_part(found.text):
        found.part = next(_called_parts(headings), None)
    return found


def _candidates(headings: Sequence[Heading]) -> Iterator[Heading]:
    return (heading for heading in _of_this_text(headings) if is_chapter(heading.text))


def _called_parts(headings: Sequence[Heading]) -> Iterator[Heading]:
    return (heading for heading in _of_this_text(headings) if is_part(heading.text))


def _of_this_text(headings: Sequence[Heading]) -> Iterator[Heading]:
    """The headings from the innermost on, up to that of an annex or the like."""
    return takewhile(lambda heading: not _OTHER_TEXT.match(heading.text), reversed(headings))
