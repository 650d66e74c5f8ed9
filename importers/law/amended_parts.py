"""The parts of an act that amendments change, one after the other, and the triples of what comes out.

Amendments of one document that enter into force on one day are one change: what a part read between them it never read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple

from importers.law.amendment_triples import HeldAmendment
from importers.law.document import LegalDocument, Section
from importers.law.earlier_versions import Earlier, day
from importers.law.held_text import HeldSection
from importers.law.statute_definitions import find_definitions
from importers.law.triples import LegalTriples
from ontologies.namespaces import DCT, ELI, SAMSVAR


@dataclass(slots=True)
class Changing:
    """A part that is being amended: how it reads, what it read until which amendment, and all that changed it."""

    section: Section | None
    earlier: list[tuple[Section | None, HeldAmendment]] = field(default_factory=list)
    changed_by: list[HeldAmendment] = field(default_factory=list)
    doubtful: bool = False
    repealed: bool = False

    def becomes(self, after: Section, held: HeldAmendment) -> None:
        """It reads `after` from the day on which the amendment enters into force."""
        if after != self.section:
            self.changed_by.append(held)
            last = self.earlier[-1][1] if self.earlier else None
            if last is None or last.order[:2] != held.order[:2]:
                self.earlier.append((self.section, held))
            elif self.earlier[-1][0] == after:
                self.earlier.pop()
        self.section, self.doubtful = after, False
        self.repealed = held.amendment.operation == "repeal" and not after.paragraphs


class AmendedTriples:
    """Makes the triples of amended parts of an act."""

    def __init__(self, uri_base: str, act: NamedNode, made: LegalTriples, document: LegalDocument) -> None:
        self._base = uri_base
        self._act = act
        self._made = made
        self._language = document.language

    def triples(self, one: Changing, held: HeldSection | None) -> Iterator[Triple]:
        """The part as it reads now with its definitions, and what it read before; nothing if it never was."""
        section = one.section
        if section is None:
            return
        node = self._made.section(section) if section.name else self._act
        yield from self._now(node, section)
        yield from held.kept if held is not None else ()
        if one.earlier:
            yield from self._changes(node, one)
            yield from self._earlier(node, one, held)
            last = one.earlier[-1][1]
            gone = not section.paragraphs and (one.repealed or not self._is_heading(one))
            yield Triple(node, ELI.date_no_longer_in_force if gone else ELI.version_date, day(last.in_force))
            if gone:
                yield Triple(node, ELI.repealed_by, last.document)

    def _now(self, node: NamedNode, section: Section) -> Iterator[Triple]:
        if section.name:
            yield from self._made.subdivision(section)
            for definition in find_definitions(section):
                yield from self._made.concept(definition)[1]
            return
        for predicate, words in ((DCT.title, section.title), (ELI.title_short, section.number)):
            if words:
                yield Triple(node, predicate, Literal(words, language=self._language))

    def _is_heading(self, one: Changing) -> bool:
        """Whether only a heading or title has changed: there is no text, and there was none."""
        return not any(before is not None and before.paragraphs for before, _ in one.earlier)

    def _changes(self, node: NamedNode, one: Changing) -> Iterator[Triple]:
        for held in one.changed_by:
            yield Triple(self._act, ELI.amended_by, held.document)
            yield Triple(node, ELI.amended_by, held.document)
            yield Triple(node, SAMSVAR.appliedAmendment, held.node)

    def _earlier(self, node: NamedNode, one: Changing, held: HeldSection | None) -> Iterator[Triple]:
        count, since = (held.versions, held.since) if held is not None else (0, "")
        for position, (before, until) in enumerate(one.earlier, count + 1):
            if before is None:
                yield Triple(node, SAMSVAR.insertedBy, until.document)
            else:
                yield from Earlier(self._base, self._language, node, position, since, until).triples(before)
            since = until.in_force
