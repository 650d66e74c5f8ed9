"""What stands outside the sections after an amendment: the title of the act, headings of chapters, chapters, annexes.

Parts of an act are given by the name that their IRI ends in. The act itself is the part without a name; what stands for
its number is its short title.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from importers.law.amended_sentence import REPEALED, UnsureError
from importers.law.chapters import read_chapter
from importers.law.document import Amendment, Paragraph, Section
from importers.law.identifiers import section_name
from importers.law.instructions import Part

TITLE = ""
"""The name of the act itself."""
Parts: TypeAlias = Mapping[str, Section]

_MARKS = re.compile(r"(?:[►◄▼▲]\s*(?:[MBAC]\d+\b)?\s*)+")
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]*(?:lov|forskrift)[^()\[\]]*)[)\]]\s*$", re.IGNORECASE)
_ANNEX = re.compile(r"vedlegg\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"^[\s.:–-]+")
_OWN_NAME = re.compile(r"\d|(?:vedlegg|kapittel)(?:-|$)|(?:innledning)?$")


@dataclass(frozen=True, slots=True)
class Act:
    """An act that is being amended: its parts as they read now, and of sections the chapter, all by name."""

    parts: Parts
    chapters: Mapping[str, str]


def amend_outside(act: Act, asked: Amendment) -> Iterator[tuple[str, Section]]:
    """The parts that the amendment changes, with their names; with no paragraphs if they are repealed.

    A whole chapter that gets new sections loses those that it has; amendments that follow bring the new ones.

    Raises:
        UnsureError: it cannot be told for sure.
    """
    changes = _CHANGES.get(asked.parts[0].kind) if asked.parts else None
    if changes is None or asked.operation not in {"replace", "insert", "repeal"}:
        raise UnsureError("what stands outside the sections is not held part by part")
    return changes(act, asked)


def chapter_name(part: Part) -> str:
    """The name of a chapter that an instruction names: ``kapittel-5a``."""
    value = part.values[0] if part.values else ""
    return f"kapittel-{section_name(re.sub(r'(?<=[0-9])-(?=[a-zæøå]$)', '', value.casefold()))}"


def _title(act: Act, asked: Amendment) -> Iterator[tuple[str, Section]]:
    was = act.parts[TITLE]
    lines = _without_marks(asked.paragraphs)
    if asked.operation == "repeal" or len(lines) != 1 or lines[0].items or not lines[0].text:
        raise UnsureError("the new title could not be read")
    title = lines[0].text.rstrip(". ")
    yield TITLE, replace(was, title=title, number=_short_title(was, title))


def _short_title(was: Section, title: str) -> str:
    """The short title in the brackets of a new title; the old one stays only where the old title did not give it."""
    if found := _IN_BRACKETS.search(title):
        return found[1][:1].upper() + found[1][1:]
    if was.number == was.title:
        return title
    was_given = was.number.casefold() in was.title.casefold() and was.number.casefold() not in title.casefold()
    return "" if was_given else was.number


def _chapter(act: Act, asked: Amendment) -> Iterator[tuple[str, Section]]:
    name = chapter_name(asked.parts[0])
    is_heading = [part.kind for part in asked.parts[1:]] == ["heading"]
    if len(asked.parts) > 1 and not is_heading:
        raise UnsureError("the part of the chapter is not understood")
    if f"{name}--2" in act.parts:
        raise UnsureError("there is more than one such chapter")
    if asked.operation == "insert":
        yield from _new_chapter(act, name, asked)
        return
    was = act.parts.get(name)
    if was is None:
        raise UnsureError("there is no such chapter")
    if is_heading:
        yield name, replace(was, title=_heading(asked))
        return
    below = [each for each, chapter in act.chapters.items() if chapter == name and each in act.parts]
    if asked.operation == "repeal":
        yield name, replace(was, title=REPEALED, paragraphs=())
    else:
        yield name, _whole_chapter(was, asked, below)
    for each in below:
        yield each, replace(act.parts[each], paragraphs=())


def _new_chapter(act: Act, name: str, asked: Amendment) -> Iterator[tuple[str, Section]]:
    if name in act.parts:
        raise UnsureError("there is such a chapter already")
    number = read_chapter(asked.paragraphs[0].text).number if asked.paragraphs else ""
    yield name, Section(name, number, _heading(asked))


def _whole_chapter(was: Section, asked: Amendment, below: Sequence[str]) -> Section:
    """The chapter with a new heading; one without sections has its text there."""
    first, *rest = _without_marks(asked.paragraphs) or [Paragraph("")]
    heading = read_chapter(first.text)
    headed = heading.number and section_name(heading.number) == section_name(was.number)
    text = tuple(rest if headed else (first, *rest) if first.text else ())
    if not all(each[:1].isdecimal() for each in below) or (below and text) or not (below or was.paragraphs):
        raise UnsureError("the chapter has parts that cannot be told apart")
    return replace(was, title=heading.title if headed else was.title, paragraphs=text)


def _heading(asked: Amendment) -> str:
    lines = _without_marks(asked.paragraphs)
    if asked.operation == "repeal" or len(lines) != 1 or lines[0].items:
        raise UnsureError("the new heading could not be read")
    heading = read_chapter(lines[0].text)
    return heading.title if heading.number and heading.name.startswith("kapittel-") else lines[0].text


def _annex(act: Act, asked: Amendment) -> Iterator[tuple[str, Section]]:
    if len(asked.parts) > 1:
        raise UnsureError("the part of the annex is not understood")
    value = section_name("".join(asked.parts[0].values))
    found = [name for name in act.parts if _is_annex(name, value)]
    if asked.operation == "insert":
        yield _new_annex(act, found, asked)
        return
    if len(found) != 1:
        raise UnsureError("there is no such annex" if not found else "there is more than one such annex")
    if not all(_OWN_NAME.match(name) for name in act.parts):
        raise UnsureError("parts of the act may belong to the annex")
    was = act.parts[found[0]]
    if asked.operation == "repeal":
        yield found[0], replace(was, paragraphs=())
        return
    title, text = _annex_text(asked)
    if _ANNEX.match(was.title):
        yield found[0], replace(was, title=_without_marks(asked.paragraphs)[0].text, paragraphs=text)
    else:
        yield found[0], replace(was, title=title or was.title, paragraphs=text)


def _new_annex(act: Act, found: Sequence[str], asked: Amendment) -> tuple[str, Section]:
    title, text = _annex_text(asked)
    number = _ANNEX_NUMBER.match(_without_marks(asked.paragraphs)[0].text)
    named = "".join(asked.parts[0].values) or (number["number"] if number else "") or ""
    name = f"vedlegg-{section_name(named)}" if named else "vedlegg"
    if name in act.parts or (named and found) or any(_is_annex(each, section_name(named)) for each in act.parts):
        raise UnsureError("there is such an annex already")
    return name, Section(name, f"Vedlegg {named}".strip(), title, text)


def _annex_text(asked: Amendment) -> tuple[str, tuple[Paragraph, ...]]:
    """The title and the text of an annex whose new text begins with its heading."""
    first, *rest = _without_marks(asked.paragraphs) or [Paragraph("")]
    heading = _ANNEX_NUMBER.match(first.text)
    if heading is None or first.items or not rest:
        raise UnsureError("the new text could not be read")
    return _BETWEEN.sub("", first.text[heading.end() :]), tuple(rest)


def _is_annex(name: str, value: str) -> bool:
    stem = f"vedlegg-{value}" if value else "vedlegg"
    return re.match(rf"{re.escape(stem)}(?:-(?!\d)|$)", name) is not None


def _without_marks(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs without the marks of consolidated texts of the EU, and without those that are nothing else."""
    found = (replace(each, text=_MARKS.sub("", each.text).strip()) for each in paragraphs)
    return [each for each in found if each.text or each.items or each.continuation]


_ANNEX_NUMBER = re.compile(
    r"vedlegg\s*(?P<number>(?-i:\d+|[IVXLC]+(?=[\s.:–-]|$|[A-ZÆØÅ][a-zæøå])|[A-Z](?=[\s.:–-]|$)))?", re.IGNORECASE
)
_CHANGES: Mapping[str, Callable[[Act, Amendment], Iterator[tuple[str, Section]]]] = {
    "title": _title,
    "chapter": _chapter,
    "annex": _annex,
}
