"""An act or regulation as the register holds it: its sections, read out of its triples, and their earlier versions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from importers.law.document import LegalDocument, Section
from importers.law.identifiers import parse_refid
from importers.law.section_text import read_text
from ontologies.namespaces import DCT, ELI, EUVOC, RDF, SAMSVAR


@dataclass(frozen=True, slots=True)
class HeldSection:
    """A section by its IRI. `published` is as it was imported; None for one that an amendment added."""

    node: NamedNode
    published: Section | None
    amended: bool


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
        """The sections by name, in the order of their numbers."""
        found = {
            each.value.removeprefix(f"{self.act.value}/"): self._section(each)
            for each in self.nodes(self.act, ELI.has_part)
        }
        return {name: found[name] for name in sorted(found, key=section_order)}

    def current(self) -> dict[str, Section]:
        """The sections by name as they read now, with the amendments that were applied."""
        found: dict[str, Section] = {}
        for node in self.nodes(self.act, ELI.has_part):
            name = node.value.removeprefix(f"{self.act.value}/")
            number, title = self.text(node, ELI.number), self.text(node, DCT.title)
            found[name] = Section(name, number, title, read_text(self.text(node, RDF.value)))
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
        versions = sorted(self.nodes(node, DCT.hasVersion), key=lambda one: self.text(one, SAMSVAR.position))
        if self.nodes(node, SAMSVAR.insertedBy):
            return HeldSection(node, None, amended=True)
        source = versions[0] if versions else node
        name = node.value.removeprefix(f"{self.act.value}/")
        number = self.text(node, ELI.number)
        section = Section(name, number, self.text(source, DCT.title), read_text(self.text(source, RDF.value)))
        return HeldSection(node, section, amended=bool(versions))

    def belongings(self, sections: Iterable[NamedNode]) -> set[object]:
        """Everything that describes these sections: themselves, earlier versions, their concepts with definitions."""
        wanted = set(sections)
        found: set[object] = set(wanted)
        for node in wanted:
            found.update(self.nodes(node, DCT.hasVersion))
        for triple in self.triples:
            if triple.predicate == DCT.isPartOf and triple.object in wanted and isinstance(triple.subject, NamedNode):
                found.add(triple.subject)
                found.update(self.nodes(triple.subject, EUVOC.xlDefinition))
        return found


def section_order(name: str) -> list[tuple[int, str]]:
    """What sorts sections by name: section 2 before section 10, § 1-2 before § 1-2 a."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.findall(r"\d+|[^\d]+", name)]
