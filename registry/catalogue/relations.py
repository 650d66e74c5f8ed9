"""What a concept is related to, in both directions, seen from that concept."""

from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from ontologies.namespaces import DCT, SAMSVAR
from registry.catalogue.citations import act_name
from registry.catalogue.collation import collation_key
from registry.catalogue.queries import ask, iri, is_iri
from registry.catalogue.texts import Reference, Texts, texts_as_json, texts_of
from registry.catalogue.things import Said
from sparql.store import Reader, Row

INVERSES = {
    "specializes": "generalizes",
    "generalizes": "specializes",
    "isPartOf": "hasPart",
    "hasPart": "isPartOf",
    "replaces": "isReplacedBy",
    "isReplacedBy": "replaces",
    "broader": "narrower",
    "narrower": "broader",
    "broadMatch": "narrowMatch",
    "narrowMatch": "broadMatch",
    "seeAlso": "referredToBy",
}
"""What a relation is called from the other side; the rest are symmetric."""
_NODE_RELATIONS = {
    "hasToConcept": ("related", "related"),
    "hasGenericConcept": ("specializes", "generalizes"),
    "hasSpecificConcept": ("generalizes", "specializes"),
    "hasComprehensiveConcept": ("isPartOf", "hasPart"),
    "hasPartitiveConcept": ("hasPart", "isPartOf"),
}
"""From a relation node's property to the relation, seen from the concept that has the node and from the other one."""
ORDER = (
    *("specializes", "generalizes", "broader", "narrower", "isPartOf", "hasPart", "related"),
    *("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"),
    *("replaces", "isReplacedBy", "seeAlso", "referredToBy"),
)
"""Every kind of relation, in the order in which a concept page shows them."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation from the concept to another: `kind` is one of `ORDER`, `note` its criterion or role.

    `by` is the publisher, or the act, of the other one where that is not the concept's own.
    """

    kind: str
    other: Reference
    note: Texts = ()
    by: Reference | None = None

    def as_json(self) -> dict[str, Any]:
        """Kind, the other concept, criterion of subdivision or role, and who else says so."""
        document = {"kind": self.kind, "concept": self.other.as_json(), "note": texts_as_json(self.note)}
        return {**document, "by": self.by.as_json()} if self.by else document


def relations_of(reader: Reader, concept: NamedNode) -> tuple[Relation, ...]:
    """Everything that the concept is related to, each once, in the order of `ORDER`."""
    own = _said_by(Said(reader, concept.value))
    found: dict[tuple[str, str], tuple[list[Row], list[Row]]] = {}
    for row in ask(reader, "concept_relations", concept=concept):
        name = _local(row)
        _add(found, INVERSES.get(name, name) if _inward(row) else name, row)
    for row in ask(reader, "concept_relation_nodes", concept=concept):
        names = _NODE_RELATIONS[_local(row)]
        _add(found, names[_inward(row)], row)
    relations = [
        Relation(
            kind=kind,
            other=Reference(other, texts_of(row["label"] for row in labels)),
            note=texts_of(row["note"] for row in notes),
            by=_elsewhere(reader, other, own),
        )
        for (kind, other), (labels, notes) in found.items()
        if other != concept.value and (kind != "referredToBy" or ("seeAlso", other) not in found)
    ]
    return tuple(sorted(relations, key=_order))


def _order(relation: Relation) -> tuple[int, str]:
    return (ORDER.index(relation.kind), collation_key(relation.other.name("nb")))


def _said_by(said: Said) -> str:
    return said.first(SAMSVAR.act, DCT.publisher)


def _elsewhere(reader: Reader, other: str, own: str) -> Reference | None:
    by = _said_by(Said(reader, other))
    return act_name(reader, by) if by and by != own and is_iri(by) else None


def _add(found: dict[tuple[str, str], tuple[list[Row], list[Row]]], kind: str, row: Row) -> None:
    labels, notes = found.setdefault((kind, iri(row, "other")), ([], []))
    if "label" in row:
        labels.append(row)
    if "note" in row:
        notes.append(row)


def _local(row: Row) -> str:
    return iri(row, "relation").replace("#", "/").rpartition("/")[2]


def _inward(row: Row) -> bool:
    return iri(row, "inward") == "true"
