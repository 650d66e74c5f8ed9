"""Writing decisions down, and the mappings that follow from them.

Reads: concepts, findings, decisions. Writes: decisions (only adds), mappings.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, Triple

from ontologies.namespaces import DCT, ORGANISATION, RDF, SAMSVAR, SKOS
from registry.access.tokens import Token
from registry.catalogue.organisations import organisation_number
from registry.catalogue.texts import Texts, texts_of
from registry.errors import BadRequestError, ForbiddenError, NotFoundError, PreconditionError
from registry.harmonisation.finding_table import rows_of_concept
from registry.ledger.ledger import Put
from registry.provenance import Deed
from registry.services import Services
from registry.settling.decisions import (
    DENIALS,
    MAPPINGS,
    REASONS,
    Decision,
    Outcome,
    Standing,
    decision_of,
    of_pair,
)
from registry.settling.integrity import Violation, violations
from registry.settling.statements import predicate_of, triples_of
from registry.updating import written
from sparql.changes import Changes
from sparql.store import Reader

LONGEST_REASON = 2000
IN_CASES = "case-decision"
"""What the ledger calls the list of what was decided in a case, by the case's id: for those who follow it."""
_ID_LENGTH = 20


class IntegrityError(BadRequestError):
    """A mapping that cannot stand beside what there is; `violations` say why."""

    def __init__(self, violations: list[Violation]) -> None:
        told = "; ".join(f"{each.condition} between {each.first} and {each.second}" for each in violations[:5])
        super().__init__(f"The mapping contradicts what is said already: {told}. Withdraw that first.")
        self.violations = tuple(violations)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to decide about two concepts (IRIs).

    `finding` and `case` are the IRIs of what it came up with. `seen` is the IRI of the latest decision about the two
    that the person knew of, "" for none; None where nobody looked.
    """

    first: str
    second: str
    outcome: Outcome
    why: str = ""
    code: str = ""
    finding: str = ""
    case: str = ""
    seen: str | None = None


def may_decide(reader: Reader, token: Token, *concepts: str) -> None:
    """Lets the token decide about concepts.

    An administrator and a coordinator may; an editor where a concept is that of the editor's organisation.

    Raises:
        ForbiddenError: it may not; says who may.
    """
    if token.role in {"administrator", "coordinator"}:
        return
    owners = {organisation_number(each) for concept in concepts for each in publishers(reader, concept)}
    if token.role != "editor" or token.organisation not in owners:
        raise ForbiddenError(
            "About two concepts a coordinator or an administrator decides, or an editor of one that publishes them; "
            f"your token is that of a {token.role}{token.organisation and ' of ' + token.organisation}."
        )


def publishers(reader: Reader, concept: str) -> list[str]:
    """The IRIs of who publishes a concept."""
    found = reader.quads(NamedNode(concept), DCT.publisher)
    return [quad.object.value for quad in found if isinstance(quad.object, NamedNode)]


def decide(services: Services, token: Token, asked: Asked) -> Decision:
    """Writes a decision down, and the mapping that follows from it, unless a second person is to confirm it first.

    Raises:
        BadRequestError: no such concept, no reason where one is needed, or a mapping that cannot stand.
        ForbiddenError: the token may not decide about the two.
        PreconditionError: somebody else has decided meanwhile.
    """
    reader = services.store.reader()
    may_decide(reader, token, asked.first, asked.second)
    _check(reader, asked)
    made = _decision(services, token, asked)

    def check(session: Reader) -> None:
        _unchanged(session, asked)
        if found := violations(session, services.urls, asked.first, asked.second, asked.outcome):
            raise IntegrityError(found)

    changes = Changes()
    for triple in triples_of(made):
        changes.add(services.urls.graph("decisions").value, triple)
    if not made.awaits:
        _map(services, changes, made)
    written(services, changes, Deed(token.id, token.organisation, "decision about concepts"), check, alone=True)
    _note(services, token, made)
    return made


def confirm(services: Services, token: Token, uri: str) -> Decision:
    """The second person's word on a decision that waits for it; then it counts.

    Raises:
        NotFoundError: no decision of this IRI waits.
        ForbiddenError: the token may not decide about it, or is of who made the decision.
    """
    reader = services.store.reader()
    waiting = decision_of(reader, NamedNode(uri))
    held = next((each for each in of_pair(reader, waiting.pair) if each.decision.uri == uri), None)
    if held is None or held.confirmed:
        raise NotFoundError(f"No decision {uri} waits for a second person.")
    may_decide(reader, token, *waiting.concepts)
    if services.tokens.hand(token) == waiting.hand:
        raise ForbiddenError("Another person than the one who decided confirms it.")
    now = _now(services, token, waiting.pair)
    made = replace(
        waiting,
        uri=now.uri,
        time=now.time,
        organisation=now.organisation,
        hand=now.hand,
        awaits=False,
        confirms=uri,
        why="",
    )

    def check(session: Reader) -> None:
        if not any(each.decision.uri == uri and not each.confirmed for each in of_pair(session, waiting.pair)):
            raise PreconditionError("Somebody has decided anew meanwhile: look at it again.")
        if found := violations(session, services.urls, *waiting.concepts, _outcome(waiting)):
            raise IntegrityError(found)

    changes = Changes()
    for triple in triples_of(made):
        changes.add(services.urls.graph("decisions").value, triple)
    _map(services, changes, waiting)
    written(services, changes, Deed(token.id, token.organisation, "confirmed decision"), check, alone=True)
    _note(services, token, made)
    return made


def _note(services: Services, token: Token, made: Decision) -> None:
    """Notes a decision of a case where those look who follow it; the decision itself stands in the store."""
    if made.case:
        services.ledger.add(IN_CASES, made.case.rpartition("/")[2], token, Put("decision", made.uri))


def _outcome(decision: Decision) -> Outcome:
    return next((each for each in (*MAPPINGS, *DENIALS) if each == decision.outcome), "dismissed")


def _check(reader: Reader, asked: Asked) -> None:
    if asked.first == asked.second and asked.outcome != "dismissed":
        raise BadRequestError("A decision is about two concepts.")
    for concept in (asked.first, asked.second):
        types = {quad.object for quad in reader.quads(NamedNode(concept), RDF.type)}
        if types.isdisjoint({SKOS.Concept, SAMSVAR.StatutoryConcept}) and asked.outcome != "withdrawn":
            raise BadRequestError(f"{concept} is no concept that the register holds.")
    if len(asked.why) > LONGEST_REASON:
        raise BadRequestError(f"The reason has more than {LONGEST_REASON} characters.")
    if asked.outcome == "dismissed" and (asked.code not in REASONS or not asked.finding):
        raise BadRequestError(f"Who dismisses a finding names it and says why: one of {', '.join(REASONS)}.")
    if asked.outcome == "withdrawn" and not of_pair(reader, (asked.first, asked.second)):
        raise BadRequestError("Nothing is decided about the two concepts that could be withdrawn.")


def _unchanged(session: Reader, asked: Asked) -> None:
    if asked.seen is None:
        return
    latest: tuple[Standing, ...] = of_pair(session, (asked.first, asked.second))
    if asked.seen != (latest[-1].decision.uri if latest else ""):
        raise PreconditionError("Somebody has decided about the two concepts meanwhile: look at it again.")


def _decision(services: Services, token: Token, asked: Asked) -> Decision:
    reader = services.store.reader()
    pair = frozenset((asked.first, asked.second))
    now = _now(services, token, pair)
    return Decision(
        uri=now.uri,
        time=now.time,
        organisation=now.organisation,
        hand=now.hand,
        outcome=asked.outcome,
        concepts=(asked.first, asked.second),
        why=asked.why.strip(),
        code=asked.code,
        finding=asked.finding,
        case=asked.case,
        awaits=services.settings.two_persons and asked.outcome != "withdrawn",
        confirms="",
        fingerprints=frozenset(_fingerprints(reader, asked)),
        texts=(definitions(reader, asked.first), definitions(reader, asked.second)),
    )


class _Act(NamedTuple):
    """Who decides when, and what the decision is called."""

    uri: str
    time: str
    organisation: str
    hand: str


def _now(services: Services, token: Token, pair: frozenset[str]) -> _Act:
    time = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%f}".rstrip("0").rstrip(".") + "Z"  # as the store writes it
    named = hashlib.sha256(" ".join((*sorted(pair), time)).encode()).hexdigest()[:_ID_LENGTH]
    organisation = ORGANISATION[token.organisation].value if token.organisation else ""
    return _Act(services.urls.mint("decisions", named).value, time, organisation, services.tokens.hand(token))


def _fingerprints(reader: Reader, asked: Asked) -> Iterator[str]:
    """The pairs of texts that are decided on: that of the finding dismissed, else of every finding about the two."""
    for row in rows_of_concept(reader, asked.first):
        same = set(row.concepts) == {asked.first, asked.second}
        if row.uri == asked.finding if asked.outcome == "dismissed" else same:
            for quad in reader.quads(NamedNode(row.uri), SAMSVAR.fingerprint):
                if isinstance(quad.object, RdfLiteral):
                    yield quad.object.value


def _map(services: Services, changes: Changes, made: Decision) -> None:
    """Has the graph of mappings say what follows from the decision, and nothing else about the two."""
    graph = services.urls.graph("mappings")
    ends = tuple(NamedNode(each) for each in made.concepts)
    for start, end in (ends, ends[::-1]):
        for quad in services.store.reader().quads(start, None, end, graph):
            changes.remove(graph.value, quad.triple)
    if (predicate := predicate_of(made)) is not None and made.outcome not in DENIALS:
        changes.add(graph.value, Triple(ends[0], predicate, ends[1]))


def definitions(reader: Reader, concept: str) -> Texts:
    """The texts of a concept's definitions."""
    return texts_of(quad.object for quad in reader.quads(NamedNode(concept), SKOS.definition))
