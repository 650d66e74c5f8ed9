"""Akoma Ntoso (OASIS LegalDocML 3.0) to a `LegalDocument`: metadata, the hierarchy of the body, annexes.

A section is whatever its number calls so (§, artikkel), else a ``section`` or ``article``. What is quoted because it
changes another text (``quotedStructure``, ``quotedText``) is not the document's own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from lxml import etree

from importers.law.akoma_amendments import read_amendments
from importers.law.akoma_definitions import marked_definitions, names_of_entries
from importers.law.akoma_references import REGULATION, reference
from importers.law.akoma_text import is_foreign, name_of, own_text, paragraphs_of
from importers.law.chapters import Heading, chapter_above
from importers.law.document import LegalDocument, Section
from importers.law.identifiers import Refid, UniqueNames, parse_refid, section_name
from importers.law.lovdata_document import is_amending_title
from importers.law.source_acts import source_acts
from importers.minting import slug

_SECTIONS = {"section", "article", "rule"}
_ANNEXES = {"attachment", "component"}
_SECTION_NUMBER = re.compile(r"^\s*(?:§|art(?:ikkel|\.)?\s*\d)", re.IGNORECASE)
_ABOVE = {"part", "title", "book", "chapter", "subchapter", "division", "tome"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FORCE = re.compile(r"force|kraft|commencement", re.IGNORECASE)


class ForeignActError(Exception):
    """The act is of another country."""


def read_document(root: etree._Element) -> LegalDocument | None:
    """The document below `root`; None if it has no act, or its metadata do not say which it is.

    Raises:
        ForeignActError: it is not Norwegian law; the message is the country's code.
    """
    act = next((each for each in root if name_of(each) in {"act", "bill", "doc"}), None)
    meta = None if act is None else _child(act, "meta")
    work = None if meta is None else _inside(meta, "FRBRWork")
    if act is None or meta is None or work is None:
        return None
    country = _value(work, "FRBRcountry")
    if country and country.lower() not in {"no", "nor"}:
        raise ForeignActError(country)
    refid = _refid(work)
    if refid is None:
        return None
    title = _title(act) or str(refid)
    expression = _inside(meta, "FRBRExpression")
    in_force = _in_force(meta)
    changes = tuple(_changes(meta))
    return LegalDocument(
        refid=refid,
        title=title,
        language=_language(expression),
        short_title=_short_title(act, work),
        ministry=tuple(_authors(meta, work)),
        in_force=min(in_force, default=""),
        all_in_force=next(iter(in_force)) if len(in_force) == 1 else "",
        modified=_modified(meta, expression, refid),
        based_on=tuple(_references(each for name in ("preamble", "preface") for each in _all(act, name))),
        transposes=source_acts(own_text(each) for each in (*_all(act, "preamble"), *_all(act, "p"))),
        changes=changes,
        amending=is_amending_title(title),
        sections=tuple(_sections(act, names_of_entries(meta))),
        amendments=read_amendments(act, changes),
    )


def _refid(work: etree._Element) -> Refid | None:
    """The act's number: an alias that is one, else day and number of the work."""
    for alias in (each.get("value") or "" for each in work if name_of(each) == "FRBRalias"):
        if (refid := parse_refid(alias)) is not None:
            return refid
    uri = _value(work, "FRBRuri") or _value(work, "FRBRthis")
    found = _DAY.search(uri) or _DAY.search(next((each.get("date") or "" for each in _all(work, "FRBRdate")), ""))
    if found is None:
        return None
    kind = "forskrift" if REGULATION.search(f"{uri}/{_value(work, 'FRBRsubtype')}") else "lov"
    number = _value(work, "FRBRnumber") or uri.partition(found.group())[2].strip("/").split("/")[0]
    return parse_refid(f"{kind}/{found.group()}" + (f"-{number}" if number.isdecimal() else ""))


def _title(act: etree._Element) -> str:
    return next((own_text(each) for name in ("longTitle", "docTitle") for each in _all(act, name)), "")


def _short_title(act: etree._Element, work: etree._Element) -> str:
    found = next((own_text(each) for each in _all(act, "shortTitle")), "")
    return found or _value(work, "FRBRname")


