"""Legal references in a text, resolved to the acts and sections that the register holds."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal, TypeAlias

from importers.law.identifiers import european_eli, parse_refid
from importers.legal_references import LegalReference, resolve
from registry.references.held_acts import (
    HeldAct,
    HeldActs,
    has_sections,
    held_acts,
    is_held,
    is_repealed,
    section_iri,
    sections,
)
from sparql.store import Reader

Status: TypeAlias = Literal["in_force", "not_in_corpus", "unresolved"]
ProvisionStatus: TypeAlias = Literal["", "held", "repealed", "missing"]
"""Of the section: "" where none is named or no section of the act is held; missing where the act has no such one."""

_STATUS: dict[str, Status] = {"held": "in_force", "unknown": "unresolved", "impossible": "unresolved"}
_LETTER_BEHIND = re.compile(r"(?P<section>.*\d)\s*(?P<letter>[a-zæøå])")
_NUMBER_BEHIND = re.compile(r"(?P<section>§ \d+(?:-\d+)*)\.(?P<number>\d+)(?P<letter>\s?[a-z])?")


@dataclass(frozen=True, slots=True)
class ResolvedReference:
    """A reference with what the register holds of it.

    `uri` is the section or chapter, else the act, "" where none is held. `title` is the act's short title. `provision`
    is what the act calls the section, where "§ 2 d" was written for letter d of § 2; `letter` and `number` have what is
    below.
    """

    found: LegalReference
    uri: str = ""
    act: str = ""
    title: str = ""
    provision: str = ""
    provision_status: ProvisionStatus = ""
    letter: tuple[str, ...] = ()
    number: tuple[str, ...] = ()
    successor: str = ""

    @property
    def status(self) -> Status:
        """Whether the act is in force, is none of those that are, or cannot be told."""
        return _STATUS.get(self.found.standing, "not_in_corpus")

    def as_json(self) -> dict[str, Any]:
        """The members that docs/api.md promises."""
        found = self.found
        return {
            "text": found.text,
            "span": list(found.span),
            "refid": found.refid,
            "eli": eli_of(found.refid),
            "title": self.title,
            "provision": self.provision,
            "status": self.status,
            "uri": self.uri,
            "act": self.act,
            "kind": found.kind,
            "standing": found.standing,
            "provision_status": self.provision_status,
            "chapter": found.chapter,
            "subsection": list(found.below.subsection),
            "sentence": list(found.below.sentence),
            "letter": list(self.letter),
            "number": list(self.number),
            "closes_range": found.closes_range,
            "guess": found.guess,
            "confidence": found.confidence,
            "ended": found.ended,
            "successor": found.successor,
            "successor_uri": self.successor,
        }


def resolve_text(reader: Reader, text: str, acts: HeldActs | None = None) -> list[ResolvedReference]:
    """The references in a text, in order, against the acts of a generation (or those given)."""
    known = held_acts(reader) if acts is None else acts
    return [_resolved(reader, known, reference) for reference in resolve(text, known.index)]


def _resolved(reader: Reader, acts: HeldActs, reference: LegalReference) -> ResolvedReference:
    act, successor = acts.of(reference.refid), acts.of(reference.successor)
    plain = ResolvedReference(
        reference,
        provision=reference.provision,
        title=_title(acts, reference, act),
        letter=reference.below.letter,
        number=reference.below.number,
        successor=successor.iri if successor else "",
    )
    if act is None:
        return plain
    plain = replace(plain, uri=act.iri, act=act.iri)
    if reference.chapter and not reference.provision:
        chapter = section_iri(act, reference.chapter)
        return replace(plain, uri=chapter) if is_held(reader, chapter) else plain
    return _placed(reader, act, plain) if reference.provision and has_sections(reader, act) else plain


def _title(acts: HeldActs, reference: LegalReference, act: HeldAct | None) -> str:
    """The name of the act; of one that is only known, the first of its names."""
    if act is not None:
        return act.title
    refid = parse_refid(reference.refid)
    known = acts.index.acts.get(refid) if refid else None
    return known.names[0] if known and known.names else ""


def _placed(reader: Reader, act: HeldAct, plain: ResolvedReference) -> ResolvedReference:
    """The reference with its section, read as what the act has: § 2 d may be a section, or letter d of § 2."""
    for reading in _readings(plain):
        section = section_iri(act, reading.provision)
        if is_held(reader, section):
            status: ProvisionStatus = "repealed" if is_repealed(reader, section) else "held"
            return replace(reading, uri=section, provision_status=status)
    return replace(plain, provision_status="missing")


def _readings(plain: ResolvedReference) -> list[ResolvedReference]:
    readings = [plain]
    if found := _LETTER_BEHIND.fullmatch(plain.provision):
        readings.append(replace(plain, provision=found["section"], letter=(found["letter"], *plain.letter)))
    if found := _NUMBER_BEHIND.fullmatch(plain.provision):
        letter = found["letter"].strip() if found["letter"] else ""
        letters = (letter, *plain.letter) if letter else plain.letter
        number = (found["number"], *plain.number)
        readings.append(replace(plain, provision=found["section"], number=number, letter=letters))
    return readings


def eli_of(refid: str) -> str:
    """The ELI path at Lovdata of an act, or the ELI of an EU act by its CELEX number; "" for neither."""
    if parsed := parse_refid(refid):
        return f"/eli/{parsed.path}"
    return european_eli(refid)


def cited_sections(reader: Reader, references: list[ResolvedReference]) -> set[str]:
    """The IRIs of what is cited: sections, acts cited as a whole, and the sections between the ends of ranges."""
    cited = {reference.uri for reference in references if reference.uri}
    for first, last in pairwise(references):
        if last.found.closes_range and first.act and first.act == last.act:
            start, end = section_order(first.uri), section_order(last.uri)
            act = HeldAct(first.act, first.title)
            cited |= {section for section in sections(reader, act) if start < section_order(section) < end}
    return cited


@lru_cache(maxsize=16_384)
def section_order(iri: str) -> tuple[tuple[int, str], ...]:
    """What sorts the sections of an act: section 2 before section 10, § 1-2 a after § 1-2."""
    parts = re.findall(r"\d+|[^\d]+", iri.rpartition("/")[2])
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in parts)
