"""Amendments to triples of the document that makes them, and back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

from pyoxigraph import Literal, NamedNode, Triple

from importers.law.document import Amendment, LegalDocument
from importers.law.identifiers import refid_of_path, section_name
from importers.law.instructions import Operation, parts_from
from importers.law.section_text import read_text, write_text
from ontologies.namespaces import DCT, ELI, RDF, SAMSVAR, XSD

_NODE = "/amendment-"
_OPERATIONS: dict[str, Operation] = {operation: operation for operation in get_args(Operation)}


@dataclass(frozen=True, slots=True)
class HeldAmendment:
    """An amendment as the register holds it: its IRI, the document that makes it, and its place there from 1.

    `in_force` is ISO 8601, "" where the document does not say one day for all that it changes.
    """

    node: NamedNode
    document: NamedNode
    position: int
    in_force: str
    amendment: Amendment

    @property
    def act(self) -> NamedNode | None:
        """The act that is changed, None where the document does not say."""
        asked = self.amendment.act
        base = self.node.value.rpartition("/legislation/")[0]
        return NamedNode(f"{base}/legislation/{asked.path}") if asked is not None else None

    @property
    def section(self) -> NamedNode | None:
        """The section that is changed, None where the amendment names none."""
        name = section_name(self.amendment.number)
        return NamedNode(f"{self.act.value}/{name}") if self.act is not None and name else None

    @property
    def order(self) -> tuple[str, str, int]:
        """In force first, first."""
        return self.in_force, self.document.value, self.position


def amendment_triples(uri_base: str, act: NamedNode, document: LegalDocument) -> Iterator[Triple]:
    """What the document `act` changes in others."""
    for position, amendment in enumerate(document.amendments, 1):
        node = NamedNode(f"{act.value}{_NODE}{position}")
        yield Triple(act, DCT.hasPart, node)
        yield Triple(node, RDF.type, SAMSVAR.Amendment)
        yield Triple(node, DCT.isPartOf, act)
        yield Triple(node, SAMSVAR.position, Literal(position))
        yield Triple(node, SAMSVAR.operation, Literal(amendment.operation))
        yield Triple(node, SAMSVAR.instruction, Literal(amendment.instruction, language=document.language))
        if amendment.act is not None:
            changed = f"{uri_base}/legislation/{amendment.act.path}"
            yield Triple(node, SAMSVAR.amendedAct, NamedNode(changed))
            section = f"{changed}/{section_name(amendment.number)}" if section_name(amendment.number) else changed
            yield Triple(node, ELI.amends, NamedNode(section))
        if document.all_in_force:
            yield Triple(node, ELI.first_date_entry_in_force, Literal(document.all_in_force, datatype=XSD.date))
        words = {
            DCT.title: amendment.title,
            RDF.value: write_text(amendment.paragraphs),
        }
        yield from (
            Triple(node, name, Literal(text, language=document.language)) for name, text in words.items() if text
        )
        plain = {ELI.number: amendment.number, SAMSVAR.part: "/".join(map(str, amendment.parts))}
        yield from (Triple(node, name, Literal(text)) for name, text in plain.items() if text)


def read_amendment(node: NamedNode, triples: Iterable[Triple]) -> HeldAmendment:
    """The amendment that these triples of `node` describe."""
    said = {triple.predicate: triple.object for triple in triples}

    def text(predicate: NamedNode) -> str:
        value = said.get(predicate)
        return value.value if isinstance(value, Literal | NamedNode) else ""

    amendment = Amendment(
        text(SAMSVAR.instruction),
        _OPERATIONS.get(text(SAMSVAR.operation), "other"),
        refid_of_path(text(SAMSVAR.amendedAct).rpartition("/legislation/")[2]),
        text(ELI.number),
        parts_from(text(SAMSVAR.part)),
        text(DCT.title),
        read_text(text(RDF.value)),
    )
    position = int(text(SAMSVAR.position) or 0)
    return HeldAmendment(node, NamedNode(text(DCT.isPartOf)), position, text(ELI.first_date_entry_in_force), amendment)


def document_of(amendment: NamedNode) -> NamedNode:
    """The document that makes an amendment, by the IRIs of both."""
    return NamedNode(amendment.value.rpartition(_NODE)[0])


def is_amendment(iri: str) -> bool:
    """Whether this is the IRI of an amendment."""
    return _NODE in iri


def belongs_to_amendment(triple: Triple) -> bool:
    """Whether a triple of a document is a part of what it changes in others."""
    linked = triple.predicate == DCT.hasPart and is_amendment(str(triple.object))
    return linked or is_amendment(str(triple.subject))


def amendments_among(triples: Iterable[Triple]) -> list[HeldAmendment]:
    """The amendments that some triples describe, in the order in which they are first named."""
    about: dict[NamedNode, list[Triple]] = {}
    for triple in triples:
        if isinstance(triple.subject, NamedNode) and is_amendment(triple.subject.value):
            about.setdefault(triple.subject, []).append(triple)
    return [read_amendment(node, said) for node, said in about.items()]
