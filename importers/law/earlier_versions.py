"""What a part of an act read earlier, as triples; and what is kept of it when a newer text of the act comes in."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from importers.law.amendment_triples import HeldAmendment, document_of
from importers.law.document import Section
from importers.law.held_text import HeldText
from importers.law.section_text import write_text
from importers.minting import content_iri
from ontologies.namespaces import DCT, ELI, RDF, SAMSVAR, XSD

_OF_A_PART_THAT_IS_GONE = (
    RDF.type, ELI.is_part_of, ELI.number, DCT.title, ELI.date_no_longer_in_force, ELI.repealed_by,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a part of an act read until an amendment; `since` is the day it began to (ISO 8601), "" where unknown.

    `position` counts the versions of the part from 1. `base` is what minted IRIs begin with.
    """

    base: str
    language: str
    node: NamedNode
    position: int
    since: str
    until: HeldAmendment

    def triples(self, before: Section) -> Iterator[Triple]:
        """The version, and that the part has it."""
        words = {DCT.title: before.title, RDF.value: write_text(before.paragraphs)}
        if not before.name:
            words[ELI.title_short] = before.number
        said = (str(self.position), self.until.node.value, before.title, words[RDF.value])
        version = content_iri(self.base, "nodes", self.node.value, said)
        yield Triple(self.node, DCT.hasVersion, version)
        yield Triple(version, RDF.type, SAMSVAR.EarlierVersion)
        yield Triple(version, SAMSVAR.position, Literal(f"{self.position:04}"))
        yield Triple(version, DCT.isReplacedBy, self.until.node)
        yield Triple(version, ELI.date_no_longer_in_force, day(self.until.in_force))
        if self.since:
            yield Triple(version, ELI.version_date, day(self.since))
        for predicate, text in words.items():
            if text:
                yield Triple(version, predicate, Literal(text, language=self.language))


def day(written: str) -> Literal:
    """A day (ISO 8601) as a literal."""
    return Literal(written, datatype=XSD.date)


def carried_over(base: str, old: HeldText, new: HeldText, amendments: Iterable[HeldAmendment]) -> Iterator[Triple]:
    """What the parts of an act read before amendments that a `new` text of it includes, which `old` knows.

    Versions stay as they are; amendments that `old` had applied are said to be included. Where one known amendment
    that `old` could not apply tells why the new text of a section differs, the old text becomes a version too.
    """
    known = {each.node: each for each in amendments}
    for node in (old.act, *old.nodes(old.act, ELI.has_part)):
        links = [*_versions(old, new, node), *_included(old, new, node, known), *_last(base, old, new, node, known)]
        yield from links
        if links and node != old.act and not new.about(node):
            yield from _gone(old, node)


def _versions(old: HeldText, new: HeldText, node: NamedNode) -> Iterator[Triple]:
    for version in old.nodes(node, DCT.hasVersion):
        if new.includes(old.text(version, ELI.date_no_longer_in_force), old.nodes(version, DCT.isReplacedBy)):
            yield Triple(node, DCT.hasVersion, version)
            yield from old.about(version)


def _included(
    old: HeldText, new: HeldText, node: NamedNode, known: Mapping[NamedNode, HeldAmendment]
) -> Iterator[Triple]:
    applied = old.nodes(node, SAMSVAR.appliedAmendment)
    included = [each for each in applied if each in known and new.includes(known[each].in_force, [each])]
    for amendment in (*old.nodes(node, SAMSVAR.includedAmendment), *included):
        document = document_of(amendment)
        yield Triple(node, SAMSVAR.includedAmendment, amendment)
        yield Triple(node, ELI.amended_by, document)
        yield Triple(old.act, ELI.amended_by, document)
    yield from (each for each in old.about(node) if each.predicate == ELI.version_date and _is_past(each, new))


def _is_past(dated: Triple, new: HeldText) -> bool:
    return isinstance(dated.object, Literal) and new.includes(dated.object.value, ())


def _last(
    base: str, old: HeldText, new: HeldText, node: NamedNode, known: Mapping[NamedNode, HeldAmendment]
) -> Iterator[Triple]:
    """The last text of a section that one amendment has changed, which `old` could not apply."""
    name = old.name(node)
    before, after = old.current().get(name), new.current().get(name)
    applied: Collection[NamedNode] = {
        *old.nodes(node, SAMSVAR.appliedAmendment),
        *old.nodes(node, SAMSVAR.includedAmendment),
    }
    meant = [each for each in known.values() if each.section == node and _is_news(each, old, new)]
    if before is None or after is None or len(meant) != 1 or meant[0].node in applied:
        return
    if _words(before) != _words(after):
        [until] = meant
        position = 1 + len(old.nodes(node, DCT.hasVersion))
        language = literal.language if (literal := old.literal(node, RDF.value)) is not None else None
        yield from Earlier(base, language or "nb", node, position, "", until).triples(before)
        yield Triple(node, ELI.amended_by, until.document)
        yield Triple(node, SAMSVAR.includedAmendment, until.node)


def _words(section: Section) -> list[str]:
    return re.findall(r"\w+", f"{section.title} {section.full_text()}".casefold())


def _is_news(amendment: HeldAmendment, old: HeldText, new: HeldText) -> bool:
    there = (amendment.in_force, [amendment.node])
    return bool(amendment.in_force) and new.includes(*there) and not old.includes(*there)


def _gone(old: HeldText, node: NamedNode) -> Iterator[Triple]:
    """A part that the new text has no longer: what it was, without its text."""
    yield Triple(old.act, ELI.has_part, node)
    yield from (each for each in old.about(node) if each.predicate in _OF_A_PART_THAT_IS_GONE)
