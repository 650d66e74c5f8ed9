"""The law that a definition rests on: provisions that its text or its sources name, and where it stands itself.

A provision is (act, section): the act as the end of its IRI ("lov/1997/02/28/19"; a name that is not known stands for
itself), the section as the last part of a provision's IRI or as "kapittel 5", "" where none is named.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from importers.law.identifiers import parse_refid, section_name
from importers.legal_references import LegalReference, resolve
from registry.harmonisation.records import DefinitionRecord, Span

_MAY_CITE = re.compile(r"§|lov(?:en|a)\s+kap|\blo[vg]|forskrift|\bLOV-|\bFOR-|/lo[vg]/|/forskrift/", re.IGNORECASE)
_IN_IRI = re.compile(r"/legislation/((?:lov|forskrift)/\d{4}/\d\d/\d\d/[^/]+)(?:/([^/]+))?$")
_LONGEST = 20_000


class Provision(NamedTuple):
    """An act and a section of it, or a chapter ("kapittel 5")."""

    act: str
    section: str

    @property
    def is_chapter(self) -> bool:
        """Whether it is a chapter and no section."""
        return self.section.startswith("kapittel")


class Cited(NamedTuple):
    """A provision as a text names it."""

    provision: Provision
    text: str
    span: Span


@lru_cache(maxsize=8_000)
def cited(text: str) -> tuple[Cited, ...]:
    """The provisions that a text names, in its order; none of the EU, and no act without a section or a chapter."""
    if len(text) > _LONGEST or not _MAY_CITE.search(text):
        return ()
    named = ((found, section_name(found.provision) or found.chapter) for found in resolve(text) if found.kind != "eu")
    return tuple(Cited(Provision(_act(found), part), found.text, found.span) for found, part in named if part)


def _act(found: LegalReference) -> str:
    parsed = parse_refid(found.refid)
    return parsed.path if parsed else found.written.casefold()


def named_sources(record: DefinitionRecord) -> tuple[Cited, ...]:
    """The provisions that the sources of a definition name, by words or by IRI."""
    found: list[Cited] = []
    for source in record.sources:
        if match := _IN_IRI.search(source.uri):
            provision = Provision(match.group(1), match.group(2) or "")
            found.append(Cited(provision, source.text or source.uri, (0, len(source.text))))
        else:
            found += cited(f"{source.text} {source.uri}".strip())
    return tuple(found)


def stands_in(record: DefinitionRecord) -> tuple[Provision, ...]:
    """The provisions that a statutory definition stands in; () for all others."""
    if not record.statutory:
        return ()
    match = _IN_IRI.search(record.act)
    act = match.group(1) if match else record.act
    sections = {each.provision.section for each in named_sources(record) if each.provision.act == act}
    return tuple(Provision(act, section) for section in sorted(sections)) or (Provision(act, ""),)
