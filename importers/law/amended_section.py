"""A section as it reads after an amendment, where that can be told for sure.

Paragraphs (ledd) are told by their numbers where they carry any, else by their place; what begins in lower case goes on
with the paragraph before it. Items are told by their labels. Where a list has lost its labels (Markdown gives "-" to
every item), place alone decides, and the new words must be like those that they replace.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from importers.law.amended_items import edit_items
from importers.law.amended_sentence import (
    FLAT,
    NUMBER,
    REPEALED,
    Paragraphs,
    UnsureError,
    edit_introduction,
    edit_sentence,
    is_repealed,
    must_be_alike,
)
from importers.law.document import Amendment, Paragraph, Section
from importers.law.identifiers import section_name
from importers.law.instructions import Part

_GOES_ON = re.compile(r"[a-zæøå]")


def amend(section: Section | None, amendment: Amendment) -> Section:
    """The section after the amendment; with no paragraphs if it is repealed. None comes in where there is none yet.

    Raises:
        UnsureError: it cannot be told for sure.
    """
    if amendment.operation == "other" or not (amendment.number or amendment.parts):
        raise UnsureError("the instruction is not understood")
    if not amendment.number:
        raise UnsureError("what stands outside the sections is no section")
    if not amendment.parts:
        return _whole(section, amendment)
    if section is None:
        raise UnsureError("there is no such section")
    if amendment.parts[0].kind == "heading":
        return replace(section, title=_heading(amendment))
    return replace(section, paragraphs=_edit(section.paragraphs, amendment.parts, amendment))


def _whole(section: Section | None, amendment: Amendment) -> Section:
    """The section replaced, added or repealed as a whole."""
    if amendment.operation == "renumber":
        raise UnsureError("a section gets another number")
    if amendment.operation != "insert" and section is None:
        raise UnsureError("there is no such section")
    made = section or Section(section_name(amendment.number), amendment.number)
    if amendment.operation == "repeal":
        return replace(made, paragraphs=())
    if not amendment.paragraphs:
        raise UnsureError("the new text could not be read")
    there = made.paragraphs and not is_repealed(made.paragraphs[0])
    if amendment.operation == "insert" and there and made.paragraphs != amendment.paragraphs:
        raise UnsureError("there is such a section already")
    return replace(made, title=amendment.title or made.title, paragraphs=amendment.paragraphs)


def _heading(amendment: Amendment) -> str:
    text = amendment.title or " ".join(paragraph.text for paragraph in amendment.paragraphs)
    title = re.sub(rf"^{re.escape(amendment.number)}\.?\s*", "", text)
    if not title or len(amendment.parts) > 1 or amendment.operation != "replace":
        raise UnsureError("the new heading could not be read")
    return title


def _edit(paragraphs: Paragraphs, parts: Sequence[Part], amendment: Amendment) -> Paragraphs:
    first, *rest = parts
    if first.kind == "punktum" and not rest:
        return edit_sentence(paragraphs, first, amendment)
    if first.kind == "introduction" and not rest:
        return edit_introduction(paragraphs, amendment)
    groups = _groups(paragraphs)
    has_list = any(paragraph.items for paragraph in paragraphs)
    if first.kind == "ledd" or (first.kind == "item" and not has_list and all(group.numbered for group in groups)):
        return _edit_paragraphs(groups, first, rest, amendment)
    if first.kind == "item":
        return edit_items(paragraphs, first, rest, amendment, _edit)
    raise UnsureError("the part of the section is not understood")


@dataclass(frozen=True, slots=True)
class _Group:
    """A paragraph with those that go on with it; `number` is its own, else its place from 1."""

    number: str
    paragraphs: Paragraphs

    @property
    def numbered(self) -> bool:
        return NUMBER.match(self.paragraphs[0].text) is not None

    @property
    def flat(self) -> bool:
        """Whether a list in it has lost its labels."""
        return any(item.label == FLAT for paragraph in self.paragraphs for item in paragraph.items)

    @property
    def words(self) -> list[str]:
        """The text without its number, for comparison."""
        first, *others = self.paragraphs
        text = "\n".join([NUMBER.sub("", first.full_text()), *(each.full_text() for each in others)])
        return re.findall(r"\w+", text)

    def numbered_as(self, number: int, like: "_Group | None" = None) -> "_Group":
        """The same with another number, if it carries one or `like` does."""
        first, *others = self.paragraphs
        form = NUMBER.match(first.text) or (NUMBER.match(like.paragraphs[0].text) if like else None)
        if form is None:
            return self
        text = f"{form['sign']}{number}{form['end']} {NUMBER.sub('', first.text)}"
        return _Group(str(number), (replace(first, text=text), *others))


def _groups(paragraphs: Paragraphs) -> list[_Group]:
    groups: list[list[Paragraph]] = []
    for paragraph in paragraphs:
        if groups and (_GOES_ON.match(paragraph.text) or not paragraph.text):
            groups[-1].append(paragraph)
        else:
            groups.append([paragraph])
    found = [NUMBER.match(group[0].text) for group in groups]
    numbers = [match["number"] if match else str(place) for place, match in enumerate(found, 1)]
    return [_Group(number, tuple(group)) for number, group in zip(numbers, groups, strict=True)]


def _joined(groups: Sequence[_Group]) -> Paragraphs:
    return tuple(paragraph for group in groups for paragraph in group.paragraphs)


def divided_text(text: Paragraphs, part: Part, first: int, second: int) -> tuple[Paragraphs, Paragraphs] | None:
    """A new text as that of its first paragraphs (or items) and of the others; None if it has not so many of them."""
    if part.kind == "ledd":
        groups = _groups(text)
        return (_joined(groups[:first]), _joined(groups[first:])) if len(groups) == first + second else None
    items = tuple(item for paragraph in text for item in paragraph.items)
    if part.kind != "item" or len(items) != first + second or any(paragraph.text for paragraph in text):
        return None
    return (Paragraph("", items=items[:first]),), (Paragraph("", items=items[first:]),)


def _edit_paragraphs(groups: list[_Group], part: Part, rest: Sequence[Part], amendment: Amendment) -> Paragraphs:
    numbers = [group.number for group in groups]
    if len(set(numbers)) != len(numbers) or not groups:
        raise UnsureError("the paragraphs cannot be told apart by their numbers")
    wanted = [numbers[-1] if value == "siste" else value for value in part.values]
    if amendment.operation == "renumber":
        return _joined(_in_order([group for group in groups if not is_repealed(group.paragraphs[0])]))
    if amendment.operation == "insert" and not rest:
        return _inserted(groups, wanted, _new_groups(amendment, len(wanted)))
    if not all(value in numbers for value in wanted):
        raise UnsureError(f"the section has {len(numbers)} paragraphs")
    if amendment.operation == "repeal" and not rest:
        return _without(groups, wanted)
    if not rest:
        return _replaced(groups, dict(zip(wanted, _new_groups(amendment, len(wanted)), strict=True)))
    if len(wanted) != 1:
        raise UnsureError("more than one paragraph is meant")
    place = numbers.index(wanted[0])
    edited = _Group("", _edit(groups[place].paragraphs, rest, amendment))
    return _joined([*groups[:place], edited, *groups[place + 1 :]])


def _new_groups(amendment: Amendment, number: int) -> list[_Group]:
    found = _groups(amendment.paragraphs)
    if len(found) != number:
        raise UnsureError(f"the new text has {len(found)} paragraphs instead of {number}")
    return found


def _replaced(groups: Sequence[_Group], changed: dict[str, _Group]) -> Paragraphs:
    found: list[_Group] = []
    for group in groups:
        new = changed.get(group.number, group)
        if new is not group and group.flat:
            must_be_alike(group.paragraphs, new.paragraphs)
        found.append(new.numbered_as(int(group.number), group))
    return _joined(found)


def _without(groups: Sequence[_Group], wanted: Sequence[str]) -> Paragraphs:
    kept: list[_Group] = []
    for group in groups:
        if group.number not in wanted:
            kept.append(group)
        elif found := NUMBER.match(group.paragraphs[0].text):
            kept.append(_Group(group.number, (Paragraph(f"{found.group()}{REPEALED}"),)))
    return _joined(kept)


def _inserted(groups: list[_Group], wanted: Sequence[str], new: Sequence[_Group]) -> Paragraphs:
    """New paragraphs at their place; those that follow move on, with their numbers."""
    first = wanted[0]
    numbers = [group.number for group in groups]
    if first in numbers:
        place = numbers.index(first)
        if [group.words for group in groups[place : place + len(new)]] == [group.words for group in new]:
            return _joined(groups)
        if is_repealed(groups[place].paragraphs[0]) and len(wanted) == 1:
            return _joined([*groups[:place], *new, *groups[place + 1 :]])
    elif first == str(len(groups) + 1):
        place = len(groups)
    else:
        raise UnsureError(f"the section has {len(groups)} paragraphs")
    like = [group.numbered_as(place + 1, groups[0]) for group in new]
    return _joined(_in_order([*groups[:place], *like, *groups[place:]]))


def _in_order(groups: Sequence[_Group]) -> list[_Group]:
    return [group.numbered_as(place) for place, group in enumerate(groups, 1)]
