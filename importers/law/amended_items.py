"""The items of a list (bokstav, nummer, strekpunkt) after an amendment."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from importers.law.amended_sentence import FLAT, REPEALED, Paragraphs, UnsureError, is_repealed, must_be_alike
from importers.law.document import Amendment, Paragraph
from importers.law.instructions import Part

Edit: TypeAlias = Callable[[Paragraphs, Sequence[Part], Amendment], Paragraphs]


def edit_items(
    paragraphs: Paragraphs, part: Part, rest: Sequence[Part], amendment: Amendment, edit: Edit
) -> Paragraphs:
    """The paragraphs, of which one has a list, with the items of `part` changed; `edit` changes what is below an item.

    Raises:
        UnsureError: there is not one list, or it has no such items.
    """
    places = [place for place, paragraph in enumerate(paragraphs) if paragraph.items]
    if len(places) != 1:
        raise UnsureError("there is not one list that is meant")
    place = places[0]
    owner = paragraphs[place]
    labels = _labels(owner.items, part.values)
    if rest:
        items = _below(owner.items, labels, part, _below_item(rest, amendment, edit))
    elif amendment.operation == "repeal":
        items = _with(owner.items, labels, {value: Paragraph(REPEALED) for value in part.values})
    else:
        items = _placed(owner.items, labels, part, amendment)
    return (*paragraphs[:place], replace(owner, items=items), *paragraphs[place + 1 :])


def _below_item(rest: Sequence[Part], amendment: Amendment, edit: Edit) -> Callable[[Paragraph], Paragraph]:
    def edited(item: Paragraph) -> Paragraph:
        found = edit((replace(item, label=""),), rest, amendment)
        if len(found) != 1:
            raise UnsureError("the item would become several paragraphs")
        return replace(found[0], label=item.label)

    return edited


def _below(
    items: Paragraphs, labels: Sequence[str], part: Part, edited: Callable[[Paragraph], Paragraph]
) -> Paragraphs:
    if len(part.values) != 1 or part.values[0] not in labels:
        raise UnsureError("the list has no such item")
    place = labels.index(part.values[0])
    return (*items[:place], edited(items[place]), *items[place + 1 :])


def _placed(items: Paragraphs, labels: Sequence[str], part: Part, amendment: Amendment) -> Paragraphs:
    """The items with the new ones in the place of those that they replace, or after the last."""
    if amendment.operation == "renumber":
        raise UnsureError("items get other labels")
    new = dict(zip(part.values, _new_items(amendment.paragraphs, part.values), strict=True))
    known = [label for label in new if label in labels]
    if amendment.operation == "replace":
        return _with(items, labels, new, alike=True)
    there = [(items[labels.index(label)], new[label]) for label in known]
    if there and all(is_repealed(old) or old.full_text() == one.full_text() for old, one in there):
        return _with(items, labels, new)
    if known or _next_label(labels[-1]) != next(iter(new)):
        raise UnsureError("the list has no place for such an item")
    return (*items, *(replace(item, label=FLAT) if items[-1].label == FLAT else item for item in new.values()))


def _with(items: Paragraphs, labels: Sequence[str], new: Mapping[str, Paragraph], *, alike: bool = False) -> Paragraphs:
    """The items with some of them changed, under their own labels."""
    if not all(label in labels for label in new):
        raise UnsureError("the list has no such item")
    changed: list[Paragraph] = []
    for label, item in zip(labels, items, strict=True):
        one = new.get(label)
        if alike and one is not None and item.label == FLAT:
            must_be_alike([item], [one])
        changed.append(item if one is None else replace(one, label=item.label))
    return tuple(changed)


def _labels(items: Paragraphs, like: Sequence[str]) -> list[str]:
    """The items' labels without signs; by their place, as letters or numbers, where the list has lost them."""
    if all(item.label == FLAT for item in items):
        letters = not like[0].isdecimal()
        return [chr(ord("a") + place) if letters else str(place + 1) for place in range(len(items))]
    labels = [re.sub(r"[^\w]", "", item.label).casefold() for item in items]
    if len(set(labels)) != len(labels):
        raise UnsureError("the items cannot be told apart by their labels")
    return labels


def _new_items(paragraphs: Paragraphs, labels: Sequence[str]) -> Paragraphs:
    """The new items, one for each label; a single one may stand as a paragraph of its own."""
    items = tuple(item for paragraph in paragraphs for item in paragraph.items)
    if len(items) == len(labels) and not any(paragraph.text for paragraph in paragraphs):
        return items
    if len(labels) == 1 and len(paragraphs) == 1 and paragraphs[0].text and not paragraphs[0].text.endswith(":"):
        text = re.sub(rf"^\(?{re.escape(labels[0])}[.)]\s+", "", paragraphs[0].text)
        return (replace(paragraphs[0], text=text, label=f"{labels[0]}."),)
    raise UnsureError(f"the new text does not have {len(labels)} items")


def _next_label(label: str) -> str:
    if label.isdecimal():
        return str(int(label) + 1)
    return chr(ord(label) + 1) if len(label) == 1 else ""
