"""What an act in Akoma Ntoso changes in others: its ``mod`` elements, each with what they quote as the new text.

The act that is changed is the destination that the metadata give for the ``mod`` (``activeModifications``), else the
one that its references or words name, else the one that its section has named before.
"""

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from importers.law.akoma_references import reference
from importers.law.akoma_text import is_foreign, name_of, own_text, paragraphs_of
from importers.law.document import Amendment, Paragraph
from importers.law.identifiers import Refid, parse_refid
from importers.law.instructions import Instruction, read_instructions
from importers.legal_references import resolve

_QUOTES = {"quotedStructure", "quotedText"}
_BLOCKS = {"p", "block", "intro", "content", "listIntroduction"}
_PLACE = re.compile(r"(?:\bskal\s+(?:ny(?:tt|e)?\s+)?)?§")
"""Where an instruction begins that names the act first: "I lov ... skal § 3 lyde"."""
_SECTIONS = {"section", "article", "rule"}


def read_amendments(root: etree._Element, changes: Sequence[str]) -> tuple[Amendment, ...]:
    """The changes that the document below `root` makes; `changes` are the acts that its metadata say are changed."""
    named = set(filter(None, map(_act_of, changes)))
    only = next(iter(named)) if len(named) == 1 else None
    destinations = dict(_destinations(root))
    found: list[Amendment] = []
    for mod in root.iter("{*}mod"):
        if not is_foreign(mod):
            act = destinations.get(mod.get("eId") or mod.get("id") or "") or _named_by(mod) or only
            found += _amendments(mod, act)
    return tuple(found)


def _destinations(root: etree._Element) -> Iterator[tuple[str, Refid]]:
    """The acts that the metadata say are changed, by the id of the element that changes them."""
    for block in root.iter("{*}activeModifications"):
        for change in block:
            parts = {name_of(each): each.get("href") or "" for each in change}
            if act := _act_of(reference(parts.get("destination", ""))):
                yield parts.get("source", "").rpartition("#")[2], act


def _act_of(referred: str) -> Refid | None:
    return parse_refid("/".join(referred.split("/")[:2]))


def _named_by(mod: etree._Element) -> Refid | None:
    """The act that is named last up to the new text, in the section that the element stands in."""
    section = next((each for each in mod.iterancestors() if name_of(each) in _SECTIONS), mod.getparent())
    last: Refid | None = None
    for element in () if section is None else section.iter():
        name = name_of(element)
        if is_foreign(element):
            continue
        if name in {"p", "block", "mod"}:
            said = [parse_refid(one.refid) for one in resolve(own_text(element)) if one.kind in {"date", "refid"}]
            last = next(filter(None, said), last)
        elif name == "ref":
            last = _act_of(reference(element.get("href") or "")) or last
        if element is mod:
            own = [_act_of(reference(each.get("href") or "")) for each in mod.iter("{*}ref") if not is_foreign(each)]
            return next(filter(None, own), last)
    return last


def _amendments(mod: etree._Element, act: Refid | None) -> Iterator[Amendment]:
    """One for each section that is changed."""
    text, asked = _instruction(mod)
    quotes = [each for each in mod.iter() if name_of(each) in _QUOTES and not is_foreign(each)]
    sections = [each for quote in quotes for each in quote.iter() if name_of(each) in _SECTIONS]
    for each in asked:
        whole = not each.parts or [part.kind for part in each.parts] == ["heading"]
        if each.operation in {"replace", "insert"} and whole and sections and len(asked) == 1:
            for section in sections:
                number, title = _own(section, "num").rstrip("."), _own(section, "heading")
                yield Amendment(text, each.operation, act, number, each.parts, title, tuple(paragraphs_of(section)))
            continue
        new = tuple(_quoted(quotes)) if each.operation != "repeal" else ()
        unclear = not each.numbers or (len(each.numbers) > 1 and each.operation != "repeal") or len(quotes) > 1
        operation = "other" if unclear else each.operation
        for number in each.numbers if operation != "other" else (each.numbers[:1] or ("",)):
            yield Amendment(text, operation, act, number, each.parts, "", new)


def _instruction(mod: etree._Element) -> tuple[str, list[Instruction]]:
    """The words that say what is to be done: those of the element, else of the block that it stands in."""
    around = [each for each in (mod, *mod.iterancestors()) if each is mod or name_of(each) in _BLOCKS]
    texts = [own_text(each) for each in around[:2]]
    for text in texts:
        place = _PLACE.search(text)
        for start in (0, place.start() if place else 0):
            if asked := [each for each in read_instructions(text[start:]) if each.operation != "other"]:
                return text, asked
    return next(filter(None, texts), ""), [Instruction("other")]


def _quoted(quotes: Sequence[etree._Element]) -> Iterator[Paragraph]:
    for quote in quotes:
        inside = list(paragraphs_of(quote)) if name_of(quote) == "quotedStructure" else []
        yield from inside or [Paragraph(own_text(quote))]


def _own(element: etree._Element, name: str) -> str:
    return next((own_text(each) for each in element if name_of(each) == name), "")