def _language(expression: etree._Element | None) -> Literal["nb", "nn"]:
    said = (
        ""
        if expression is None
        else next((each.get("language") or "" for each in _all(expression, "FRBRlanguage")), "")
    )
    return "nn" if said.lower() in {"nn", "nno"} else "nb"


def _modified(meta: etree._Element, expression: etree._Element | None, refid: Refid) -> str:
    """The last day on which the text was changed: of an amendment in the act's life, else that of the expression."""
    days = [each.get("date") or "" for each in _all(meta, "eventRef") if each.get("type") == "amendment"]
    if expression is not None and not days:
        days = [each.get("date") or "" for each in _all(expression, "FRBRdate")]
    found = max((day[:10] for day in days if _DAY.match(day)), default="")
    return found if found > refid.day.isoformat() else ""


def _in_force(meta: etree._Element) -> set[str]:
    """The days on which the act, or something of it, entered into force: of events and dates that are named so."""
    events = (each for name in ("eventRef", "FRBRdate") for each in _all(meta, name))
    days = [each.get("date") or "" for each in events if _FORCE.search(f"{each.get('name')} {each.get('refersTo')}")]
    return {day[:10] for day in days if _DAY.match(day)}


def _authors(meta: etree._Element, work: etree._Element) -> Iterator[str]:
    """The names of those whom the references call authors of the work."""
    wanted = {each.get("href") or "" for each in work if name_of(each) == "FRBRauthor"}
    for each in _all(meta, "TLCOrganization"):
        if f"#{_eid(each)}" in wanted and each.get("showAs"):
            yield each.get("showAs") or ""


def _references(elements: Iterable[etree._Element]) -> Iterator[str]:
    """What is referred to in elements."""
    for element in elements:
        yield from filter(None, (reference(each.get("href") or "") for each in _all(element, "ref")))


def _changes(meta: etree._Element) -> Iterator[str]:
    for block in _all(meta, "activeModifications"):
        for each in _all(block, "destination"):
            if found := reference(each.get("href") or ""):
                yield found


def _sections(act: etree._Element, entries: Mapping[str, str]) -> Iterator[Section]:
    names = UniqueNames()
    headings = {each: Heading(words) for each in act.iter() if name_of(each) in _ABOVE and (words := _heading(each))}
    for element in act.iter():
        if is_foreign(element) or not _is_section(element):
            continue
        number = _own(element, "num").rstrip(".")
        annex = name_of(element) in _ANNEXES
        title = _own(element, "heading") or (next(map(own_text, _all(element, "heading")), "") if annex else "")
        name = section_name(number) or slug(title or _eid(element))[:60].strip("-")
        if not name:
            continue
        above = chapter_above([headings[each] for each in reversed(list(element.iterancestors())) if each in headings])
        chapter = above.chapter(names) if above is not None else None
        text = tuple(paragraphs_of(element))
        marked = tuple(marked_definitions(element, entries))
        yield Section(names.unique(name), number, title, text, chapter, tuple(_references([element])), marked)


def _is_section(element: etree._Element) -> bool:
    """Whether the element is a section, or an annex without sections and annexes of its own."""
    name = name_of(element)
    if name in _ANNEXES:
        return not any(name_of(each) in _ANNEXES or _is_section(each) for each in element.iterdescendants())
    if name in _SECTIONS:
        return not any(_child(each, "num") is not None for below in _SECTIONS for each in _all(element, below))
    return name in {"hcontainer", "paragraph", "level"} and bool(_SECTION_NUMBER.match(_own(element, "num")))


def _heading(element: etree._Element) -> str:
    return " ".join(filter(None, (_own(element, "num"), _own(element, "heading"))))


def _own(element: etree._Element, name: str) -> str:
    found = _child(element, name)
    return "" if found is None else own_text(found)


def _eid(element: etree._Element) -> str:
    return element.get("eId") or element.get("id") or ""


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((each for each in element if name_of(each) == name), None)


def _inside(element: etree._Element, name: str) -> etree._Element | None:
    return next(_all(element, name), None)


def _all(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (each for each in element.iterdescendants() if name_of(each) == name and not is_foreign(each))


def _value(element: etree._Element, name: str) -> str:
    return next((each.get("value") or "" for each in element if name_of(each) == name), "")
