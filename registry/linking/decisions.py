"""What people decide about links: appended to the graph of decisions; what is accepted stands in that of links.

    <decision> a samsvar:LinkDecision, prov:Activity ; samsvar:thing <thing> ; samsvar:concept <concept> ;
      samsvar:outcome "accepted" ; prov:endedAtTime ... ; prov:wasAssociatedWith <owner> ; dct:description "why" .

The last decision about a thing and a concept counts. No import touches either graph.

Reads: things, decisions. Writes: decisions (only adds), links.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any, Literal, TypeAlias

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, Triple

from ontologies.namespaces import DCT, ORGANISATION, PROV, RDF, SAMSVAR, SKOS, XSD
from registry.access.tokens import Token
from registry.catalogue.per_generation import per_generation
from registry.catalogue.queries import iri
from registry.errors import BadRequestError, ForbiddenError
from registry.linking.things import Thing, things
from registry.provenance import Deed
from registry.services import Services
from registry.updating import written
from registry.urls import Urls
from sparql.changes import Changes
from sparql.store import Reader

Outcome: TypeAlias = Literal["accepted", "refused", "withdrawn"]
OUTCOMES: tuple[Outcome, ...] = ("accepted", "refused", "withdrawn")
LONGEST_REASON = 2000
_QUERY = files(__package__).joinpath("decisions.rq").read_text(encoding="utf-8")
_ID_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided what about a link, when (ISO 8601, UTC) and why."""

    uri: str
    thing: str
    concept: str
    outcome: str
    time: str
    organisation: str
    reason: str

    def as_json(self) -> dict[str, Any]:
        """Its members."""
        return {
            "uri": self.uri,
            "thing": self.thing,
            "concept": self.concept,
            "outcome": self.outcome,
            "time": self.time,
            "organisation": self.organisation or None,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to decide."""

    thing: str
    concept: str
    outcome: Outcome
    reason: str = ""


@per_generation
def decisions(reader: Reader) -> tuple[Decision, ...]:
    """Every decision, oldest first."""
    names = ("decision", "thing", "concept", "outcome", "time", "organisation", "reason")
    return tuple(Decision(*(iri(row, name) for name in names)) for row in reader.select(_QUERY))


@per_generation
def standing(reader: Reader) -> dict[str, dict[str, Decision]]:
    """The decisions that count: by thing, then by concept. What was withdrawn is as if nobody had decided."""
    found: dict[str, dict[str, Decision]] = {}
    for each in decisions(reader):
        found.setdefault(each.thing, {})[each.concept] = each
    return {
        thing: kept
        for thing, held in found.items()
        if (kept := {concept: each for concept, each in held.items() if each.outcome != "withdrawn"})
    }


def refused(reader: Reader, thing: str) -> set[str]:
    """The concepts that somebody has said the thing does not mean."""
    return {concept for concept, each in standing(reader).get(thing, {}).items() if each.outcome == "refused"}


def may_decide(token: Token, thing: Thing) -> None:
    """Lets the token decide about a thing: an administrator's, and that of an editor or coordinator of its owner.

    Raises:
        ForbiddenError: it may not; says who may.
    """
    if token.role == "administrator":
        return
    if (
        token.role not in {"editor", "coordinator"}
        or not token.organisation
        or token.organisation != thing.owner_number
    ):
        raise ForbiddenError(
            "About this link an editor or a coordinator of its owner decides, or an administrator; your token is that "
            f"of a {token.role}{token.organisation and ' of ' + token.organisation}."
        )


def decide(services: Services, token: Token, asked: Asked) -> Decision:
    """Writes a decision down, and makes or removes the link that follows from it.

    Raises:
        BadRequestError: there is no such thing or concept, or the reason is too long.
        ForbiddenError: the token may not decide about the thing.
    """
    reader = services.store.reader()
    thing = things(reader).get(asked.thing)
    if thing is None:
        raise BadRequestError(f"{asked.thing} is no part of a model, no parameter and no dataset of a catalogue here.")
    may_decide(token, thing)
    _check(reader, asked)
    made = _decision(services.urls, token, asked)
    written(services, _changes(services.urls, made), Deed(token.id, token.organisation, "link decision"), _anything)
    return made


def _check(reader: Reader, asked: Asked) -> None:
    types = {quad.object for quad in reader.quads(NamedNode(asked.concept), RDF.type)}
    if types.isdisjoint({SKOS.Concept, SAMSVAR.StatutoryConcept}):
        raise BadRequestError(f"{asked.concept} is no concept that the register holds.")
    if len(asked.reason) > LONGEST_REASON:
        raise BadRequestError(f"The reason has more than {LONGEST_REASON} characters.")


def _decision(urls: Urls, token: Token, asked: Asked) -> Decision:
    time = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%f}".rstrip("0").rstrip(".") + "Z"  # as the store writes it
    named = hashlib.sha256(f"{asked.thing} {asked.concept} {time}".encode()).hexdigest()[:_ID_LENGTH]
    organisation = ORGANISATION[token.organisation].value if token.organisation else ""
    uri = urls.mint("decisions", named).value
    return Decision(uri, asked.thing, asked.concept, asked.outcome, time, organisation, asked.reason.strip())


def _changes(urls: Urls, made: Decision) -> Changes:
    changes = Changes()
    for triple in _triples(made):
        changes.add(urls.graph("decisions").value, triple)
    link = Triple(NamedNode(made.thing), DCT.subject, NamedNode(made.concept))
    if made.outcome == "accepted":
        changes.add(urls.graph("links").value, link)
    else:
        changes.remove(urls.graph("links").value, link)
    return changes


def _triples(made: Decision) -> list[Triple]:
    node = NamedNode(made.uri)
    triples = [
        Triple(node, RDF.type, SAMSVAR.LinkDecision),
        Triple(node, RDF.type, PROV.Activity),
        Triple(node, SAMSVAR.thing, NamedNode(made.thing)),
        Triple(node, SAMSVAR.concept, NamedNode(made.concept)),
        Triple(node, SAMSVAR.outcome, RdfLiteral(made.outcome)),
        Triple(node, PROV.endedAtTime, RdfLiteral(made.time, datatype=XSD.dateTime)),
    ]
    if made.organisation:
        triples.append(Triple(node, PROV.wasAssociatedWith, NamedNode(made.organisation)))
    if made.reason:
        triples.append(Triple(node, DCT.description, RdfLiteral(made.reason)))
    return triples


def _anything(_: object) -> None:
    """Decisions are made on whatever state there is: the last one counts."""
