"""What a draft defines, and who in the register defines the same terms, law first."""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from importers.law.document import Section
from importers.law.statute_definitions import StatutoryDefinition, find_definitions
from ontologies.namespaces import DCT, ELI
from registry.catalogue.terms import concepts_of
from registry.definition_rules.checking import check
from registry.draft_check.answer import CheckedDefinition, OtherDefinition
from registry.draft_check.using import DraftWords
from registry.harmonisation.candidates import keys
from registry.harmonisation.comparison import compare
from registry.harmonisation.findings import finding_id
from registry.harmonisation.reader import DefinitionSource
from registry.harmonisation.records import DefinitionRecord, Finding
from registry.harmonisation.relations import SAME
from registry.harmonisation.words import family
from sparql.store import Reader

DRAFT = "urn:samsvar:draft"
"""What stands for the act that the draft will be."""
_COMPARED = 40
"""Definitions of one term that a draft's is compared with, the most authoritative;"""
_SHOWN = 12
"""and that are told of."""
_DEPARTS = "HierarchyDivergence"
_COMPETES = frozenset({"defines", "refers"})


def definitions_in(
    sections: Iterable[Section], language: str, act: str, enabling: tuple[str, ...]
) -> Iterator[tuple[Section, StatutoryDefinition, DefinitionRecord]]:
    """The definitions of some sections with the record of each; `act` is the IRI of what they stand in."""
    for section in sections:
        for number, found in enumerate(find_definitions(section)):
            name = f"{act}/{section.name}/{number}"
            yield section, found, record_of(found, language, act, enabling, name)


def record_of(
    found: StatutoryDefinition, language: str, act: str, enabling: tuple[str, ...], name: str
) -> DefinitionRecord:
    """A definition as it is compared."""
    return DefinitionRecord(
        found.term,
        found.text,
        language,
        concept=name,
        definition=name,
        admitted=found.alternatives,
        catalogue=act,
        statutory=True,
        act=act,
        enabling=enabling,
        scope=found.scope,
    )


def competes(found: StatutoryDefinition) -> bool:
    """Whether it defines, and does not only add to a definition that stands elsewhere."""
    return found.kind in _COMPETES


class Others:
    """The definitions of the register, looked up by the term of a draft's."""

    def __init__(self, reader: Reader, besides: Iterable[str] = (), common: str = "") -> None:
        self._reader = reader
        self._common = common
        """The graph of the common concepts, whose definitions have been harmonised."""
        self._source = DefinitionSource(reader)
        self._besides = frozenset(besides)
        """Acts that are the draft itself, as the register holds it."""

    def checked(self, record: DefinitionRecord, section: str, words: DraftWords | None) -> CheckedDefinition:
        """A definition of the draft with all that is told of it."""
        found = self.of(record)
        chosen = [*found[:_COMPARED], *(other for other in found[_COMPARED:] if other.catalogue == self._common)]
        others = sorted((self._compared(record, other) for other in chosen), key=_order)
        used = words.uses_of_defined(record) if words is not None else None
        suggested = tuple(
            other.record
            for other in others
            if other.record.catalogue == self._common and other.finding.comparison.relation not in SAME
        )
        return CheckedDefinition(
            record, section, tuple(others[:_SHOWN]), len(found), tuple(check(record)), used, suggested
        )

    def of(self, record: DefinitionRecord) -> list[DefinitionRecord]:
        """Every other text under the terms of a record: the enabling acts', acts', regulations', catalogues'."""
        return self.under(keys(record), record.language, record.enabling)

    def under(self, terms: Iterable[str], language: str, enabling: tuple[str, ...] = ()) -> list[DefinitionRecord]:
        """The definitions under some term keys, the most authoritative first; one of those that share a text."""
        found = [
            other
            for concept in sorted(concepts_of(self._reader, terms))
            for other in self._source.records(concept)
            if family(other.language) == family(language) and other.act not in self._besides
        ]
        found.sort(key=lambda other: authority(other, enabling), reverse=True)
        texts = {" ".join(other.text.casefold().split()).rstrip(" .;,"): other for other in found}
        return sorted(texts.values(), key=lambda other: authority(other, enabling))

    def _compared(self, record: DefinitionRecord, other: DefinitionRecord) -> OtherDefinition:
        found = compare(record, other, circles=False)
        finding = Finding(finding_id(record, other), record.term, record, other, found)
        departs = any(item.kind == _DEPARTS for item in found.evidence) and other.act in record.enabling
        return OtherDefinition(finding, self.section_of(other), departs)

    def section_of(self, other: DefinitionRecord) -> str:
        """The number of the section that a statutory definition stands in, "" for others."""
        if not other.statutory:
            return ""
        sections = (quad.object for quad in self._reader.quads(NamedNode(other.concept), DCT.isPartOf))
        numbers = (
            quad.object.value
            for section in sections
            if isinstance(section, NamedNode)
            for quad in self._reader.quads(section, ELI.number)
            if isinstance(quad.object, Literal)
        )
        return next(numbers, "")


def authority(other: DefinitionRecord, enabling: Iterable[str]) -> tuple[bool, bool, bool, str, str]:
    """What sorts definitions: the enabling act's, acts', regulations', and then those of catalogues."""
    regulation = "/forskrift/" in other.act
    return (other.act not in enabling, not other.statutory, regulation, other.said_by, other.concept)


def _order(one: OtherDefinition) -> tuple[bool, bool, bool, float]:
    """Departures, then what is of the enabling act, then law before catalogues, the most alike first."""
    record = one.record
    of_enabling = record.act in one.finding.a.enabling
    return (not one.departs, not of_enabling, not record.statutory, -one.finding.comparison.likeness)
