"""An act or regulation as the register holds it: its sections, read out of its triples, and their earlier versions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from importers.law.amendment_triples import document_of
from importers.law.document import LegalDocument, Section
from importers.law.identifiers import parse_refid
from importers.law.section_text import read_text
from ontologies.namespaces import DCT, ELI, EUVOC, RDF, SAMSVAR


@dataclass(frozen=True, slots=True)
class HeldSection:
    """A section, a chapter or the act itself by its IRI.

    `published` is as it was imported; None for one that an amendment added. `kept` says what it read before amendments
    that the imported text includes, in `versions` versions, the last of them until `since` (ISO 8601; "" for none).
    """

    node: NamedNode
    published: Section | None
    amended: bool
    kept: tuple[Triple, ...] = ()
    versions: int = 0
    since: str = ""


class HeldText:
    """The triples of one act, by subject."""

    def __init__(self, act: NamedNode, triples: Iterable[Triple]) -> None:
        self.act = act
        self.triples = tuple(triples)
        self._about: dict[object, list[Triple]] = {}
        for triple in self.triples:
            self._about.setdefault(triple.subject, []).append(triple)

    def literal(self, node: NamedNode, predicate: NamedNode) -> Literal | None:
        """The first literal that the act says of a node."""
        found = (each.object for each in self._about.get(node, ()) if each.predicate == predicate)
        return next((each for each in found if isinstance(each, Literal)), None)

    def text(self, node: NamedNode, predicate: NamedNode) -> str:
        """The same as text, "" where there is none."""
        found = self.literal(node, predicate)
        return found.value if found is not None else ""

    def nodes(self, node: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        """The IRIs that a node points at."""
        found = (each.object for each in self._about.get(node, ()) if each.predicate == predicate)
        return [each for each in found if isinstance(each, NamedNode)]

    def about(self, node: NamedNode) -> list[Triple]:
        """What the act says of a node."""
        return self._about.get(node, [])

    def name(self, node: NamedNode) -> str:
        """What the IRI of a part of the act ends in; "" for the act itself."""
        return node.value.removeprefix(self.act.value).removeprefix("/")

    def includes(self, in_force: str, amendments: Iterable[NamedNode]) -> bool:
        """Whether the imported text includes a change of that day (ISO 8601), made by these amendments."""
        last = self.nodes(self.act, ELI.changed_by)
        return in_force <= self.as_of or any(document_of(each) in last for each in amendments)

    @property
    def as_of(self) -> str:
        """The day of the last change that the imported text includes, else the day of the act itself."""
        return self.text(self.act, DCT.modified) or self.text(self.act, ELI.date_document)

    def document(self) -> LegalDocument | None:
        """The act without its sections; None where its number cannot be read."""
        refid = parse_refid(self.text(self.act, DCT.identifier))
        title = self.literal(self.act, DCT.title)
        if refid is None:
            return None
        if title is not None and title.language == "nn":
            return LegalDocument(refid, title.value, "nn")
        return LegalDocument(refid, title.value if title is not None else "")

    def sections(self) -> dict[str, HeldSection]:
        """The act itself and its sections and chapters by name, in the order of their numbers."""
        found = {self.name(each): self._section(each) for each in (self.act, *self.nodes(self.act, ELI.has_part))}
        return {name: found[name] for name in sorted(found, key=section_order)}

    def current(self) -> dict[str, Section]:
        """The sections by name as they read now, with the amendments that were applied."""
        found: dict[str, Section] = {}
        for node in self.nodes(self.act, ELI.has_part):
            found[self.name(node)] = self._read(node, node)
        return found

    def chapters(self) -> dict[NamedNode, NamedNode]:
        """The chapter of each section that has one, both by IRI."""
        parts = [each for each in self.triples if each.predicate == ELI.has_part and each.subject != self.act]
        return {
            each.object: each.subject
            for each in parts
            if isinstance(each.object, NamedNode) and isinstance(each.subject, NamedNode)
        }

    def _section(self, node: NamedNode) -> HeldSection:
        if self.nodes(node, SAMSVAR.insertedBy):
            return HeldSection(node, None, amended=True)
        versions = self._versions(node)
        kept = [each for each in versions if self._is_kept(each)]
        made = [each for each in versions if each not in kept]
        links = [
            each for each in self.about(node) if each.object in kept or each.predicate == SAMSVAR.includedAmendment
        ]
        documents = {document_of(each) for each in self.nodes(node, SAMSVAR.includedAmendment)}
        links += [Triple(each, ELI.amended_by, one) for each in {node, self.act} for one in sorted(documents, key=str)]
        since = max((self.text(each, ELI.date_no_longer_in_force) for each in kept), default="")
        section = self._read(node, made[0] if made else node)
        return HeldSection(node, section, bool(made), tuple(links), len(kept), since)

    def _read(self, node: NamedNode, words: NamedNode) -> Section:
        """A part of the act with the heading and text of `words`; of the act itself the titles."""
        name, title = self.name(node), self.text(words, DCT.title)
        number = self.text(node, ELI.number) if name else self.text(words, ELI.title_short)
        return Section(name, number, title, read_text(self.text(words, RDF.value)))

    def _versions(self, node: NamedNode) -> list[NamedNode]:
        return sorted(self.nodes(node, DCT.hasVersion), key=lambda one: self.text(one, SAMSVAR.position))

    def _is_kept(self, version: NamedNode) -> bool:
        """Whether a version ended before the imported text, so that no amendment that is applied made it."""
        until = self.text(version, ELI.date_no_longer_in_force)
        return self.includes(until, self.nodes(version, DCT.isReplacedBy))

    def ended_versions(self, node: NamedNode) -> list[NamedNode]:
        """The versions of a part that ended because an amendment was applied to the imported text."""
        return [each for each in self._versions(node) if not self._is_kept(each)]

    def belongings(self, sections: Iterable[NamedNode]) -> set[object]:
        """Everything that describes these sections: themselves, their concepts, versions that amendments ended."""
        wanted = set(sections)
        found: set[object] = set(wanted)
        for node in wanted:
            found.update(self.ended_versions(node))
        for triple in self.triples:
            if triple.predicate == DCT.isPartOf and triple.object in wanted and isinstance(triple.subject, NamedNode):
                found.add(triple.subject)
                found.update(self.nodes(triple.subject, EUVOC.xlDefinition))
        return found


def section_order(name: str) -> list[tuple[int, str]]:
    """What sorts sections by name: section 2 before section 10, § 1-2 before § 1-2 a."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.findall(r"\d+|[^\d]+", name)]
