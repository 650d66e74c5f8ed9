"""An act with the amendments that have entered into force: its text as it reads now, what it read before, and by whom.

The text that was imported is where every consolidation begins, so that the order in which an act and its amendments
come in does not matter. An amendment that entered into force no later than the last change which that text includes is
in it already. What cannot be applied for sure is left, and so is every later change of a part of the same section.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal as OneOf
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from importers.law.amended_section import amend
from importers.law.amended_sentence import UnsureError
from importers.law.amendment_triples import HeldAmendment
from importers.law.document import Amendment, LegalDocument, Section
from importers.law.held_text import HeldText, section_order
from importers.law.identifiers import section_name
from importers.law.instructions import sections_named
from importers.law.section_text import write_text
from importers.law.statute_definitions import find_definitions
from importers.law.triples import LegalTriples
from importers.minting import content_iri
from ontologies.namespaces import DCT, ELI, RDF, SAMSVAR, XSD

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


@dataclass(slots=True)
class _Changing:
    """A section that is being amended: how it reads, and what it read until which amendment."""

    section: Section | None
    earlier: list[tuple[Section | None, HeldAmendment]] = field(default_factory=list)
    doubtful: bool = False

    def after(self, asked: Amendment) -> Section:
        """The section after one more amendment.

        Raises:
            UnsureError: it cannot be told for sure.
        """
        if self.doubtful and (asked.parts or asked.operation != "replace"):
            raise UnsureError("an earlier amendment of the section could not be applied")
        return amend(self.section, asked)


def consolidate(
    uri_base: str, act: NamedNode, triples: Iterable[Triple], amendments: Sequence[HeldAmendment], today: date
) -> Consolidated:
    """The act, as imported or as consolidated before, with those of `amendments` that are in force today."""
    held = HeldText(act, triples)
    document = held.document()
    if document is None:
        return Consolidated(held.triples, ())
    sections = held.sections()
    changing = {name: _Changing(one.published) for name, one in sections.items()}
    outcomes = tuple(_outcomes(held, changing, sorted(amendments, key=lambda one: one.order), today))
    was = {name for name, one in sections.items() if one.amended}
    changed = sorted((name for name, one in changing.items() if one.earlier or name in was), key=section_order)
    if not changed:
        return Consolidated(held.triples, outcomes)
    nodes = {name: NamedNode(f"{act.value}/{name}") for name in changed}
    dropped = held.belongings(nodes.values())
    kept = [
        triple
        for triple in held.triples
        if triple.subject not in dropped
        and not (triple.predicate == ELI.has_part and triple.object in dropped)
        and not (triple.subject == act and triple.predicate == ELI.amended_by)
    ]
    taken = {triple.subject for triple in kept if isinstance(triple.subject, NamedNode)}
    made = _Sections(uri_base, act, LegalTriples(uri_base, document, taken), document)
    new = [each for name in changed for each in made.triples(changing[name])]
    parts = _parts(held, {name: one.published is None for name, one in sections.items()}, new)
    return Consolidated(tuple(dict.fromkeys((*kept, *new, *parts))), outcomes)


def _parts(text: HeldText, inserted: Mapping[str, bool], new: Iterable[Triple]) -> Iterator[Triple]:
    """The chapters of new sections: the one they had, for an inserted section that of the section before it."""
    chapters = text.chapters()
    published = [name for name, was_inserted in inserted.items() if not was_inserted]
    for triple in new:
        node = triple.object
        if triple.predicate != ELI.has_part or not isinstance(node, NamedNode):
            continue
        order = section_order(node.value.removeprefix(f"{text.act.value}/"))
        before = [name for name in published if section_order(name) <= order]
        chapter = chapters.get(NamedNode(f"{text.act.value}/{before[-1]}")) if before else None
        if chapter is not None:
            yield Triple(chapter, ELI.has_part, node)


def _outcomes(
    text: HeldText, changing: dict[str, _Changing], amendments: Iterable[HeldAmendment], today: date
) -> Iterator[Outcome]:
    last = text.nodes(text.act, ELI.changed_by)
    for held in amendments:
        if not held.in_force:
            yield Outcome(held, "undated")
        elif held.in_force <= text.as_of or held.document in last:
            yield Outcome(held, "included")
        elif held.in_force > today.isoformat():
            yield Outcome(held, "waiting")
        else:
            yield _applied(held, changing)


def _applied(held: HeldAmendment, changing: dict[str, _Changing]) -> Outcome:
    asked = held.amendment
    name = section_name(asked.number)
    one = changing.get(name) or _Changing(None)
    try:
        after = one.after(asked)
    except UnsureError as doubt:
        for each in {name, *map(section_name, sections_named(asked.instruction))} - {""}:
            changing.setdefault(each, _Changing(None)).doubtful = True
        return Outcome(held, "unsure", str(doubt))
    if name not in changing:
        changing[name] = one
    if after != one.section:
        one.earlier.append((one.section, held))
    one.section, one.doubtful = after, False
    return Outcome(held, "applied")


class _Sections:
    """Makes the triples of amended sections."""

    def __init__(self, uri_base: str, act: NamedNode, made: LegalTriples, document: LegalDocument) -> None:
        self._base = uri_base
        self._act = act
        self._made = made
        self._language = document.language

    def triples(self, one: _Changing) -> Iterator[Triple]:
        """The section as it reads now with its definitions, and what it read before; nothing if it never was."""
        section = one.section
        if section is None:
            return
        node = self._made.section(section)
        yield from self._made.subdivision(section)
        for definition in find_definitions(section):
            yield from self._made.concept(definition)[1]
        for position, (before, held) in enumerate(one.earlier, 1):
            document = held.document
            yield Triple(self._act, ELI.amended_by, document)
            yield Triple(node, ELI.amended_by, document)
            yield Triple(node, SAMSVAR.appliedAmendment, held.node)
            if before is None:
                yield Triple(node, SAMSVAR.insertedBy, document)
            else:
                yield from self._earlier(node, before, one.earlier, position)
        if one.earlier:
            last = one.earlier[-1][1]
            gone = not section.paragraphs
            yield Triple(node, ELI.date_no_longer_in_force if gone else ELI.version_date, _day(last.in_force))
            if gone:
                yield Triple(node, ELI.repealed_by, last.document)

    def _earlier(
        self, node: NamedNode, before: Section, earlier: Sequence[tuple[Section | None, HeldAmendment]], position: int
    ) -> Iterator[Triple]:
        held = earlier[position - 1][1]
        text = write_text(before.paragraphs)
        version = content_iri(self._base, "nodes", node.value, (str(position), held.node.value, before.title, text))
        yield Triple(node, DCT.hasVersion, version)
        yield Triple(version, RDF.type, SAMSVAR.EarlierVersion)
        yield Triple(version, SAMSVAR.position, Literal(f"{position:04}"))
        yield Triple(version, DCT.isReplacedBy, held.node)
        yield Triple(version, ELI.date_no_longer_in_force, _day(held.in_force))
        if position > 1:
            yield Triple(version, ELI.version_date, _day(earlier[position - 2][1].in_force))
        for predicate, words in ((DCT.title, before.title), (RDF.value, text)):
            if words:
                yield Triple(version, predicate, Literal(words, language=self._language))


def _day(written: str) -> Literal:
    return Literal(written, datatype=XSD.date)
