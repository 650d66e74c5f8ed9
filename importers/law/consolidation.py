"""An act with the amendments that have entered into force: its text as it reads now, what it read before, and by whom.

The text that was imported is where every consolidation begins, so that the order in which an act and its amendments
come in does not matter. An amendment that entered into force no later than the last change which that text includes is
in it already. What cannot be applied for sure is left, and so is every later change of a part of the same section.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal as OneOf
from typing import TypeAlias

from pyoxigraph import NamedNode, Triple

from importers.law.amended_parts import AmendedTriples, Changing
from importers.law.amended_section import amend
from importers.law.amended_sentence import UnsureError
from importers.law.amendment_triples import HeldAmendment
from importers.law.document import Amendment, Section
from importers.law.held_text import HeldText, section_order
from importers.law.identifiers import section_name
from importers.law.instructions import sections_named
from importers.law.outside_changes import Act, amend_outside, chapter_name
from importers.law.triples import LegalTriples
from ontologies.namespaces import DCT, ELI, SAMSVAR

Status: TypeAlias = OneOf["applied", "included", "waiting", "undated", "unsure"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an amendment of the act. `reason` says why it could not be applied for sure.

    "included": the imported text has it already. "waiting": not yet in force. "undated": it is not said when.
    """

    amendment: HeldAmendment
    status: Status
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Consolidated:
    """The act's triples, and the outcome of each amendment in the order of entry into force."""

    triples: tuple[Triple, ...]
    outcomes: tuple[Outcome, ...]


def consolidate(
    uri_base: str, act: NamedNode, triples: Iterable[Triple], amendments: Sequence[HeldAmendment], today: date
) -> Consolidated:
    """The act, as imported or as consolidated before, with those of `amendments` that are in force today."""
    held = HeldText(act, triples)
    document = held.document()
    if document is None:
        return Consolidated(held.triples, ())
    sections = held.sections()
    applying = _Applying(
        {name: Changing(one.published) for name, one in sections.items()},
        {
            held.name(part): held.name(chapter)
            for part, chapter in held.chapters().items()
            if sections[held.name(part)].published is not None
        },
    )
    outcomes = tuple(_outcomes(held, applying, sorted(amendments, key=lambda one: one.order), today))
    changing = applying.parts
    was = {name for name, one in sections.items() if one.amended}
    changed = sorted((name for name, one in changing.items() if one.earlier or name in was), key=section_order)
    if not changed:
        return Consolidated(held.triples, outcomes)
    kept = list(_untouched(held, changed))
    taken = {triple.subject for triple in kept if isinstance(triple.subject, NamedNode)}
    made = AmendedTriples(uri_base, act, LegalTriples(uri_base, document, taken), document)
    new = [each for name in changed for each in made.triples(changing[name], sections.get(name))]
    parts = [
        Triple(NamedNode(f"{act.value}/{chapter}"), ELI.has_part, NamedNode(f"{act.value}/{name}"))
        for name, chapter in applying.chapters.items()
        if chapter and name in changed
    ]
    always = (each for one in sections.values() for each in one.kept)
    return Consolidated(tuple(dict.fromkeys((*kept, *always, *new, *parts))), outcomes)


def _untouched(held: HeldText, changed: Iterable[str]) -> Iterator[Triple]:
    """What is said of the rest of the act, and which sections belong to a changed chapter."""
    names = set(changed)
    dropped = held.belongings(NamedNode(f"{held.act.value}/{name}") for name in names if name)
    if "" in names:
        dropped.update(held.ended_versions(held.act))
    of_title = {DCT.title, ELI.title_short, ELI.version_date, SAMSVAR.appliedAmendment, DCT.hasVersion}
    for triple in held.triples:
        is_part = triple.predicate == ELI.has_part
        if triple.subject == held.act and (
            triple.predicate == ELI.amended_by or ("" in names and triple.predicate in of_title)
        ):
            continue
        if (triple.subject not in dropped or is_part) and not (is_part and triple.object in dropped):
            yield triple


def _outcomes(
    text: HeldText, applying: "_Applying", amendments: Iterable[HeldAmendment], today: date
) -> Iterator[Outcome]:
    for held in amendments:
        if not held.in_force:
            yield Outcome(held, "undated")
        elif text.includes(held.in_force, [held.node]):
            yield Outcome(held, "included")
        elif held.in_force > today.isoformat():
            yield Outcome(held, "waiting")
        else:
            yield applying.apply(held)


@dataclass(slots=True)
class _Applying:
    """The parts of the act by name while amendments are applied, and of each the chapter that it stands in.

    `new_chapter` is the amendment that was the last to bring a chapter: sections of the same instruction belong to it.
    """

    parts: dict[str, Changing]
    chapters: dict[str, str]
    new_chapter: HeldAmendment | None = None

    def apply(self, held: HeldAmendment) -> Outcome:
        """Applies an amendment that is in force, if that can be done for sure."""
        try:
            after = self._after(held)
        except UnsureError as doubt:
            for name in self._doubtful(held.amendment):
                self.parts.setdefault(name, Changing(None)).doubtful = True
            return Outcome(held, "unsure", str(doubt))
        for name, section in after.items():
            one = self.parts.setdefault(name, Changing(None))
            if one.section is None:
                self.chapters[name] = self._comes_with(held) or self._chapter_before(name)
            one.becomes(section, held)
        if not held.amendment.number:
            self.new_chapter = held if held.amendment.operation == "insert" else None
        return Outcome(held, "applied")

    def _after(self, held: HeldAmendment) -> dict[str, Section]:
        asked = held.amendment
        if not asked.number:
            return dict(amend_outside(Act(self._current(), self.chapters), asked))
        name = section_name(asked.number)
        one = self.parts.get(name) or Changing(None)
        if one.doubtful and (asked.parts or asked.operation != "replace"):
            raise UnsureError("an earlier amendment of the section could not be applied")
        return {name: amend(one.section, asked)}

    def _comes_with(self, held: HeldAmendment) -> str:
        """The name of the new chapter that a section comes in with."""
        chapter = self.new_chapter
        if chapter is None or not held.amendment.number or chapter.amendment.parts[0].kind != "chapter":
            return ""
        same = (chapter.document, chapter.amendment.instruction) == (held.document, held.amendment.instruction)
        return chapter_name(chapter.amendment.parts[0]) if same else ""

    def _chapter_before(self, name: str) -> str:
        """The chapter of the section before a new one."""
        before = [each for each in self._current() if each and section_order(each) < section_order(name)]
        return self.chapters.get(max(before, key=section_order), "") if before else ""

    def _current(self) -> dict[str, Section]:
        return {name: one.section for name, one in self.parts.items() if one.section is not None}

    def _doubtful(self, asked: Amendment) -> set[str]:
        """The sections of which it is not known now what they read."""
        named = {section_name(asked.number), *map(section_name, sections_named(asked.instruction))} - {""}
        if not asked.number and asked.parts and asked.parts[0].kind == "chapter":
            named |= {name for name, chapter in self.chapters.items() if chapter == chapter_name(asked.parts[0])}
        return named
