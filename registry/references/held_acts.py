"""The acts and regulations that the register holds, as an index to resolve references with, and their sections.

Reads: the graphs of law. The index is kept for as long as no graph of law has been imported or changed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from importers.law.identifiers import Refid, parse_refid, section_name
from importers.legal_references import LegalReference
from importers.references.acts import ActIndex, KnownAct
from importers.references.well_known import index_of
from ontologies.namespaces import DCT, ELI, RDF, SAMSVAR
from registry.notes import note_down, noted_down
from sparql.store import Published, Reader, Term

_OF_LAW = "/graph/law/"
_REPEALED = re.compile(r"\W*opphev[ea]t?\b|\W*opphevd\b", re.IGNORECASE)
_NOTE = "acts"
_ENOUGH = {"lov": 400, "forskrift": 2_000}
"""With so many acts, or regulations, the absence of one is worth a finding: some 780 and 3,400 are in force."""


@dataclass(frozen=True, slots=True)
class HeldAct:
    """An act as the register holds it: its IRI and a name for people (short title, else title)."""

    iri: str
    title: str


@dataclass(frozen=True, slots=True)
class HeldActs:
    """Every act of the register, and the index over them."""

    index: ActIndex = field(default_factory=lambda: ActIndex(()))
    held: dict[Refid, HeldAct] = field(default_factory=dict)

    def of(self, identifier: str) -> HeldAct | None:
        """The act with an identifier such as LOV-1997-06-13-44."""
        refid = parse_refid(identifier)
        return self.held.get(refid) if refid else None

    def are_complete(self, reference: LegalReference) -> bool:
        """Whether so much law is held that an act or regulation, if it is not there, is not in force."""
        regulation = reference.refid.startswith("FOR") or "forskr" in reference.written.casefold()
        kind = "forskrift" if regulation else "lov"
        return self.index.held(kind) >= _ENOUGH[kind]


def _published_acts(reader: Published) -> HeldActs:
    """The acts of a published generation: those known before where no law has changed since, else read and noted."""
    known = chain(_latest, _noted(reader))
    found = next((acts for identity, acts in known if _has_same_law(reader, identity)), None)
    if found is None:
        rows = _rows(reader)
        note_down(reader, _NOTE, rows)
        found = _held(rows)
    _latest[:] = [(reader.identity, found)]
    return found


def held_acts(reader: Reader) -> HeldActs:
    """The acts of a generation. A generation whose law is that of the last one asked for gets the same index.

    Inside a write session only as long as the session has not changed any law.
    """
    if isinstance(reader, Published):
        return _published_acts(reader)
    state = _state(reader)
    if _remembered.state != state:
        _remembered.state, _remembered.acts = state, read_acts(reader)
    return _remembered.acts


def read_acts(reader: Reader) -> HeldActs:
    """The acts as they are now, also inside a write session."""
    return _held(_rows(reader))


def _has_same_law(reader: Published, identity: str) -> bool:
    """Whether no graph of law has changed since an earlier generation."""
    if identity == reader.identity:
        return True
    changes = reader.changes_since(identity)
    return changes is not None and not any(_OF_LAW in getattr(quad.graph_name, "value", "") for quad in changes)


def _noted(reader: Published) -> Iterator[tuple[str, HeldActs]]:
    if note := noted_down(reader, _NOTE):
        with suppress(TypeError, ValueError):  # another shape than ours
            yield note.identity, _held([_Row(*each) for each in note.content])


def _rows(reader: Reader) -> list["_Row"]:
    """What is said of every act."""
    facts = {
        quad.subject.value: _Facts()
        for quad in reader.quads(predicate=RDF.type, object=ELI.LegalResource)
        if isinstance(quad.subject, NamedNode) and _OF_LAW in getattr(quad.graph_name, "value", "")
    }
    of_each = (quad for act in facts for each in _COMMON for quad in reader.quads(NamedNode(act), each))
    for quad in chain(of_each, *(reader.quads(predicate=predicate) for predicate in _OWN_PROPERTIES)):
        if known := facts.get(getattr(quad.subject, "value", "")):
            known.add(quad.predicate, quad.object)
    return [known.row(iri) for iri, known in facts.items()]


def _held(rows: Iterable["_Row"]) -> HeldActs:
    held: dict[Refid, HeldAct] = {}
    acts: list[KnownAct] = []
    for row in rows:
        if refid := parse_refid(row.identifier):
            held[refid] = HeldAct(row.iri, next(iter(row.names), str(refid)))
            shorts = tuple(row.abbreviations)
            acts.append(KnownAct(refid, tuple(row.names), shorts, begins=row.begins, ended=row.ended))
    return HeldActs(index_of(acts, datetime.now(UTC).date().isoformat()), held)


class _Row(NamedTuple):
    """What is said of one act, as it is noted; `names` are short titles, then titles."""

    iri: str
    identifier: str
    names: Sequence[str]
    abbreviations: Sequence[str]
    begins: str
    ended: str


_COMMON = (DCT.title, DCT.identifier)
"""Properties that most things have: each act is asked for its own."""
_OWN_PROPERTIES = (
    ELI.title_short,
    DCT.alternative,
    ELI.first_date_entry_in_force,
    ELI.date_no_longer_in_force,
)
"""Hardly anything but acts has these, so that all there is of them is read at once."""


@dataclass(slots=True)
class _Facts:
    """What is said of one act, by property."""

    values: dict[NamedNode, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, predicate: NamedNode, value: Term) -> None:
        if isinstance(value, Literal):
            self.values[predicate].append(value.value)

    def all(self, predicate: NamedNode) -> tuple[str, ...]:
        return tuple(self.values.get(predicate, ()))

    def first(self, predicate: NamedNode) -> str:
        return next(iter(self.all(predicate)), "")

    def row(self, iri: str) -> _Row:
        """The same in order."""
        return _Row(
            iri,
            self.first(DCT.identifier),
            (*self.all(ELI.title_short), *self.all(DCT.title)),
            self.all(DCT.alternative),
            self.first(ELI.first_date_entry_in_force),
            self.first(ELI.date_no_longer_in_force),
        )


@dataclass(slots=True)
class _Remembered:
    state: frozenset[tuple[str, str]] | None
    acts: HeldActs


_remembered = _Remembered(None, HeldActs())
_latest: list[tuple[str, HeldActs]] = []
"""The acts that this process knows, with the identity of the generation in which they hold."""


def _state(reader: Reader) -> frozenset[tuple[str, str]]:
    """What the law is made of: every graph of law with its size and its import, and the bytes of that import."""
    counted = ((iri, str(number)) for iri, number in reader.graphs().items() if _OF_LAW in iri)
    said = (quad for predicate in (SAMSVAR["import"], SAMSVAR.blob) for quad in reader.quads(predicate=predicate))
    imported = ((str(quad.subject), str(quad.object)) for quad in said)
    return frozenset((*counted, *(pair for pair in imported if "law" in pair[0])))


def section_iri(act: HeldAct, provision: str) -> str:
    """What the IRI of a section of the act is, whether it is held or not."""
    return f"{act.iri}/{section_name(provision)}"


def is_held(reader: Reader, section: str) -> bool:
    """Whether the register holds a section with this IRI."""
    return any(True for _ in reader.quads(NamedNode(section), ELI.is_part_of))


def is_repealed(reader: Reader, section: str) -> bool:
    """Whether all that the act still says in a section is that it is repealed."""
    said: Iterable[Literal] = (
        quad.object
        for predicate in (RDF.value, DCT.title)
        for quad in reader.quads(NamedNode(section), predicate)
        if isinstance(quad.object, Literal)
    )
    text = next(iter(said), None)
    return text is not None and _REPEALED.match(text.value) is not None


def has_sections(reader: Reader, act: HeldAct) -> bool:
    """Whether any section of the act is held."""
    return any(True for _ in reader.quads(NamedNode(act.iri), ELI.has_part))


def sections(reader: Reader, act: HeldAct) -> set[str]:
    """The IRIs of all sections of the act."""
    found = reader.quads(NamedNode(act.iri), ELI.has_part)
    return {quad.object.value for quad in found if isinstance(quad.object, NamedNode)}
