"""What changes of paragraphs and of items share: doubt, numbers, what was repealed, and a change of one sentence."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias

from importers.law.document import Amendment, Paragraph
from importers.law.instructions import Part
from importers.law.sentences import sentences

Paragraphs: TypeAlias = tuple[Paragraph, ...]

REPEALED = "(Opphevet)"
"""What stands for a numbered paragraph or an item that was repealed, so that the others keep their numbers."""
NUMBER = re.compile(r"^(?P<sign>\(?)(?P<number>\d{1,3})(?P<end>[.)])\s+")
"""The number that a paragraph begins with."""
FLAT = "-"
"""The label of every item in a list that has lost its labels."""

_REPEALED = re.compile(r"^(?:\(?\d{1,3}[.)]\s*)?\(?(?:Opphevet|Oppheva|Opphevd)\b.{0,60}$", re.IGNORECASE)
_ALIKE = 0.5


class UnsureError(Exception):
    """It cannot be told for sure what a section reads after an amendment; the message says why."""


def edit_sentence(paragraphs: Sequence[Paragraph], part: Part, amendment: Amendment) -> Paragraphs:
    """One sentence of a paragraph changed.

    Raises:
        UnsureError: there are several paragraphs, no such sentence, or a list that may belong to it.
    """
    if len(paragraphs) != 1 or len(part.values) != 1:
        raise UnsureError("more than one paragraph or sentence is meant")
    owner = paragraphs[0]
    number = NUMBER.match(owner.text)
    head = number.group() if number else ""
    found = sentences(owner.text[len(head) :])
    place = len(found) if part.values[0] == "siste" else int(part.values[0])
    adds = amendment.operation == "insert"
    if not 1 <= place <= len(found) + adds:
        raise UnsureError(f"the paragraph has {len(found)} sentences")
    if owner.items and place >= len(found):
        raise UnsureError("the sentence goes on in a list")
    if amendment.operation == "renumber":
        return tuple(paragraphs)
    new = [] if amendment.operation == "repeal" else [_one_sentence(amendment.paragraphs)]
    if adds and found[place - 1 : place] == new:
        return tuple(paragraphs)
    text = " ".join([*found[: place - 1], *new, *found[place - adds :]])
    return (replace(owner, text=head + text),)


def edit_introduction(paragraphs: Sequence[Paragraph], amendment: Amendment) -> Paragraphs:
    """The words before a list changed.

    Raises:
        UnsureError: there is not one list, or the new text is more than words.
    """
    places = [place for place, paragraph in enumerate(paragraphs) if paragraph.items]
    if len(places) != 1 or amendment.operation != "replace":
        raise UnsureError("there is not one list whose introduction is meant")
    place = places[0]
    owner = paragraphs[place]
    number = NUMBER.match(owner.text)
    text = NUMBER.sub("", _one_sentence(amendment.paragraphs))
    changed = replace(owner, text=(number.group() if number else "") + text)
    return (*paragraphs[:place], changed, *paragraphs[place + 1 :])


def is_repealed(paragraph: Paragraph) -> bool:
    """Whether a paragraph says only that it was repealed."""
    return _REPEALED.match(paragraph.text) is not None


def must_be_alike(old: Iterable[Paragraph], new: Iterable[Paragraph]) -> None:
    """Checks that a new text says most of what it replaces, where only its place told which that is.

    Raises:
        UnsureError: it does not.
    """
    a, b = (set(re.findall(r"\w{3,}", " ".join(one.full_text() for one in each).casefold())) for each in (old, new))
    if len(a & b) < _ALIKE * min(len(a), len(b)):
        raise UnsureError("the list has lost its labels, and the text at that place is unlike the new one")


def _one_sentence(paragraphs: Sequence[Paragraph]) -> str:
    if len(paragraphs) != 1 or paragraphs[0].items or not paragraphs[0].text:
        raise UnsureError("the new text is more than words in one paragraph")
    return paragraphs[0].text
