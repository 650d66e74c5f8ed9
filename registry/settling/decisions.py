"""Decisions about two concepts: append-only, each with when, for whom and why; the last about a pair counts.

    <decision> a samsvar:ConceptDecision, prov:Activity ; samsvar:outcome "exactMatch" ;
      sssom:subject_id <a> ; sssom:predicate_id skos:exactMatch ; sssom:object_id <b> ;
      sssom:mapping_justification semapv:ManualMappingCuration ; samsvar:fingerprint "...-..." ;
      samsvar:subjectText "..."@nb ; samsvar:objectText "..."@nb ; dct:description "why" ;
      prov:endedAtTime ... ; prov:wasAssociatedWith <organisation> ; samsvar:decidedBy "..." .

`samsvar:fingerprint` are the pairs of texts that were compared when it was decided: as long as they stand, nothing
reopens it. A second person's word is a decision with ``samsvar:confirms``.

Reads: the graph of decisions. Writes: nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode

from ontologies.namespaces import DCT, PROV, RDF, SAMSVAR, SSSOM
from registry.catalogue.per_generation import per_generation
from registry.catalogue.texts import Texts, texts_as_json, texts_of
from registry.harmonisation.facts import Facts, facts_in
from sparql.store import Reader

Outcome: TypeAlias = Literal[
    "exactMatch",
    "closeMatch",
    "broadMatch",
    "narrowMatch",
    "relatedMatch",
    "isReplacedBy",
    "harmonised",
    "differentiated",
    "homonym",
    "dismissed",
    "withdrawn",
]
MAPPINGS: tuple[Outcome, ...] = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
"""What says how the second concept stands to the first in SKOS: broadMatch, the second is the broader one."""
DENIALS: tuple[Outcome, ...] = ("homonym", "differentiated")
"""What says that two concepts are not the same, though their terms are."""
OUTCOMES: tuple[Outcome, ...] = (*MAPPINGS, "isReplacedBy", "harmonised", *DENIALS, "dismissed", "withdrawn")
REASONS = ("wrong-candidate", "extraction-error", "editorial", "homonym", "duplicate-record", "lawful-difference")
"""Why a finding is dismissed."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. IRIs, "" where there is none; `time` is ISO 8601 in UTC.

    `fingerprints` are the pairs of texts that it is about, `texts` the definitions of both sides as they were. `hand`
    tells the people who decide apart and says nothing else of them. `awaits`: it counts when a second person confirms.
    """

    uri: str
    outcome: str
    concepts: tuple[str, str]
    time: str
    organisation: str
    why: str
    code: str
    finding: str
    case: str
    hand: str
    awaits: bool
    confirms: str
    fingerprints: frozenset[str]
    texts: tuple[Texts, Texts]

    @property
    def pair(self) -> frozenset[str]:
        """The two concepts, whichever is named first."""
        return frozenset(self.concepts)

    def as_json(self) -> dict[str, Any]:
        """Its members; texts by language."""
        return {
            "uri": self.uri,
            "outcome": self.outcome,
            "subject": self.concepts[0],
            "object": self.concepts[1],
            "time": self.time,
            "organisation": self.organisation or None,
            "reason": self.why,
            "reasonCode": self.code or None,
            "finding": self.finding or None,
            "case": self.case or None,
            "awaitsSecondPerson": self.awaits,
            "confirms": self.confirms or None,
            "subjectTexts": texts_as_json(self.texts[0]),
            "objectTexts": texts_as_json(self.texts[1]),
        }


@per_generation
def decisions(reader: Reader) -> tuple[Decision, ...]:
    """Every decision about two concepts, oldest first."""
    nodes = {quad.subject for quad in reader.quads(predicate=RDF.type, object=SAMSVAR.ConceptDecision)}
    found = [decision_of(reader, node) for node in nodes if isinstance(node, NamedNode)]
    return tuple(sorted(found, key=lambda each: (each.time, each.uri)))


def decision_of(reader: Reader, node: NamedNode) -> Decision:
    """One decision as the store has it."""
    facts = facts_in(quad.triple for quad in reader.quads(subject=node))
    return Decision(
        uri=node.value,
        outcome=_one(facts, SAMSVAR.outcome),
        concepts=(_one(facts, SSSOM.subject_id), _one(facts, SSSOM.object_id)),
        time=_one(facts, PROV.endedAtTime),
        organisation=_one(facts, PROV.wasAssociatedWith),
        why=_one(facts, DCT.description),
        code=_one(facts, SAMSVAR.reasonCode),
        finding=_one(facts, SAMSVAR.finding),
        case=_one(facts, SAMSVAR["case"]),
        hand=_one(facts, SAMSVAR.decidedBy),
        awaits=_one(facts, SAMSVAR.awaitsSecondPerson) == "true",
        confirms=_one(facts, SAMSVAR.confirms),
        fingerprints=frozenset(_values(facts, SAMSVAR.fingerprint)),
        texts=(_texts(facts, SAMSVAR.subjectText), _texts(facts, SAMSVAR.objectText)),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """The decision about a pair that counts. `confirmed`: it needs no second person, or has one."""

    decision: Decision
    confirmed: bool


@per_generation
def standing(reader: Reader) -> dict[frozenset[str], tuple[Standing, ...]]:
    """What counts, by the two concepts: the last decision about each text; nothing where it was withdrawn.

    A mapping is about the concepts, so there is at most one of a pair; findings are dismissed text by text.
    """
    confirmed = {each.confirms for each in decisions(reader) if each.confirms}
    found: dict[frozenset[str], list[Decision]] = {}
    for each in decisions(reader):
        if not each.confirms:
            held = found.setdefault(each.pair, [])
            held[:] = [] if each.outcome == "withdrawn" else [*_beside(held, each), each]
    return {
        pair: tuple(Standing(each, not each.awaits or each.uri in confirmed) for each in held)
        for pair, held in found.items()
        if held
    }


def of_pair(reader: Reader, concepts: Iterable[str]) -> tuple[Standing, ...]:
    """What counts about two concepts, the latest last."""
    return standing(reader).get(frozenset(concepts), ())


def _beside(held: list[Decision], newer: Decision) -> list[Decision]:
    """The earlier decisions that stay beside a newer one: dismissals of other texts."""
    if newer.outcome != "dismissed":
        return []
    return [each for each in held if each.outcome == "dismissed" and not each.fingerprints & newer.fingerprints]


def _values(facts: Facts, predicate: NamedNode) -> list[str]:
    return [each.value for each in facts.get(predicate, ()) if isinstance(each, NamedNode | RdfLiteral)]


def _one(facts: Facts, predicate: NamedNode) -> str:
    return next(iter(_values(facts, predicate)), "")


def _texts(facts: Facts, predicate: NamedNode) -> Texts:
    return texts_of(facts.get(predicate, ()))
