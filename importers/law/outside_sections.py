"""What an amending act may change beside sections: the title, references, annexes, chapters and headings.

The register holds no such parts one by one; what is to be done with them is kept as it is told, under their names.
"""

import re
from dataclasses import dataclass

_NEW = re.compile(r"^Ny(?:e|tt)?\s+", re.IGNORECASE)
_OF_THE_ACT = re.compile(r"^(?:I\s+)?(?:forskriften|forskrifta|loven|lova)s?\s+(?=\w)", re.IGNORECASE)
_NUMERAL = r"(?:\d+[\d.]*(?:\s?[a-z])?|[IVX]+(?:-\d+)?|[A-Z])(?!\w)"
_NAMED = (
    ("title", re.compile(r"(?:tittel(?:en)?|titlen)", re.IGNORECASE)),
    (
        "eea-references",
        re.compile(
            r"(?:I\s+)?EØS[- ](?:henvisnings?|hjemmels|tilvisings?)(?:felt(?:et)?|ene|ane)?"
            r"(?:\s+(?:skal\s+)?henvisningen\s+til\s+[^:]{5,60})?",
            re.IGNORECASE,
        ),
    ),
    ("legal-basis", re.compile(r"(?:heimel|hjemmel)s(?:felt|avsnitt)(?:et)?", re.IGNORECASE)),
    (
        "introductory-text",
        re.compile(
            r"(?:\w+(?:\s+og\s+\w+)?\s+avsnitt\s+av\s+)?(?:innledningstekst(?:en)?|konsolideringsoversikt(?:en)?)"
            r"(?:\s+og\s+konsolideringsoversikten)?(?:\s+til\s+konsolidert\s+forordning\s+[^:]{5,40})?",
            re.IGNORECASE,
        ),
    ),
    ("subheading", re.compile(r"mellomoverskrift(?:en|a)?\s+før\s+§\s*\d[\w-]*(?:\s[a-z])?", re.IGNORECASE)),
)
_ANNEX = re.compile(
    rf"vedlegg(?:et)?(?:\s+(?P<annex>{_NUMERAL}))?\.?"
    rf"(?P<below>(?:,?\s+(?:kapittel|del|avsnitt|punkt|pkt\.?|nr\.?|bokstav|tabell)\s+(?:{_NUMERAL}|[a-z](?!\w)))*)",
    re.IGNORECASE,
)
_CHAPTER = re.compile(
    rf"(?P<before>overskriften\s+til\s+)?kapit(?:tel|let)\s+(?P<chapter>\d+\s?[a-z]?(?!\w)|\d+[\w-]*|{_NUMERAL})"
    r"(?P<heading>,?\s+(?:kapittel)?overskrift(?:en|a)?)?",
    re.IGNORECASE,
)
_UNSAFE = re.compile(r"[\s,/]+")


@dataclass(frozen=True, slots=True)
class Outside:
    """A place outside the sections, as kinds with values from the outermost on; `is_new` where it is to be added."""

    parts: tuple[tuple[str, tuple[str, ...]], ...]
    is_new: bool


def outside_sections(place: str) -> Outside | None:
    """The place that these words name, if all of them do; None for sections, and for what is not understood.

    A whole new chapter is none: its sections carry their numbers themselves.
    """
    plain = _OF_THE_ACT.sub("", place.strip(" ,:"))
    new = _NEW.match(plain)
    plain = plain[new.end() :] if new else plain
    for kind, form in _NAMED:
        if form.fullmatch(plain):
            return Outside(((kind, ()),), new is not None)
    if found := _ANNEX.fullmatch(plain):
        below = _word(found["below"])
        return Outside(
            (("annex", _values(found["annex"])), *((("place", (below,)),) if below else ())), new is not None
        )
    found = _CHAPTER.fullmatch(plain)
    if found is None or new is not None:
        return None
    heading = (("heading", ()),) if found["before"] or found["heading"] else ()
    return Outside((("chapter", _values(found["chapter"])), *heading), is_new=False)


def _values(written: str | None) -> tuple[str, ...]:
    return (_word(written),) if written else ()


def _word(written: str) -> str:
    """Words as one value of a part, which has neither blanks nor commas."""
    return _UNSAFE.sub("-", written.strip(" ,."))
